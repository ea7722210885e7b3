"""How long a case stood where: the database notes it, however the stage was written."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from casemgr.actions.stage_moves import move_stage
from casemgr.clock import day_of, decision_day, end_of
from casemgr.ledger import spells
from casemgr.ledger.grants import ROLE
from casemgr.models import Case, Stage, StageSpell
from casemgr.models.case import CaseKind
from tests.access.factories import TeamFactory
from tests.casemgr.factories import DesigneeFactory, a_case, people

pytestmark = pytest.mark.django_db


def stood(case: Case) -> list[tuple[str, bool]]:
    rows = StageSpell.objects.filter(case=case).order_by("pk")
    return [(row.stage, row.ended_at is None) for row in rows]


def test_a_case_stands_in_draft_from_the_day_it_was_opened() -> None:
    case = a_case()
    spell = StageSpell.objects.get(case=case)
    assert (spell.stage, spell.ended_at) == ("draft", None)
    assert day_of(spell.began_at) == decision_day()


def test_a_move_ends_one_spell_where_the_next_begins() -> None:
    case = a_case()
    _, counsel, _ = people(case.team)
    move_stage(case, Stage.EVIDENCE_BUILDING, case.revision, actor=counsel, reason="begin")
    first, second = StageSpell.objects.filter(case=case).order_by("pk")
    assert (first.stage, second.stage) == ("draft", "evidence-building")
    assert first.ended_at == second.began_at
    assert second.ended_at is None


def test_a_change_of_something_else_begins_nothing() -> None:
    case = a_case()
    Case.objects.filter(pk=case.pk).update(title="Another", stage=Stage.DRAFT)
    assert stood(case) == [("draft", True)]


def test_a_case_that_comes_in_decided_stands_there_from_its_decision() -> None:
    case = Case.objects.create(
        kind=CaseKind.LISTING,
        designee=DesigneeFactory(),
        team=TeamFactory(),
        stage=Stage.DECIDED,
        opened_on=date(2024, 1, 1),
        decided_on=date(2025, 3, 4),
        decided_on_precision="day",
    )
    assert day_of(StageSpell.objects.get(case=case).began_at) == date(2025, 3, 4)


def test_the_stage_at_the_end_of_a_day_is_the_last_one_entered_on_it() -> None:
    case = a_case()
    began = datetime(2026, 3, 2, 12, tzinfo=UTC)
    StageSpell.objects.filter(case=case).update(began_at=began)
    Case.objects.filter(pk=case.pk).update(stage=Stage.LEGAL_REVIEW)
    moved = end_of(date(2026, 3, 9)) - timedelta(minutes=1)
    StageSpell.objects.filter(case=case, stage="draft").update(ended_at=moved)
    StageSpell.objects.filter(case=case, stage="legal-review").update(began_at=moved)

    def at(day: date) -> list[str]:
        return list(StageSpell.objects.at_end_of(day).values_list("stage", flat=True))

    assert at(date(2026, 3, 1)) == []
    assert at(date(2026, 3, 8)) == ["draft"]
    assert at(date(2026, 3, 9)) == ["legal-review"]


def test_the_service_reads_spells_and_cannot_write_them() -> None:
    case = a_case()
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
        Case.objects.filter(pk=case.pk).update(stage=Stage.EVIDENCE_BUILDING)
        assert len(stood(case)) == 2
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            StageSpell.objects.filter(case=case).update(stage="closed")
        cursor.execute("RESET ROLE")


def test_spells_of_earlier_moves_are_read_from_the_changes() -> None:
    case = a_case()
    _, counsel, _ = people(case.team)
    move_stage(case, Stage.EVIDENCE_BUILDING, case.revision, actor=counsel, reason="begin")
    case.refresh_from_db()
    move_stage(case, Stage.DRAFT, case.revision, actor=counsel, reason="back")
    kept = list(StageSpell.objects.filter(case=case).order_by("pk").values_list("stage", flat=True))
    StageSpell.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(spells.FROM_HISTORY)
    rows = list(StageSpell.objects.filter(case=case).order_by("began_at"))
    assert [row.stage for row in rows] == kept == ["draft", "evidence-building", "draft"]
    assert [row.ended_at for row in rows] == [rows[1].began_at, rows[2].began_at, None]


def test_the_models_and_the_migrations_say_the_same() -> None:
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())
