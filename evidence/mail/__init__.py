"""E-mail as evidence: reading a message in the guarded child, and what an item says of it."""
