"""Items are seen by team, share and marking; sources through the items that use them."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from access.models import Team, User
from evidence.actions import add_source, derive, share
from evidence.models import EvidenceItem, Source
from evidence.words import DerivationKind

BY = {"actor": "system:test", "reason": "a test"}
Person = Callable[..., User]
Logged = Callable[..., EvidenceItem]


def seen(user: User | AnonymousUser) -> set[str]:
    return {item.key for item in EvidenceItem.objects.visible_to(user)}


def sources(user: User | AnonymousUser) -> set[str]:
    return {source.key for source in Source.objects.visible_to(user)}


def test_a_team_sees_what_it_owns(
    person: Person, logged: Logged, team: Team, other_team: Team
) -> None:
    logged("E-1")
    logged("E-2", owner_team=other_team)

    assert seen(person("one", team)) == {"E-1"}
    assert seen(person("two", other_team)) == {"E-2"}
    assert seen(person("both", team, other_team)) == {"E-1", "E-2"}
    assert seen(person("neither")) == set()


def test_a_shared_item_is_seen_by_both_teams_once(
    person: Person, logged: Logged, team: Team, other_team: Team
) -> None:
    item = logged("E-1")
    share(item, other_team, **BY)
    share(item, other_team, **BY)

    both = person("both", team, other_team)
    assert seen(person("two", other_team)) == {"E-1"}
    assert EvidenceItem.objects.visible_to(both).count() == 1
    assert [event.kind for event in item.custody.all()] == ["logged", "shared"]


def test_every_marking_must_be_cleared(
    person: Person, logged: Logged, team: Team, markings: None
) -> None:
    logged("E-0")
    logged("E-1", markings=["CUI"])
    logged("E-2", markings=["CUI", "PROPIN"])

    assert seen(person("none", team)) == {"E-0"}
    assert seen(person("some", team, markings=("CUI",))) == {"E-0", "E-1"}
    assert seen(person("all", team, markings=("CUI", "PROPIN"))) == {"E-0", "E-1", "E-2"}


def test_a_share_does_not_clear_a_marking(
    person: Person, logged: Logged, other_team: Team, markings: None
) -> None:
    share(logged("E-1", markings=["CUI"]), other_team, **BY)

    assert seen(person("two", other_team)) == set()


def test_an_auditor_sees_all_teams_within_markings(
    person: Person, logged: Logged, other_team: Team, markings: None
) -> None:
    logged("E-1")
    logged("E-2", owner_team=other_team)
    logged("E-3", markings=["CUI"])

    assert seen(person("auditor", standing="auditor")) == {"E-1", "E-2"}
    cleared = person("cleared", standing="auditor", markings=("CUI",))
    assert seen(cleared) == {"E-1", "E-2", "E-3"}


def test_whoever_keeps_accounts_sees_nothing(person: Person, logged: Logged) -> None:
    logged("E-1")
    superuser = person("super")
    superuser.is_superuser = True
    superuser.save()

    assert seen(person("admin", standing="administrator")) == set()
    assert seen(superuser) == set()


def test_a_closed_account_and_a_stranger_see_nothing(
    person: Person, logged: Logged, team: Team
) -> None:
    logged("E-1")
    former = person("former", team)
    former.is_active = False
    former.save()

    assert seen(User.objects.get(pk=former.pk)) == set()
    assert seen(AnonymousUser()) == set()


@pytest.fixture
def four_sources(logged: Logged, team: Team, other_team: Team, markings: None) -> None:
    shared = add_source(key="S-shared", **BY)
    mine = add_source(key="S-mine", owner_team=team, **BY)
    theirs = add_source(key="S-theirs", owner_team=other_team, **BY)
    kept_back = add_source(key="S-kept-back", owner_team=team, **BY)
    add_source(key="S-unused", owner_team=team, **BY)
    logged("E-1", source=mine)
    logged("E-2", source=shared, markings=["CUI"])
    logged("E-3", source=kept_back, markings=["CUI"])
    derive(logged("E-4"), DerivationKind.RELAYS, parent_source=theirs, **BY)


def test_sources_are_seen_through_items(
    person: Person, team: Team, other_team: Team, four_sources: None
) -> None:
    uncleared, cleared = person("one", team), person("two", team, markings=("CUI",))

    assert sources(uncleared) == {"S-shared", "S-mine", "S-unused", "S-theirs"}
    assert sources(cleared) == sources(uncleared) | {"S-kept-back"}
    assert sources(person("three", other_team)) == {"S-shared"}


def test_sources_are_not_for_whoever_keeps_accounts(person: Person, four_sources: None) -> None:
    assert sources(person("admin", standing="administrator")) == set()
    assert sources(AnonymousUser()) == set()
