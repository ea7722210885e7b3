"""Every number the engine uses, in one place. Their reasons stand in docs/review-method.md.

The unit, 1.0, is one direct, first-hand, well-graded, intact item about the designee. All factors
and thresholds are whole hundredths and are multiplied exactly, as integers; a threshold, and 1.25
and 2 times it, lies between the sums that occur and never on one (a test holds that).
"""

from casemgr.words import Attribution, Directness
from designations.words import Threshold
from evidence.words import Hand, Integrity, Reliability, Translation

WEIGHTS_VERSION = "1"

ONE = 100
SILENT = 50  # a field a live file leaves unsaid; in a summary silence weighs ONE
SILENT_GRADING = 75

DIRECTNESS = {Directness.DIRECT: 100, Directness.CIRCUMSTANTIAL: 50, Directness.BACKGROUND: 10}

ATTRIBUTION = {
    Attribution.DESIGNEE: 100,
    Attribution.NOT_APPLICABLE: 100,
    Attribution.AGENT: 90,
    Attribution.AFFILIATE: 50,
    Attribution.TIE: 50,
    Attribution.CLUSTER: 50,
    Attribution.CLASS: 20,
    Attribution.NONE: 10,
}

HAND = {Hand.FIRST: 100, Hand.SECOND: 75, Hand.THIRD: 50, Hand.UNKNOWN: 50}

RELIABILITY = {
    Reliability.A: 100,
    Reliability.B: 100,
    Reliability.C: 75,
    Reliability.D: 50,
    Reliability.E: 25,
    Reliability.F: 50,
}
CREDIBILITY = {1: 100, 2: 100, 3: 75, 4: 50, 5: 25, 6: 50}
LOW_GRADING = 50  # a grading factor at or below this is "low"
NOT_ASSESSED = 50  # it is stated that nobody assessed the source: as F, "cannot be judged"

INTEGRITY = {
    Integrity.INTACT: 100,
    Integrity.CITATION_ONLY: 75,
    Integrity.GAP: 50,
    Integrity.LOST: 50,
    Integrity.MISMATCH: 0,
}
TRANSLATION = {Translation.CERTIFIED: 100, Translation.UNCERTIFIED: 50, Translation.NONE: 0}

INTERESTED = 75
STALE = 50

SLIGHT = 10  # what weighs no more than one background item clears no flag and is no second origin

THRESHOLD = {
    Threshold.SOME_EVIDENCE: 22,
    Threshold.REASONABLE_CAUSE: 43,
    Threshold.SUBSTANTIAL_EVIDENCE: 67,
    Threshold.PREPONDERANCE: 93,
    Threshold.FULL_REVIEW: 93,
    Threshold.BEYOND_REASONABLE_DOUBT: 188,
}
ADEQUATE_AT = 125  # hundredths of the threshold
STRONG_AT = 200  # and two origins

# A weight is the product of four factors of the item and four of the link, shifted left so that
# the second, third ... fact from one origin can count a half, a quarter ... without rounding.
ITEM_FACTORS = 4
LINK_FACTORS = 4
HALVINGS = 20
UNIT: int = ONE ** (ITEM_FACTORS + LINK_FACTORS) << HALVINGS

FRESH_DAYS = {"status": 730, "forward": 365}  # where a live authority names no number


def threshold_weight(threshold: Threshold) -> int:
    """The weight, in the integer scale of `UNIT`, that meets a threshold."""
    return THRESHOLD[threshold] * UNIT // ONE


def hundredths(weight: int) -> int:
    """A weight in whole hundredths of the unit, rounded down, for people to read."""
    return weight * ONE // UNIT
