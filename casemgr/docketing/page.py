"""One page of the docket: which cases, how many in each stage, and what each line shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from access.models import User
from casemgr.clock import day_of
from casemgr.docketing.narrow import cases_asked_for, in_stages, ordered, stages_meant
from casemgr.docketing.query import DocketQuery
from casemgr.models import OPEN_STAGES, Case, Stage, StageSpell
from casemgr.models.case_queries import CaseQuerySet

CASES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many of the cases stand in a stage."""

    value: str
    label: str
    cases: int


@dataclass(frozen=True, slots=True)
class DocketPage:
    """What the page of the docket shows."""

    asked: DocketQuery
    page: Page[Any]
    stages: tuple[StageCount, ...]

    @property
    def cases(self) -> list[Any]:
        """The lines of the page."""
        return list(self.page.object_list)

    @property
    def open_cases(self) -> int:
        """Cases still to be decided."""
        return sum(each.cases for each in self.stages if each.value in OPEN_STAGES)

    @property
    def all_stages(self) -> int:
        """Cases whatever their stage."""
        return sum(each.cases for each in self.stages)


def read_docket_page(user: User, asked: DocketQuery, today: date) -> DocketPage:
    """Read one page; the number of queries does not depend on how many cases there are."""
    counts = _by_stage(cases_asked_for(user, asked, today, any_stage=True), asked.on)
    wanted = stages_meant(asked.stage)
    number = sum(n for stage, n in counts.items() if not wanted or stage in wanted)
    page: Page[Any] = Paginator(range(number), CASES_A_PAGE).get_page(asked.page)
    # The ids of the page off the order alone; what a line shows is read for these.
    cases = ordered(cases_asked_for(user, asked, today), asked, today)
    first = (page.number - 1) * CASES_A_PAGE
    ids = list(cases.values_list("pk", flat=True)[first : first + CASES_A_PAGE])
    page.object_list = lines(ids, today)
    return DocketPage(
        asked=asked,
        page=page,
        stages=tuple(
            StageCount(stage.value, stage.label, counts.get(stage.value, 0)) for stage in Stage
        ),
    )


def lines(ids: list[int], day: date) -> list[Any]:
    """These cases with what a line shows, in this order."""
    rows: Any = (
        Case.objects.filter(pk__in=ids)
        .order_by()
        .with_current_assessment()
        .with_authority(day)
        .with_oldest_serious_flag(day)
        .with_next_deadline()
        .with_stage_since()
        .select_related("designee", "team", "lead", "package")
    )
    found = {row.pk: row for row in rows}
    shown = [found[pk] for pk in ids if pk in found]
    for row in shown:
        row.days_in_stage = (day - day_of(row.stage_since)).days if row.stage_since else None
    return shown


def _by_stage(cases: CaseQuerySet, on: date | None) -> Mapping[str, int]:
    counted: QuerySet[Any, Any]
    if on is None:
        counted = cases.annotate(stood=F("stage"))
    else:
        spells = StageSpell.objects.at_end_of(on).filter(case=OuterRef("pk"))
        counted = in_stages(cases, frozenset(Stage.values), on).annotate(
            stood=Subquery(spells.values("stage")[:1])
        )
    rows = counted.order_by().values("stood").annotate(cases=Count("pk"))
    return {row["stood"]: row["cases"] for row in rows}


def keys_of(cases: CaseQuerySet, most: int) -> Iterator[str]:
    """Docket numbers, at most so many."""
    yield from cases.values_list("key", flat=True)[:most]
