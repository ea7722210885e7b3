"""What a reader asks the docket for: filters, order and page, as the query of an address.

The address holds all of it, so that a docket can be kept, sent and come back to. A value that the
docket does not know counts as not asked.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from casemgr.models import Stage
from casemgr.words import UNASSESSED, Grade
from designations.words import Posture

OPEN = "open"
"""In place of a stage: every stage in which a case is still to be decided."""
NOBODY = "nobody"
"""In place of a person: no one leads the case."""
NONE = "none"
OVERDUE = "overdue"

STAGES = (OPEN, *Stage.values)
GRADES = (UNASSESSED, *(grade.value for grade in Grade))
POSTURES = tuple(posture.value for posture in Posture)
FLAGS: Mapping[str, str] = {
    "fatal": "a fatal flag",
    "serious": "a serious flag or worse",
    "moderate": "a moderate flag or worse",
    "advisory": "any flag",
    NONE: "no flag serious or worse",
}
"""Unresolved flags that counsel neither accepted nor disputed."""
DUE: Mapping[str, str] = {
    OVERDUE: "overdue",
    "7": "within 7 days",
    "30": "within 30 days",
    "90": "within 90 days",
    NONE: "nothing due",
}
STUCK: Mapping[str, str] = {
    "7": "over 7 days",
    "30": "over 30 days",
    "90": "over 90 days",
    "180": "over 180 days",
}
"""For how long a case has stood in its stage."""
SORTS: Mapping[str, str] = {
    "key": "Docket number",
    "designee": "Designee",
    "authority": "Authority",
    "stage": "Stage",
    "since": "In stage since",
    "grade": "Grade",
    "flag": "Oldest serious flag",
    "due": "Next due",
    "lead": "Lead",
    "team": "Team",
}
LONGEST = 200
_MANY_VALUES = ("stage", "grade")
_FOLDED = (
    "team", "person", "package", "posture", "due_from", "due_to", "since_from", "since_to", "on",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketQuery:
    """Which cases, in which order, which page of them; what is empty does not narrow."""

    q: str = ""
    """Part of title or designee's name, or of the docket number."""
    stage: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    authority: str = ""
    """A slug, or slug@version."""
    team: str = ""
    lead: str = ""
    """Key of a person, or NOBODY."""
    person: str = ""
    """Key of a person who leads the case or has an element of it."""
    package: str = ""
    posture: str = ""
    flags: str = ""
    due: str = ""
    due_from: date | None = None
    due_to: date | None = None
    stuck: str = ""
    since_from: date | None = None
    since_to: date | None = None
    on: date | None = None
    """Stage and grade are those at the end of this day, not today's."""
    sort: str = "key"
    """A column; with a minus before it, the other way round."""
    page: int = 1

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """Parse the query of an address."""
        found: dict[str, Any] = {}
        for name, known in _KNOWN.items():
            values = [_plain(value) for value in query.getlist(name)]
            accepted = [read for value in values if (read := known(value))]
            if name in _MANY_VALUES:
                found[name] = tuple(dict.fromkeys(accepted))
            elif accepted:
                found[name] = accepted[-1]
        return cls(**found)

    @classmethod
    def read_text(cls, address: str) -> Self:
        """Parse what ``address`` gives."""
        return cls.read(QueryDict(address))

    def address(self, **changed: Any) -> str:
        """The query of the same docket with something changed, shortest form.

        Whatever changes but the page leads to the first page.
        """
        asked = replace(self, **({"page": 1} | changed))
        pairs: list[tuple[str, str]] = []
        for field in fields(asked):
            value = getattr(asked, field.name)
            if value == field.default:
                continue
            each = value if isinstance(value, tuple) else (value,)
            pairs += [(field.name, str(one)) for one in each]
        return urlencode(pairs)

    @property
    def filters(self) -> str:
        """The query of what narrows alone, without order and page."""
        return self.address(sort="key")

    @property
    def whole(self) -> str:
        """The query of what narrows and of the order, from the first page on."""
        return self.address()

    @property
    def full(self) -> str:
        """The query of just this page."""
        return self.address(page=self.page)

    @property
    def kept(self) -> str:
        """The query of what narrows the figures too."""
        return type(self)(team=self.team, authority=self.authority, package=self.package).address()

    @property
    def has_further_filters(self) -> bool:
        """Whether it is narrowed by what the page folds away."""
        return any(getattr(self, name) for name in _FOLDED)

    @property
    def narrowed(self) -> bool:
        """Whether the reader narrowed the docket."""
        return bool(self.filters)

    @property
    def sorted_by(self) -> str:
        """The column, without its direction."""
        return self.sort.removeprefix("-")

    @property
    def descending(self) -> bool:
        """Whether the last comes first."""
        return self.sort.startswith("-")

    def sort_address(self, column: str) -> str:
        """The same docket sorted by ``column``; the other way round if it already is."""
        return self.address(sort=f"-{column}" if self.sort == column else column)


def _plain(value: str) -> str:
    return value.replace("\x00", "").strip()[:LONGEST]


def _one_of(words: Iterable[str]) -> Callable[[str], str]:
    known = frozenset(words)
    return lambda value: value if value in known else ""


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0


_KNOWN: Mapping[str, Callable[[str], Any]] = {
    "q": str,
    "stage": _one_of(STAGES),
    "grade": _one_of(GRADES),
    "authority": str,
    "team": str,
    "lead": str,
    "person": str,
    "package": str,
    "posture": _one_of(POSTURES),
    "flags": _one_of(FLAGS),
    "due": _one_of(DUE),
    "due_from": _day,
    "due_to": _day,
    "stuck": _one_of(STUCK),
    "since_from": _day,
    "since_to": _day,
    "on": _day,
    "sort": _one_of([*SORTS, *(f"-{column}" for column in SORTS)]),
    "page": _number,
}
