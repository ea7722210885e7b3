"""Names of persons and entities, brought to one form so that spellings can be compared.

Done in Python and stored beside the name, because the embedded PostgreSQL carries neither
``unaccent`` nor trigrams.
"""

import unicodedata


def normalize_name(name: str) -> str:
    """The form under which two spellings of a name compare equal.

    Compatibility forms are unfolded, case and diacritics dropped, punctuation read as a space.
    Letters of other scripts are kept as they are: transliteration is a judgment, not a form.

    >>> normalize_name("  Müller-Höchst, A.G. ")
    'muller hochst a g'
    >>> normalize_name("深度求索")
    '深度求索'
    """
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    # Marks of Latin letters are dropped; a vowel sign of another script is part of the word.
    kept = [
        character if unicodedata.category(character)[0] in "LNM" else " "
        for character in decomposed
        if not (unicodedata.category(character) == "Mn" and unicodedata.combining(character))
    ]
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())
