"""The Admiralty code in words: what each letter and number means, and when to use it.

The labels are those of the common scale of six letters and six numbers (NATO AJP-2.1, STANAG
2511). What each means is said in our own words, once, for forms, pages and the API.
"""

from typing import NamedTuple


class Degree(NamedTuple):
    """One letter or number of the code."""

    code: str | int
    label: str
    meaning: str

    @property
    def choice(self) -> str:
        """Code, label and meaning in one line, for a list to choose from.

        >>> Degree("F", "reliability cannot be judged", "Nothing is known of it.").choice
        'F – reliability cannot be judged: nothing is known of it'
        """
        return f"{self.name}: {self.meaning[:1].lower()}{self.meaning[1:].rstrip('.')}"

    @property
    def name(self) -> str:
        """Code and label."""
        return f"{self.code} – {self.label}"


RELIABILITY = (
    Degree("A", "completely reliable", "It has proved right every time and nothing about it is in "
           "doubt."),
    Degree("B", "usually reliable", "It has mostly proved right; small doubts remain."),
    Degree("C", "fairly reliable", "It has proved right before, but there are real doubts."),
    Degree("D", "not usually reliable", "It has proved right now and then; the doubts are grave."),
    Degree("E", "unreliable", "It has proved wrong, or is not what it claims to be."),
    Degree("F", "reliability cannot be judged", "Too little is known of it to say; this is no "
           "blame."),
)  # fmt: skip
CREDIBILITY = (
    Degree(1, "confirmed by other sources", "Sources independent of this one say the same, and it "
           "fits what is known."),
    Degree(2, "probably true", "No one else confirms it yet; it makes sense and fits what is "
           "known."),
    Degree(3, "possibly true", "No one else confirms it; it makes some sense and fits part of what "
           "is known."),
    Degree(4, "doubtful", "No one else confirms it; it could be so, but there is little reason to "
           "think it."),
    Degree(5, "improbable", "It makes no sense, or what is known speaks against it."),
    Degree(6, "truth cannot be judged", "There is nothing to hold it against; this is no blame."),
)  # fmt: skip

OF_THE_SOURCE = (
    "Judge the source, whatever it says this time: its record, its nature, its reasons. "
    "F where you have no basis, as with a source not met before; never as a polite E."
)
OF_THE_STATEMENT = (
    "Judge what is said here, whoever says it: does anyone independent confirm it, does it fit? "
    "Relays of one source do not confirm it. 6 where there is nothing to hold it against."
)

SCALES = (
    ("The source is", RELIABILITY, OF_THE_SOURCE),
    ("What it says is", CREDIBILITY, OF_THE_STATEMENT),
)
"""Both halves of a grading, which never follow from one another: a label, a scale, its rule."""


def _spelled_out(rule: str, scale: tuple[Degree, ...]) -> str:
    degrees = "; ".join(degree.choice for degree in scale)
    return f"{rule} {degrees}."


RELIABILITY_MEANS = _spelled_out(OF_THE_SOURCE, RELIABILITY)
CREDIBILITY_MEANS = _spelled_out(OF_THE_STATEMENT, CREDIBILITY)
"""Rule and scale in one text, as the description of a field of the API."""


def degree(scale: tuple[Degree, ...], code: str | int | None) -> Degree | None:
    """The degree of this code; None for one not stated."""
    return next((each for each in scale if each.code == code), None)
