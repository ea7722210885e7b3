"""The one error a person sees when the local stack cannot do what was asked."""


class StackError(RuntimeError):
    """Says what is wrong and what to do about it; shown without a traceback."""
