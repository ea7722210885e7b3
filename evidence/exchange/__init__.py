"""Evidence in the formats that other offices use; the parties are read in designations."""
