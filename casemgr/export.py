"""Cases out of the database as a docket."""

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from django.db.models import prefetch_related_objects

from casemgr.apa import record as apa
from casemgr.assemble import read_evidence
from casemgr.assembly.case_record import stated_case
from casemgr.assembly.case_rows import read_case_rows
from casemgr.assembly.evidence_rows import described, source
from casemgr.models import Case, DocketFile, Pin
from casemgr.words import Completeness
from designations.library.model import Authority
from designations.models import AuthorityVersion, Origin
from evidence.models import Source

Keyed = TypeVar("Keyed", apa.Source, apa.Item, apa.Case, apa.Package)


class NotOneDocketError(ValueError):
    """These cases cannot stand in one docket file; the message says why and what to do."""


def docket_of(cases: Collection[Case]) -> apa.Docket:
    """The cases, with all evidence they rest on, as one docket, in a constant number of queries.

    Cases of one imported file come out as that file was: title, order, and (when all its cases
    are asked for) evidence that nothing links. Signatures, custody and history stay here.
    Raises NotOneDocketError where live cases and summaries are mixed, or two laws have one name.
    """
    cases = list(cases)
    prefetch_related_objects(cases, "designee", "docket_file", "package")
    rows = read_case_rows(cases)
    stated = [stated_case(rows[case.pk]) for case in cases]
    files = _files(cases)
    whole = [file for file in files if set(file.case_keys) <= {case.key for case in cases}]
    items, sources = read_evidence(stated, [key for file in whole for key in file.item_keys])
    sources = described((sources | _unused_sources(sources, whole)).values())
    return apa.Docket(
        title=files[0].title if len(files) == 1 else "",
        completeness=_completeness(cases),
        sources_of_this_file=tuple(
            dict.fromkeys(line for file in files for line in file.sources_of_this_file)
        ),
        authorities=_own_authorities(rows[case.pk].pins for case in cases),
        sources=_in_order(sources.values(), [file.source_keys for file in files]),
        evidence=_in_order(items.values(), [file.item_keys for file in files]),
        cases=_in_order(stated, [file.case_keys for file in files]),
        packages=_in_order(_packages(cases), [file.package_keys for file in files]),
    )


def _files(cases: Iterable[Case]) -> list[DocketFile]:
    found = {case.docket_file.pk: case.docket_file for case in cases if case.docket_file}
    return [found[pk] for pk in sorted(found)]


def _completeness(cases: Sequence[Case]) -> Completeness:
    found = {Completeness(case.completeness) for case in cases}
    if len(found) > 1:
        raise NotOneDocketError(
            "Some of these cases are complete and some are summaries, and silence means different "
            "things in them: export the two kinds apart."
        )
    return found.pop() if found else Completeness.FULL


def _own_authorities(pins_of_cases: Iterable[Iterable[Pin]]) -> tuple[Authority, ...]:
    """Versions that a docket file brought along; those of the library go by name."""
    ids = {pin.version_id for pins in pins_of_cases for pin in pins}
    versions = list(
        AuthorityVersion.objects.filter(pk__in=ids)
        .select_related("authority")
        .prefetch_related("statuses")
        .order_by("pk")
    )
    names = [version.name for version in versions]
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise NotOneDocketError(
            f"{', '.join(doubled)} is both an authority of the library and one that a file brought "
            "along: export the cases of each apart."
        )
    return tuple(
        version.as_dataclass() for version in versions if version.authority.origin == Origin.DOCKET
    )


def _unused_sources(
    found: dict[str, apa.Source], whole: Sequence[DocketFile]
) -> dict[str, apa.Source]:
    missing = {key for file in whole for key in file.source_keys} - set(found)
    return {row.key: source(row) for row in Source.objects.filter(key__in=missing).order_by("pk")}


def _packages(cases: Sequence[Case]) -> list[apa.Package]:
    grouped: dict[int, list[Case]] = {}
    for case in cases:
        if case.package is not None:
            grouped.setdefault(case.package.pk, []).append(case)
    return [
        apa.Package(
            key=members[0].package.key,  # type: ignore[union-attr]
            title=members[0].package.title,  # type: ignore[union-attr]
            cases=tuple(case.key for case in sorted(members, key=lambda case: case.pk)),
        )
        for _, members in sorted(grouped.items())
    ]


def _in_order(found: Iterable[Keyed], orders: Iterable[Sequence[str]]) -> tuple[Keyed, ...]:
    """As the files had them; what no file names follows in the order of entry."""
    rank: dict[str, int] = {}
    for key in (key for order in orders for key in order):
        rank.setdefault(key, len(rank))
    return tuple(sorted(found, key=lambda each: rank.get(each.key, len(rank))))
