"""The pages of evidence: list and search, one item, logging and amending."""
