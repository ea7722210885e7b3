"""What stands for many tests is made once, and is there for those that begin with it only."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from access.models import Team
from casemgr.models import Change
from tests.access.factories import TeamFactory
from tests.standing import Standing, folder_of_its_own

pytestmark = pytest.mark.django_db(transaction=True)
MADE: list[Team] = []


def a_team() -> Team:
    """A team, and a file."""
    (Path(settings.MEDIA_ROOT) / "a").mkdir()
    (Path(settings.MEDIA_ROOT) / "a" / "file").write_bytes(b"what it says")
    MADE.append(TeamFactory(name="Desk one"))
    return MADE[-1]


def another_team() -> Team:
    made: Team = TeamFactory(name="Desk two")
    return made


@pytest.fixture
def standing(django_db_blocker: Any) -> Iterator[Standing]:
    MADE.clear()
    made = Standing()
    with django_db_blocker.unblock():
        made.begin_with(a_team, django_db_blocker.unblock)
        yield made
        made.end()
        assert not Team.objects.exists()
        assert not Change.objects.exists()


def test_tests_that_begin_with_the_same_find_it_made(standing, django_db_blocker):
    standing.begin_with(a_team, django_db_blocker.unblock)
    standing.end_unless(a_team)
    assert Team.objects.get() == standing.copy()
    assert len(MADE) == 1


def test_each_has_a_copy_to_change(standing):
    standing.copy().name = "Another"
    assert standing.copy().name == "Desk one"


def test_each_has_files_of_its_own(standing):
    for _ in range(2):
        with folder_of_its_own() as folder:
            standing.copy()
            assert (folder / "a" / "file").read_bytes() == b"what it says"
            (folder / "a" / "file").write_bytes(b"altered")


def test_one_that_begins_with_something_else_finds_that_alone(standing, django_db_blocker):
    standing.begin_with(another_team, django_db_blocker.unblock)
    assert Team.objects.get().name == "Desk two"
    standing.end_unless(None)
    assert not Team.objects.exists()


def test_what_was_lost_with_its_connection_is_made_again(standing, django_db_blocker):
    connection.close()
    standing.begin_with(a_team, django_db_blocker.unblock)
    assert Team.objects.get() == standing.copy()
    assert len(MADE) == 2


def test_what_cannot_be_made_leaves_nothing(standing, django_db_blocker):
    def half() -> None:
        TeamFactory()
        raise LookupError

    with pytest.raises(LookupError):
        standing.begin_with(half, django_db_blocker.unblock)
    assert not Team.objects.exists()
