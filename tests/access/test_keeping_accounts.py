"""What an administrator does with people, teams and markings, and what nobody may do."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from access.actions import add_member, clear_markings, create_account, create_team, remove_member
from access.models import Marking, Membership, User
from access.words import Role
from tests.access.factories import PASSWORD, MarkingFactory, UserFactory, member

pytestmark = pytest.mark.django_db
BY = {"actor": "system:test", "reason": "test"}


def test_markings_are_set_to_exactly_those_given() -> None:
    user = UserFactory(cleared_markings=["OLD"])
    codes = [MarkingFactory().code for _ in range(2)]
    clear_markings(user, codes, **BY)
    user.refresh_from_db()
    assert user.cleared_markings == sorted(codes)


def test_an_unknown_marking_is_named_and_nothing_is_saved() -> None:
    user = UserFactory()
    with pytest.raises(ValidationError, match="No such marking: SECRET-SAUCE"):
        clear_markings(user, [MarkingFactory().code, "SECRET-SAUCE"], **BY)
    user.refresh_from_db()
    assert user.cleared_markings == []


def test_nobody_clears_themselves() -> None:
    user = UserFactory(administrator=True)
    with pytest.raises(ValidationError, match="Nobody clears themselves"):
        clear_markings(user, [MarkingFactory().code], actor=user, reason="test")


@pytest.mark.parametrize("trait", ["auditor", "administrator", "superuser"])
def test_whoever_stands_outside_the_teams_is_not_added_to_one(team, trait) -> None:
    with pytest.raises(ValidationError, match="cannot work in a team"):
        add_member(team, UserFactory(**{trait: True}), Role.ANALYST, **BY)
    assert not Membership.objects.exists()


def test_a_role_is_held_once(team) -> None:
    user = member(team, Role.ANALYST)
    with pytest.raises(ValidationError, match="already holds this role"):
        add_member(team, user, Role.ANALYST, **BY)
    add_member(team, user, Role.COUNSEL, **BY)
    assert user.roles_in(team) == {Role.ANALYST, Role.COUNSEL}


def test_a_role_is_taken_away_at_once(team) -> None:
    user = member(team, Role.ANALYST)
    assert user.roles_in(team)
    remove_member(team, user, Role.ANALYST, **BY)
    assert not user.roles_in(team)
    with pytest.raises(ValidationError, match="is not analyst"):
        remove_member(team, user, Role.ANALYST, **BY)


def test_an_account_needs_a_strong_password_and_a_free_name() -> None:
    with pytest.raises(ValidationError, match="at least 12"):
        create_account("someone", "short", **BY)
    create_account("someone", PASSWORD, **BY)
    with pytest.raises(ValidationError, match="already exists"):
        create_account("someone", PASSWORD, **BY)
    assert User.objects.filter(username="someone").count() == 1


def test_an_unknown_standing_is_refused() -> None:
    with pytest.raises(ValidationError, match="auditor, administrator"):
        create_account("someone", PASSWORD, standing="emperor", **BY)


def test_the_database_keeps_auditors_and_administrators_apart() -> None:
    user = UserFactory(auditor=True)
    for wrong in ({"is_administrator": True}, {"is_superuser": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=user.pk).update(**wrong)


def test_the_database_refuses_a_role_it_does_not_know(team) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=UserFactory(), team=team, role="emperor")


@pytest.mark.parametrize("code", ["", "cui", "A B", "-A"])
def test_the_database_refuses_a_malformed_marking(code) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Marking.objects.create(code=code, title="t")


def test_people_with_a_history_are_never_removed(team) -> None:
    from django.db.models import ProtectedError

    user = member(team, Role.ANALYST)
    with pytest.raises(ProtectedError):
        user.delete()


def test_public_keys_are_case_sensitive_and_sort_by_bytes() -> None:
    from access.models import Team

    for key in ("t-a", "T-B", "T-a"):
        create_team(f"Team {key}", key=key, **BY)
    keys = Team.objects.filter(key__istartswith="t-").order_by("key").values_list("key", flat=True)
    assert list(keys) == ["T-B", "T-a", "t-a"]
