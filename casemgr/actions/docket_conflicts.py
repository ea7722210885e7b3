"""What stands in the way of importing a docket: every reason, each with its path."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from access.keys import refusal_of_key
from access.models import Team, User
from casemgr.apa import record as apa
from casemgr.apa.digest import canonical
from casemgr.assembly.case_record import designee, stated_case
from casemgr.assembly.case_rows import read_case_rows
from casemgr.assembly.evidence_rows import described, read_items, source
from casemgr.docket.errors import Problem
from casemgr.models import Case, Package
from casemgr.models.case import LIVE_KINDS
from designations.days import Period
from designations.models import Designee
from evidence.models import EvidenceItem, Share, Source

# Lists whose order in a file says nothing.
_UNORDERED = frozenset({"no_evidence", "depends_on", "asserts", "markings", "cases"})


def precedent_problems(docket: apa.Docket) -> list[Problem]:
    """What occurs in precedents only, and has no place among live cases."""
    problems = []
    if docket.ordering:
        problems.append(
            Problem(
                "ordering",
                "an expected order of grades belongs to precedents for the back-test",
                "leave it out, or run manage.py backtest",
            )
        )
    for place, case in enumerate(docket.cases):
        if case.court:
            problems.append(
                Problem(
                    f"cases[{place}].court",
                    f"{case.key} says what a court decided: that is a precedent for the back-test",
                    "leave court out, or run manage.py backtest",
                )
            )
        if case.kind not in LIVE_KINDS:
            problems.append(
                Problem(
                    f"cases[{place}].kind",
                    f"{case.kind.value} occurs in precedents only",
                    f"write one of {', '.join(LIVE_KINDS)}, or run manage.py backtest",
                )
            )
    return problems


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in the database already under the keys of the docket, as a file would state it."""

    sources: dict[str, apa.Source]
    items: dict[str, apa.Item]
    designees: dict[str, apa.Designee]
    cases: dict[str, apa.Case]
    packages: dict[str, Package]
    outside: dict[str, Case]
    """Cases that the docket's cases rest on and that are not in it."""

    @classmethod
    def read(cls, docket: apa.Docket) -> "Standing":
        """Read it, with one query a table."""
        sources = Source.objects.filter(key__in=[each.key for each in docket.sources])
        ids = EvidenceItem.objects.filter(key__in=[each.key for each in docket.evidence])
        named = [case.designee.key for case in docket.cases if case.designee]
        keys = {case.key for case in docket.cases}
        cases = list(Case.objects.filter(key__in=keys).select_related("designee"))
        rows = read_case_rows(cases)
        referred = {name.partition("/")[0] for case in docket.cases for name in case.depends_on}
        packages = Package.objects.filter(key__in=[each.key for each in docket.packages])
        return cls(
            sources=described(source(row) for row in sources),
            items=read_items(list(ids.values_list("pk", flat=True))),
            designees={
                row.key: stated
                for row in Designee.objects.filter(key__in=named)
                if (stated := designee(row))
            },
            cases={case.key: stated_case(rows[case.pk]) for case in cases},
            packages={row.key: row for row in packages.prefetch_related("cases")},
            outside={row.key: row for row in Case.objects.filter(key__in=referred - keys)},
        )


def standing_problems(
    docket: apa.Docket, standing: Standing, team: Team, actor: User
) -> list[Problem]:
    """Where an object of the same key says something else, is not the team's, or is missing."""
    return [
        *_differing("sources", docket.sources, _as_far_as_stated(docket, standing.sources)),
        *_differing("evidence", docket.evidence, standing.items),
        *_unaddressable(docket),
        *_foreign_items(docket, standing, team, actor),
        *_differing_designees(docket, standing),
        *_differing("cases", docket.cases, standing.cases),
        *_cases(docket, standing, actor),
        *_packages(docket, standing, team),
    ]


def differences(stated: object, stored: object) -> list[str]:
    """Names of the fields in which two objects of one class differ; the order of lists aside."""
    return [
        each.name
        for each in fields(stated)  # type: ignore[arg-type]
        if _form(each.name, getattr(stated, each.name))
        != _form(each.name, getattr(stored, each.name))
    ]


def _form(name: str, value: Any) -> Any:
    """A value in the form in which equal statements are equal."""
    if isinstance(value, Period) and value.start is None and value.end is None:
        return "null"  # "from … to …, neither stated" states nothing
    if name in _UNORDERED and isinstance(value, tuple):
        return sorted(canonical(part) for part in value)
    if isinstance(value, tuple) and value and hasattr(value[0], "__dataclass_fields__"):
        return sorted(canonical(part) for part in value)
    return canonical(value)


def _differing(section: str, stated: tuple[Any, ...], stored: dict[str, Any]) -> Iterator[Problem]:
    for place, each in enumerate(stated):
        if each.key in stored and (names := differences(each, stored[each.key])):
            yield _different(f"{section}[{place}]", each.key, names)


def _as_far_as_stated(docket: apa.Docket, stored: dict[str, apa.Source]) -> dict[str, apa.Source]:
    """A file that describes no source does not contradict what was said of one here."""
    silent = {each.key for each in docket.sources if not each.descriptors}
    return {
        key: replace(each, descriptors=()) if key in silent else each
        for key, each in stored.items()
    }


def _different(path: str, key: str, names: list[str]) -> Problem:
    return Problem(
        path,
        f"{key} is already stored and says something else in {', '.join(names)}",
        "give it another key, or state it as it is stored",
    )


def _unaddressable(docket: apa.Docket) -> Iterator[Problem]:
    """A key stands in addresses here; a file that is only assessed may have any."""
    keys = [
        *((f"sources[{at}].key", each.key) for at, each in enumerate(docket.sources)),
        *((f"evidence[{at}].key", each.key) for at, each in enumerate(docket.evidence)),
        *((f"packages[{at}].key", each.key) for at, each in enumerate(docket.packages)),
        *(
            (f"cases[{at}].designee.key", each.designee.key)
            for at, each in enumerate(docket.cases)
            if each.designee
        ),
        *((f"cases[{at}].key", each.key) for at, each in enumerate(docket.cases)),
    ]
    for path, key in keys:
        if refusal := refusal_of_key(key):
            yield Problem(path, f"{key!r} cannot be a key here, because {refusal.why}", refusal.fix)


def _foreign_items(
    docket: apa.Docket, standing: Standing, team: Team, actor: User
) -> Iterator[Problem]:
    """An item of another team is used only if it is shared; a key alone opens nothing.

    Nor does a key open what its markings keep from the importer. A file states all that its items
    come from, so this holds for their origins too.
    """
    seen = set(
        EvidenceItem.objects.visible_to(actor)
        .filter(key__in=standing.items)
        .values_list("key", flat=True)
    )
    held = set(
        EvidenceItem.objects.filter(key__in=standing.items, owner_team=team).values_list(
            "key", flat=True
        )
    ) | set(
        Share.objects.filter(item__key__in=standing.items, team=team).values_list(
            "item__key", flat=True
        )
    )
    for place, item in enumerate(docket.evidence):
        if item.key in standing.items and item.key not in held & seen:
            yield Problem(
                f"evidence[{place}].key",
                f"{item.key} is already in use, and not shared with {team} or not open to you",
                "ask its owner to share it, or give yours another key",
            )


def _differing_designees(docket: apa.Docket, standing: Standing) -> Iterator[Problem]:
    seen = dict(standing.designees)
    for place, case in enumerate(docket.cases):
        if case.designee is None:
            if case.kind != "program":
                yield Problem(
                    f"cases[{place}].designee",
                    f"{case.key} has no designee, and only a program goes without",
                    "name the designee",
                )
            continue
        known = seen.setdefault(case.designee.key, case.designee)
        if names := differences(case.designee, known):
            yield _different(f"cases[{place}].designee", case.designee.key, names)


def _cases(docket: apa.Docket, standing: Standing, actor: User) -> Iterator[Problem]:
    keys = {case.key for case in docket.cases}
    visible = set(
        Case.objects.visible_to(actor)
        .filter(key__in=standing.outside)
        .values_list("key", flat=True)
    )
    for place, case in enumerate(docket.cases):
        path = f"cases[{place}]"
        codes = [finding.element for finding in case.findings]
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            yield Problem(
                f"{path}.findings",
                f"{code} has more than one finding",
                "an element of a case has one finding: join them",
            )
        for at, name in enumerate(case.depends_on):
            key = name.partition("/")[0]
            if key not in keys and key not in visible:
                yield Problem(
                    f"{path}.depends_on[{at}]",
                    f"there is no case {key} here or in this file",
                    "import it first, or put both into one file",
                )


def _packages(docket: apa.Docket, standing: Standing, team: Team) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for place, package in enumerate(docket.packages):
        path = f"packages[{place}]"
        for key in package.cases:
            if taken.setdefault(key, package.key) != package.key:
                yield Problem(
                    f"{path}.cases",
                    f"{key} is already in package {taken[key]}",
                    "a case belongs to one package",
                )
        stored = standing.packages.get(package.key)
        if stored is None:
            continue
        members = {case.key for case in stored.cases.all()}
        same = stored.title == package.title and members == set(package.cases)
        if not same or stored.team_id != team.pk:
            yield _different(path, package.key, ["title, cases or team"])
