"""What waits in a reader's teams for whoever takes it: how many, and the list that shows them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from access.models import User
from access.policy import LEADERS, WRITERS
from casemgr.docketing.narrow import cases_asked_for
from casemgr.docketing.query import NOBODY, OPEN, OVERDUE, DocketQuery
from casemgr.docketing.remembered import remembered
from casemgr.models import Stage
from evidence.search.asked import Asked

_Evidence = Mapping[str, tuple[str, ...]]
_OF_EVIDENCE: tuple[tuple[_Evidence, str, str], ...] = (
    (
        {"link": ("unlinked",), "status": ("current",)},
        "item of evidence bears on no case yet",
        "items of evidence bear on no case yet",
    ),
    (
        {"exhibit": ("quarantined",)},
        "item has a file in quarantine",
        "items have a file in quarantine",
    ),
    (
        {"claims": ("contradicted",), "status": ("current",)},
        "item claims a number that its data contradict",
        "items claim a number that their data contradict",
    ),
    (
        {"claims": ("never",), "status": ("current",)},
        "item claims a number that nobody checked",
        "items claim a number that nobody checked",
    ),
)
_OF_CASES: tuple[tuple[DocketQuery, str, str], ...] = (
    (
        DocketQuery(stage=(Stage.LEGAL_REVIEW.value,)),
        "case in legal review awaits counsel",
        "cases in legal review await counsel",
    ),
    (
        DocketQuery(stage=(OPEN,), due=OVERDUE),
        "open case is overdue",
        "open cases are overdue",
    ),
    (
        DocketQuery(stage=(OPEN,), lead=NOBODY),
        "open case is led by nobody",
        "open cases are led by nobody",
    ),
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A number of things that wait, in words, and the address of the list of just these."""

    count: int
    words: str
    address: str


def waiting_for(user: User, day: date) -> tuple[Waiting, ...]:
    """What there is to take up: evidence for those who log it, cases for those who lead them.

    Worked out once for each state of the record.
    """
    standings = user.standings()
    writes, leads = bool(standings & WRITERS), bool(standings & LEADERS)
    if not (writes or leads):
        return ()
    what = f"what waits, evidence {writes}, cases {leads}"
    return remembered(user, what, day, lambda: tuple(_waiting(user, day, writes, leads)))


def _waiting(user: User, day: date, writes: bool, leads: bool) -> Iterator[Waiting]:
    found: list[tuple[int, str, str, str]] = []
    if leads:
        docket = reverse("docket-page")
        for query, one, many in _OF_CASES:
            count = cases_asked_for(user, query, day).count()
            found.append((count, one, many, f"{docket}?{query.address()}"))
    if writes:
        listed = reverse("evidence-list")
        for chosen, one, many in _OF_EVIDENCE:
            asked = Asked(chosen=chosen, sort="newest")
            count = asked.rows(user).order_by().count()
            found.append((count, one, many, f"{listed}?{asked.address()}"))
    for count, one, many, address in found:
        if count:
            yield Waiting(count, one if count == 1 else many, address)
