"""Which evidence bears on which element, which way, and why."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q

from access.models.checked import CheckedModel
from casemgr.models.pin import CaseElement
from casemgr.words import AnswerState, Attribution, BearsOn, Directness, Stance
from designations.models import DatedRow, StatedDate
from designations.models.stated_dates import precision_check, precision_field
from evidence.words import Interest


def _known(name: str, words: Any, *, blank: bool) -> models.CheckConstraint:
    allowed = [word.value for word in words]
    return models.CheckConstraint(
        condition=Q(**{f"{name}__in": ["", *allowed] if blank else allowed}),
        name=f"casemgr_link_{name}_known",
        violation_error_message=f"{name} is one of: {', '.join(allowed)}.",
    )


class Link(DatedRow):
    """An evidence item bears on an element of a case.

    Directness, attribution and interest belong to the link, not to the item: the same report may
    be direct on one element and background on another. Empty means not stated. ``why`` says why
    the item bears on the element.
    """

    case_element = models.ForeignKey(CaseElement, on_delete=models.PROTECT, related_name="links")
    item = models.ForeignKey(
        "evidence.EvidenceItem", on_delete=models.PROTECT, related_name="links"
    )
    stance = models.CharField(
        max_length=12, choices=Stance.choices(), default=Stance.SUPPORTS.value
    )
    directness = models.CharField(max_length=16, choices=Directness.choices(), blank=True)
    attribution = models.CharField(max_length=16, choices=Attribution.choices(), blank=True)
    interest = models.CharField(
        max_length=16, choices=Interest.choices(), default=Interest.DEFAULT.value
    )
    bears_on = models.CharField(max_length=10, choices=BearsOn.choices(), blank=True)
    answer_state = models.CharField(max_length=24, choices=AnswerState.choices(), blank=True)
    answer_text = models.TextField(blank=True)
    answer_on = models.DateField(null=True, blank=True)
    answer_on_precision = precision_field()

    answered = StatedDate("answer_on")

    class Meta(DatedRow.Meta):
        ordering = ("pk",)
        constraints = (
            *DatedRow.Meta.constraints,
            _known("stance", Stance, blank=False),
            _known("directness", Directness, blank=True),
            _known("attribution", Attribution, blank=True),
            _known("interest", Interest, blank=False),
            _known("bears_on", BearsOn, blank=True),
            _known("answer_state", AnswerState, blank=True),
            models.CheckConstraint(
                condition=~Q(answer_state="") | Q(answer_text="", answer_on__isnull=True),
                name="casemgr_link_answer_has_state",
                violation_error_message=(
                    "An answer has a state: answered, irrelevant-to-element or unanswered."
                ),
            ),
            precision_check("answer_on", "casemgr_link_answer_on_precision"),
        )
        triggers = (
            pgtrigger.Trigger(
                name="case_marked_as_highly",
                operation=(
                    pgtrigger.Insert | pgtrigger.UpdateOf("item_id", "case_element_id")  # type: ignore[no-untyped-call]
                ),
                when=pgtrigger.Before,
                # The share lock makes a simultaneous change of the item's markings wait.
                func="""
                    IF NOT (SELECT markings FROM evidence_evidenceitem
                             WHERE id = NEW.item_id FOR SHARE)
                        <@ (SELECT markings FROM casemgr_case JOIN casemgr_caseelement
                                ON casemgr_caseelement.case_id = casemgr_case.id
                             WHERE casemgr_caseelement.id = NEW.case_element_id)
                    THEN
                        RAISE EXCEPTION 'the item carries markings that the case does not: '
                            'raise the case first' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.stance} {self.case_element_id}"


class Pinpoint(CheckedModel):
    """Where in an exhibit the words stand on which a link rests."""

    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="pinpoints")
    exhibit = models.ForeignKey(
        "evidence.Exhibit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    locator = models.CharField(max_length=200, blank=True, help_text="Page, paragraph, row.")
    quote = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(locator__regex=r"\S") | Q(quote__regex=r"\S"),
                name="casemgr_pinpoint_says_where",
                violation_error_message="A pinpoint needs a locator or a quotation.",
            ),
        )

    def __str__(self) -> str:
        return self.locator or self.quote[:40]
