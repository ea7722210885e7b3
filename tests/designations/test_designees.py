"""Entering designees, their names, numbers and owners."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from access.revision import StaleRevisionError
from designations.actions import (
    add_designee,
    add_identifier,
    add_name,
    amend_designee,
    end_stake,
    state_ownership,
)
from designations.clock import today
from designations.models import Designee, NameKind, OwnershipStake
from designations.words import UsPresence

pytestmark = pytest.mark.django_db

BY = {"actor": "system:test", "reason": "a test"}


def test_a_designee_is_found_under_every_spelling_of_every_name() -> None:
    designee = add_designee("Müller-Höchst, A.G.", **BY)
    add_name(designee, "深度求索", kind=NameKind.ORIGINAL_SCRIPT, **BY)

    for spelling in ("muller hochst a g", "MÜLLER HÖCHST A.G.", " 深度求索 "):
        assert Designee.objects.named(spelling).get() == designee
    assert not Designee.objects.named("Muller").exists()


def test_a_designee_is_found_under_its_new_name() -> None:
    designee = add_designee("Old Name", **BY)

    amend_designee(designee, designee.revision, name="New Name", **BY)

    assert Designee.objects.named("new name").get() == designee
    assert not Designee.objects.named("old name").exists()


def test_a_key_is_made_when_none_is_given() -> None:
    assert add_designee("A", **BY).key.startswith("D-")
    assert add_designee("B", key="D-1", **BY).key == "D-1"


def test_a_taken_key_is_refused() -> None:
    add_designee("A", key="D-1", **BY)

    with pytest.raises(ValidationError, match="Key"):
        add_designee("B", key="D-1", **BY)


def test_what_is_not_stated_stays_so() -> None:
    assert add_designee("A", **BY).us_presence == ""
    assert add_designee("B", us_presence=UsPresence.NONE, **BY).us_presence == "none"


def test_only_the_revision_seen_is_amended() -> None:
    designee = add_designee("A", **BY)
    amend_designee(designee, 1, notes="first", **BY)

    with pytest.raises(StaleRevisionError):
        amend_designee(Designee.objects.get(), 1, notes="second", **BY)

    assert Designee.objects.get().notes == "first"


def test_an_identifier_is_entered_once() -> None:
    designee = add_designee("A", **BY)
    add_identifier(designee, "LEI", "123", **BY)

    with pytest.raises(ValidationError, match="already has this identifier"):
        add_identifier(designee, "LEI", "123", **BY)


def test_a_stake_holds_from_the_day_it_is_entered_to_the_day_it_is_ended() -> None:
    owner, owned = add_designee("A", **BY), add_designee("B", **BY)
    stake = state_ownership(owner, owned, Decimal(50), Decimal(60), **BY)

    assert OwnershipStake.objects.as_of(today()).get() == stake
    assert not OwnershipStake.objects.as_of(date(2000, 1, 1)).exists()

    end_stake(stake, **BY)

    assert not OwnershipStake.objects.as_of(today()).exists()
    assert OwnershipStake.objects.get().why == "a test"


def test_percentages_in_the_wrong_order_are_refused() -> None:
    owner, owned = add_designee("A", **BY), add_designee("B", **BY)

    with pytest.raises(ValidationError, match="pct_min cannot exceed pct_max"):
        state_ownership(owner, owned, Decimal(60), Decimal(50), **BY)
