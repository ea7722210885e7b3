"""Where an item comes from: another item, or a source outside the record."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from designations.models import DatedRow
from designations.models.closed_lists import one_of
from evidence.models.item import EvidenceItem
from evidence.models.source import Source
from evidence.words import DerivationKind

DERIVATION_LOCK = 7_219_401
"""Advisory lock under which chains of derivation are checked and extended, one at a time."""


class Derivation(DatedRow):
    """The child comes from exactly one parent, an item or a source, in the way ``kind`` says.

    Chains never return to where they began. The trigger holds that against two transactions at
    once: it takes ``DERIVATION_LOCK`` for the rest of the transaction before it looks.
    """

    child = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="derived_from")
    parent_item = models.ForeignKey(
        EvidenceItem,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="derivatives",
    )
    parent_source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="derivatives"
    )
    kind = models.CharField(max_length=15, choices=DerivationKind.choices())
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(DatedRow.Meta):
        ordering = ("child", "position", "pk")
        constraints = (
            *DatedRow.Meta.constraints,
            one_of("kind", DerivationKind, "evidence_derivation_kind_known"),
            models.CheckConstraint(
                condition=Q(parent_item__isnull=False, parent_source__isnull=True)
                | Q(parent_item__isnull=True, parent_source__isnull=False),
                name="evidence_derivation_one_parent",
                violation_error_message=(
                    "A derivation has exactly one parent: give an item or a source, not both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(parent_item__isnull=True) | ~Q(parent_item=F("child")),
                name="evidence_derivation_not_of_itself",
                violation_error_message="An item cannot be derived from itself.",
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="acyclic",
                # A day of entry moved back could make two rows meet that never had.
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__parent_item__isnull=False),
                declare=[("span", "daterange")],
                # Rows that were never in effect together cannot close a circle.
                func=f"""
                    PERFORM pg_advisory_xact_lock({DERIVATION_LOCK});
                    span := daterange(NEW.entered_on, NEW.ended_on, '[)');
                    IF EXISTS (
                        WITH RECURSIVE above (item_id) AS (
                            SELECT NEW.parent_item_id
                            UNION
                            SELECT further.parent_item_id
                              FROM evidence_derivation further JOIN above
                                ON further.child_id = above.item_id
                             WHERE further.parent_item_id IS NOT NULL
                               AND further.id IS DISTINCT FROM NEW.id
                               AND daterange(further.entered_on, further.ended_on, '[)') && span
                        )
                        SELECT FROM above WHERE item_id = NEW.child_id
                    ) THEN
                        RAISE EXCEPTION 'derivation closes a circle: item % is already an origin of item %', NEW.child_id, NEW.parent_item_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,  # noqa: E501, S608 - one sentence of the database; the lock is our constant
            ),
        )

    def __str__(self) -> str:
        return f"{self.child_id} {self.kind} {self.parent_item_id or self.parent_source_id}"
