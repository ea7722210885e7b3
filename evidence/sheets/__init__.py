"""Many items of evidence at once: the rows of a sheet, each read as the entry form reads it."""
