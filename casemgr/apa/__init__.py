"""The review engine: pure functions from a frozen record to a frozen assessment.

Imports neither Django nor the database. `assess.py` shows the whole pipeline.
"""
