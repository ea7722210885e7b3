"""Flags as one reads them: by severity and doctrine, the same thing said once, with its cures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from casemgr.words import Severity

Values = Mapping[str, Any]
THE_DECISION = ""  # the place of a flag of the case as a whole


@dataclass(slots=True)
class Said:
    """One statement on one set of facts, with every element of which it is said."""

    statement: str
    evidence: tuple[str, ...]
    places: list[str] = field(default_factory=list)
    cures: list[str] = field(default_factory=list)
    dispositions: list[Values] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        """Elements it is said of; empty for the decision as a whole."""
        return [place for place in self.places if place != THE_DECISION]


@dataclass(slots=True)
class Weakness:
    """Flags of one doctrine and severity, wherever in the case they stand."""

    doctrine: str
    severity: str
    said: list[Said]
    authorities: list[str]

    @property
    def cures(self) -> list[str]:
        """Cures that mend all of it; empty where each statement has its own."""
        first = self.said[0].cures
        return first if all(each.cures == first for each in self.said) else []


def weaknesses(checklist: Values, *, pending: bool) -> list[Weakness]:
    """Weaknesses of what the case relies on, worst first; or the steps still ahead."""
    placed = [
        (element["code"], flag)
        for element in checklist["elements"]
        if element["asserted"] or element["code"] in checklist["carrying_path"]
        for flag in element["flags"]
    ]
    placed += [(THE_DECISION, flag) for flag in checklist["flags"]]
    return grouped((place, flag) for place, flag in placed if flag["pending"] is pending)


def grouped(placed: Iterable[tuple[str, Values]]) -> list[Weakness]:
    """Flags with their places, gathered by severity and doctrine."""
    found: dict[tuple[int, str], list[tuple[str, Values]]] = {}
    for place, flag in placed:
        rank = Severity(flag["severity"]).rank
        found.setdefault((rank, flag["doctrine"]), []).append((place, flag))
    return [_weakness(doctrine, found[rank, doctrine]) for rank, doctrine in sorted(found)]


def _weakness(doctrine: str, placed: list[tuple[str, Values]]) -> Weakness:
    said: dict[tuple[str, tuple[str, ...]], Said] = {}
    authorities: dict[str, None] = {}
    for place, flag in placed:
        statement, facts = without_place(place, flag["statement"]), tuple(flag["evidence"])
        same = said.setdefault((statement, facts), Said(statement, facts))
        same.places.append(place)
        same.cures += [cure for cure in flag["cures"] if cure not in same.cures]
        if flag["disposition"]:
            same.dispositions.append(flag["disposition"])
        authorities |= dict.fromkeys(flag["authorities"])
    return Weakness(doctrine, placed[0][1]["severity"], list(said.values()), list(authorities))


def without_place(place: str, statement: str) -> str:
    """What is said, without the name of the place, which the page shows beside it."""
    name = place or "the decision"
    for lead in (f"{name}: ", f"{name} "):
        if statement.startswith(lead):
            rest = statement.removeprefix(lead)
            return rest[:1].upper() + rest[1:]
    return statement
