"""What the database itself refuses to forget."""

import pgtrigger


def append_only() -> pgtrigger.Protect:
    """Rows of this table are neither changed nor removed, by anyone.

    The application's role has no privilege to try (casemgr.ledger.grants); this holds for the
    owner of the tables too.
    """
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def never_removed() -> pgtrigger.Protect:
    """Rows of this table may change, and their history keeps what was; none disappears."""
    return pgtrigger.Protect(name="never_removed", operation=pgtrigger.Delete)
