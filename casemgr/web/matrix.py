"""The element matrix of a case page, read from the stored checklist.

Counts are those of the engine; nothing is judged here. A group shows what its carrying parts show.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casemgr.words import Grade, Severity

SHAPES = {
    Grade.STRONG: "■■■■",
    Grade.ADEQUATE: "■■■□",
    Grade.CONTESTABLE: "■■□□",
    Grade.WEAK: "■□□□",
    Grade.UNSUPPORTED: "□□□□",
}
CARRYING, FALLBACK = "carrying", "fallback"
STALE = "· stale"

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One element in the matrix."""

    code: str
    title: str
    join: str
    branch: str  # the lines that draw the tree
    grade: str
    path: str  # carrying, fallback or empty
    asserted: bool
    supports: int
    against: int
    unanswered: int
    origins: int
    strike: int | None
    flags: str
    pending: int
    signed: str
    assignee: str
    stale_because: str = ""

    @property
    def shape(self) -> str:
        """The grade as a shape."""
        return shape(self.grade)


def shape(grade: str | None) -> str:
    """The grade as a shape that needs no color; empty for a case never assessed."""
    return SHAPES[Grade(grade)] if grade else ""


def matrix(checklist: Values, names: Mapping[str, str]) -> tuple[Row, ...]:
    """Rows in the order of the tree. ``names``: people by key."""
    elements = {each["code"]: each for each in checklist["elements"]}
    parents = {code: each["parent"] for code, each in elements.items()}
    return tuple(
        _row(elements[code], branch, checklist, elements, names) for code, branch in drawn(parents)
    )


def drawn(parents: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    """Each code after its group, with the lines that draw the tree before it.

    >>> list(drawn({"A": None, "A-1": "A", "A-2": "A"}))
    [('A', ''), ('A-1', '├ '), ('A-2', '└ ')]
    """
    children: dict[str | None, list[str]] = {}
    for code, parent in parents.items():
        children.setdefault(parent, []).append(code)

    def below(parent: str | None, stem: str) -> Iterator[tuple[str, str]]:
        siblings = children.get(parent, [])
        for code in siblings:
            last = code == siblings[-1]
            yield code, "" if parent is None else stem + ("└ " if last else "├ ")
            yield from below(code, "" if parent is None else stem + ("  " if last else "│ "))

    return below(None, "")


def _row(
    element: Values,
    branch: str,
    checklist: Values,
    elements: Mapping[str, Values],
    names: Mapping[str, str],
) -> Row:
    code = element["code"]
    against = evidence(element, elements, "evidence_against")
    return Row(
        code=code,
        title=element["title"] or element["text"],
        join=element["join"] or "",
        branch=branch,
        grade=element["grade"],
        path=_path(code, checklist),
        asserted=element["asserted"],
        supports=len(evidence(element, elements, "evidence_for")),
        against=len(against),
        unanswered=sum(not answered(link) for link in against.values()),
        origins=element["origins"],
        strike=element["strike_number"],
        flags=counted(element["flags"]),
        pending=sum(flag["pending"] for flag in element["flags"]),
        signed=signed(element, names),
        assignee=names.get(element["assignee"] or "", ""),
    )


def _path(code: str, checklist: Values) -> str:
    if code in checklist["carrying_path"]:
        return CARRYING
    return FALLBACK if code in checklist["fallback_path"] else ""


def evidence(element: Values, elements: Mapping[str, Values], which: str) -> dict[str, Values]:
    """Links of an element by item, or of the parts that carry a group; each item once."""
    found = {link["item"]: link for link in element[which]}
    for code in element["carried_by"]:
        if code in elements:
            found |= evidence(elements[code], elements, which)
    return found


def answered(link: Values) -> bool:
    """Whether somebody wrote an answer to an item that cuts the other way."""
    answer = link["answer"]
    return bool(answer) and answer["state"] in ("answered", "irrelevant-to-element")


def counted(flags: list[Values]) -> str:
    """``2 serious, 3 more``: the worst severity with its number, and how many others there are."""
    standing = [flag for flag in flags if not flag["pending"]]
    if not standing:
        return ""
    worst = min((Severity(flag["severity"]) for flag in standing), key=lambda word: word.rank)
    count = sum(flag["severity"] == worst for flag in standing)
    more = len(standing) - count
    return f"{count} {worst}" + (f", {more} more" if more else "")


def signed(element: Values, names: Mapping[str, str]) -> str:
    """Who signed the finding, and whether the record is still the one that was signed."""
    state = element["sign_off"]["state"]
    if element["join"] or state == "no-finding":
        return ""
    if state == "unsigned":
        return "not signed"
    signers = [
        names.get(each["signer"], each["signer"])
        for each in element["sign_off"]["signatures"]
        if each["current"] or state == "stale"
    ]
    return f"{', '.join(signers)} {'· current' if state == 'current' else STALE}"


def people_in(checklist: Values) -> set[str]:
    """Keys of everyone the checklist names."""
    found: set[str] = set()
    for element in checklist["elements"]:
        found.add(element["assignee"] or "")
        found |= {each["signer"] for each in element["sign_off"]["signatures"]}
        if element["finding"]:
            found.add(element["finding"]["author"])
        found |= {f["disposition"]["by"] for f in element["flags"] if f["disposition"]}
    found |= {flag["disposition"]["by"] for flag in checklist["flags"] if flag["disposition"]}
    return found - {""}
