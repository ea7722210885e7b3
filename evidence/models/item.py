"""Evidence items: one thing each that tends to prove or disprove something."""

from datetime import date
from functools import partial
from textwrap import shorten
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now

from access.keys import PublicKeyField, fresh_key, key_form
from access.models.checked import CheckedModel
from access.scope import EVERYTHING, NOTHING, cleared_for, in_teams_of
from designations.models.closed_lists import one_of
from designations.models.stated_dates import (
    StatedDate,
    StatedPeriod,
    precision_check,
    precision_field,
)
from evidence.models.search import searchable
from evidence.models.source import Source
from evidence.words import (
    Access,
    Content,
    Ended,
    EvidenceKind,
    Hand,
    Integrity,
    Order,
    Privilege,
    RelativeTo,
    Reliability,
    Translation,
)

HEADLINE = 110

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from access.models import User


class EvidenceItemQuerySet(models.QuerySet["EvidenceItem"]):
    """Named queries over evidence items."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Items the user may know of: of a team of theirs or shared with one, and cleared.

        An auditor reads the items of every team, within markings; whoever only keeps accounts
        sees none. Links to cases never make an item visible.
        """
        cleared = self.filter(cleared_for(user))
        owned = in_teams_of(user, "owner_team")
        if owned in (NOTHING, EVERYTHING):
            return cleared.filter(owned)
        shared = Share.objects.filter(in_teams_of(user, "team"))
        return cleared.filter(owned | Q(pk__in=shared.values("item")))

    def present_on(self, day: date) -> Self:
        """Items that were before the agency on ``day`` and had not been withdrawn.

        An item without a day of entry entered when it was dated; without either it was always
        there.
        """
        return self.alias(came=Coalesce("entered_on", "dated_on")).filter(
            Q(came__isnull=True) | Q(came__lte=day),
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day),
        )


class EvidenceItem(CheckedModel):
    """One thing that tends to prove or disprove something, with what is stated about it.

    Empty or null means *not stated*, which is never the same as bad. Four dates are kept apart:
    when it happened (``occurred``), when it was made (``dated_on``), when it came before the
    agency (``entered_on``, declared) and when this row was written (``recorded_at``, the
    database's clock). ``reliability``, ``credibility`` and ``graded`` are the present grading;
    what held on an earlier day is in ``gradings``.
    """

    key = PublicKeyField(default=partial(fresh_key, "E"))
    kind = models.CharField(
        max_length=30, choices=EvidenceKind.choices(), default=EvidenceKind.OTHER.value
    )
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    title = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    text = models.TextField(
        blank=True, help_text="What it says, where typed in instead of attached as a file."
    )
    citation = models.TextField(blank=True)

    owner_team = models.ForeignKey(
        "access.Team", on_delete=models.PROTECT, related_name="evidence_items"
    )
    markings = ArrayField(
        models.CharField(max_length=40, db_collation="C"), default=list, blank=True
    )
    privilege = models.CharField(max_length=20, choices=Privilege.choices(), blank=True)
    classified_reference = models.CharField(
        max_length=200,
        blank=True,
        help_text="Identifier of a classified original, which is not kept here.",
    )
    access = models.CharField(max_length=15, choices=Access.choices(), blank=True)
    summary_given = models.BooleanField(
        null=True, blank=True, help_text="Was an unclassified summary given to the designee?"
    )

    occurred_start = models.DateField(null=True, blank=True)
    occurred_start_precision = precision_field()
    occurred_end = models.DateField(null=True, blank=True)
    occurred_end_precision = precision_field()
    ended = models.CharField(max_length=20, choices=Ended.choices(), blank=True)
    relative_to = models.CharField(max_length=10, choices=RelativeTo.choices(), blank=True)
    relative_order = models.CharField(max_length=10, choices=Order.choices(), blank=True)
    dated_on = models.DateField(null=True, blank=True)
    dated_on_precision = precision_field()
    obtained_on = models.DateField(null=True, blank=True)
    obtained_on_precision = precision_field()
    entered_on = models.DateField(null=True, blank=True)
    entered_on_precision = precision_field()
    entered_why = models.TextField(
        blank=True, help_text="Why the day of entry lies before the day it was recorded."
    )
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    hand = models.CharField(max_length=10, choices=Hand.choices(), blank=True)
    reliability = models.CharField(max_length=1, choices=Reliability.choices(), blank=True)
    credibility = models.PositiveSmallIntegerField(null=True, blank=True)
    graded = models.BooleanField(null=True, blank=True)
    body = models.BooleanField(default=False, help_text="Stands for an undivided body of evidence.")
    content = models.CharField(max_length=10, choices=Content.choices(), blank=True)
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47 tag.")
    translation = models.CharField(max_length=15, choices=Translation.choices(), blank=True)
    integrity = models.CharField(max_length=15, choices=Integrity.choices(), blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_on_precision = precision_field()
    withdrawn_why = models.TextField(blank=True)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = EvidenceItemQuerySet.as_manager()

    occurred = StatedPeriod("occurred")
    dated = StatedDate("dated_on")
    obtained = StatedDate("obtained_on")
    entered = StatedDate("entered_on")
    withdrawn = StatedDate("withdrawn_on")

    class Meta:
        ordering = ("-recorded_at", "-pk")
        constraints = (
            key_form("The key of an evidence item", "evidence_item_key_form"),
            one_of("kind", EvidenceKind, "evidence_item_kind_known"),
            one_of("privilege", Privilege, "evidence_item_privilege_known", may_be_empty=True),
            one_of("access", Access, "evidence_item_access_known", may_be_empty=True),
            one_of("ended", Ended, "evidence_item_ended_known", may_be_empty=True),
            one_of("hand", Hand, "evidence_item_hand_known", may_be_empty=True),
            one_of("reliability", Reliability, "evidence_item_reliability", may_be_empty=True),
            one_of("content", Content, "evidence_item_content_known", may_be_empty=True),
            one_of("translation", Translation, "evidence_item_translation", may_be_empty=True),
            one_of("integrity", Integrity, "evidence_item_integrity_known", may_be_empty=True),
            models.CheckConstraint(
                condition=Q(relative_to="", relative_order="")
                | Q(
                    relative_to__in=[word.value for word in RelativeTo],
                    relative_order__in=[word.value for word in Order],
                ),
                name="evidence_item_relative_is_whole",
                violation_error_message=(
                    "An order needs both parts: to what (decision or conduct), and before or after."
                ),
            ),
            models.CheckConstraint(
                condition=Q(credibility__isnull=True) | Q(credibility__range=(1, 6)),
                name="evidence_item_credibility_range",
                violation_error_message="credibility runs from 1 to 6; leave it out if not stated.",
            ),
            models.CheckConstraint(
                condition=Q(classified_reference="") | Q(text=""),
                name="evidence_item_no_classified_text",
                violation_error_message=(
                    "This system is unclassified: an item that refers to a classified original "
                    "holds its identifier and an unclassified summary only. Remove the text."
                ),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=False) | Q(withdrawn_why=""),
                name="evidence_item_withdrawn_why_needs_day",
                violation_error_message="withdrawn_why is given without withdrawn_on.",
            ),
            models.CheckConstraint(
                condition=Q(occurred_start__isnull=True)
                | Q(occurred_end__isnull=True)
                | Q(occurred_end__gte=F("occurred_start")),
                name="evidence_item_occurred_order",
                violation_error_message="occurred ends before it begins.",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")),
                name="evidence_item_supersedes_another",
                violation_error_message="An item cannot supersede itself.",
            ),
            precision_check("occurred_start", "evidence_item_occurred_start_precision", "first"),
            precision_check("occurred_end", "evidence_item_occurred_end_precision"),
            precision_check("dated_on", "evidence_item_dated_precision"),
            precision_check("obtained_on", "evidence_item_obtained_precision"),
            precision_check("entered_on", "evidence_item_entered_precision"),
            precision_check("withdrawn_on", "evidence_item_withdrawn_precision"),
        )
        indexes = (
            models.Index(fields=("-recorded_at", "-id"), name="evidence_item_newest"),
            models.Index(fields=("owner_team", "-recorded_at"), name="evidence_item_team_newest"),
            models.Index(fields=("kind",), name="evidence_item_kind"),
            models.Index(fields=("entered_on",), name="evidence_item_entered"),
            GinIndex(fields=("markings",), name="evidence_item_markings"),
        )
        triggers = (
            searchable(
                "id", "title", "summary", "text", "citation", "source_id", "classified_reference"
            ),
            pgtrigger.Trigger(
                name="recorded_by_the_clock",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    IF TG_OP = 'INSERT' THEN
                        NEW.recorded_at := now();
                    ELSIF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at THEN
                        RAISE EXCEPTION 'recorded_at is the clock of the database: not writable'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="no_classified_exhibits",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__classified_reference="")
                & ~pgtrigger.Q(new__classified_reference=""),
                func="""
                    IF EXISTS (SELECT FROM evidence_exhibit WHERE item_id = NEW.id) THEN
                        RAISE EXCEPTION 'item % has exhibits: it cannot become a reference to a classified original', NEW.key
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,  # noqa: E501 - one sentence of the database
            ),
        )

    def __str__(self) -> str:
        return str(self.key)

    @property
    def headline(self) -> str:
        """What a reader knows it by: its title, else how what it says begins, else its key."""
        return self.title or shorten(self.summary, HEADLINE, placeholder=" …") or self.key


class Share(CheckedModel):
    """Another team may see the item."""

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="shares")
    team = models.ForeignKey(
        "access.Team", on_delete=models.PROTECT, related_name="shared_evidence"
    )
    shared_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("item", "team")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "team"),
                name="evidence_share_once",
                violation_error_message="This item is already shared with this team.",
            ),
        )
        indexes = (models.Index(fields=("team", "item"), name="evidence_share_of_team"),)

    def __str__(self) -> str:
        return f"{self.item_id} with {self.team_id}"
