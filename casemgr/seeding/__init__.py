"""Made-up cases in numbers, to try and measure the service at the size of a large office.

Nothing in them is about anyone: every key begins with ``MADE-UP-`` and every name says so.
"""
