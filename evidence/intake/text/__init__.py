"""The text in a file, passage by passage; a format is a file. Run in a process of its own alone."""
