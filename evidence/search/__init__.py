"""Finding evidence: what was asked for, the words that match, and what else one could narrow by."""
