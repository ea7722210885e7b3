"""Where an item is at work: the cases and elements it bears on, and what became of it."""

from dataclasses import dataclass
from typing import Any

from access.models import User
from casemgr.ledger.change import Change
from casemgr.models import Assessment, Case, Link
from casemgr.web.matrix import shape
from evidence.models import ChipDiversionReport, EvidenceItem, FraudulentAccountReport

MOST_GRADED = 20
"""Cases whose checklist is read for the grades of their elements; of more only links show."""
NEWEST_CHANGES = 50
_TEXT_SHOWN = 160
_NEVER_SHOWN = frozenset({"revision", "id"})
_PARTS = {
    EvidenceItem._meta.db_table: "the item",
    FraudulentAccountReport._meta.db_table: "what it reports of accounts",
    ChipDiversionReport._meta.db_table: "what it reports of a shipment",
}
"""Table to what a reader calls it."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """One link of the item, with how the element stands today."""

    link: Link
    title: str
    grade: str

    @property
    def case(self) -> Case:
        """The case it is in."""
        return self.link.case_element.case

    @property
    def shape(self) -> str:
        """The grade as a shape."""
        return shape(self.grade or None)


@dataclass(frozen=True, slots=True)
class Moved:
    """One field that has another value than before."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of the item or of its report: who, when, why, what."""

    change: Change
    who: str
    moved: list[Moved]

    @property
    def part(self) -> str:
        """What of the item it changed."""
        return _PARTS[self.change.table]


def bearings(item: EvidenceItem, user: User) -> tuple[list[Bearing], list[Link]]:
    """The item's live links, and those that ended, of cases the reader may see."""
    links = list(
        Link.objects.filter(
            item=item, case_element__case__in=Case.objects.visible_to(user).values("pk")
        )
        .select_related("case_element__case__designee", "case_element__element")
        .prefetch_related("pinpoints__exhibit")
        .order_by("case_element__case__key", "case_element__element__position", "pk")
    )
    live = [link for link in links if link.ended_on is None]
    graded = _elements({link.case_element.case_id for link in live})
    found = []
    for link in live:
        element = link.case_element.element
        stands = graded.get((link.case_element.case_id, element.code), {})
        title = stands.get("title") or element.title or element.text
        found.append(Bearing(link, title, stands.get("grade", "")))
    return found, [link for link in links if link.ended_on is not None]


def history(item: EvidenceItem) -> list[HistoryEntry]:
    """What changed in the item and its typed columns, newest first."""
    rows = list(
        Change.objects.filter(table__in=list(_PARTS), key=str(item.pk)).order_by("-seq")[
            :NEWEST_CHANGES
        ]
    )
    people = User.objects.filter(key__in={row.actor for row in rows})
    names = {person.key: person.get_full_name() or person.username for person in people}
    entries = [
        HistoryEntry(row, names.get(row.actor, row.actor), list(_moved(row))) for row in rows
    ]
    # A part that was added moves the revision alone: its own place on the page says it.
    return [entry for entry in entries if entry.moved or entry.change.op == "I"]


def _elements(case_ids: set[int]) -> dict[tuple[int, str], dict[str, Any]]:
    """The elements of the newest checklist of each case, by case and code."""
    newest = (
        Assessment.objects.filter(case__in=sorted(case_ids)[:MOST_GRADED])
        .order_by("case_id", "-seq")
        .distinct("case_id")
    )
    return {
        (assessment.case_id, element["code"]): element
        for assessment in newest
        for element in assessment.read_checklist()["elements"]
    }


def _moved(row: Change) -> Any:
    was = row.payload.get("was") or {}
    for name in sorted(set(was) - _NEVER_SHOWN):
        if name.endswith("_precision"):
            continue
        yield Moved(
            name.removesuffix("_id").replace("_", " "),
            _said(was[name]),
            _said(row.payload["row"].get(name)),
        )


def _said(value: Any) -> str:
    if value in (None, "", []):
        return "not stated"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= _TEXT_SHOWN else f"{text[:_TEXT_SHOWN].rstrip()}…"
