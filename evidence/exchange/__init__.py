"""Records of other systems, in and out, in formats that are published."""
