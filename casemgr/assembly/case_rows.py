"""Everything that hangs on cases, read with one query a table, however many cases there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet

from casemgr.assembly.same_words import SameWords, same_words
from casemgr.models import (
    Case,
    CaseDependency,
    CaseElement,
    ComparatorCase,
    ConsiderationAnswer,
    Finding,
    FindingRevision,
    Link,
    Milestone,
    Pin,
    PrerequisiteMet,
    PriorPosition,
    RecordDefect,
)
from designations.models import DatedRow

Row = TypeVar("Row", bound=DatedRow)


def had_effect(row: DatedRow, day: date | None) -> bool:
    """Whether the row held on ``day``; without a day, whether nothing has ended it."""
    if day is None:
        return row.ended_on is None
    begun = row.entered_on is None or row.entered_on <= day
    return begun and (row.ended_on is None or day < row.ended_on)


def ever_had_effect(row: DatedRow) -> bool:
    """False for a row corrected on the day it was entered: it held on no day."""
    return row.ended_on is None or row.ended_on != row.entered_on


@dataclass(slots=True)
class CaseRows:
    """Rows of one case, each list in the order in which they were entered."""

    case: Case
    pins: list[Pin] = field(default_factory=list)
    elements: dict[int, CaseElement] = field(default_factory=dict)
    links: dict[int, list[Link]] = field(default_factory=lambda: defaultdict(list))
    findings: dict[int, Finding] = field(default_factory=dict)
    revisions: dict[int, list[FindingRevision]] = field(default_factory=lambda: defaultdict(list))
    elsewhere: SameWords = field(default_factory=dict)
    answers: list[ConsiderationAnswer] = field(default_factory=list)
    steps: list[PrerequisiteMet] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    dependencies: list[CaseDependency] = field(default_factory=list)
    comparators: list[ComparatorCase] = field(default_factory=list)
    prior_positions: list[PriorPosition] = field(default_factory=list)
    defects: list[RecordDefect] = field(default_factory=list)

    def of_pin(self, pin: Pin) -> list[CaseElement]:
        """The case elements under one pin, in the order of the law."""
        return [row for row in self.elements.values() if row.pin_id == pin.pk]

    def carried(self, element: CaseElement) -> list[CaseElement]:
        """The element and those of earlier pins that it carries, earliest first."""
        chain = [element]
        while chain[-1].carries_id is not None:
            chain.append(self.elements[chain[-1].carries_id])
        return chain[::-1]

    def all_links(self) -> list[Link]:
        """Links under every pin, as entered."""
        return sorted((row for rows in self.links.values() for row in rows), key=lambda r: r.pk)


def read_case_rows(cases: Collection[Case], *, history: bool = False) -> dict[int, CaseRows]:
    """The rows of ``cases``, by case id, in a constant number of queries.

    ``history`` reads every wording of the findings too, which only a day in the past needs.
    """
    elsewhere = same_words([case.pk for case in cases])
    found = {case.pk: CaseRows(case, elsewhere=elsewhere) for case in cases}
    ids = list(found)
    for pin in _in(Pin.objects.select_related("version__authority"), case__in=ids):
        found[pin.case_id].pins.append(pin)
    for element in _in(CaseElement.objects.select_related("element"), case__in=ids):
        found[element.case_id].elements[element.pk] = element
    owner = {pk: rows for rows in found.values() for pk in rows.elements}
    for link in _in(Link.objects.select_related("item"), case_element__case__in=ids):
        if ever_had_effect(link):
            owner[link.case_element_id].links[link.case_element_id].append(link)
    for finding in _in(Finding.objects.all(), case_element__case__in=ids):
        owner[finding.case_element_id].findings[finding.case_element_id] = finding
    if history:
        for revision in _in(
            FindingRevision.objects.select_related("finding"),
            finding__case_element__case__in=ids,
        ):
            element_id = revision.finding.case_element_id
            owner[element_id].revisions[element_id].append(revision)
    for answer in _in(
        ConsiderationAnswer.objects.select_related("consideration", "pin"), pin__case__in=ids
    ):
        found[answer.pin.case_id].answers.append(answer)
    for step in _in(
        PrerequisiteMet.objects.select_related("prerequisite", "pin"), pin__case__in=ids
    ):
        found[step.pin.case_id].steps.append(step)
    for dependency in _in(
        CaseDependency.objects.select_related("on_case", "on_element__element"), case__in=ids
    ):
        found[dependency.case_id].dependencies.append(dependency)
    for milestone in _in(Milestone.objects.all(), case__in=ids):
        found[milestone.case_id].milestones.append(milestone)
    for model, name in (
        (ComparatorCase, "comparators"),
        (PriorPosition, "prior_positions"),
        (RecordDefect, "defects"),
    ):
        rows = _in(model._default_manager.select_related("case_element__element"), case__in=ids)
        for row in rows:
            getattr(found[row.case_id], name).append(row)
    return found


def _in(rows: QuerySet[Any], **condition: Any) -> Iterable[Any]:
    """In the order of entry, which is the order in which they are handed out again."""
    return rows.filter(**condition).order_by("pk")
