"""Constraints of the database itself, reached without any of our actions."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from casemgr.actions.pins import add_pin
from casemgr.models import CaseElement, ComparatorCase, ConsiderationAnswer, Pin
from designations.days import PartialDate
from tests.casemgr.factories import LIST, a_case, element_of, law

pytestmark = pytest.mark.django_db


def refused(name: str) -> pytest.RaisesExc[IntegrityError]:
    return pytest.raises(IntegrityError, match=name)


def test_it_refuses_an_element_of_another_version():
    case = a_case()
    other = law(replace(LIST, slug="other-list"))
    with refused("casemgr_caseelement_element_in_same_version"), transaction.atomic():
        CaseElement.objects.create(
            case=case,
            pin=case.pins.get(),
            version=case.pins.get().version,
            element=other.elements.get(code="L-1"),
        )


def test_it_refuses_a_case_element_whose_version_is_not_the_pins():
    case = a_case()
    other = law(replace(LIST, slug="other-list"))
    with refused("casemgr_caseelement_pin_in_same_version"), transaction.atomic():
        CaseElement.objects.create(
            case=case, pin=case.pins.get(), version=other, element=other.elements.get(code="L-1")
        )


def test_it_refuses_an_answer_to_a_consideration_of_another_version():
    case = a_case()
    other = law(replace(LIST, slug="other-list"))
    pin = case.pins.get()
    with refused("casemgr_considerationanswer_consideration_in_same_version"), transaction.atomic():
        ConsiderationAnswer.objects.create(
            pin=pin, version=pin.version, consideration=other.considerations.get()
        )


def test_it_refuses_a_fact_about_an_element_of_another_case():
    mine, theirs = a_case(), a_case()
    with refused("casemgr_comparatorcase_case_element_in_same_case"), transaction.atomic():
        ComparatorCase.objects.create(
            case=mine, case_element=element_of(theirs, "L-1"), name="a like matter"
        )


def test_it_refuses_two_pins_on_one_day():
    case = a_case()
    other = law(replace(LIST, version="2026"))
    with refused("casemgr_pin_no_overlap"), transaction.atomic():
        add_pin(case, other, PartialDate.of(date(2026, 1, 1)))


def test_a_pin_may_begin_on_the_day_the_one_before_ends():
    case = a_case()
    day = PartialDate.of(date(2026, 1, 1))
    first = case.pins.get()
    first.ended_from = day
    first.save()
    add_pin(case, law(replace(LIST, version="2026")), day)
    assert Pin.objects.filter(case=case).count() == 2


def test_it_refuses_a_listing_without_a_designee():
    case = a_case()
    with refused("casemgr_case_designee_unless_program"), connection.cursor() as cursor:
        cursor.execute("UPDATE casemgr_case SET designee_id = NULL WHERE id = %s", [case.pk])


def test_it_refuses_a_docket_number_with_a_slash():
    case = a_case()
    with refused("casemgr_case_key_form"), connection.cursor() as cursor:
        cursor.execute("UPDATE casemgr_case SET key = 'A/B' WHERE id = %s", [case.pk])
