"""A guess of the language of a text: offline, by letters and their sequences. A person decides."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

ENOUGH = 3000
"""Characters that are looked at: more tell no more."""

FEWEST = 30
"""Letters below which nothing is guessed, unless each is a syllable or a word."""

SURE = 0.5
"""How sure a guess has to be to be said."""


def guess_language(text: str) -> str:
    """The code of the language (ISO 639-1) the text looks written in; empty where that is open.

    >>> guess_language("Компания отрицает использование чужих учётных записей.")
    'ru'
    >>> guess_language("words")
    ''
    """
    text = text[:ENOUGH]
    letters = [letter for letter in text if letter.isalpha()]
    # An East Asian character says as much as several letters.
    if sum(3 if ord(letter) > 0x2E80 else 1 for letter in letters) < FEWEST:
        return ""
    values = _detector().compute_language_confidence_values(text)
    if not values or values[0].value < SURE:
        return ""
    return str(values[0].language.iso_code_639_1.name).lower()


def name_of_language(code: str) -> str:
    """The name of a language by its code, in English; of one unknown here the code.

    >>> name_of_language("zh"), name_of_language("xx")
    ('Chinese', 'xx')
    """
    return _names().get(code.lower().partition("-")[0], code)


@lru_cache(maxsize=1)
def _detector() -> "LanguageDetector":
    from lingua import LanguageDetectorBuilder

    # Trigrams alone: 80 MB of memory instead of a gigabyte, and hardly less sure.
    return LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    from lingua import Language

    return {each.iso_code_639_1.name.lower(): each.name.title() for each in Language.all()}
