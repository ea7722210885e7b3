"""What of evidence the database refuses, whoever writes it."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from evidence.actions import attach_exhibit, derive
from evidence.models import Blob, Derivation, EvidenceItem, Exhibit, Source
from evidence.words import DerivationKind
from tests.evidence.streams import of_bytes

BY = {"actor": "system:test", "reason": "a test"}


def execute(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_text_on_a_reference_to_a_classified_original(item: EvidenceItem) -> None:
    with pytest.raises(IntegrityError, match="no_classified_text"):
        execute(
            "UPDATE evidence_evidenceitem SET classified_reference = 'TF-1', text = 'words'"
            " WHERE id = %s",
            item.pk,
        )


def test_an_exhibit_on_a_reference_to_a_classified_original(
    logged: Callable[..., EvidenceItem],
) -> None:
    reference = logged(classified_reference="TF-1")
    blob = Blob.objects.create(sha256="0" * 64)

    with pytest.raises(IntegrityError, match="classified original TF-1"), transaction.atomic():
        Exhibit.objects.create(item=reference, blob=blob)


def test_a_reference_to_a_classified_original_made_of_an_item_with_exhibits(
    item: EvidenceItem,
) -> None:
    attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY)

    with pytest.raises(IntegrityError, match="has exhibits"):
        execute(
            "UPDATE evidence_evidenceitem SET classified_reference = 'TF-1' WHERE id = %s", item.pk
        )


def test_a_written_clock(item: EvidenceItem) -> None:
    with pytest.raises(IntegrityError, match="recorded_at is the clock"):
        execute(
            "UPDATE evidence_evidenceitem SET recorded_at = '2020-01-01' WHERE id = %s", item.pk
        )


def test_an_item_recorded_in_the_past_is_recorded_now(team: object) -> None:
    from datetime import UTC, datetime

    item = EvidenceItem.objects.create(
        owner_team=team, recorded_at=datetime(2020, 1, 1, tzinfo=UTC)
    )

    item.refresh_from_db()
    assert item.recorded_at.year >= 2026


@pytest.mark.parametrize("parents", [(), ("item", "source")])
def test_a_derivation_without_exactly_one_parent(
    logged: Callable[..., EvidenceItem], parents: tuple[str, ...]
) -> None:
    given = {"item": logged(), "source": Source.objects.create()}

    with pytest.raises(IntegrityError, match="one_parent"), transaction.atomic():
        Derivation.objects.create(
            child=logged(), kind="relays", **{f"parent_{name}": given[name] for name in parents}
        )


def test_a_circle_of_derivations(logged: Callable[..., EvidenceItem]) -> None:
    first, second, third = logged("E-1"), logged("E-2"), logged("E-3")
    derive(second, DerivationKind.COPIES, parent_item=first, **BY)
    derive(third, DerivationKind.RELAYS, parent_item=second, **BY)

    with pytest.raises(IntegrityError, match="closes a circle"), transaction.atomic():
        Derivation.objects.create(child=first, parent_item=third, kind="relays")


def test_a_circle_closed_by_moving_a_derivation(logged: Callable[..., EvidenceItem]) -> None:
    first, second, third = logged("E-1"), logged("E-2"), logged("E-3")
    derive(second, DerivationKind.COPIES, parent_item=first, **BY)
    row = derive(first, DerivationKind.RELAYS, parent_item=third, **BY)

    with pytest.raises(IntegrityError, match="closes a circle"):
        execute(
            "UPDATE evidence_derivation SET parent_item_id = %s WHERE id = %s", second.pk, row.pk
        )


def test_an_extract_of_an_exhibit_of_another_item(logged: Callable[..., EvidenceItem]) -> None:
    one, other = logged(), logged()
    original = attach_exhibit(one, of_bytes(b"page"), "page.txt", **BY)
    extract = attach_exhibit(other, of_bytes(b"line"), "line.txt", **BY)

    with pytest.raises(IntegrityError, match="same_item"):
        execute(
            "UPDATE evidence_exhibit SET of_exhibit_id = %s WHERE id = %s", original.pk, extract.pk
        )


@pytest.mark.parametrize("column", ["item_id", "blob_id"])
def test_an_exhibit_moved_to_another_item_or_other_bytes(
    logged: Callable[..., EvidenceItem], column: str
) -> None:
    exhibit = attach_exhibit(logged(), of_bytes(b"page"), "page.txt", **BY)
    other = {"item_id": logged().pk, "blob_id": Blob.objects.create(sha256="0" * 64).pk}

    with pytest.raises(Exception, match="Cannot update"):
        execute(
            f"UPDATE evidence_exhibit SET {column} = %s WHERE id = %s",  # noqa: S608 - as above
            other[column],
            exhibit.pk,
        )


def test_bytes_under_what_is_no_sha256(db: None) -> None:
    with pytest.raises(IntegrityError, match="sha256_form"), transaction.atomic():
        Blob.objects.create(sha256="A" * 64, size=1)
