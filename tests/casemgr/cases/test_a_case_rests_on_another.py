"""Dependencies between cases."""

import pytest
from django.core.exceptions import ValidationError

from casemgr.actions.cases import no_longer_rests_on, rest_on
from casemgr.models import Assessment, StaleMark
from casemgr.reassess.assess import assess_case
from casemgr.reassess.sweep import sweep
from tests.casemgr.factories import a_case, element_of, linked, people

pytestmark = pytest.mark.django_db(transaction=True)


def resting(upper, lower, element=None):
    return rest_on(
        upper, lower, element, actor=people(upper.team)[0], reason="it needs the other listing"
    )


def test_a_circle_is_refused_however_long():
    first, second, third = a_case(), a_case(), a_case()
    resting(first, second)
    resting(second, third)
    with pytest.raises(ValidationError, match="circle"):
        resting(third, first)


def test_when_the_lower_case_moves_the_upper_is_marked():
    upper, lower = a_case(), a_case()
    resting(upper, lower)
    sweep()
    sweep()
    linked(lower, "L-1")
    StaleMark.objects.all().delete()
    assess_case(lower.key)
    assert StaleMark.objects.filter(case=upper).exists()


def test_the_upper_case_is_no_better_than_what_it_rests_on():
    upper, lower = a_case(), a_case()
    linked(upper, "L-1")
    linked(upper, "L-2")
    assess_case(lower.key)
    alone = assess_case(upper.key)
    dependency = resting(upper, lower, element_of(lower, "L-1"))
    assert assess_case(upper.key).grade == "unsupported" != alone.grade
    no_longer_rests_on(dependency, actor=people(upper.team)[0], reason="stands alone")
    assert assess_case(upper.key).grade == alone.grade
    assert Assessment.objects.filter(case=upper).count() == 3
