"""The frame of every action on cases: the same as that of every action on evidence."""

from evidence.actions.recorded import recorded

__all__ = ["recorded"]
