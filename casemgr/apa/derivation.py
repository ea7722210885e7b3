"""The derivation of a grade: a few sentences a lawyer can check against the record."""

from collections.abc import Iterator

from casemgr.apa import weights
from casemgr.apa.leaf import Judged
from casemgr.apa.origins import Origin, Root
from casemgr.apa.sufficiency import Entry
from casemgr.apa.view import ElementView, keys, listed
from casemgr.words import Severity

Groups = tuple[tuple[str, tuple[str, ...]], ...]


def derive(view: ElementView, judged: Judged, groups: Groups) -> tuple[str, ...]:
    """The sentences, in the order in which the grade was reached; ``groups``: `origin_groups`."""
    return tuple(_sentences(view, judged, groups))


def origin_groups(view: ElementView) -> Groups:
    """Each origin by label with the items folded into it, heaviest origin first."""
    labels: dict[Origin, str] = {}
    items: dict[Origin, set[str]] = {}
    for entry in view.supports:
        for weighed in entry.weighed:
            origin = weighed.root.origin
            labels.setdefault(origin, origin_label(weighed.root))
            items.setdefault(origin, set()).add(entry.key)
    order = sorted(view.origins, key=lambda origin: (-view.origins[origin], origin))
    return tuple((labels[origin], tuple(sorted(items[origin]))) for origin in order)


def origin_label(root: Root) -> str:
    """How people name the origin a root belongs to."""
    kind, name = root.origin
    if kind == "officials":
        return f"unnamed officials ({name})"
    return f"{root.label}: {name}" if kind == "item" and root.label != name else root.label


def _sentences(view: ElementView, judged: Judged, groups: Groups) -> Iterator[str]:
    if view.silent and not view.live:
        yield "Nothing is stated of this element; it is graded contestable and raises nothing."
        return
    if not view.weighed:
        yield _by_what(view)
    else:
        yield from _weighing(view, groups)
    for adjustment in judged.adjustments:
        yield (
            f"{adjustment.doctrine}: {adjustment.from_} becomes {adjustment.to}, because "
            f"{adjustment.why}."
        )
    capping = sorted(
        {
            f"{flag.doctrine} ({flag.severity})"
            for flag in judged.flags
            if not flag.pending and flag.severity is not Severity.ADVISORY
        }
    )
    if capping:
        yield f"Capped by {listed(capping)}."
    yield f"Grade: {judged.grade}."


def _by_what(view: ElementView) -> str:
    kind = view.element.kind or "fact"
    if view.matters.steps and not view.said:
        return f"A {kind} element, judged by the steps taken."
    parts = []
    if view.settled:
        parts.append(f"its theory is {view.settled}")
    if view.finding:
        parts.append(f"the finding is {view.reasoning or 'not described'}")
    for step in view.matters.steps:
        parts.append(f"{step.prerequisite.code} is {step.state}")
    said = listed(parts) if parts else "nothing is written on it yet"
    return f"Judged by what is stated, not by weight ({kind}): {said}."


def _weighing(view: ElementView, groups: Groups) -> Iterator[str]:
    for entry, doctrine, because in view.struck:
        yield f"{entry.key} is left out ({doctrine}): {because}."
    if not view.supports:
        yield "No supporting item stands."
        return
    collapsed = [f"{label} ({', '.join(items)})" for label, items in groups if len(items) > 1]
    count = len({entry.key for entry in view.supports})
    yield (
        f"{count} supporting {'item goes' if count == 1 else 'items go'} back to "
        f"{len(groups)} independent {'origin' if len(groups) == 1 else 'origins'}"
        + (f"; collapsed into one: {'; '.join(collapsed)}." if collapsed else ".")
    )
    heaviest = sorted(view.supports, key=lambda entry: (-entry.weight, entry.key))[:3]
    yield f"Heaviest: {'; '.join(_account(entry, view.live) for entry in heaviest)}."
    if all(entry.interested for entry in view.supports):
        yield "Every origin gains by the finding."
    stale = keys(entry for entry in view.supports if entry.stale)
    if stale:
        yield f"Too old for a {view.element.kind} element, or undated: {listed(stale)}."
    yield (
        f"Together they weigh {_number(weights.hundredths(view.weight))} against a threshold of "
        f"{_number(weights.hundredths(view.bar))} ({view.setting.threshold})."
    )


def _account(entry: Entry, live: bool) -> str:
    item, link = entry.provenance.item, entry.link
    words = [
        str(link.directness or ("directness not stated" if live else "")),
        f"about {link.attribution}" if link.attribution else "",
        f"{item.hand} hand" if item.hand else ("hand not stated" if live else ""),
        "interested" if entry.interested else "",
        "outside the element's period" if entry.outside_period else "",
        "ungraded" if not entry.provenance.graded else "",
    ]
    said = ", ".join(word for word in words if word)
    weight = _number(weights.hundredths(entry.weight))
    return f"{entry.key} {weight}" + (f" ({said})" if said else "")


def _number(value: int) -> str:
    return f"{value // 100}.{value % 100:02d}"
