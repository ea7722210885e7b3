"""The change table: who, why, in which request, and what."""

import hashlib

import pytest
from django.apps import apps
from django.db import connection, transaction

from access.actor import acting
from access.models import Team
from casemgr.ledger.change import Change
from casemgr.ledger.coverage import COVERED_APPS, NOT_COVERED, covered
from casemgr.ledger.triggers import tables_with_trigger
from tests.access.factories import TeamFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_no_table_of_ours_is_without_the_trigger_unless_it_says_why():
    ours = {
        model._meta.db_table
        for label in COVERED_APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    assert tables_with_trigger() == ours - set(NOT_COVERED)
    assert {table.table for table in covered()} == tables_with_trigger()
    assert set(NOT_COVERED) <= ours
    assert all(reason.strip() for reason in NOT_COVERED.values())


def test_an_action_leaves_actor_reason_and_request():
    with transaction.atomic(), acting("U-EXAMPLE", "a new team", "request-1"):
        team = TeamFactory(name="Alpha")
    change = Change.objects.of(team).get()
    assert (change.op, change.actor, change.reason, change.request) == (
        "I",
        "U-EXAMPLE",
        "a new team",
        "request-1",
    )
    assert change.payload["row"]["name"] == "Alpha"


def test_an_update_keeps_what_was_and_one_that_changes_nothing_leaves_nothing():
    team = TeamFactory(name="Alpha")
    Team.objects.filter(pk=team.pk).update(name="Beta")
    Team.objects.filter(pk=team.pk).update(name="Beta")
    first, second = Change.objects.of(team)
    assert (first.op, second.op) == ("I", "U")
    assert (second.payload["row"]["name"], second.payload["was"]) == ("Beta", {"name": "Alpha"})


def test_a_removed_row_stays_readable():
    team = TeamFactory(name="Alpha")
    team_pk = team.pk
    team.delete()
    team.pk = team_pk
    assert Change.objects.of(team).last().payload["row"]["name"] == "Alpha"


def test_copy_keeps_the_actor():
    with transaction.atomic(), acting("U-LOADER", "bulk load"), connection.cursor() as cursor:
        copying = "COPY access_team (key, name) FROM STDIN"
        with cursor.copy(copying) as copy:
            copy.write_row(("T-ONE", "One"))
            copy.write_row(("T-TWO", "Two"))
    made = Change.objects.filter(table="access_team", payload__row__key__in=["T-ONE", "T-TWO"])
    assert [change.actor for change in made] == ["U-LOADER", "U-LOADER"]


def test_the_hash_covers_salt_and_payload_as_stored():
    team = TeamFactory()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT salt, payload::text, payload_sha256 FROM casemgr_change WHERE seq = %s",
            [Change.objects.of(team).get().pk],
        )
        salt, payload, digest = cursor.fetchone()
    assert len(salt) == 16
    assert hashlib.sha256(bytes(salt) + payload.encode()).digest() == bytes(digest)


def test_passwords_and_tokens_never_enter_the_history():
    user = UserFactory()
    user.set_password("another one entirely")
    user.save()
    rows = [change.payload["row"] for change in Change.objects.of(user)]
    assert rows
    assert all("password" not in row and "last_login" not in row for row in rows)
    assert "access_apitoken" not in tables_with_trigger()
