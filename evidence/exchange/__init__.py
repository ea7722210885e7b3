"""Records of other systems, in and out, in formats that are published; parties are read in designations."""
