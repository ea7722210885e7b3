"""Check constraints are asked together; what is refused, and how, is as Django has it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from access.models import ApiToken, Team
from access.models.checked import CheckedModel
from evidence.models import EvidenceItem
from tests.access.factories import TeamFactory

pytestmark = pytest.mark.django_db


def item(**stated: object) -> EvidenceItem:
    return EvidenceItem(owner_team=TeamFactory(), kind="other", **stated)


def refused(row: models.Model, exclude: set[str] | None = None) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        row.validate_constraints(exclude)
    return sorted(caught.value.messages)


def test_a_row_that_keeps_all_constraints_is_asked_about_once() -> None:
    row = item()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        row.validate_constraints()
    assert len([each for each in asked if '"_check"' in each["sql"]]) == 1


def test_every_constraint_that_is_broken_is_named() -> None:
    row = item(credibility=7, withdrawn_why="It was wrong.", classified_reference="X", text="Y")
    said = refused(row)
    assert len(said) == 3
    assert any(each.startswith("credibility runs from 1 to 6") for each in said)
    # Word for word what Django says when it asks one by one.
    with pytest.raises(ValidationError) as djangos:
        models.Model.validate_constraints(row)
    assert said == sorted(djangos.value.messages)


def test_a_constraint_on_a_field_that_is_excluded_is_passed_over_and_no_other() -> None:
    row = item(credibility=7, withdrawn_why="It was wrong.")
    assert refused(row, {"credibility"}) == ["withdrawn_why is given without withdrawn_on."]
    row.withdrawn_why = ""
    row.validate_constraints({"credibility"})


def test_uniqueness_is_still_asked_about() -> None:
    taken = TeamFactory()
    with pytest.raises(ValidationError):
        Team(key=taken.key, name="Another").full_clean()


def test_a_row_that_was_refused_can_be_mended() -> None:
    row = item(credibility=7)
    refused(row)
    row.credibility = 6
    row.validate_constraints()
    row.credibility = 0
    refused(row)


def test_every_row_of_ours_with_a_check_constraint_is_asked_at_once() -> None:
    from django.apps import apps

    ours = [
        model
        for label in ("access", "designations", "evidence", "casemgr")
        for model in apps.get_app_config(label).get_models()
        if any(isinstance(each, models.CheckConstraint) for each in model._meta.constraints)
    ]
    assert len(ours) > 40
    one_by_one = {model for model in ours if not issubclass(model, CheckedModel)}
    assert one_by_one <= {ApiToken} | {m for m in ours if m.__name__ == "User"}
