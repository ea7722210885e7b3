"""What of the law and its targets the database refuses, whoever writes it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from designations.actions import load_authority
from designations.library.model import Authority
from designations.models import (
    AuthorityVersion,
    Designee,
    DesigneeName,
    OwnershipStake,
    VersionStatus,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(authority: Authority) -> AuthorityVersion:
    return load_authority(authority).version


@pytest.fixture
def another_version(authority: Authority) -> AuthorityVersion:
    from dataclasses import replace

    return load_authority(replace(authority, version="draft", in_force=None, statuses=())).version


def test_a_parent_of_another_version(
    version: AuthorityVersion, another_version: AuthorityVersion
) -> None:
    stranger = another_version.elements.get(code="X-0")

    with pytest.raises(IntegrityError, match="same_version"), transaction.atomic():
        version.elements.filter(code="X-1").update(parent=stranger)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_step_of_an_element_of_another_version(
    version: AuthorityVersion, another_version: AuthorityVersion
) -> None:
    stranger = another_version.elements.get(code="X-2")

    with pytest.raises(IntegrityError, match="same_version"), transaction.atomic():
        version.prerequisites.update(element=stranger)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_two_statuses_of_one_version_on_one_day(version: AuthorityVersion) -> None:
    with pytest.raises(IntegrityError, match="no_overlap"), transaction.atomic():
        VersionStatus.objects.create(
            version=version,
            state="superseded",
            period_start=date(2026, 1, 1),
            period_start_precision="day",
        )


def test_a_status_may_follow_one_known_to_be_wrong(version: AuthorityVersion) -> None:
    version.statuses.filter(state="stayed").update(
        entered_on=date(2025, 11, 10),
        entered_on_precision="day",
        ended_on=date(2026, 2, 1),
        ended_on_precision="day",
    )

    VersionStatus.objects.create(
        version=version,
        state="superseded",
        period_start=date(2026, 1, 1),
        period_start_precision="day",
        period_end=date(2026, 3, 1),
        period_end_precision="day",
        entered_on=date(2026, 2, 1),
        entered_on_precision="day",
    )

    assert version.statuses.filter(state="superseded").count() == 1


def test_a_row_that_ends_before_it_began(version: AuthorityVersion) -> None:
    with pytest.raises(IntegrityError, match="ends_after_entry"), transaction.atomic():
        version.statuses.filter(state="stayed").update(
            entered_on=date(2026, 2, 2),
            entered_on_precision="day",
            ended_on=date(2026, 2, 1),
            ended_on_precision="day",
        )


@pytest.mark.parametrize(
    ("stored", "precision"),
    [(date(2026, 2, 27), "month"), (date(2026, 11, 30), "year"), (date(2026, 2, 28), "")],
)
def test_a_date_that_claims_more_than_was_stated(
    version: AuthorityVersion, stored: date, precision: str
) -> None:
    with pytest.raises(IntegrityError, match="precision"), transaction.atomic():
        version.statuses.update(ended_on=stored, ended_on_precision=precision)


def test_a_second_version_beginning_on_the_same_day(version: AuthorityVersion) -> None:
    with pytest.raises(IntegrityError, match="first_day"), transaction.atomic():
        version.pk, version.label = None, "2021-bis"
        version.save(force_insert=True)


@pytest.mark.parametrize(("least", "most"), [(-1, 10), (60, 50), (0, 101)])
def test_impossible_percentages(least: int, most: int) -> None:
    owner, owned = Designee.objects.create(name="A"), Designee.objects.create(name="B")

    with pytest.raises(IntegrityError, match="percentages"), transaction.atomic():
        OwnershipStake.objects.create(
            owner=owner, owned=owned, pct_min=Decimal(least), pct_max=Decimal(most)
        )


def test_a_stake_in_oneself() -> None:
    one = Designee.objects.create(name="A")

    with pytest.raises(IntegrityError, match="two_parties"), transaction.atomic():
        OwnershipStake.objects.create(owner=one, owned=one)


def test_keys_that_differ_in_case_are_different_keys() -> None:
    Designee.objects.create(key="d-1", name="A")
    Designee.objects.create(key="D-1", name="B")

    with pytest.raises(IntegrityError), transaction.atomic():
        Designee.objects.create(key="D-1", name="C")


def test_a_name_without_letters() -> None:
    designee = Designee.objects.create(name="A")

    with pytest.raises(IntegrityError, match="present"), transaction.atomic():
        DesigneeName.objects.create(designee=designee, name="  ")
