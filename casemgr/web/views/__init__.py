"""Pages of the work, a file a page: parse, read what the reader may see, render."""
