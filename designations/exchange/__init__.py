"""Designees and who owns them, in the formats that other offices use."""
