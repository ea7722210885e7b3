"""A source's quality is described by factors; a new description ends the one before."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from designations.clock import today
from designations.days import PartialDate
from evidence.actions import add_source, describe_source, end_descriptor, import_descriptor
from evidence.descriptors import FACTORS, composed
from evidence.models import Source, SourceDescriptor, descriptors_today

BY = {"actor": "system:test", "reason": "a test"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return add_source(name="A paper", **BY)


def said_today(source: Source) -> list[str]:
    """What stands beside the items of the source."""
    found = Source.objects.prefetch_related(descriptors_today()).get(pk=source.pk)
    return [row.in_words for row in found.described_today]


def test_every_factor_is_a_column_of_its_own() -> None:
    said = {factor.name: f"of {factor.name}" for factor in FACTORS}
    row = SourceDescriptor(**said)
    assert row.factors == said
    assert row.in_words == composed(said)
    assert all(f"{factor.label}: of {factor.name}." in row.in_words for factor in FACTORS)


def test_a_description_says_who_wrote_it_when_and_why(source, analyst) -> None:
    row = describe_source(source, None, actor=analyst, reason="We met it.", expertise="ten years")
    assert (row.author, row.why, row.entered) == (analyst, "We met it.", PartialDate.of(today()))
    assert said_today(source) == ["Expertise: ten years."]


def test_a_new_one_ends_the_one_before_and_keeps_its_days(source) -> None:
    first = describe_source(source, None, expertise="some", **BY)
    SourceDescriptor.objects.filter(pk=first.pk).update(entered_on=today() - timedelta(days=9))
    describe_source(source, first.pk, expertise="more", technical="a camera", **BY)
    week_ago = source.descriptors.as_of(today() - timedelta(days=7))
    assert [row.in_words for row in week_ago] == ["Expertise: some."]
    assert said_today(source) == ["Expertise: more. Technical elements of collection: a camera."]


@pytest.mark.parametrize("saw", [None, -1])
def test_of_two_authors_the_second_is_told_and_nothing_is_lost(source, saw) -> None:
    describe_source(source, None, expertise="some", **BY)
    with pytest.raises(ValidationError, match="described this source since you read it"):
        describe_source(source, saw, expertise="more", **BY)
    assert said_today(source) == ["Expertise: some."]


@pytest.mark.parametrize("said", [{}, {"expertise": " "}, {"currency": ""}])
def test_one_that_says_nothing_is_refused(source, said) -> None:
    with pytest.raises(ValidationError, match="at least one factor"):
        describe_source(source, None, **said, **BY)


def test_what_is_too_long_is_refused_at_its_factor(source) -> None:
    with pytest.raises(ValidationError) as refused:
        describe_source(source, None, deception="x" * 501, **BY)
    assert set(refused.value.message_dict) == {"deception"}


def test_it_can_be_ended_and_then_nothing_is_said(source) -> None:
    row = describe_source(source, None, expertise="some", **BY)
    end_descriptor(row, **BY)
    assert said_today(source) == []
    assert describe_source(source, None, expertise="more", **BY).position == 1


def test_the_database_keeps_one_open_and_none_empty(source) -> None:
    describe_source(source, None, expertise="some", **BY)
    for row in (
        SourceDescriptor(source=source, expertise="more"),
        SourceDescriptor(source=source, ended_on=today(), ended_on_precision="day"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_an_imported_one_holds_on_the_days_stated(source) -> None:
    import_descriptor(
        source, expertise="some", entered=PartialDate(2020), ended=PartialDate(2021), **BY
    )
    assert said_today(source) == []
    row = source.descriptors.get()
    assert (str(row.entered), str(row.ended_from)) == ("2020", "2021")
