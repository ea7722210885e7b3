"""``manage.py seed_cases`` says what it did, and what it will not do."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from casemgr.models import Assessment, Case
from designations.models import AuthorityVersion
from tests.access.factories import TeamFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def run(*words):
    out = StringIO()
    call_command("seed_cases", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def asked(team, actor):
    return ("--team", team.key, "--actor", actor.username, "--cases", "20", "--links", "100")


def test_it_prints_progress_rows_changes_and_memory(asked):
    said = run(*asked, "--assess", "3")
    assert "20 of 20 cases,      100 links" in said
    assert "100  casemgr_link" in said
    assert "changes recorded" in said
    assert "MB of memory" in said
    assert "3 cases assessed" in said
    assert Assessment.objects.count() == 3


def test_a_change_is_counted_for_every_row_and_every_version_frozen(asked):
    last = next(line for line in run(*asked).splitlines() if "changes recorded" in line)
    rows, changes = int(last.split()[0]), int(last.split(", ")[1].split()[0])
    frozen = AuthorityVersion.objects.exclude(frozen_at=None).count()
    assert changes == rows + frozen


def test_a_second_run_refuses_and_names_the_way_out(asked):
    run(*asked)
    with pytest.raises(CommandError, match=r"already; nothing was added.*--seed"):
        run(*asked)
    assert Case.objects.count() == 20


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--team", "T-NONE"), "--team: there is no team 'T-NONE'"),
        (("--actor", "nobody"), "--actor: there is no user 'nobody'"),
        (("--cases", "0"), "cases: 0 is too few"),
        (("--assess", "-1"), "--assess"),
    ],
)
def test_a_wrong_word_is_named_and_nothing_is_added(asked, words, said):
    with pytest.raises(CommandError, match=said):
        run(*asked, *words)
    assert not Case.objects.exists()


def test_without_the_library_it_says_what_to_run_first(db):
    words = ("--team", TeamFactory().key, "--actor", UserFactory().username)
    with pytest.raises(CommandError, match="load_library"):
        run(*words)


def test_production_has_no_made_up_cases(asked, settings):
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, production=True)
    with pytest.raises(CommandError, match="production"):
        run(*asked)
    assert not Case.objects.exists()
