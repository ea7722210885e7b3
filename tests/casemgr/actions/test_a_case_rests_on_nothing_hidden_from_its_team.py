"""Whoever sees a case sees all it rests on: the items linked, and all that those come from."""

import pytest
from django.core.exceptions import ValidationError

from access.words import Role
from casemgr.actions.links import Bearing, link_evidence
from casemgr.actions.treatment import note_record_defect
from casemgr.assemble import record_of
from casemgr.models import Case, DefectKind, Link, RecordDefect
from evidence.actions import derive
from evidence.models import CustodyEvent, CustodyKind, Derivation, EvidenceItem, Share
from evidence.words import DerivationKind
from tests.access.factories import MarkingFactory, TeamFactory, UserFactory, member
from tests.casemgr.factories import ItemFactory, a_case, element_of, linked

pytestmark = pytest.mark.django_db


def comes_from(child: EvidenceItem, parent: EvidenceItem) -> Derivation:
    return derive(
        child, DerivationKind.RELAYS, parent_item=parent, actor="system:test", reason="a test"
    )


def link(case, item, actor, **options):
    return link_evidence(
        element_of(case, "L-1"), item, Bearing(), actor=actor, reason="it bears on this", **options
    )


@pytest.fixture
def chain():
    """A case, an article of its team, and the cable of another team two steps behind it."""
    case = a_case()
    article = ItemFactory(owner_team=case.team)
    wire = ItemFactory(owner_team=case.team)
    cable = ItemFactory(owner_team=TeamFactory())
    comes_from(article, wire)
    comes_from(wire, cable)
    return case, article, cable


def in_both(case: Case, item: EvidenceItem, role: Role, **options):
    actor = member(case.team, Role.ANALYST, **options)
    actor.memberships.create(team=item.owner_team, role=role)
    return actor


def test_an_item_with_an_origin_beyond_the_actors_sight_is_not_linked(chain):
    case, article, cable = chain
    with pytest.raises(ValidationError, match=f"{article.key} comes from evidence") as refusal:
        link(case, article, member(case.team, Role.COUNSEL), grant_share=True)
    assert cable.key not in str(refusal.value), "its key would tell that it exists"
    assert not Link.objects.filter(item=article).exists()


def test_an_origin_that_the_team_does_not_have_is_named_to_who_sees_it(chain):
    case, article, cable = chain
    actor = in_both(case, cable, Role.ANALYST)
    with pytest.raises(ValidationError, match=f"{cable.key}, from which {article.key} comes, is"):
        link(case, article, actor)
    with pytest.raises(ValidationError, match="counsel and managers"):
        link(case, article, actor, grant_share=True)
    assert not Share.objects.exists()


def test_who_may_share_the_origin_grants_it_by_linking_and_its_custody_says_so(chain):
    case, article, cable = chain
    link(case, article, in_both(case, cable, Role.COUNSEL), grant_share=True)
    event = CustodyEvent.objects.get(item=cable, kind=CustodyKind.SHARED)
    assert event.detail == {"team": case.team.key}
    reader = member(case.team, Role.ANALYST)
    seen = set(EvidenceItem.objects.visible_to(reader).values_list("key", flat=True))
    assert set(record_of(case).items) <= seen


def test_the_case_takes_on_the_markings_of_origins(chain):
    case, article, cable = chain
    MarkingFactory(code="CUI")
    EvidenceItem.objects.filter(pk=cable.pk).update(markings=["CUI"])
    actor = in_both(case, cable, Role.COUNSEL, cleared_markings=["CUI"])
    link(case, article, actor, grant_share=True)
    assert Case.objects.get(pk=case.pk).markings == ["CUI"]


def test_an_origin_marked_after_the_link_raises_the_case_in_the_same_statement():
    case = a_case()
    article, cable = ItemFactory(owner_team=case.team), ItemFactory(owner_team=case.team)
    comes_from(article, cable)
    linked(case, "L-1", article)
    EvidenceItem.objects.filter(pk=cable.pk).update(markings=["PROPIN"])
    assert Case.objects.get(pk=case.pk).markings == ["PROPIN"]


def test_an_origin_said_after_the_link_must_be_shared_with_the_team_of_the_case():
    case = a_case()
    article, cable = ItemFactory(owner_team=case.team), ItemFactory(markings=["CUI"])
    linked(case, "L-1", article)
    counsel = in_both(case, cable, Role.COUNSEL, cleared_markings=["CUI"])
    said = {"parent_item": cable, "actor": counsel, "reason": "the article names it"}
    with pytest.raises(ValidationError, match=f"{cable.key} is not shared with"):
        derive(article, DerivationKind.RELAYS, **said)
    assert not Derivation.objects.exists()

    derive(article, DerivationKind.RELAYS, grant_share=True, **said)
    assert CustodyEvent.objects.filter(item=cable, kind=CustodyKind.SHARED).exists()
    assert Case.objects.get(pk=case.pk).markings == ["CUI"]


def test_it_holds_for_what_the_linked_item_comes_from_at_the_end_of_a_chain(chain):
    case, article, _ = chain
    Derivation.objects.all().delete()
    linked(case, "L-1", article)
    middle = ItemFactory(owner_team=case.team)
    comes_from(article, middle)
    with pytest.raises(ValidationError, match="is not shared with"):
        comes_from(middle, ItemFactory())


def test_an_item_no_case_rests_on_may_come_from_what_only_its_author_sees():
    child, parent = ItemFactory(), ItemFactory()
    comes_from(child, parent)
    assert not Share.objects.exists()


def test_what_was_left_out_of_the_record_is_no_hidden_item_either():
    case = a_case()
    hidden = ItemFactory()
    said = {"reason": "a test", "why_left_out": "a duplicate"}
    with pytest.raises(ValidationError, match="that you may see"):
        note_record_defect(
            case, DefectKind.LEFT_OUT, hidden.key, actor=member(case.team, Role.COUNSEL), **said
        )
    counsel = in_both(case, hidden, Role.COUNSEL)
    with pytest.raises(ValidationError, match="is not shared with"):
        note_record_defect(case, DefectKind.LEFT_OUT, hidden.key, actor=counsel, **said)
    assert not RecordDefect.objects.exists()


def test_an_auditor_without_the_marking_of_an_origin_does_not_see_the_case():
    MarkingFactory(code="CUI")
    case = a_case()
    article = ItemFactory(owner_team=case.team)
    comes_from(article, ItemFactory(owner_team=case.team, markings=["CUI"]))
    link(case, article, member(case.team, Role.ANALYST, cleared_markings=["CUI"]))
    assert not Case.objects.visible_to(UserFactory(auditor=True)).exists()
