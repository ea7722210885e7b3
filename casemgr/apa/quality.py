"""What one item is worth before one asks what it bears on: hand, grading, integrity, language.

``live`` says what silence means: a gap in a live file, "not stated" in a summary.
"""

from casemgr.apa import weights
from casemgr.apa.record import Item
from evidence.words import Access, DerivationKind, Hand, Integrity, Translation

ENGLISH = frozenset({"en", "eng", "english"})
RETELLS = frozenset({DerivationKind.RELAYS, DerivationKind.COPIES, DerivationKind.SUMMARIZES})


def _silent(live: bool) -> int:
    return weights.SILENT if live else weights.ONE


def integrity_weight(item: Item, live: bool) -> int:
    """Factor of integrity; in a live file an item with no exhibit is a citation and no more."""
    if item.integrity:
        return weights.INTEGRITY[item.integrity]
    if live and not item.exhibits:
        return weights.INTEGRITY[Integrity.CITATION_ONLY]
    return weights.ONE


def hand_weight(item: Item, live: bool) -> int:
    """Factor of how close the source is to the fact.

    Where it is not stated, an item stated to relay somebody outside the record is second-hand.
    """
    if item.hand:
        return weights.HAND[item.hand]
    if not live and any(d.source and d.kind in RETELLS for d in item.derived_from):
        return weights.HAND[Hand.SECOND]
    return _silent(live)


def grading_weight(item: Item, live: bool) -> int:
    """Factor of grading: the worse of reliability and credibility, which are one judgment."""
    stated = []
    if item.reliability:
        stated.append(weights.RELIABILITY[item.reliability])
    if item.credibility:
        stated.append(weights.CREDIBILITY[item.credibility])
    if stated:
        return min(stated)
    if item.graded is False:
        return weights.NOT_ASSESSED
    return weights.SILENT_GRADING if live and item.graded is None else weights.ONE


def is_graded(item: Item, live: bool) -> bool:
    """Whether someone assessed the source; in a live file silence says no."""
    if item.graded is not None:
        return item.graded
    return bool(item.reliability or item.credibility) or not live


def is_foreign(item: Item) -> bool:
    """Whether the item is stated to be in a language other than English, or to be translated."""
    if item.language is None:
        return item.translation is not None
    return item.language.lower().split("-")[0] not in ENGLISH


def translation_weight(item: Item, live: bool) -> int:
    """Factor of translation; 1 for an item in English."""
    if not is_foreign(item):
        return weights.ONE
    if item.translation is None:
        return _silent(live)
    return weights.TRANSLATION[item.translation]


def access(item: Item, live: bool) -> Access | None:
    """What the engine reads as openness; in a live file derived where it is not stated."""
    if item.access or not live:
        return item.access
    if item.classified_reference:
        return Access.CLASSIFIED
    if item.privilege and item.privilege != "none":
        return Access.PRIVILEGED
    if "PROPRIETARY" in item.markings or "PROPIN" in item.markings:
        return Access.PROPRIETARY
    return Access.CUI if item.markings else Access.PUBLIC


def struck_by_itself(item: Item, live: bool, withheld_struck: bool) -> tuple[str | None, str]:
    """The doctrine that leaves the item out whatever it bears on, and why; None where it stands."""
    if item.integrity is Integrity.MISMATCH:
        return "integrity", "its bytes do not match the recorded hash"
    if item.withdrawn_on:
        return "integrity", f"it was withdrawn on {item.withdrawn_on}"
    if item.translation is Translation.NONE and is_foreign(item):
        return "untranslated", f"it is in {item.language} and has no translation at all"
    if withheld_struck and access(item, live) is Access.WITHHELD:
        return "classified-only", "it is withheld from a court that reviews in full"
    return None, ""
