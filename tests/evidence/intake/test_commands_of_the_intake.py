"""What files are scanned and read by is told in the terminal, and files are taken in once more."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from evidence.actions import attach_exhibit
from evidence.actions.intake import take_in_again
from evidence.intake import tools
from evidence.models import Intake, IntakeState, IntakeStep
from tests.evidence.conftest import BY
from tests.evidence.intake import clamd, corpus, drawn
from tests.evidence.intake.working import taken_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "exhibits"


@pytest.fixture
def without_tesseract(monkeypatch, tmp_path):
    """A machine on which nothing is installed."""
    monkeypatch.setenv("PATH", str(tmp_path))
    tools.tesseract.cache_clear()
    yield
    tools.tesseract.cache_clear()


def told(command: str, *words: str) -> str:
    out = io.StringIO()
    call_command(command, *words, stdout=out)
    return out.getvalue()


def test_without_either_both_are_off_and_nothing_is_wrong(settings, without_tesseract) -> None:
    settings.CLAMD = ""
    said = told("intake_tools")
    assert "Scan for malware: off (CLAMD is not set)." in said
    assert "OCR: off (tesseract is not installed, or does not run)." in said


def test_a_scanner_that_answers_is_named_with_its_signatures(settings) -> None:
    with clamd.peer() as server:
        settings.CLAMD = server.address
        assert f"Scan for malware: {clamd.VERSION} at {server.address}." in told("intake_tools")
    with pytest.raises(CommandError, match="does not answer: connection refused"):
        told("intake_tools")


def test_languages_that_cannot_be_read_are_named(settings) -> None:
    drawn.needs_tesseract()
    settings.OCR_LANGUAGES = ("eng",)
    assert "reads eng (OCR_LANGUAGES)." in told("intake_tools")
    settings.OCR_LANGUAGES = ("eng", "tlh")
    with pytest.raises(CommandError, match="OCR has no data to read tlh"):
        told("intake_tools")


def test_files_are_taken_in_again_from_a_step_on(item) -> None:
    words = attach_exhibit(item, io.BytesIO(b"words"), "a.txt", **BY)
    empty = attach_exhibit(item, io.BytesIO(bytes(9)), "a.bin", **BY)
    hostile = attach_exhibit(item, io.BytesIO(corpus.PDF), "a.png", **BY)
    taken_in()
    assert "1 file(s) are taken in again from the read on." in (
        told("take_in_again", "read", "--without-text")
    )
    assert Intake.objects.get(exhibit=empty).step == IntakeStep.READ
    taken_in()
    assert "2 file(s)" in told("take_in_again", "draw")
    taken_in()
    for exhibit in (words, empty):
        assert Intake.objects.get(exhibit=exhibit).state == IntakeState.WHOLE
    assert Intake.objects.get(exhibit=words).remark == ""
    assert Intake.objects.get(exhibit=hostile).state == IntakeState.QUARANTINED
    with pytest.raises(ValidationError, match="not done again"):
        take_in_again(Intake.objects.all(), IntakeStep.INSPECT)
