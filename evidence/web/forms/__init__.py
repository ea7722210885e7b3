"""Forms of evidence: each field says what it takes, and that empty means not stated."""
