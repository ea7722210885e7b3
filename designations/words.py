"""The closed lists of values of the law and its targets (docs/docket-format.md).

Plain enumerations: the database models and the review engine share them, and the engine may
not import Django.
"""

from enum import StrEnum

_SAID = {"us-government": "U.S. government", "cui": "CUI"}


def in_plain_words(value: str) -> str:
    """A value of a closed list as a page says it.

    >>> in_plain_words("in-force-by-default"), in_plain_words("us-government")
    ('in force by default', 'U.S. government')
    """
    return _SAID.get(value) or str(value).replace("-", " ")


class Word(StrEnum):
    """A closed list of values that a database field can offer as choices."""

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of stored value and label, as Django's ``choices`` takes them."""
        return [(word.value, word.value.replace("-", " ")) for word in cls]


class Join(Word):
    """How a group of elements is satisfied."""

    ALL = "all"
    ANY = "any"


class ElementKind(Word):
    """What an element speaks of; it says what must be there, not how weight is counted."""

    FACT = "fact"
    STATUS = "status"
    FORWARD = "forward"
    MENTAL = "mental"
    LEGAL = "legal"
    CAUSAL = "causal"
    JURISDICTIONAL = "jurisdictional"
    TIMING = "timing"
    PROCESS = "process"
    EXCEPTION = "exception"
    EXPLANATION = "explanation"
    USABILITY = "usability"


class Settledness(Word):
    """How far the legal theory an element rests on has been accepted by courts."""

    SETTLED = "settled"
    CONTESTED = "contested"
    UNTESTED = "untested"


class Threshold(Word):
    """How much an authority asks of the evidence, lowest first."""

    SOME_EVIDENCE = "some-evidence"
    REASONABLE_CAUSE = "reasonable-cause"
    SUBSTANTIAL_EVIDENCE = "substantial-evidence"
    PREPONDERANCE = "preponderance"
    FULL_REVIEW = "full-review"
    BEYOND_REASONABLE_DOUBT = "beyond-reasonable-doubt"


class Posture(Word):
    """Which judicial review would really apply."""

    APA_706 = "apa-706"
    ULTRA_VIRES = "ultra-vires"
    PRESIDENT = "president"
    RECORD_REVIEW = "record-review"
    FULL_REVIEW = "full-review"
    NONE = "none"


class PrerequisiteKind(Word):
    """The kinds of procedural step."""

    VOTE = "vote"
    CONSULTATION = "consultation"
    REPORT = "report"
    NOTICE = "notice"
    SUMMARY = "summary"
    OPPORTUNITY = "opportunity"
    SUBMISSIONS = "submissions"
    PUBLICATION = "publication"
    DELEGATION = "delegation"
    OTHER = "other"


class VersionState(Word):
    """Whether a version of an authority has effect on a day."""

    IN_FORCE = "in-force"
    IN_FORCE_BY_DEFAULT = "in-force-by-default"
    STAYED = "stayed"
    PROSPECTIVE = "prospective"
    SUPERSEDED = "superseded"


class DesigneeType(Word):
    """What a designee is. Other lists' words for the same are understood: `DESIGNEE_WORDS`."""

    ENTITY = "entity"
    PERSON = "person"
    VESSEL = "vessel"
    ADDRESS = "address"
    OTHER = "other"

    @classmethod
    def _missing_(cls, value: object) -> "DesigneeType | None":
        return DESIGNEE_WORDS.get(str(value))


DESIGNEE_WORDS = {
    "individual": DesigneeType.PERSON,
    "natural-person": DesigneeType.PERSON,
    "organization": DesigneeType.ENTITY,
    "organisation": DesigneeType.ENTITY,
    "company": DesigneeType.ENTITY,
    "group": DesigneeType.ENTITY,
    "government": DesigneeType.ENTITY,
    "ship": DesigneeType.VESSEL,
    "aircraft": DesigneeType.OTHER,
}


class UsPresence(Word):
    """The designee's tie to the United States that due-process claims turn on."""

    NONE = "none"
    PROPERTY = "property"
    RESIDENT = "resident"
    UNKNOWN = "unknown"
