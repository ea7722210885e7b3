"""A certificate is made for a reason, of bytes found whole, and its custody says that it was."""

import hashlib
import tomllib
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings as running
from django.core.exceptions import ValidationError

from access.words import Role
from evidence.actions import (
    NotWholeError,
    attach_exhibit,
    certify,
    import_exhibit,
    integrity,
    read_exhibit,
)
from evidence.models import Exhibit
from tests.access.factories import member
from tests.evidence.conftest import BY
from tests.evidence.integrity.damage import alter, restore
from tests.evidence.streams import of_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "exhibits"


@pytest.fixture
def counsel(team):
    return member(team, Role.COUNSEL, username="cora", first_name="Cora", last_name="Counsel")


@pytest.fixture
def exhibit(item) -> Exhibit:
    return attach_exhibit(item, of_bytes(b"page"), 'a "#name" *of* $x$.txt', **BY)


def text_of(pdf: bytes) -> str:
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    return " ".join(" ".join(pages).split())


def kinds(exhibit) -> list[str]:
    return list(exhibit.custody.order_by("pk").values_list("kind", flat=True))


def test_the_reading_and_the_certificate_are_entered_with_the_reason(exhibit, counsel) -> None:
    made = certify(exhibit, actor=counsel, reason="For the hearing")
    assert kinds(exhibit) == ["received", "verified", "certified"]
    event = exhibit.custody.order_by("pk").last()
    assert (event.actor, event.why, event.sha256) == (counsel, "For the hearing", exhibit.blob_id)
    assert event.detail == {
        "certificate_sha256": hashlib.sha256(made.pdf).hexdigest(), "entries": 2,
    }  # fmt: skip
    assert made.filename == f"custody-{exhibit.item.key}-{exhibit.blob_id[:12]}.pdf"


def test_it_says_what_the_rows_say(exhibit, counsel) -> None:
    with read_exhibit(exhibit, actor=counsel, reason="exhibit downloaded"):
        pass
    text = text_of(certify(exhibit, actor=counsel, reason="For the hearing").pdf)
    for words in (
        'File name a "#name" *of* $x$.txt',
        "Size 4 bytes",
        "at the request of Cora Counsel (cora). Reason given: “For the hearing”",
        "1 time that the file was looked at or downloaded",
        f"casemgr {running.SOFTWARE_VERSION}, on Python 3.",
        "All 3 entries about this file",
        "exhibit downloaded",
    ):
        assert words in text, words
    assert exhibit.blob_id[:32] in text
    assert exhibit.blob_id[32:] in text


def test_what_was_not_whole_and_was_restored_is_told(exhibit, counsel) -> None:
    alter(exhibit)
    integrity.go_on_reading()
    restore(exhibit, b"page")
    text = text_of(certify(exhibit, actor=counsel, reason="For the hearing").pdf)
    assert "The stored bytes were not always found whole: 1 entry shows otherwise" in text
    assert kinds(exhibit) == ["received", "mismatch", "verified", "certified"]


def test_of_bytes_that_are_not_whole_there_is_none_and_what_was_found_stays(
    exhibit, counsel
) -> None:
    alter(exhibit)
    with pytest.raises(NotWholeError, match="nothing can be certified"):
        certify(exhibit, actor=counsel, reason="For the hearing")
    assert kinds(exhibit) == ["received", "mismatch"]


def test_it_needs_a_reason_and_bytes(exhibit, logged, counsel) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        certify(exhibit, actor=counsel, reason=" ")
    named = import_exhibit(logged("E-2"), "0" * 64, filename="named.txt", **BY)
    with pytest.raises(ValidationError, match="not held here"):
        certify(named, actor=counsel, reason="For the hearing")
    assert kinds(exhibit) == ["received"]


def test_markings_stand_on_it(logged, counsel, markings) -> None:
    item = logged("E-MARKED", markings=["CUI", "PROPIN"], privilege="work-product")
    exhibit = attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY)
    text = text_of(certify(exhibit, actor=counsel, reason="For the hearing").pdf)
    assert "CUI // PROPIN · privileged: work product" in text


def test_the_software_is_the_one_of_the_project() -> None:
    project = tomllib.loads(Path(running.BASE_DIR, "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == running.SOFTWARE_VERSION
