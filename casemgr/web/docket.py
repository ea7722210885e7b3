"""The docket in words: what it is narrowed to, what it can be narrowed by, its columns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from access.models import Membership, Team, User
from casemgr.docketing.query import (
    DUE,
    FLAGS,
    GRADES,
    NOBODY,
    OPEN,
    POSTURES,
    SORTS,
    STAGES,
    STUCK,
    DocketQuery,
)
from casemgr.docketing.remembered import remembered
from casemgr.models import Case, Package, Pin, Stage
from designations.templatetags.wording import in_words, review

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column: its name, where a click leads, how it is sorted now."""

    label: str
    address: str
    sorted: str
    """A value of aria-sort."""

    @property
    def mark(self) -> str:
        """The way it is sorted, for the eye."""
        return {"ascending": "▲", "descending": "▼"}.get(self.sorted, "")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One thing the docket is narrowed by, and the address without it."""

    label: str
    value: str
    address: str


@dataclass(frozen=True, slots=True)
class Options:
    """What the docket can be narrowed by, as far as the reader sees it."""

    authorities: tuple[Choice, ...]
    teams: tuple[Choice, ...]
    people: tuple[Choice, ...]
    packages: tuple[Choice, ...]
    stages: tuple[Choice, ...] = tuple((stage, "") for stage in STAGES)
    grades: tuple[Choice, ...] = tuple((grade, grade.replace("-", " ")) for grade in GRADES)
    postures: tuple[Choice, ...] = tuple((word, review(word)) for word in POSTURES)
    flags: tuple[Choice, ...] = tuple(FLAGS.items())
    due: tuple[Choice, ...] = tuple(DUE.items())
    stuck: tuple[Choice, ...] = tuple(STUCK.items())


STAGE_NAMES: Mapping[str, str] = {OPEN: "all open"} | {
    stage.value: str(stage.label) for stage in Stage
}


def options_for(user: User, today: date) -> Options:
    """What there is to choose from, read once for each state of the docket."""
    return remembered(user, "options of the docket", today, lambda: _read_options(user))


def _read_options(user: User) -> Options:
    """A query each for law, teams, people and packages, however many cases."""
    cases = Case.objects.visible_to(user).order_by().values("pk")
    slugs = (
        Pin.objects.filter(case__in=cases)
        .order_by("version__authority__slug", "version__label")
        .values_list("version__authority__slug", "version__label")
        .distinct()
    )
    teams = list(Team.objects.visible_to(user))
    members = (
        Membership.objects.filter(team__in=teams, user__is_active=True)
        .order_by("user__last_name", "user__first_name", "user__username")
        .values_list("user__key", "user__first_name", "user__last_name", "user__username")
        .distinct()
    )
    packages = Package.objects.visible_to(user).values_list("key", "title")[:500]
    return Options(
        stages=tuple(STAGE_NAMES.items()),
        authorities=tuple(_versions(slugs)),
        teams=tuple((team.key, team.name) for team in teams),
        people=tuple(
            (key, f"{first} {last}".strip() or username) for key, first, last, username in members
        ),
        packages=tuple((key, f"{title} ({key})" if title else key) for key, title in packages),
    )


def _versions(pairs: Iterable[tuple[str, str]]) -> Iterable[Choice]:
    """Each authority, and each of its versions under it."""
    seen = set()
    for slug, label in pairs:
        if slug not in seen:
            seen.add(slug)
            yield slug, slug
        yield f"{slug}@{label}", f"— {slug}@{label}"


def columns_of(asked: DocketQuery, several_teams: bool) -> tuple[Column, ...]:
    """The heads of the table; the team is one only where there are several."""
    direction = "descending" if asked.descending else "ascending"
    return tuple(
        Column(label, asked.sort_address(name), direction if asked.sorted_by == name else "none")
        for name, label in SORTS.items()
        if several_teams or name != "team"
    )


def narrowings_of(asked: DocketQuery, options: Options) -> tuple[Narrowing, ...]:
    """Everything the docket is narrowed by, in words, each with the way to be rid of it."""
    people = dict(options.people) | {NOBODY: "nobody"}
    known: Mapping[str, tuple[str, Mapping[str, str]]] = {
        "q": ("text", {}),
        "authority": ("authority", {}),
        "team": ("team", dict(options.teams)),
        "lead": ("led by", people),
        "person": ("worked on by", people),
        "package": ("package", dict(options.packages)),
        "posture": ("review", dict(options.postures)),
        "flags": ("flags", FLAGS),
        "due": ("due", DUE),
        "due_from": ("due from", {}),
        "due_to": ("due by", {}),
        "stuck": ("in stage", STUCK),
        "since_from": ("in stage since", {}),
        "since_to": ("in stage since, at the latest", {}),
        "on": ("as it stood at the end of", {}),
    }
    found = []
    for name, names in (("stage", STAGE_NAMES), ("grade", dict(options.grades))):
        chosen = getattr(asked, name)
        for value in chosen:
            rest = tuple(each for each in chosen if each != value)
            found.append(Narrowing(name, names[value], asked.address(**{name: rest})))
    for name, (label, words) in known.items():
        given: Any = getattr(asked, name)
        if given:
            said = in_words(given) if isinstance(given, date) else words.get(given, given)
            without = asked.address(**{name: None if isinstance(given, date) else ""})
            found.append(Narrowing(label, said, without))
    return tuple(found)
