"""Views of the pages of evidence, one file each."""
