"""From what was asked to the cases that fit, in their order."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case as Choice
from django.db.models import F, IntegerField, Q, Value, When
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce, Collate, Lower

from access.models import User
from casemgr.docketing.query import NOBODY, NONE, OPEN, OVERDUE, DocketQuery
from casemgr.models import OPEN_STAGES, Case, Stage
from casemgr.models.case_queries import CaseQuerySet
from casemgr.words import UNASSESSED, Grade, Severity
from designations.names import normalize_name


def cases_asked_for(
    user: User | AnonymousUser, asked: DocketQuery, today: date, *, any_stage: bool = False
) -> CaseQuerySet:
    """The cases the user sees that fit, in no order, with nothing read beside them.

    ``any_stage``: whatever their stage, to count how many of them stand in each.
    """
    cases = Case.objects.visible_to(user)
    cases = _by_facts(cases, asked)
    if asked.stage and not any_stage:
        cases = in_stages(cases, stages_meant(asked.stage), asked.on)
    if asked.grade:
        cases = _by_grade(cases, asked.grade, asked.on)
    if asked.posture:
        cases = cases.under_posture(asked.posture)
    if asked.flags:
        cases = _by_flags(cases, asked.flags, today)
    cases = _by_deadline(cases, asked, today)
    return _by_days_in_stage(cases, asked, today)


def stages_meant(stages: tuple[str, ...]) -> frozenset[str]:
    """The stages, with the open ones in place of ``open``."""
    named = set(stages)
    if OPEN in named:
        named = (named - {OPEN}) | {stage.value for stage in OPEN_STAGES}
    return frozenset(named)


def in_stages(cases: CaseQuerySet, stages: frozenset[str], on: date | None) -> CaseQuerySet:
    """Those in one of the stages, now or at the end of a day."""
    return cases.filter(stage__in=stages) if on is None else cases.stood_in(stages, on)


def ordered(cases: CaseQuerySet, asked: DocketQuery, today: date) -> CaseQuerySet:
    """In the order that was asked for; equals by docket number."""
    annotate, by = _ORDERS[asked.sorted_by]
    cases = annotate(cases, today)
    if asked.sorted_by == "key":
        return cases.order_by("-key" if asked.descending else "key")
    orders = [
        # What is not stated comes last whichever way the column is read.
        OrderBy(each, descending=asked.descending, nulls_last=True)
        for each in by
    ]
    return cases.order_by(*orders, "key")


def _by_facts(cases: CaseQuerySet, asked: DocketQuery) -> CaseQuerySet:
    if asked.q:
        found = Q(title__icontains=asked.q) | Q(key__icontains=asked.q)
        if name := normalize_name(asked.q):
            found |= Q(designee__name_normalized__contains=name)
        cases = cases.filter(found)
    if asked.authority:
        slug, _, label = asked.authority.partition("@")
        cases = cases.under_authority(slug, label)
    if asked.team:
        cases = cases.filter(team__key=asked.team)
    if asked.lead == NOBODY:
        cases = cases.filter(lead__isnull=True)
    elif asked.lead:
        cases = cases.filter(lead__key=asked.lead)
    if asked.person:
        cases = cases.worked_on_by_key(asked.person)
    if asked.package:
        cases = cases.filter(package__key=asked.package)
    return cases


def _by_grade(cases: CaseQuerySet, grades: tuple[str, ...], on: date | None) -> CaseQuerySet:
    cases = cases.with_grade() if on is None else cases.with_grade_at_end_of(on)
    wanted = Q(grade__in=[grade for grade in grades if grade != UNASSESSED])
    if UNASSESSED in grades:
        wanted |= Q(grade__isnull=True)
    return cases.filter(wanted)


def _by_flags(cases: CaseQuerySet, flags: str, today: date) -> CaseQuerySet:
    if flags == NONE:
        return cases.without_flags([Severity.FATAL, Severity.SERIOUS], today)
    worst = Severity(flags).rank
    return cases.with_flags([each for each in Severity if each.rank <= worst], today)


def _by_deadline(cases: CaseQuerySet, asked: DocketQuery, today: date) -> CaseQuerySet:
    if not (asked.due or asked.due_from or asked.due_to):
        return cases
    cases = cases.with_next_deadline()
    if asked.due == NONE:
        cases = cases.filter(Q(next_deadline__isnull=True))
    elif asked.due == OVERDUE:
        # What is decided is late no more.
        cases = cases.in_progress().filter(Q(next_deadline__lt=today))
    elif asked.due:
        last = today + timedelta(days=int(asked.due))
        cases = cases.filter(Q(next_deadline__gte=today, next_deadline__lte=last))
    if asked.due_from:
        cases = cases.filter(Q(next_deadline__gte=asked.due_from))
    if asked.due_to:
        cases = cases.filter(Q(next_deadline__lte=asked.due_to))
    return cases


def _by_days_in_stage(cases: CaseQuerySet, asked: DocketQuery, today: date) -> CaseQuerySet:
    if asked.stuck:
        cases = cases.in_stage_until(today - timedelta(days=int(asked.stuck) + 1))
    if asked.since_to:
        cases = cases.in_stage_until(asked.since_to)
    if asked.since_from:
        cases = cases.in_stage_from(asked.since_from)
    return cases


_STAGE_PLACE = Choice(
    *(When(stage=stage, then=Value(place)) for place, stage in enumerate(Stage.values)),
    output_field=IntegerField(),
)
_GRADE_PLACE = Choice(
    *(When(grade=grade.value, then=Value(grade.rank)) for grade in Grade),
    output_field=IntegerField(),
)
_Annotate = Callable[[CaseQuerySet, date], CaseQuerySet]


def _as_it_is(cases: CaseQuerySet, today: date) -> CaseQuerySet:
    return cases


# What must be annotated, and what is then ordered by.
_ORDERS: Mapping[str, tuple[_Annotate, tuple[Any, ...]]] = {
    "key": (_as_it_is, ()),
    "designee": (_as_it_is, (Lower(Coalesce("designee__name", "title")),)),
    "authority": (lambda cases, today: cases.with_authority(today), (F("authority_name"),)),
    "stage": (_as_it_is, (_STAGE_PLACE,)),
    "since": (lambda cases, today: cases.with_stage_since(), (F("stage_since"),)),
    "grade": (lambda cases, today: cases.with_grade(), (_GRADE_PLACE,)),
    "flag": (lambda cases, today: cases.with_oldest_serious_day(today), (F("oldest_serious_on"),)),
    "due": (lambda cases, today: cases.with_next_deadline(), (F("next_deadline"),)),
    "lead": (_as_it_is, (Lower("lead__last_name"), Lower("lead__first_name"), F("lead__key"))),
    "team": (_as_it_is, (Collate("team__name", "C"),)),
}
