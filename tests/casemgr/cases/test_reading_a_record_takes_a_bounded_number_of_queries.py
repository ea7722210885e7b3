"""However many cases, links and items."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casemgr.assemble import NotPinnedError, record_of, records_of
from casemgr.export import docket_of
from casemgr.models import Case
from designations.days import PartialDate
from tests.casemgr.factories import a_case, linked

pytestmark = pytest.mark.django_db


def queries(act):
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def cases(number, links):
    made = [a_case() for _ in range(number)]
    for case in made:
        for _ in range(links):
            linked(case, "L-1")
    return Case.objects.filter(pk__in=[case.pk for case in made])


def test_for_records():
    few, many = cases(1, 1), cases(3, 4)
    assert queries(lambda: records_of(few)) == queries(lambda: records_of(many)) <= 30


def test_for_a_docket():
    few, many = cases(1, 1), cases(3, 4)
    assert queries(lambda: docket_of(few)) == queries(lambda: docket_of(many)) <= 30


def test_a_day_on_which_no_version_is_pinned_is_said():
    case = a_case()
    pin = case.pins.get()
    pin.entered = PartialDate.of(date(2027, 1, 1))
    pin.save()
    with pytest.raises(NotPinnedError, match="no version of an authority on 2026-01-01"):
        record_of(case, date(2026, 1, 1))
