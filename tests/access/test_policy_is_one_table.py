"""Who may do what is read from one table, and what the table leaves out is refused."""

import pytest

from access.policy import DELIVERY, POLICY, SCOPE_OF, Verb, may
from access.words import Standing
from tests.access.factories import UserFactory, member

OWN_ACCOUNT = {"me", "token"}
OWN_DESK = {"notification", "saved-view"}
REFERENCE = {"team", "marking", "user", "membership", "authority", "verification"}
CASE_CONTENT = POLICY.keys() - OWN_ACCOUNT - REFERENCE
# The portal's door for its keys alone; what comes in by it is evidence, and that people read.
KEYS_ALONE = {DELIVERY}


def test_an_auditor_changes_nothing_but_what_is_their_own() -> None:
    allowed = {
        (resource, verb)
        for resource, verbs in POLICY.items()
        for verb in verbs
        if verb is not Verb.READ and may({Standing.AUDITOR}, resource, verb)
    }
    assert {resource for resource, _ in allowed} == {"token", *OWN_DESK}


def test_an_auditor_reads_every_kind_of_case_content() -> None:
    assert all(
        may({Standing.AUDITOR}, resource, Verb.READ) for resource in CASE_CONTENT - KEYS_ALONE
    )


def test_keys_of_portals_deliver_and_nobody_else_does() -> None:
    allowed = {
        (resource, standing)
        for resource, verbs in POLICY.items()
        for standings in verbs.values()
        for standing in standings
        if resource == DELIVERY or standing == Standing.DEPOSITOR
    }
    assert allowed == {(DELIVERY, Standing.DEPOSITOR)}


def test_an_administrator_touches_no_case_content() -> None:
    assert not [
        (resource, verb)
        for resource in CASE_CONTENT
        for verb in Verb
        if may({Standing.ADMINISTRATOR}, resource, verb)
    ]


def test_an_anonymous_caller_may_do_nothing() -> None:
    assert not [
        (resource, verb)
        for resource in POLICY
        for verb in Verb
        if may({Standing.ANONYMOUS}, resource, verb)
    ]


def test_only_counsel_signs() -> None:
    assert [role for role in Standing if may({role}, "signature", Verb.SIGN)] == [Standing.COUNSEL]


def test_what_is_not_listed_is_refused() -> None:
    assert not may(set(Standing), "case", Verb.REMOVE)
    assert not may(set(Standing), "a kind nobody listed", Verb.READ)


def test_every_verb_needs_a_scope() -> None:
    assert set(SCOPE_OF) == set(Verb)


@pytest.mark.django_db
def test_a_superuser_is_an_administrator_and_works_in_no_team(team) -> None:
    user = member(team, *("analyst", "counsel"), superuser=True)
    assert user.standings() == {Standing.ADMINISTRATOR}
    assert user.team_keys() == frozenset()
    assert user.roles_in(team) == frozenset()
    assert not user.reads_all_teams()


@pytest.mark.django_db
def test_a_closed_account_has_no_standing(team) -> None:
    user = member(team, "manager", is_active=False)
    assert user.standings() == frozenset()
    assert user.team_keys() == frozenset()


@pytest.mark.django_db
def test_roles_are_held_per_team(team) -> None:
    user = member(team, "analyst", "counsel")
    assert user.team_keys("analyst") == {team.key}
    assert user.team_keys("manager") == frozenset()
    assert user.roles_in(team.key) == {"analyst", "counsel"}
    assert UserFactory().roles_in(team) == frozenset()
