"""Files are taken in step by step, each step once; what is found sets them aside, with a reason."""

import io
import uuid
from datetime import timedelta

import pytest
from celery import current_app
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from access.words import Role
from evidence.actions import (
    NotInQuarantineError,
    WithheldError,
    attach_exhibit,
    import_exhibit,
    read_exhibit,
    release,
)
from evidence.actions import intake as taking
from evidence.actions.intake import take_in_next, tend_intakes
from evidence.models import CustodyKind, Intake, IntakeState, IntakeStep
from evidence.storage import exhibit_store
from tests.access.factories import member
from tests.evidence.conftest import BY
from tests.evidence.intake import corpus
from tests.evidence.intake.working import taken_in
from tests.evidence.integrity.damage import lose, restore
from tests.evidence.stores import overwrite

pytestmark = pytest.mark.django_db
in_each_store = pytest.mark.usefixtures("each_store")


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "exhibits"


@pytest.fixture
def counsel(team):
    return member(team, Role.COUNSEL)


def attached(item, content: bytes = b"words", name: str = "note.txt"):
    return attach_exhibit(item, io.BytesIO(content), name, **BY)


def kinds(exhibit) -> list[str]:
    return list(exhibit.custody.order_by("pk").values_list("kind", flat=True))


@in_each_store
def test_a_file_waits_and_is_then_whole_with_each_step_in_its_custody(item) -> None:
    exhibit = attached(item)
    assert (exhibit.intake.state, exhibit.intake.step) == ("waiting", "inspect")
    assert taken_in() == 1
    intake = Intake.objects.get(exhibit=exhibit)
    assert (intake.state, intake.kind, intake.claim) == (IntakeState.WHOLE, "TEXT", None)
    assert intake.ended_at is not None
    assert kinds(exhibit) == ["received", "inspected", "text-read"]


def test_taken_in_twice_it_changes_nothing(item) -> None:
    exhibit = attached(item)
    assert (taken_in(), taken_in()) == (1, 0)
    assert kinds(exhibit) == ["received", "inspected", "text-read"]


@in_each_store
@pytest.mark.parametrize(
    ("name", "content", "finding"),
    [
        ("up.zip", corpus.zipped(("../../x", b"x")), "outside-path"),
        ("overlap.zip", corpus.overlapping_zip(), "bomb"),
        ("bomb.gz", corpus.gzip_bomb(150_000_000), "bomb"),
        ("xxe.docx", corpus.docx(corpus.XXE + "<d>&x;</d>"), "entity"),
        ("report.pdf", b"MZ\x90\x00" + bytes(9), "executable"),
    ],
)
def test_a_hostile_file_is_kept_and_set_aside_with_the_reason(item, name, content, finding) -> None:
    exhibit = attached(item, content, name)
    taken_in()
    intake = Intake.objects.get(exhibit=exhibit)
    assert (intake.state, intake.finding) == (IntakeState.QUARANTINED, finding)
    assert exhibit_store().holds(exhibit.blob_id)
    last = exhibit.custody.order_by("pk").last()
    assert (last.kind, last.why, last.detail) == (
        CustodyKind.QUARANTINED, intake.said, {"finding": finding}
    )  # fmt: skip
    with pytest.raises(WithheldError) as refused:
        read_exhibit(exhibit, **BY)
    assert intake.said in str(refused.value)


def test_released_for_a_reason_it_is_read_and_handed_out(item, counsel) -> None:
    exhibit = attached(item, b"<html>", "page.png")
    taken_in()
    with pytest.raises(ValidationError, match="Say why"):
        release(exhibit, actor=counsel, reason=" ")
    intake = release(exhibit, actor=counsel, reason="A web page that was named wrongly")
    assert (intake.state, intake.step) == (IntakeState.WAITING, IntakeStep.READ)
    assert (intake.released_by, intake.finding) == (counsel, "type-mismatch")
    assert taken_in() == 1
    with read_exhibit(exhibit, **BY) as file:
        assert file.read() == b"<html>"
    assert kinds(exhibit) == ["received", "quarantined", "released", "text-read", "viewed"]
    event = exhibit.custody.get(kind="released")
    assert (event.actor, event.why) == (counsel, "A web page that was named wrongly")
    with pytest.raises(NotInQuarantineError):
        release(exhibit, actor=counsel, reason="again")


def test_a_file_in_living_hands_is_left_to_them(item) -> None:
    exhibit = attached(item)
    Intake.objects.update(claim=uuid.uuid4(), leased_until=timezone.now() + timedelta(minutes=1))
    assert not take_in_next()
    Intake.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert taken_in() == 1
    assert kinds(exhibit) == ["received", "inspected", "text-read"]


def test_who_was_silent_too_long_writes_nothing(item, monkeypatch) -> None:
    exhibit = attached(item)

    def overtaken(intake, alive):
        Intake.objects.update(claim=uuid.uuid4())
        return inspect(intake, alive)

    inspect = taking.STEPS[IntakeStep.INSPECT]
    monkeypatch.setitem(taking.STEPS, IntakeStep.INSPECT, overtaken)
    take_in_next()
    assert Intake.objects.get().step == IntakeStep.INSPECT
    assert kinds(exhibit) == ["received"]


def test_what_ends_its_worker_time_and_again_is_set_aside(item) -> None:
    exhibit = attached(item)
    Intake.objects.update(attempts=3)
    taken_in()
    intake = Intake.objects.get(exhibit=exhibit)
    assert (intake.state, intake.finding) == (IntakeState.QUARANTINED, "not-inspected")
    assert "was ended, 3 times" in intake.said


def test_a_text_that_ends_its_reader_time_and_again_is_taken_in_without_it(item) -> None:
    exhibit = attached(item)
    Intake.objects.update(attempts=3, step=IntakeStep.READ)
    taken_in()
    intake = Intake.objects.get(exhibit=exhibit)
    assert (intake.state, intake.remark) == (
        IntakeState.WHOLE, "Whoever began its reading of its text was ended, 3 times."
    )  # fmt: skip


@in_each_store
def test_altered_bytes_are_set_aside(item) -> None:
    exhibit = attached(item)
    overwrite(exhibit_store(), exhibit.blob_id, b"other")
    taken_in()
    assert Intake.objects.get(exhibit=exhibit).finding == "altered"


@in_each_store
def test_bytes_that_cannot_be_found_are_waited_for(item) -> None:
    exhibit = attached(item)
    lose(exhibit)
    assert take_in_next()
    waiting = Intake.objects.get(exhibit=exhibit)
    assert (waiting.state, waiting.attempts) == (IntakeState.WAITING, 0)
    assert (waiting.put_off, waiting.put_off_times) == ("The stored bytes were not found.", 1)
    restore(exhibit, b"words")
    Intake.objects.update(leased_until=None)
    taken_in()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.put_off) == (IntakeState.WHOLE, "")


def test_bytes_a_docket_file_named_are_taken_in_when_they_arrive(logged) -> None:
    named, came = logged("E-1"), logged("E-2")
    exhibit = attached(came, b"first", "a.txt")
    sha256 = exhibit.blob_id
    earlier = import_exhibit(named, "0" * 64, filename="b.txt", **BY)
    assert not Intake.objects.filter(exhibit=earlier).exists()
    again = import_exhibit(named, sha256, filename="c.txt", **BY)
    assert again.intake.state == IntakeState.WAITING
    assert taken_in() == 2


def test_without_a_broker_it_waits_visibly(
    item, caplog, django_capture_on_commit_callbacks
) -> None:
    address = current_app.conf.broker_url
    current_app.conf.broker_url = "redis://127.0.0.1:1/0"
    try:
        with django_capture_on_commit_callbacks(execute=True):
            exhibit = attached(item)
        assert "no broker answered" in caplog.text
        assert tend_intakes() == 1
    finally:
        current_app.conf.broker_url = address
    assert exhibit.intake.state == IntakeState.WAITING


def test_the_database_refuses_a_quarantine_without_a_reason(item) -> None:
    attached(item)
    with pytest.raises(IntegrityError, match="says_why"), transaction.atomic():
        Intake.objects.update(state=IntakeState.QUARANTINED)
    with pytest.raises(IntegrityError, match="release_whole"), transaction.atomic():
        Intake.objects.update(released_why="because")
