"""Names called by ``@`` in what people write."""

import re

# Usernames are letters, digits and . @ + - _; an @ inside a word belongs to an address.
_CALLED = re.compile(r"(?<![\w.@+-])@([\w.@+-]+)")
_ENDS_A_SENTENCE = ".@+-"


def names_called(text: str) -> tuple[str, ...]:
    """Every name called in the text, once, in the order of its first call.

    Punctuation that ends a sentence is no part of a name.

    >>> names_called("@ana, could @ben.li. look? Not ann@example.org, and not @ alone.")
    ('ana', 'ben.li')
    """
    found = (call.rstrip(_ENDS_A_SENTENCE) for call in _CALLED.findall(text))
    return tuple(dict.fromkeys(name for name in found if name))
