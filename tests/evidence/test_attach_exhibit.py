"""Attaching files to items and handing them out, with custody at every step."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from access.models import Team, User
from designations.days import PartialDate
from evidence.actions import attach_exhibit, import_exhibit, read_exhibit
from evidence.models import Blob, EvidenceItem, Exhibit
from evidence.storage import BytesDifferError, BytesMissingError, exhibit_store
from evidence.words import ExhibitRole
from tests.evidence.streams import Dripping, of_bytes

BY = {"actor": "system:test", "reason": "a test"}


@pytest.fixture(autouse=True)
def root(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "exhibits"  # type: ignore[attr-defined]
    return tmp_path / "exhibits"


def stored(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob("*") if path.is_file())


def test_keeps_bytes_name_and_day(item: EvidenceItem, analyst: User, root: Path) -> None:
    exhibit = attach_exhibit(
        item,
        of_bytes(b"page"),
        "C:\\files\\page.pdf",
        acquired=PartialDate.parse("2026-02"),
        actor=analyst,
        reason="received by post",
    )

    sha256 = hashlib.sha256(b"page").hexdigest()
    assert stored(root) == [sha256]
    assert (exhibit.blob.sha256, exhibit.blob.size) == (sha256, 4)
    assert (exhibit.filename, exhibit.media_type) == ("page.pdf", "application/pdf")
    assert str(exhibit.acquired) == "2026-02"
    event = item.custody.last()
    assert (event.kind, event.actor, event.exhibit) == ("received", analyst, exhibit)
    assert (event.sha256, event.why) == (sha256, "received by post")


def test_the_same_file_again_is_the_same_exhibit(item: EvidenceItem) -> None:
    first = attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY)
    again = attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY)

    assert again == first
    assert item.custody.filter(kind="received").count() == 1


def test_two_teams_hold_the_same_bytes_with_separate_custody(
    logged: Callable[..., EvidenceItem], other_team: Team, root: Path
) -> None:
    ours, theirs = logged(), logged(owner_team=other_team)
    attach_exhibit(ours, of_bytes(b"page"), "page.txt", **BY)
    attach_exhibit(theirs, of_bytes(b"page"), "seite.txt", **BY)

    assert len(stored(root)) == Blob.objects.count() == 1
    assert ours.exhibits.get() != theirs.exhibits.get()
    assert [event.kind for event in theirs.custody.all()] == ["logged", "received"]


def test_a_citation_is_one_no_longer_when_the_original_comes(
    logged: Callable[..., EvidenceItem], analyst: User
) -> None:
    cited = logged(integrity="citation-only")
    attach_exhibit(cited, of_bytes(b"page"), "page.txt", actor=analyst, reason="it was sent")

    now = EvidenceItem.objects.get(pk=cited.pk)
    assert (cited.integrity, cited.revision) == (now.integrity, now.revision)
    assert now.integrity == "intact"
    kinds = [(event.kind, event.actor, event.why) for event in now.custody.order_by("pk")][1:]
    assert kinds == [
        ("received", analyst, "it was sent"),
        ("amended", analyst, "page.txt is attached: the item is a citation only no longer"),
    ]


@pytest.mark.parametrize(
    ("stated", "role"),
    [("gap", ExhibitRole.ORIGINAL), ("", ExhibitRole.ORIGINAL)]
    + [("citation-only", role) for role in (ExhibitRole.TRANSLATION, ExhibitRole.EXTRACT)],
)
def test_what_else_is_stated_of_integrity_is_left_to_people(
    logged: Callable[..., EvidenceItem], stated: str, role: ExhibitRole
) -> None:
    item = logged(integrity=stated)
    attach_exhibit(item, of_bytes(b"page"), "page.txt", role=role, **BY)

    item.refresh_from_db()
    assert item.integrity == stated
    assert not item.custody.filter(kind="amended").exists()


def test_naming_bytes_that_are_not_here_leaves_it_a_citation(
    logged: Callable[..., EvidenceItem],
) -> None:
    item = logged(integrity="citation-only")
    import_exhibit(item, hashlib.sha256(b"page").hexdigest(), filename="page.txt", **BY)
    assert EvidenceItem.objects.get(pk=item.pk).integrity == "citation-only"

    attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY)
    assert EvidenceItem.objects.get(pk=item.pk).integrity == "intact"


def test_a_translation_is_an_exhibit_of_its_original(
    logged: Callable[..., EvidenceItem],
) -> None:
    item, other = logged(), logged()
    original = attach_exhibit(item, of_bytes(b"Seite"), "seite.txt", **BY)
    translation = attach_exhibit(
        item,
        of_bytes(b"page"),
        "page.txt",
        role=ExhibitRole.TRANSLATION,
        of_exhibit=original,
        **BY,
    )

    assert translation.of_exhibit == original
    with pytest.raises(ValidationError, match="original's item"):
        attach_exhibit(other, of_bytes(b"page"), "page.txt", of_exhibit=original, **BY)


def test_nothing_is_attached_to_a_reference_to_a_classified_original(
    logged: Callable[..., EvidenceItem], root: Path
) -> None:
    reference = logged(classified_reference="TF-1")

    def never_read(_: int) -> None:
        pytest.fail("the bytes were read before they were refused")

    with pytest.raises(ValidationError, match="unclassified: no file may be attached"):
        attach_exhibit(reference, Dripping(b"page", 1, never_read), "page.txt", **BY)
    with pytest.raises(ValidationError, match="can have no exhibits"):
        import_exhibit(reference, "0" * 64, **BY)
    assert not root.exists()


@pytest.mark.parametrize(
    ("content", "limit", "match"),
    [(b"", 10, "empty"), (b"x" * 11, 10, "larger than 10 bytes")],
)
def test_an_empty_or_too_large_file_is_refused(
    item: EvidenceItem, root: Path, content: bytes, limit: int, match: str
) -> None:
    with pytest.raises(ValidationError, match=match):
        attach_exhibit(item, of_bytes(content), "page.txt", limit=limit, **BY)

    assert stored(root) == []
    assert not Exhibit.objects.exists()


@pytest.mark.parametrize("name", ["", "..", "folder/..", "a" * 256, "a\x00.txt", "a\u202etxt.exe"])
def test_a_name_that_cannot_be_shown_is_refused(item: EvidenceItem, name: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        attach_exhibit(item, of_bytes(b"page"), name, **BY)

    assert list(refusal.value.message_dict) == ["filename"]


def test_a_stream_that_breaks_leaves_neither_row_nor_bytes(item: EvidenceItem, root: Path) -> None:
    def break_off(position: int) -> None:
        if position:
            raise ConnectionResetError("the client went away")

    with pytest.raises(ConnectionResetError):
        attach_exhibit(item, Dripping(b"page", 2, break_off), "page.txt", **BY)

    assert stored(root) == []
    assert not Blob.objects.exists()
    assert not item.custody.filter(kind="received").exists()


def test_a_refused_row_leaves_no_bytes(item: EvidenceItem, root: Path) -> None:
    stranger = Exhibit(pk=999_999, item_id=item.pk, blob_id="0" * 64)

    with pytest.raises(ValidationError), transaction.atomic():
        attach_exhibit(item, of_bytes(b"page"), "page.txt", of_exhibit=stranger, **BY)

    assert stored(root) == []
    assert not Blob.objects.exists()


def test_bytes_named_by_a_docket_file_may_arrive_later(item: EvidenceItem) -> None:
    sha256 = hashlib.sha256(b"page").hexdigest()
    named = import_exhibit(item, sha256, filename="page.txt", **BY)
    with pytest.raises(BytesMissingError):
        read_exhibit(named, **BY)

    assert attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY) == named

    with read_exhibit(named, **BY) as file:
        assert file.read() == b"page"
    assert [event.kind for event in item.custody.all()] == ["logged", "named", "received", "viewed"]


def test_what_is_no_digest_is_refused(item: EvidenceItem) -> None:
    with pytest.raises(ValidationError, match="64 lower-case hexadecimal digits"):
        import_exhibit(item, "ABC", **BY)


def test_reading_is_entered_into_the_custody(item: EvidenceItem, analyst: User) -> None:
    exhibit = attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY)

    with read_exhibit(exhibit, actor=analyst, reason="downloaded") as file:
        assert file.read() == b"page"

    event = item.custody.last()
    assert (event.kind, event.actor, event.why) == ("viewed", analyst, "downloaded")


def test_altered_bytes_are_not_handed_out_and_the_custody_says_so(
    item: EvidenceItem, analyst: User
) -> None:
    exhibit = attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY)
    path = exhibit_store().path(exhibit.blob_id)
    path.chmod(0o600)
    path.write_bytes(b"PAGE")

    with pytest.raises(BytesDifferError):
        read_exhibit(exhibit, actor=analyst, reason="downloaded")

    assert item.custody.last().kind == "mismatch"
