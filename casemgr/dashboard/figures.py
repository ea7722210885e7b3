"""The figures of the status page: where the cases stand, for how long, on whom, until when.

Every figure knows the docket query that shows the cases behind it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F

from access.models import User
from casemgr.clock import day_of
from casemgr.dashboard.history import History, history_of, week_ends
from casemgr.docketing.narrow import cases_asked_for
from casemgr.docketing.query import NOBODY, DocketQuery
from casemgr.docketing.remembered import remembered
from casemgr.models import OPEN_STAGES, CaseElement, Stage
from casemgr.models.case_queries import CaseQuerySet
from casemgr.words import UNASSESSED, Grade


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of cases, and the query of the docket that lists just these."""

    cases: int
    query: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table of figures."""

    label: str
    figures: tuple[Figure, ...]
    query: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Figures under columns; the data behind a chart."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        """Whether every figure is nought."""
        return not any(figure.cases for line in self.lines for figure in line.figures)


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything the status page shows."""

    headlines: tuple[Line, ...]
    now: Table
    stages: Table
    grades: Table
    ageing: Table
    deadlines: Table
    workload: Table


@dataclass(frozen=True, slots=True)
class _Standing:
    """What one case counts toward."""

    pk: int
    stage: str
    grade: str
    since: date
    due: date | None
    flagged: bool
    lead: str


AGES = ((0, 7), (8, 30), (31, 90), (91, 180), (181, None))
"""Days in the present stage, first and last."""
WINDOWS = (("within 7 days", 0, 7), ("in 8 to 30 days", 8, 30), ("in 31 to 90 days", 31, 90))
LONG = 90


def dashboard_of(user: User, narrow: DocketQuery, today: date, weeks: int) -> Dashboard:
    """The figures over what the user sees, worked out once for each state of the docket.

    ``narrow``: team, authority and package count; they stay in every figure's query.
    """
    base = DocketQuery(team=narrow.team, authority=narrow.authority, package=narrow.package)
    what = f"dashboard/{weeks}/{base.address()}"
    return remembered(user, what, today, lambda: _read(user, base, today, weeks))


def _read(user: User, base: DocketQuery, today: date, weeks: int) -> Dashboard:
    cases = cases_asked_for(user, base, today)
    everything = list(_standing(cases, today))
    standing = [each for each in everything if each.stage in OPEN_STAGES]
    count = _Counting(base, today)
    past = history_of(cases, week_ends(today, weeks))
    return Dashboard(
        headlines=count.headlines(standing),
        now=count.now(everything),
        stages=_over_time(past, past.stages, "stage", base),
        grades=_over_time(past, past.grades, "grade", base),
        ageing=count.ageing(standing),
        deadlines=count.deadlines(standing),
        workload=count.workload(standing, _assigned(cases), _names(cases)),
    )


def _standing(cases: CaseQuerySet, today: date) -> Iterator[_Standing]:
    rows: Any = (
        cases.with_grade()
        .with_oldest_serious_day(today)
        .with_next_deadline()
        .with_stage_since()
        .annotate(lead_key=F("lead__key"))
        .order_by()
        .values_list(
            "pk", "stage", "grade", "stage_since", "next_deadline", "oldest_serious_on", "lead_key"
        )
    )
    # Many cases entered their stage at the same moment: a day is worked out once for each.
    days: dict[Any, date] = {}
    for pk, stage, grade, since, due, serious_on, lead in rows:
        if since not in days:
            days[since] = day_of(since)
        yield _Standing(
            pk, stage, grade or UNASSESSED, days[since], due, serious_on is not None, lead or NOBODY
        )


def _assigned(cases: CaseQuerySet) -> Mapping[str, frozenset[int]]:
    """By person, the open cases of which an element is theirs."""
    rows = (
        CaseElement.objects.filter(
            case__in=cases.in_progress().order_by().values("pk"), assignee__isnull=False
        )
        .order_by()
        .values_list("assignee__key", "case_id")
        .distinct()
    )
    found: dict[str, set[int]] = defaultdict(set)
    for person, case in rows:
        found[person].add(case)
    return {person: frozenset(theirs) for person, theirs in found.items()}


def _names(cases: CaseQuerySet) -> Mapping[str, str]:
    """Everyone who leads an open case or has an element of one, by key."""
    open_cases = cases.in_progress().order_by()
    leads = open_cases.filter(lead__isnull=False).values("lead")
    elements = CaseElement.objects.filter(case__in=open_cases.values("pk"), assignee__isnull=False)
    people = User.objects.filter(pk__in=leads) | User.objects.filter(
        pk__in=elements.values("assignee")
    )
    return {person.key: person.get_full_name() or person.username for person in people}


def _over_time(past: History, series: Iterable[Any], name: str, base: DocketQuery) -> Table:
    """A line a day; a column for each stage or grade, and all open cases."""
    columns = tuple(series)

    def line(place: int, day: date) -> Line:
        figures = [
            Figure(
                each.counts[place],
                base.address(**{"stage": ("open",), name: (each.value,), "on": day}),
            )
            for each in columns
        ]
        whole = Figure(past.totals[place], base.address(stage=("open",), on=day))
        return Line(day.isoformat(), (*figures, whole))

    labels = tuple(each.label for each in columns)
    return Table((*labels, "all open"), tuple(line(*each) for each in enumerate(past.days)))


class _Counting:
    """Counts cases and says how to find them again; ``base`` narrows every query."""

    def __init__(self, base: DocketQuery, today: date) -> None:
        self.base = base
        self.today = today

    def figure(
        self, among: Iterable[_Standing], fits: Callable[[_Standing], bool], **asked: Any
    ) -> Figure:
        """How many of ``among`` fit, and the query that says the same."""
        return Figure(sum(map(fits, among)), self.base.address(**asked))

    def headlines(self, standing: list[_Standing]) -> tuple[Line, ...]:
        """What a manager asks first, of open cases."""
        long_ago = self.today - timedelta(days=LONG + 1)
        asked: tuple[tuple[str, Callable[[_Standing], bool], dict[str, Any]], ...] = (
            ("open cases", lambda each: True, {"stage": ("open",)}),
            (
                "ready for decision",
                lambda each: each.stage == Stage.READY,
                {"stage": (Stage.READY.value,)},
            ),
            ("overdue", self._overdue, {"stage": ("open",), "due": "overdue"}),
            (
                "with a serious or fatal flag",
                lambda each: each.flagged,
                {"stage": ("open",), "flags": "serious"},
            ),
            (
                f"over {LONG} days in their stage",
                lambda each: each.since <= long_ago,
                {"stage": ("open",), "stuck": str(LONG)},
            ),
            (
                "led by nobody",
                lambda each: each.lead == NOBODY,
                {"stage": ("open",), "lead": NOBODY},
            ),
            (
                "never assessed",
                lambda each: each.grade == UNASSESSED,
                {"stage": ("open",), "grade": (UNASSESSED,)},
            ),
        )
        return tuple(
            Line(label, (self.figure(standing, fits, **query),)) for label, fits, query in asked
        )

    def now(self, everything: list[_Standing]) -> Table:
        """Stage by grade, today."""
        counts = Counter((each.stage, each.grade) for each in everything)
        grades = (UNASSESSED, *(grade.value for grade in Grade))
        lines = []
        for stage in Stage:
            inside = [(grade, counts[stage.value, grade]) for grade in grades]
            if not any(number for _, number in inside):
                continue
            figures = [
                Figure(number, self.base.address(stage=(stage.value,), grade=(grade,)))
                for grade, number in inside
            ]
            whole = Figure(
                sum(number for _, number in inside), self.base.address(stage=(stage.value,))
            )
            lines.append(Line(stage.label, (*figures, whole)))
        labels = tuple(grade.replace("-", " ") for grade in grades)
        return Table((*labels, "all"), tuple(lines))

    def ageing(self, standing: list[_Standing]) -> Table:
        """Open stages by days spent in them."""
        lines = []
        for stage in OPEN_STAGES:
            inside = [each for each in standing if each.stage == stage]
            figures = []
            for youngest, oldest in AGES:
                newest = self.today - timedelta(days=youngest)
                earliest = None if oldest is None else self.today - timedelta(days=oldest)
                number = sum(
                    each.since <= newest and (earliest is None or each.since >= earliest)
                    for each in inside
                )
                query = self.base.address(
                    stage=(stage.value,), since_from=earliest, since_to=newest
                )
                figures.append(Figure(number, query))
            whole = Figure(len(inside), self.base.address(stage=(stage.value,)))
            lines.append(Line(stage.label, (*figures, whole)))
        labels = [
            f"{first} to {last} days" if last is not None else f"over {first - 1} days"
            for first, last in AGES
        ]
        return Table((*labels, "all"), tuple(lines))

    def deadlines(self, standing: list[_Standing]) -> Table:
        """Open cases by their next deadline, and how many of them carry a serious flag."""
        windows: list[tuple[str, Callable[[_Standing], bool], dict[str, Any]]] = [
            ("overdue", self._overdue, {"due": "overdue"})
        ]
        for label, first, last in WINDOWS:
            begin, end = self.today + timedelta(days=first), self.today + timedelta(days=last)
            windows.append(
                (label, self._due_between(begin, end), {"due_from": begin, "due_to": end})
            )
        later = self.today + timedelta(days=WINDOWS[-1][2] + 1)
        windows += [
            ("later", self._due_between(later, date.max), {"due_from": later}),
            ("nothing due", lambda each: each.due is None, {"due": "none"}),
        ]
        lines = []
        for label, fits, asked in windows:
            inside = [each for each in standing if fits(each)]
            whole = Figure(len(inside), self.base.address(stage=("open",), **asked))
            flagged = self.figure(
                inside, lambda each: each.flagged, stage=("open",), flags="serious", **asked
            )
            lines.append(Line(label, (whole, flagged)))
        return Table(("cases", "with a serious flag"), tuple(lines))

    def workload(
        self,
        standing: list[_Standing],
        assigned: Mapping[str, frozenset[int]],
        names: Mapping[str, str],
    ) -> Table:
        """Open cases by who leads them or has an element of them, most first."""
        led: dict[str, list[_Standing]] = defaultdict(list)
        for each in standing:
            led[each.lead].append(each)
        people = {*led, *assigned} - {NOBODY}
        ranked = sorted(
            people, key=lambda key: (-len(led.get(key, ())), names.get(key, key).casefold(), key)
        )
        lines = []
        for key in [*ranked, NOBODY]:
            theirs = led.get(key, [])
            if key == NOBODY and not theirs:
                continue
            open_led: dict[str, Any] = {"stage": ("open",), "lead": key}
            both = {each.pk for each in theirs} | assigned.get(key, frozenset())
            figures = [
                Figure(len(theirs), self.base.address(**open_led)),
                self.figure(theirs, self._overdue, **open_led, due="overdue"),
                self.figure(theirs, lambda each: each.flagged, **open_led, flags="serious"),
            ]
            works_on = len(both) if key != NOBODY else 0
            figures.append(Figure(works_on, self.base.address(stage=("open",), person=key)))
            lines.append(Line(names.get(key, key) if key != NOBODY else "nobody", tuple(figures)))
        return Table(
            ("leads", "of these overdue", "of these with a serious flag", "works on"), tuple(lines)
        )

    def _overdue(self, each: _Standing) -> bool:
        return each.due is not None and each.due < self.today

    @staticmethod
    def _due_between(first: date, last: date) -> Callable[[_Standing], bool]:
        return lambda each: each.due is not None and first <= each.due <= last
