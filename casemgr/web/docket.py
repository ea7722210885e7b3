"""The docket: cases one may see, filtered, a page at a time."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import QueryDict

from access.models import User
from casemgr.models import Case, Stage
from casemgr.words import Grade

CASES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked for; a value the docket does not know counts as not asked."""

    stage: str = ""
    grade: str = ""
    authority: str = ""
    after: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Filters":
        """Parse the query of the address."""
        stage, grade = query.get("stage", ""), query.get("grade", "")
        return cls(
            stage=stage if stage in Stage.values else "",
            grade=grade if grade in list(Grade) else "",
            authority=query.get("authority", "").replace("\x00", ""),
            after=query.get("after", "").replace("\x00", ""),
        )

    def address(self, **changed: str) -> str:
        """The query of the same docket with some filters changed."""
        stated = {
            "stage": self.stage,
            "grade": self.grade,
            "authority": self.authority,
        } | changed
        return urlencode({name: value for name, value in stated.items() if value})


@dataclass(frozen=True, slots=True)
class DocketPage:
    """One page of the docket."""

    filters: Filters
    cases: list[Any]
    stages: list[tuple[str, str, int]]  # value, label, cases in it
    following: str  # the query of the next page; empty on the last

    @property
    def filtered(self) -> bool:
        """Whether the reader narrowed the docket."""
        return bool(self.filters.stage or self.filters.grade or self.filters.authority)


def read_docket_page(user: User, filters: Filters, day: date) -> DocketPage:
    """Read one page; the number of queries does not depend on how many cases there are."""
    visible = Case.objects.visible_to(user)
    counts = dict(
        visible.order_by()
        .values_list("stage")
        .annotate(cases=Count("pk"))
        .values_list("stage", "cases")
    )
    wanted = visible
    if filters.stage:
        wanted = wanted.filter(stage=filters.stage)
    if filters.authority:
        wanted = wanted.under_authority(filters.authority)
    if filters.grade:
        wanted = wanted.graded(filters.grade)
    if filters.after:
        wanted = wanted.filter(key__gt=filters.after)
    rows = list(
        wanted.with_current_assessment()
        .with_authority(day)
        .with_oldest_serious_flag(day)
        .with_next_deadline()
        .select_related("designee", "team", "lead")
        .order_by("key")[: CASES_A_PAGE + 1]
    )
    more = len(rows) > CASES_A_PAGE
    cases = rows[:CASES_A_PAGE]
    return DocketPage(
        filters=filters,
        cases=cases,
        stages=[(stage.value, stage.label, counts.get(stage.value, 0)) for stage in Stage],
        following=filters.address(after=cases[-1].key) if more else "",
    )
