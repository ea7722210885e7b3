"""The docket as managers read it: what was asked, the cases that fit, their order, their export."""
