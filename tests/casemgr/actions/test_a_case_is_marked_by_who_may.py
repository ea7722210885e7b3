"""The markings of a case are codes that exist, set by who is cleared for them, never too few."""

import pytest
from django.core.exceptions import ValidationError

from access.words import Role
from casemgr.actions.cases import amend_case
from casemgr.models import Case
from evidence.actions import derive
from evidence.words import DerivationKind
from tests.access.factories import MarkingFactory, member
from tests.casemgr.factories import ItemFactory, a_case, linked

pytestmark = pytest.mark.django_db


def mark(case, codes, actor):
    fresh = Case.objects.get(pk=case.pk)
    return amend_case(fresh, fresh.revision, actor=actor, reason="handle so", markings=codes)


@pytest.fixture
def case():
    MarkingFactory(code="CUI")
    return a_case()


def test_a_marking_that_nobody_defined_is_refused(case):
    actor = member(case.team, Role.COUNSEL, cleared_markings=["CUI", "NO-SUCH"])
    with pytest.raises(ValidationError, match="No such marking: NO-SUCH"):
        mark(case, ["CUI", "NO-SUCH"], actor)


def test_nobody_marks_a_case_beyond_their_own_sight(case):
    with pytest.raises(ValidationError, match="not cleared for CUI"):
        mark(case, ["CUI"], member(case.team, Role.COUNSEL))
    assert Case.objects.get(pk=case.pk).markings == []


def test_who_is_cleared_raises_a_case_and_lowers_it_again(case):
    actor = member(case.team, Role.COUNSEL, cleared_markings=["CUI"])
    assert mark(case, ["CUI"], actor).markings == ["CUI"]
    assert mark(case, [], actor).markings == []


def test_a_case_is_not_lowered_below_what_its_evidence_comes_from(case):
    actor = member(case.team, Role.COUNSEL, cleared_markings=["CUI"])
    article = ItemFactory(owner_team=case.team)
    linked(case, "L-1", article)
    cable = ItemFactory(owner_team=case.team, markings=["CUI"])
    derive(article, DerivationKind.RELAYS, parent_item=cable, actor=actor, reason="it names it")
    with pytest.raises(ValidationError, match="or what it comes from, carries CUI"):
        mark(case, [], actor)
    assert Case.objects.get(pk=case.pk).markings == ["CUI"]
