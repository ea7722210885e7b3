"""Roll-up: which elements carry a group and the case, and what would be the fallback.

*any* is as good as its best child, *all* as bad as its worst; ties go by code. A leaf not
asserted is left out of an *any* group and still judged in an *all* group. Elements without a
parent are joined by *all*.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casemgr.apa.grade import lowest
from casemgr.apa.report import Adjustment
from casemgr.words import Grade
from designations.library.model import Element
from designations.words import Join


@dataclass(frozen=True, slots=True)
class Standing:
    """A judged node of the tree: its grade, what carries it and what would if that fell."""

    code: str
    grade: Grade
    strike: int | None
    carried_by: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    fallback: tuple[str, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()


def children_of(elements: Iterable[Element]) -> dict[str | None, list[Element]]:
    """Children by parent code, sorted by code; the key None holds the roots."""
    children: dict[str | None, list[Element]] = {}
    for element in elements:
        children.setdefault(element.parent, []).append(element)
    for siblings in children.values():
        siblings.sort(key=lambda element: element.code)
    return children


def asserted_codes(
    children: Mapping[str | None, list[Element]], asserts: tuple[str, ...] | None
) -> frozenset[str]:
    """Codes of leaves the case relies on, and of groups that hold one. All when not stated."""
    found: set[str] = set()

    def visit(element: Element) -> bool:
        if element.is_group:
            held = [visit(child) for child in children.get(element.code, ())]
            relied = any(held) or (asserts is not None and element.code in asserts)
        else:
            relied = asserts is None or element.code in asserts
        if relied:
            found.add(element.code)
        return relied

    for root in children.get(None, ()):
        visit(root)
    return frozenset(found)


def combine(
    code: str,
    join: Join,
    parts: list[Standing],
    asserted: frozenset[str],
    not_alone: frozenset[str],
) -> Standing:
    """Judge a group from its judged children.

    ``not_alone``: leaves of which a finding says that they would not carry the decision alone;
    such a child stands no better than the worst of what it was relied on together with.
    """
    if join is Join.ALL:
        worst = lowest(part.grade for part in parts)
        return Standing(
            code=code,
            grade=worst,
            strike=_least(part.strike for part in parts),
            carried_by=tuple(part.code for part in parts),
            leaves=tuple(leaf for part in parts for leaf in part.leaves),
            fallback=_fallback_of_all(parts),
        )
    candidates = [part for part in parts if part.code in asserted] or parts
    together = lowest(part.grade for part in candidates)
    ranked = sorted(
        candidates,
        key=lambda part: (-_alone(part, not_alone, together).rank, part.code),
    )
    best, others = ranked[0], ranked[1:]
    grade = _alone(best, not_alone, together)
    return Standing(
        code=code,
        grade=grade,
        strike=_most(part.strike for part in candidates),
        carried_by=(best.code,),
        leaves=best.leaves,
        fallback=others[0].leaves if others else best.fallback,
        adjustments=tuple(
            _harmless(best, other, grade) for other in others if _saved(other, grade)
        ),
    )


def _alone(part: Standing, not_alone: frozenset[str], together: Grade) -> Grade:
    return together if part.code in not_alone else part.grade


def _saved(other: Standing, grade: Grade) -> bool:
    return other.grade.rank <= Grade.WEAK.rank < grade.rank


def _harmless(best: Standing, other: Standing, grade: Grade) -> Adjustment:
    return Adjustment(
        doctrine="harmless-error",
        from_=other.grade.value,
        to=grade.value,
        why=f"{other.code} is off the carrying path; {best.code} carries without it",
    )


def _fallback_of_all(parts: list[Standing]) -> tuple[str, ...]:
    if not any(part.fallback for part in parts):
        return ()
    return tuple(leaf for part in parts for leaf in part.fallback or part.leaves)


def _least(strikes: Iterable[int | None]) -> int | None:
    return min((strike for strike in strikes if strike is not None), default=None)


def _most(strikes: Iterable[int | None]) -> int | None:
    known = list(strikes)
    return None if None in known else max((s for s in known if s is not None), default=None)
