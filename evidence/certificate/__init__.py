"""The certificate of custody of a file, as a PDF for signature.

``content`` says what the custody shows, from plain dataclasses; ``render`` sets it with typst.
Neither reads the database (evidence.actions.certificate does); ``download`` hands it out.
"""
