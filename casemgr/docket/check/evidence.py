"""Sources and evidence: keys unique, sources named, derivation without circles."""

from decimal import Decimal, InvalidOperation

from casemgr.docket.check.cursor import Cursor, in_circle, must_name, unique
from evidence.descriptors import FACTORS, LONGEST

_FACTORS = tuple(factor.name for factor in FACTORS)


def check_evidence(top: Cursor) -> None:
    """Refuse repeated keys, references to nothing, and items that derive from themselves."""
    sources = unique(top.objects("sources"), "key", "source")
    items = unique(top.objects("evidence"), "key", "evidence item")
    for source in top.objects("sources"):
        _descriptors(source)
    for item in top.objects("evidence"):
        must_name(item.at("source"), sources, "the key of a source in this file")
        for derivation in item.objects("derived_from"):
            named = [name for name in ("item", "source") if derivation.text(name)]
            if len(named) != 1:
                derivation.refuse(
                    "a derivation has exactly one parent"
                    + (", here both item and source" if named else ", here neither"),
                    "write item: KEY or source: KEY",
                )
            must_name(derivation.at("item"), items, "the key of an evidence item in this file")
            must_name(derivation.at("source"), sources, "the key of a source in this file")
        for claim in item.objects("claims"):
            _tolerance(claim)
        _exhibits(item)
    _derivation_is_acyclic(top, items)


def _descriptors(source: Cursor) -> None:
    """Each says something, and one at most is still in force."""
    still_open = 0
    for descriptor in source.objects("descriptors"):
        if not any((descriptor.text(factor) or "").strip() for factor in _FACTORS):
            descriptor.refuse(
                "a descriptor that says nothing", f"state one of {', '.join(_FACTORS)}"
            )
        for factor in _FACTORS:
            if len(descriptor.text(factor) or "") > LONGEST:
                descriptor.at(factor).refuse(
                    f"longer than {LONGEST} characters",
                    "say it shorter: it stands beside every item",
                )
        still_open += descriptor.text("ended_on") is None
        if still_open > 1:
            descriptor.refuse(
                "a second descriptor that nothing has ended", "state ended_on of the earlier one"
            )


def _tolerance(claim: Cursor) -> None:
    stated = claim.at("tolerance")
    if isinstance(stated.value, bool) or not isinstance(stated.value, int | str):
        return
    try:
        percent = Decimal(stated.value)
    except InvalidOperation:
        return
    if not 0 <= percent <= 100:
        stated.refuse(f"{stated.value} is no percentage", "write a number from 0 to 100")
    elif claim.text("comparator") != "about":
        stated.refuse(
            "a tolerance belongs to a number that is claimed as about",
            "leave it out, or write comparator: about",
        )


def _exhibits(item: Cursor) -> None:
    known = {
        digest.lower()
        for exhibit in item.objects("exhibits")
        if (digest := exhibit.text("sha256")) is not None
    }
    for exhibit in item.objects("exhibits"):
        parent = exhibit.text("of_exhibit")
        if parent is None:
            continue
        own = (exhibit.text("sha256") or "").lower()
        if parent.lower() not in known or parent.lower() == own:
            exhibit.at("of_exhibit").refuse(
                f"{parent!r} is not the sha256 of another exhibit of this item",
                "name the exhibit it is a translation, redaction or extract of",
            )


def _derivation_is_acyclic(top: Cursor, items: dict[str, Cursor]) -> None:
    parents = {
        key: [
            parent
            for derivation in item.objects("derived_from")
            if (parent := derivation.text("item")) in items and parent is not None
        ]
        for key, item in items.items()
    }
    told: set[str] = set()
    for key, above in parents.items():
        if not above or key in told:
            continue
        way = in_circle(key, parents)
        if way:
            items[key].at("derived_from").refuse(
                f"the derivation goes in a circle: {' → '.join(way)}",
                "an item cannot come from what comes from it; remove one step",
            )
            told.update(way)
