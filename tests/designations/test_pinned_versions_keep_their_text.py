"""The database itself keeps the text of a version that a case pins."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from designations.actions import freeze_version, load_authority
from designations.library.model import Authority
from designations.models import AuthorityVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def pinned(authority: Authority) -> AuthorityVersion:
    version = load_authority(authority).version
    freeze_version(version)
    return version


@pytest.fixture
def refused() -> Callable[..., None]:
    def check(sql: str, *values: object, match: str = "pinned by a case") -> None:
        with (
            pytest.raises(IntegrityError, match=match),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, values)

    return check


@pytest.mark.parametrize(
    "change",
    [
        "body = '{}'",
        "body_digest = repeat('0', 64)",
        "threshold = 'preponderance'",
        "posture = 'none'",
        "citation = 'another'",
        "label = '2022'",
        "in_force_from = '2020-01-01'",
        "frozen_at = NULL",
    ],
)
def test_the_body_cannot_change(
    pinned: AuthorityVersion, refused: Callable[..., None], change: str
) -> None:
    table = "designations_authorityversion"
    refused(
        f"UPDATE {table} SET {change} WHERE id = %s",  # noqa: S608 - the parameters above
        pinned.pk,
    )


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("element", "text = 'another'"),
        ("element", "parent_id = NULL"),
        ("element", "kind = 'fact'"),
        ("prerequisite", "kind = 'vote'"),
        ("consequence", "required = NOT required"),
        ("provision", "text = 'another'"),
    ],
)
def test_its_parts_cannot_change(
    pinned: AuthorityVersion, refused: Callable[..., None], table: str, change: str
) -> None:
    refused(
        f"UPDATE designations_{table} SET {change} WHERE version_id = %s",  # noqa: S608 - as above
        pinned.pk,
    )


def test_no_element_is_added(pinned: AuthorityVersion, refused: Callable[..., None]) -> None:
    refused(
        """INSERT INTO designations_prerequisite
               (version_id, code, text, citation, position, kind, quoted)
           VALUES (%s, 'P-9', '', '', 9, 'vote', false)""",
        pinned.pk,
    )


def test_no_element_is_removed(pinned: AuthorityVersion, refused: Callable[..., None]) -> None:
    refused("DELETE FROM designations_consequence WHERE version_id = %s", pinned.pk)


def test_the_version_is_not_deleted(pinned: AuthorityVersion, refused: Callable[..., None]) -> None:
    refused("DELETE FROM designations_authorityversion WHERE id = %s", pinned.pk)


def test_notes_and_readings_may_be_corrected(pinned: AuthorityVersion) -> None:
    pinned.notes = ["corrected"]
    pinned.save()
    pinned.elements.filter(code="X-1").update(settledness="untested", title="Affiliation")

    pinned.refresh_from_db()
    assert pinned.notes == ["corrected"]
    assert pinned.elements.get(code="X-1").title == "Affiliation"


def test_freezing_again_keeps_the_first_time(pinned: AuthorityVersion) -> None:
    first = pinned.frozen_at

    freeze_version(pinned)

    assert pinned.frozen_at == first
