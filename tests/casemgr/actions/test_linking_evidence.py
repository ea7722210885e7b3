"""Linking an item requires or grants the share, and leaves its trace."""

import pytest
from django.core.exceptions import ValidationError

from access.words import Role
from casemgr.actions.links import Bearing, NewPinpoint, answer_contrary, end_link, link_evidence
from casemgr.clock import decision_day
from casemgr.ledger.change import Change
from casemgr.models import Link
from casemgr.words import AnswerState
from evidence.models import CustodyEvent, CustodyKind, Share
from tests.access.factories import member
from tests.casemgr.factories import ItemFactory, a_case, against, element_of, linked

pytestmark = pytest.mark.django_db


def link(case, item, actor, **options):
    return link_evidence(
        element_of(case, "L-1"), item, Bearing(), actor=actor, reason="it bears on this", **options
    )


def test_a_link_begins_today_with_its_reason_and_a_custody_event():
    case = a_case()
    row = linked(case, "L-1")
    assert row.entered_on == decision_day()
    assert Change.objects.of(row).get().reason == "it bears on this"
    event = CustodyEvent.objects.get(item=row.item, kind=CustodyKind.LINKED)
    assert event.detail == {"case": case.key, "element": "L-1"}


def test_an_item_the_actor_may_not_see_does_not_exist_for_them():
    case = a_case()
    stranger = member(case.team, Role.ANALYST)
    with pytest.raises(ValidationError, match="that you may see"):
        link(case, ItemFactory(), stranger)


def test_an_item_of_another_team_must_be_shared_first():
    case = a_case()
    item = ItemFactory()
    both = member(case.team, Role.ANALYST)
    both.memberships.create(team=item.owner_team, role=Role.ANALYST)
    with pytest.raises(ValidationError, match="is not shared with"):
        link(case, item, both)
    with pytest.raises(ValidationError, match="counsel and managers"):
        link(case, item, both, grant_share=True)


def test_who_may_share_grants_it_by_linking():
    case = a_case()
    item = ItemFactory()
    both = member(case.team, Role.ANALYST)
    both.memberships.create(team=item.owner_team, role=Role.COUNSEL)
    link(case, item, both, grant_share=True)
    assert Share.objects.filter(item=item, team=case.team).exists()
    assert CustodyEvent.objects.filter(item=item, kind=CustodyKind.SHARED).exists()


def test_the_same_item_bears_on_an_element_one_way_once():
    case = a_case()
    row = linked(case, "L-1")
    with pytest.raises(ValidationError, match="already bears on L-1"):
        linked(case, "L-1", row.item)


def test_a_refused_link_leaves_nothing_behind():
    case = a_case()
    item = ItemFactory(owner_team=case.team)
    with pytest.raises(ValidationError, match="locator or a quotation"):
        link_evidence(
            element_of(case, "L-1"),
            item,
            Bearing(pinpoints=(NewPinpoint(),)),
            actor=member(case.team, Role.ANALYST),
            reason="it bears on this",
        )
    assert not Link.objects.filter(item=item).exists()
    assert not CustodyEvent.objects.filter(item=item).exists()


def test_an_ended_link_stays_in_the_history_and_cannot_end_twice():
    case = a_case()
    row = linked(case, "L-1")
    actor = member(case.team, Role.ANALYST)
    ended = end_link(row, actor=actor, reason="another entity")
    assert ended.ended_on == decision_day()
    with pytest.raises(ValidationError, match="nothing to end"):
        end_link(row, actor=actor, reason="again")


def test_only_what_contradicts_is_answered():
    case = a_case()
    with pytest.raises(ValidationError, match="contradicts"):
        answer_contrary(
            linked(case, "L-1"),
            AnswerState.ANSWERED,
            "No.",
            actor=member(case.team, Role.COUNSEL),
            reason="answer",
        )


def test_an_answer_has_words():
    case = a_case()
    with pytest.raises(ValidationError, match="Write the answer"):
        answer_contrary(
            against(case, "L-1"),
            AnswerState.ANSWERED,
            "  ",
            actor=member(case.team, Role.COUNSEL),
            reason="answer",
        )


def test_a_second_answer_does_not_overwrite_the_first():
    case = a_case()
    counsel = member(case.team, Role.COUNSEL)
    first = against(case, "L-1")
    answer_contrary(first, AnswerState.ANSWERED, "First.", actor=counsel, reason="answer")
    second = answer_contrary(first, AnswerState.ANSWERED, "Second.", actor=counsel, reason="again")
    first.refresh_from_db()
    assert (first.answer_text, first.ended_on) == ("First.", decision_day())
    assert (second.answer_text, second.ended_on) == ("Second.", None)
