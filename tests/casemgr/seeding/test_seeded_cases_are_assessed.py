"""Made-up cases are assessed by the engine that assesses every case, many at a time."""

import pytest

from casemgr.models import Assessment, Case, StaleMark, UndrainedChange
from casemgr.reassess.assess import assess_case, assess_cases
from casemgr.seeding.assessing import assess_seeded
from casemgr.seeding.seed import seed_cases

pytestmark = pytest.mark.django_db(transaction=True)


def test_as_many_as_asked_for_in_the_order_of_their_keys(plan, team, actor):
    seed_cases(plan, team, actor)
    assert assess_seeded(plan, 12) == 12
    assessed = Assessment.objects.order_by("case__key").values_list("case__key", flat=True)
    assert list(assessed) == [f"MADE-UP-7-{number:05d}" for number in range(12)]


def test_the_next_run_goes_on_where_the_last_one_ended(plan, team, actor):
    seed_cases(plan, team, actor)
    assess_seeded(plan, 55)
    assert assess_seeded(plan, 100) == 5
    assert assess_seeded(plan, 100) == 0


def test_assessed_cases_are_not_stale_and_the_others_are(plan, team, actor):
    seed_cases(plan, team, actor)
    assess_seeded(plan, 12)
    stale = set(StaleMark.objects.values_list("case__key", flat=True))
    never = set(Case.objects.never_assessed().values_list("key", flat=True))
    assert stale == never
    assert not UndrainedChange.objects.exists()


def test_cases_assessed_together_come_out_as_each_by_itself(plan, team, actor):
    seed_cases(plan, team, actor)
    keys = list(Case.objects.order_by("key").values_list("key", flat=True)[:20])
    together = assess_cases(keys)
    alone = {key: assess_case(key) for key in keys}
    assert together == alone, "nothing differs, so nothing was added"


def test_a_case_that_is_not_there_is_named(plan, team, actor):
    seed_cases(plan, team, actor)
    with pytest.raises(Case.DoesNotExist, match="C-NONE"):
        assess_cases(["MADE-UP-7-00000", "C-NONE"])
    assert not Assessment.objects.exists()
