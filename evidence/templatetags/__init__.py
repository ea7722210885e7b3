"""Filters of the templates of evidence."""
