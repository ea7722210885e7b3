"""Looking at a file without downloading it: what it is, and the first of what is in it."""
