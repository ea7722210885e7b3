"""Who sees a case."""

import pytest
from django.contrib.auth.models import AnonymousUser

from access.words import Role
from casemgr.models import Case
from tests.access.factories import MarkingFactory, TeamFactory, UserFactory, member
from tests.casemgr.factories import ItemFactory, a_case, linked

pytestmark = pytest.mark.django_db


def seen_by(user):
    return set(Case.objects.visible_to(user).values_list("key", flat=True))


def test_a_member_sees_the_cases_of_their_team_alone():
    mine, _theirs = a_case(), a_case()
    assert seen_by(member(mine.team, Role.ANALYST)) == {mine.key}


def test_an_auditor_sees_the_cases_of_all_teams():
    keys = {a_case().key, a_case().key}
    assert seen_by(UserFactory(auditor=True)) == keys


def test_administrators_strangers_and_visitors_see_none():
    a_case()
    for user in (UserFactory(administrator=True), UserFactory(), AnonymousUser()):
        assert seen_by(user) == set()


def test_a_case_takes_on_the_markings_of_what_is_linked_and_hides_from_who_is_not_cleared():
    MarkingFactory(code="CUI")
    case = a_case()
    colleague = member(case.team, Role.COUNSEL)
    linked(case, "L-1", ItemFactory(owner_team=case.team, markings=["CUI"]))
    assert seen_by(colleague) == set()
    assert seen_by(member(case.team, Role.COUNSEL, cleared_markings=["CUI"])) == {case.key}
    assert seen_by(UserFactory(auditor=True)) == set()


def test_an_item_marked_after_it_was_linked_raises_its_cases_in_the_same_statement():
    case, untouched = a_case(), a_case()
    item = ItemFactory(owner_team=case.team)
    linked(case, "L-1", item)
    item.markings = ["PROPIN"]
    item.save()
    case.refresh_from_db()
    untouched.refresh_from_db()
    assert (case.markings, untouched.markings) == (["PROPIN"], [])


def test_the_database_refuses_a_link_to_an_item_marked_higher_than_the_case():
    from django.db import IntegrityError

    case = a_case(team=TeamFactory())
    link = linked(case, "L-1")
    link.pk, link._state.adding = None, True
    link.item = ItemFactory(owner_team=case.team, markings=["CUI"])
    with pytest.raises(IntegrityError, match="raise the case first"):
        link.save()
