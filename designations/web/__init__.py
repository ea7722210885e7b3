"""The pages of the authority library."""
