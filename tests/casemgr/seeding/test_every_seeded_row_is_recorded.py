"""Writing in bulk leaves the same trace as writing one by one."""

import json

import pytest
from django.db import IntegrityError, connection, transaction

from casemgr.ledger.coverage import covered
from casemgr.models import Case, Change, Link
from casemgr.seeding.copying import copy_rows
from casemgr.seeding.seed import seed_cases
from evidence.models import CustodyEvent, EvidenceItem

pytestmark = pytest.mark.django_db


def test_each_row_of_each_table_has_a_change_with_actor_and_reason(plan, team, actor):
    before = Change.objects.order_by("-seq").values_list("seq", flat=True).first()
    seeded = seed_cases(plan, team, actor)
    recorded = Change.objects.filter(seq__gt=before, op="I")
    for table, number in seeded.rows.items():
        assert recorded.filter(table=table).count() == number, table
    assert set(recorded.values_list("actor", "reason")) == {
        (actor.key, "seed made-up cases, set 7")
    }
    assert set(seeded.rows) <= {table.table for table in covered()}


def test_a_change_holds_the_row_as_the_database_has_it(plan, team, actor):
    seed_cases(plan, team, actor)
    link = Link.objects.order_by("pk")[0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(row)::text FROM casemgr_link row WHERE id = %s", [link.pk])
        (stored,) = cursor.fetchone()
    assert Change.objects.of(link).get().payload == {"row": json.loads(stored)}


def test_every_item_begins_its_chain_of_custody(plan, team, actor):
    seed_cases(plan, team, actor)
    assert CustodyEvent.objects.filter(kind="logged", actor=actor).count() == (
        EvidenceItem.objects.count()
    )


def test_a_row_that_the_database_refuses_undoes_the_whole_set(plan, team, actor):
    with pytest.raises(IntegrityError), transaction.atomic():
        seed_cases(plan, team, actor)
        copy_rows(Case, [Case(pk=1, key="a/b", team=team, opened_on=plan.day)])
    assert not Case.objects.exists()
