"""Every stored file is read again; only news enters the custody, and it rings."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence.actions import (
    attach_exhibit,
    check_exhibit,
    import_exhibit,
    integrity,
    read_exhibit,
)
from evidence.actions.integrity import (
    Reading,
    go_on_reading,
    night_began,
    note_reading,
    read_bytes_again,
    read_sample,
    tend_reading,
)
from evidence.models import Blob, BytesState
from evidence.storage import BytesDifferError, BytesMissingError, StoreAwayError
from tests.evidence.conftest import BY
from tests.evidence.integrity.damage import alter, block, lose, restore, stored_bytes
from tests.evidence.streams import of_bytes

pytestmark = pytest.mark.django_db
in_each_store = pytest.mark.usefixtures("each_store")


def blob_of(exhibit) -> Blob:
    return Blob.objects.get(pk=exhibit.blob_id)


def kinds(exhibit) -> list[str]:
    return list(exhibit.custody.order_by("pk").values_list("kind", flat=True))


def next_night() -> None:
    """As if everything had been read two days ago."""
    Blob.objects.update(checked_at=timezone.now() - timedelta(days=2))


@in_each_store
def test_what_is_whole_is_noted_and_leaves_the_custody_as_it_is(attached, caplog) -> None:
    exhibits = [attached(), attached(b"other", "other.txt")]
    assert go_on_reading() == 2
    for exhibit in exhibits:
        blob = blob_of(exhibit)
        assert (blob.state, blob.leased_until) == (BytesState.WHOLE, None)
        assert blob.whole_at is not None
        assert blob.whole_at == blob.checked_at
        assert kinds(exhibit) == ["received"]
    assert "exhibit_not_whole" not in caplog.text


def test_a_night_reads_each_once_however_often_it_is_asked(attached) -> None:
    attached()
    assert (go_on_reading(), go_on_reading(), tend_reading()) == (1, 0, False)
    next_night()
    assert go_on_reading() == 1


@pytest.mark.parametrize(
    ("harm", "state", "kind"),
    [
        (alter, BytesState.DIFFERS, "mismatch"),
        (lose, BytesState.MISSING, "missing"),
        (block, BytesState.UNREADABLE, "missing"),
    ],
)
def test_harm_is_entered_once_and_rings_until_it_is_mended(
    attached, caplog, harm, state, kind
) -> None:
    exhibit = attached(b"page")
    go_on_reading()
    harm(exhibit)
    for _ in range(2):
        next_night()
        go_on_reading()
    blob = blob_of(exhibit)
    assert blob.state == state
    assert blob.whole_at < blob.checked_at
    assert kinds(exhibit) == ["received", kind]
    event = exhibit.custody.get(kind=kind)
    assert event.actor is None
    assert event.why.endswith("found by the nightly reading.")
    assert event.detail == {
        "expected": exhibit.blob_id, "found": blob.found_sha256, "state": state, "was": "whole",
    }  # fmt: skip
    assert event.sha256 == blob.found_sha256
    rung = [r for r in caplog.records if "exhibit_not_whole" in r.getMessage()]
    assert [record.levelname for record in rung] == ["ERROR", "ERROR"]
    assert "page.txt" not in caplog.text

    restore(exhibit, b"page")
    assert read_sample(1) == 1
    blob = blob_of(exhibit)
    assert (blob.state, blob.found_sha256, blob.failing_since) == (BytesState.WHOLE, "", None)
    assert kinds(exhibit) == ["received", kind, "verified"]
    assert "exhibit_whole_again" in caplog.text


def test_every_exhibit_of_the_bytes_has_it_in_its_custody(attached, logged) -> None:
    here, there = attached(), attached(to=logged("E-2"))
    alter(here)
    go_on_reading()
    assert (kinds(here), kinds(there)) == (["received", "mismatch"], ["received", "mismatch"])


def test_one_who_asks_is_named_in_the_custody_of_their_file_alone(
    attached, logged, analyst
) -> None:
    asked, other = attached(), attached(to=logged("E-2"))
    for _ in range(2):
        reading = check_exhibit(asked, actor=analyst, reason="Before the hearing")
        assert reading.state is BytesState.WHOLE
    assert kinds(asked) == ["received", "verified", "verified"]
    assert kinds(other) == ["received"]
    alter(asked)
    check_exhibit(asked, actor=analyst, reason="Something looked wrong")
    mine, theirs = asked.custody.order_by("pk").last(), other.custody.order_by("pk").last()
    assert (mine.kind, mine.actor, mine.why) == ("mismatch", analyst, "Something looked wrong")
    assert (theirs.kind, theirs.actor) == ("mismatch", None)
    assert "looked wrong" not in theirs.why


def test_asking_says_why_and_asks_for_something_that_was_here(attached, logged, analyst) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        check_exhibit(attached(), actor=analyst, reason=" ")
    named = import_exhibit(logged("E-2"), "0" * 64, filename="named.txt", **BY)
    with pytest.raises(ValidationError, match="attach the file first"):
        check_exhibit(named, actor=analyst, reason="Is it here?")
    assert go_on_reading() == 1


@in_each_store
def test_whoever_opens_a_file_that_differs_sets_it_down_at_once(attached, analyst) -> None:
    exhibit = attached(b"page")
    attached(b"other", "other.txt")  # a store that holds nothing at all would say nothing of it
    alter(exhibit)
    with pytest.raises(BytesDifferError):
        read_exhibit(exhibit, actor=analyst, reason="downloaded")
    assert blob_of(exhibit).state == BytesState.DIFFERS
    event = exhibit.custody.order_by("pk").last()
    assert (event.actor, event.why, event.sha256) == (
        analyst, "downloaded", blob_of(exhibit).found_sha256
    )  # fmt: skip
    lose(exhibit)
    with pytest.raises(BytesMissingError):
        read_exhibit(exhibit, actor=analyst, reason="downloaded")
    assert blob_of(exhibit).state == BytesState.MISSING


@in_each_store
def test_attached_again_the_same_file_mends_it(attached, item) -> None:
    exhibit = attached(b"page")
    alter(exhibit)
    go_on_reading()
    assert attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY) == exhibit
    assert stored_bytes(exhibit) == b"page"
    assert blob_of(exhibit).state == BytesState.WHOLE
    assert kinds(exhibit) == ["received", "mismatch", "verified"]


@in_each_store
def test_damaged_bytes_that_no_row_knows_are_replaced_by_those_that_arrive(attached) -> None:
    first = attached(b"page")
    alter(first)
    damaged = stored_bytes(first)
    with transaction.atomic():
        Blob.objects.filter(pk=first.blob_id).update(size=None, first_stored_at=None)
    attached(b"page")
    assert damaged != b"page"
    assert stored_bytes(first) == b"page"


def test_a_folder_that_is_not_mounted_rings_and_says_nothing_of_any_exhibit(
    attached, root, caplog, analyst
) -> None:
    exhibit = attached()
    away = root.rename(root.with_name("away"))
    root.mkdir()
    with pytest.raises(StoreAwayError):
        go_on_reading()
    with pytest.raises(StoreAwayError):
        read_sample()
    with pytest.raises(BytesMissingError):
        read_exhibit(exhibit, actor=analyst, reason="downloaded")
    assert "exhibit_store_away" in caplog.text
    assert blob_of(exhibit).state == BytesState.WHOLE
    root.rmdir()
    away.rename(root)
    Blob.objects.update(leased_until=None)
    assert go_on_reading() == 1


def test_a_reading_that_began_earlier_than_the_newest_is_no_news(attached) -> None:
    exhibit = attached()
    began = timezone.now()
    note_reading(read_bytes_again(exhibit.blob_id), occasion="a test")
    late = Reading(exhibit.blob_id, BytesState.MISSING, began)
    assert not note_reading(late, occasion="a slow worker")
    assert blob_of(exhibit).state == BytesState.WHOLE
    assert kinds(exhibit) == ["received"]


def test_what_a_living_worker_reads_is_left_to_it_and_a_dead_ones_is_taken_up(attached) -> None:
    attached()
    Blob.objects.update(leased_until=timezone.now() + timedelta(minutes=1))
    assert (go_on_reading(), tend_reading()) == (0, False)
    Blob.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert go_on_reading() == 1


def test_a_large_file_keeps_its_lease_while_it_is_read(attached, monkeypatch) -> None:
    exhibit = attached(b"x" * (3 * 1024 * 1024))
    monkeypatch.setattr(integrity, "_STILL_HERE", 0.0)
    hold, held = integrity._holding(exhibit.blob_id), []

    def counted() -> None:
        hold()
        held.append(blob_of(exhibit).leased_until)

    read_bytes_again(exhibit.blob_id, counted)
    assert len(held) == 3
    assert None not in held


def test_the_sample_takes_what_is_not_whole_and_others_by_chance(attached) -> None:
    broken = attached(b"broken", "broken.txt")
    for number in range(6):
        attached(b"%d" % number, f"{number}.txt")
    alter(broken)
    note_reading(read_bytes_again(broken.blob_id), occasion="a test")
    before = blob_of(broken).checked_at
    assert 3 <= read_sample(3) <= 4  # the broken one may be among those by chance
    assert blob_of(broken).checked_at > before
    assert Blob.objects.filter(checked_at__gt=before).exclude(pk=broken.blob_id).count() in (2, 3)


@pytest.mark.parametrize(
    ("now", "began"),
    [
        (datetime(2026, 7, 1, 5, 0, tzinfo=UTC), datetime(2026, 7, 1, 5, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 4, 59, tzinfo=UTC), datetime(2026, 6, 30, 5, 0, tzinfo=UTC)),
        (datetime(2026, 12, 1, 6, 30, tzinfo=UTC), datetime(2026, 12, 1, 6, 0, tzinfo=UTC)),
        (datetime(2026, 11, 1, 23, 0, tzinfo=UTC), datetime(2026, 11, 1, 5, 0, tzinfo=UTC)),
    ],
)
def test_a_night_begins_at_its_hour_where_decisions_are_taken(settings, now, began) -> None:
    settings.DECISION_TIME_ZONE, settings.RECHECK_HOUR = "America/New_York", 1
    assert night_began(now).astimezone(UTC) == began


def test_the_database_refuses_a_state_that_is_half_said(attached) -> None:
    attached()
    for half in (
        {"state": BytesState.DIFFERS, "failing_since": timezone.now()},
        {"state": BytesState.MISSING},
        {"failing_since": timezone.now()},
        {"found_sha256": "0" * 64},
    ):
        with pytest.raises(IntegrityError, match="reading_whole"), transaction.atomic():
            Blob.objects.update(**half)
