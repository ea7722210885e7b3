"""The pages of the work: what needs me, the docket, a case and its elements."""
