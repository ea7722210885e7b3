"""The set is as large as asked for, varied, the same every time, and marked as made up."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from casemgr.docket import write_docket
from casemgr.export import docket_of
from casemgr.models import Case, Comment, Finding, Link, Milestone, Notification, Stage, Task
from casemgr.seeding.plan import Plan
from casemgr.seeding.seed import AlreadySeededError, seed_cases
from designations.models import Designee
from evidence.models import Derivation, EvidenceItem, Source
from tests.casemgr.seeding.conftest import DAY

pytestmark = pytest.mark.django_db


def file_of(plan, team, actor):
    """The set as a docket file, and nothing of it left behind."""
    with transaction.atomic():
        seed_cases(plan, team, actor)
        written = write_docket(docket_of(list(Case.objects.order_by("key"))))
        transaction.set_rollback(True)
    return written


def test_exactly_as_many_cases_and_links_as_asked_for(plan, team, actor):
    seed_cases(plan, team, actor)
    assert (Case.objects.count(), Link.objects.count()) == (60, 700)


@pytest.mark.parametrize(("cases", "links"), [(1, 0), (1, 1), (1, 500), (9, 5), (250, 0)])
def test_small_and_lopsided_sets_come_out_exactly_too(cases, links, team, actor):
    seed_cases(Plan(cases=cases, links=links, seed=0, day=DAY), team, actor)
    assert (Case.objects.count(), Link.objects.count()) == (cases, links)


def test_no_item_bears_twice_on_one_element(plan, team, actor):
    seed_cases(plan, team, actor)
    pairs = Counter(Link.objects.values_list("case_element", "item"))
    assert max(pairs.values()) == 1


def test_the_same_seed_gives_the_same_cases_and_another_seed_others(plan, team, actor):
    first = file_of(plan, team, actor)
    assert file_of(plan, team, actor) == first
    assert file_of(replace(plan, seed=8), team, actor) != first.replace("-7-", "-8-")


def test_a_set_that_is_there_is_not_added_again(plan, team, actor):
    seed_cases(plan, team, actor)
    with pytest.raises(AlreadySeededError, match="60 made-up cases of set 7 are there already"):
        seed_cases(plan, team, actor)
    assert Case.objects.count() == 60


def test_another_set_is_added_beside_it(plan, team, actor):
    seed_cases(plan, team, actor)
    seed_cases(replace(plan, seed=70), team, actor)
    assert Case.objects.count() == 120


def test_the_cases_stand_in_every_stage_and_under_most_of_the_law(team, actor):
    seed_cases(Plan(cases=250, links=250, seed=1, day=DAY), team, actor)
    stages = set(Case.objects.values_list("stage", flat=True))
    law = set(Case.objects.values_list("pins__version__authority__slug", flat=True))
    assert stages == set(Stage.values)
    assert {"entity-list", "eo-13694", "section-1260h", "ns-cmic", "paip-act"} < law
    assert "affiliates-rule" not in law, "it applies by itself: no case is opened under it"


def test_evidence_is_derived_graded_and_shared_between_two_cases_of_a_designee(plan, team, actor):
    seed_cases(plan, team, actor)
    assert Derivation.objects.filter(parent_item__isnull=False).exists()
    assert Derivation.objects.filter(parent_source__isnull=False).exists()
    assert len(set(EvidenceItem.objects.values_list("reliability", "credibility"))) > 10
    shared = Counter(
        item for item, _ in set(Link.objects.values_list("item", "case_element__case"))
    )
    assert max(shared.values()) == 2
    assert Finding.objects.filter(case_element__case__stage=Stage.DECIDED).exists()
    assert Milestone.objects.filter(case__stage=Stage.DECIDED, kind="decision").exists()


def test_every_name_and_item_says_that_it_is_made_up(plan, team, actor):
    seed_cases(plan, team, actor)
    for model in (Case, EvidenceItem, Source, Designee):
        keys = model.objects.values_list("key", flat=True)
        assert all(key.startswith("MADE-UP-7-") for key in keys)
    for model in (Source, Designee):
        assert not model.objects.exclude(name__endswith="(made up)").exists()
    assert not EvidenceItem.objects.exclude(summary__contains="Made up").exists()


def test_nothing_is_dated_after_the_day_of_the_plan(plan, team, actor):
    seed_cases(plan, team, actor)
    tomorrow = DAY + timedelta(days=1)
    assert not EvidenceItem.objects.filter(entered_on__gte=tomorrow).exists()
    assert not EvidenceItem.objects.filter(dated_on__gte=tomorrow).exists()
    assert not Link.objects.filter(entered_on__gte=tomorrow).exists()
    assert not Milestone.objects.filter(on__gte=tomorrow).exists()


def test_people_have_tasks_and_were_spoken_to(plan, team, actor):
    seed_cases(plan, team, actor)
    assert Task.objects.unfinished().filter(assignee__isnull=False).exists()
    assert Comment.objects.filter(task__isnull=False).exists()
    told = Notification.objects.values_list("kind", flat=True)
    assert set(told) == {"assigned", "mentioned"}
    for notice in Notification.objects.select_related("person"):
        assert Notification.objects.visible_to(notice.person).filter(pk=notice.pk).exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"cases": 0}, "cases: 0"), ({"links": -1}, "links: -1"), ({"seed": -2}, "seed: -2")],
)
def test_numbers_that_no_docket_can_have_are_refused_by_name(plan, wrong, said):
    with pytest.raises(ValueError, match=said):
        replace(plan, **wrong)
