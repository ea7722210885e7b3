"""STIX 2.1 bundles (OASIS, 10 June 2021): read into items of evidence, and written from them."""
