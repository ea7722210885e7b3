"""Which version has effect on a day, and which changes are known to come."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from designations.actions import load_authority
from designations.days import PartialDate, Period
from designations.library.model import Authority
from designations.models import AuthorityVersion

pytestmark = pytest.mark.django_db


def states(day: date) -> dict[str, str]:
    rows = AuthorityVersion.objects.state_on(day).order_by("label")
    for row in AuthorityVersion.objects.prefetch_related("statuses"):
        assert row.state_on_day(day) == {r.label: r.state for r in rows}[row.label]
    return {row.label: row.state for row in rows}


@pytest.fixture(autouse=True)
def two_versions_and_a_draft(authority: Authority) -> None:
    load_authority(authority)
    load_authority(
        replace(
            authority,
            version="2018",
            in_force=Period(PartialDate.parse("2018-01-01"), PartialDate.parse("2020-12-31")),
            statuses=(),
        )
    )
    load_authority(replace(authority, version="draft", in_force=None, statuses=()))


@pytest.mark.parametrize(
    ("day", "old", "new"),
    [
        (date(2017, 12, 31), "prospective", "prospective"),
        (date(2018, 1, 1), "in-force", "prospective"),
        (date(2020, 12, 31), "in-force", "prospective"),
        (date(2021, 1, 1), "superseded", "in-force"),
        (date(2025, 11, 9), "superseded", "in-force"),
        (date(2025, 11, 10), "superseded", "stayed"),
        (date(2026, 11, 9), "superseded", "stayed"),
        (date(2026, 11, 10), "superseded", "in-force-by-default"),
    ],
)
def test_the_state_follows_the_day(day: date, old: str, new: str) -> None:
    assert states(day) == {"2018": old, "2021": new, "draft": "prospective"}


def test_only_versions_with_effect_are_in_force() -> None:
    def labels(day: date) -> list[str]:
        return [row.label for row in AuthorityVersion.objects.in_force_on(day)]

    assert labels(date(2020, 1, 1)) == ["2018"]
    assert labels(date(2026, 1, 1)) == []
    assert labels(date(2026, 12, 1)) == ["2021"]


def test_a_change_on_a_known_day_is_foretold() -> None:
    changes = AuthorityVersion.objects.upcoming_changes(date(2026, 10, 15), within_days=30)

    assert [(c.label, c.on, c.before, c.after) for c in changes] == [
        ("2021", date(2026, 11, 10), "stayed", "in-force-by-default")
    ]


def test_a_change_beyond_the_horizon_is_not() -> None:
    objects = AuthorityVersion.objects
    assert objects.upcoming_changes(date(2026, 10, 15), within_days=25) == []
    assert len(objects.upcoming_changes(date(2026, 10, 15), within_days=26)) == 1
    assert objects.upcoming_changes(date(2026, 11, 10), within_days=100) == []


def test_one_version_gives_way_to_the_next_on_one_day() -> None:
    changes = AuthorityVersion.objects.upcoming_changes(date(2020, 12, 1), within_days=31)

    assert [(c.label, c.on.isoformat(), c.after) for c in changes] == [
        ("2018", "2021-01-01", "superseded"),
        ("2021", "2021-01-01", "in-force"),
    ]


def test_foretelling_asks_the_database_once_however_many_change() -> None:
    with CaptureQueriesContext(connection) as queries:
        AuthorityVersion.objects.upcoming_changes(date(2020, 1, 1), within_days=4000)

    assert len(queries) == 1
