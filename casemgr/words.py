"""The closed lists of values of the work on a case (docs/docket-format.md)."""

from designations.words import Word


class Completeness(Word):
    """What silence means: a gap in a live file, "not stated" in a summary."""

    FULL = "full"
    SUMMARY = "summary"


class CaseKind(Word):
    """What a case is about. The last three occur in precedents only."""

    LISTING = "listing"
    PROGRAM = "program"
    DELISTING = "delisting"
    REFERRAL = "referral"
    PENALTY = "penalty"
    RULE = "rule"
    STATUS_FINDING = "status-finding"


class MilestoneKind(Word):
    """The dated steps of the action itself."""

    VOTE = "vote"
    DECISION = "decision"
    PUBLICATION = "publication"
    EFFECTIVE = "effective"


class Stance(Word):
    """Which way an item cuts on an element."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    CONTEXT = "context"


class Directness(Word):
    """Whether the item shows the element, a circumstance of it, or its background."""

    DIRECT = "direct"
    CIRCUMSTANTIAL = "circumstantial"
    BACKGROUND = "background"


class Attribution(Word):
    """Whom the item is about, seen from the subject of the element."""

    DESIGNEE = "designee"
    AGENT = "agent"
    AFFILIATE = "affiliate"
    TIE = "tie"
    CLUSTER = "cluster"
    CLASS = "class"
    NONE = "none"
    NOT_APPLICABLE = "not-applicable"


class BearsOn(Word):
    """What else than the element an item bears on."""

    MOTIVE = "motive"


class AnswerState(Word):
    """Whether contrary evidence or a consideration has been answered."""

    ANSWERED = "answered"
    IRRELEVANT = "irrelevant-to-element"
    UNANSWERED = "unanswered"
    NOT_STATED = "not-stated"


class StepState(Word):
    """Whether a procedural step was taken."""

    MET = "met"
    PARTIAL = "partial"
    LATE = "late"
    NOT_MET = "not-met"
    PENDING = "pending"
    NOT_STATED = "not-stated"


class Reasoning(Word):
    """What the reasoning of a finding is."""

    EXPLAINED = "explained"
    PARTLY = "partly"
    RESTATES_STANDARD = "restates-standard"
    BOILERPLATE = "boilerplate"
    ADOPTS_SOURCE = "adopts-source"
    NONE = "none"
    NOT_STATED = "not-stated"


class Difference(Word):
    """Whether applying another version of the law made a difference."""

    MATERIAL = "material"
    IMMATERIAL = "immaterial"


class Grade(Word):
    """How an element would stand, lowest first."""

    UNSUPPORTED = "unsupported"
    WEAK = "weak"
    CONTESTABLE = "contestable"
    ADEQUATE = "adequate"
    STRONG = "strong"

    @property
    def rank(self) -> int:
        """0 for unsupported up to 4 for strong; grades compare by this."""
        return _RANK[self]


UNASSESSED = "not-assessed"
"""In place of a grade: the engine has not yet said anything."""


class Severity(Word):
    """How much a flag matters, worst first."""

    FATAL = "fatal"
    SERIOUS = "serious"
    MODERATE = "moderate"
    ADVISORY = "advisory"

    @property
    def rank(self) -> int:
        """0 for fatal down to 3 for advisory."""
        return _RANK[self]


class DecidedBy(Word):
    """Whether a grade rests on what was stated outright, on weighing, or on silence."""

    STATED = "stated"
    WEIGHED = "weighed"
    SILENT = "silent"


_RANK: dict[Word, int] = {
    **{grade: place for place, grade in enumerate(Grade)},
    **{severity: place for place, severity in enumerate(Severity)},
}
