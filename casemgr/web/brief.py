"""The challenger's brief, arranged for reading: one heading a doctrine, its opening said once."""

from collections.abc import Iterable
from dataclasses import dataclass

from casemgr.apa.brief import OPENINGS, Attack


@dataclass(frozen=True, slots=True)
class Point:
    """One attack under a heading, without the opening that the heading says."""

    element: str
    text: str
    answer: str
    on_carrying_path: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """Attacks of one doctrine and severity."""

    doctrine: str
    severity: str
    opening: str
    points: tuple[Point, ...]


def headings(attacks: Iterable[Attack]) -> tuple[Heading, ...]:
    """The attacks under their doctrines, each where its strongest stands."""
    gathered: dict[tuple[str, str], list[Attack]] = {}
    for attack in attacks:
        gathered.setdefault((attack.severity.value, attack.doctrine), []).append(attack)
    return tuple(
        Heading(doctrine, severity, OPENINGS.get(doctrine, ""), tuple(map(_point, same)))
        for (severity, doctrine), same in gathered.items()
    )


def _point(attack: Attack) -> Point:
    text = attack.attack.removeprefix(OPENINGS.get(attack.doctrine, "")).lstrip()
    place = f"{attack.element or 'The decision'}: "
    said = text.removeprefix(place)
    return Point(
        attack.element, said[:1].upper() + said[1:], attack.answer, attack.on_carrying_path
    )
