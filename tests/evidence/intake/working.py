"""What a worker does, done here."""

from evidence.actions.intake import take_in_next


def taken_in() -> int:
    """Take in all that waits; returns how many files that were."""
    files = 0
    while take_in_next():
        files += 1
    return files
