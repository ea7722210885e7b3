"""From a changed row to the cases whose assessment may rest on it."""

from dataclasses import replace
from datetime import date

import pytest

from casemgr.models import Case, StaleMark, UndrainedChange
from casemgr.reassess.drain import drain, drain_all
from designations.days import PartialDate, Period
from designations.models import VersionStatus
from designations.words import VersionState
from evidence.models import Derivation
from evidence.words import DerivationKind
from tests.casemgr.factories import (
    LIST,
    ItemFactory,
    SourceFactory,
    a_case,
    element_of,
    law,
    linked,
    people,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases():
    """Two cases at rest: the first rests on an item that derives from another."""
    mine, other = a_case(), a_case(version=law(replace(LIST, slug="other-list")))
    origin = ItemFactory(owner_team=mine.team)
    item = ItemFactory(owner_team=mine.team)
    Derivation.objects.create(child=item, parent_item=origin, kind=DerivationKind.RELAYS.value)
    linked(mine, "L-1", item)
    linked(other, "L-1")
    drain_all()
    StaleMark.objects.all().delete()
    return mine, other, item, origin


def marked_after_draining():
    drain_all()
    return set(Case.objects.filter(stale_marks__isnull=False).values_list("key", flat=True))


def test_an_item_reaches_the_cases_it_is_linked_to(cases):
    mine, _, item, _ = cases
    item.reliability = "C"
    item.save()
    assert marked_after_draining() == {mine.key}


def test_an_origin_reaches_them_through_what_derives_from_it(cases):
    mine, _, _, origin = cases
    origin.credibility = 5
    origin.save()
    assert marked_after_draining() == {mine.key}


def test_a_source_reaches_them_through_its_items(cases):
    mine, _, _, origin = cases
    origin.source.anonymous = True
    origin.source.save()
    assert marked_after_draining() == {mine.key}


def test_a_source_outside_the_record_reaches_them_through_derivation(cases):
    mine, _, item, _ = cases
    outside = SourceFactory()
    Derivation.objects.create(
        child=item, parent_source=outside, kind=DerivationKind.SUMMARIZES.value
    )
    drain_all()
    StaleMark.objects.all().delete()
    outside.anonymous = True
    outside.save()
    assert marked_after_draining() == {mine.key}


def test_a_link_reaches_its_own_case_and_not_the_others_of_its_item(cases):
    mine, other, item, _ = cases
    item.shares.create(team=other.team)
    drain_all()
    StaleMark.objects.all().delete()
    linked(other, "L-2", ItemFactory(owner_team=other.team))
    assert marked_after_draining() == {other.key}
    assert mine.key != other.key


def test_the_status_of_a_version_reaches_the_cases_pinned_to_it(cases):
    mine, _, _, _ = cases
    status = VersionStatus(
        version=mine.pins.get().version, state=VersionState.STAYED.value, note="stayed"
    )
    status.period = Period(PartialDate.of(date(2030, 1, 1)), None)
    VersionStatus.objects.filter(version=status.version).delete()
    status.save()
    assert marked_after_draining() == {mine.key}


def test_the_designee_reaches_its_cases(cases):
    mine, _, _, _ = cases
    mine.designee.us_presence = "property"
    mine.designee.save()
    assert marked_after_draining() == {mine.key}


def test_work_on_one_element_reaches_its_case(cases):
    mine, _, _, _ = cases
    analyst, _, _ = people(mine.team)
    element = element_of(mine, "L-2")
    element.assignee = analyst
    element.save()
    assert marked_after_draining() == {mine.key}


def test_people_and_teams_reach_no_case(cases):
    mine, _, _, _ = cases
    mine.team.name = "Another name"
    mine.team.save()
    assert marked_after_draining() == set()


def test_draining_takes_the_queue_in_bites_and_empties_it(cases):
    ItemFactory.create_batch(3)
    waiting = UndrainedChange.objects.count()
    assert drain(limit=2) == 2
    assert UndrainedChange.objects.count() == waiting - 2
    assert drain_all() == waiting - 2
    assert drain() == 0
