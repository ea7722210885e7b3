"""The append-only history of everything: one change table, fed by one trigger function."""
