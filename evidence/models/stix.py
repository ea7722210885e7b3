"""Which objects of STIX an item was made of, so that the same one is not logged twice."""

import pgtrigger
from django.db import models
from django.db.models import Q

from access.models.checked import CheckedModel
from evidence.models.exhibit import Exhibit

FORM = r"^[a-z0-9][a-z0-9-]*--[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"


class StixObject(CheckedModel):
    """One version of an object in a bundle that is an exhibit; its item is the exhibit's.

    ``itself``: the item stands for the object (its report, or what no report holds), and does not
    only refer to it. That a team logs no object twice is held by a lock and a look, and by no
    constraint: who is not cleared for the first item may not learn of it by being refused.
    """

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="stix_objects")
    object_id = models.CharField(max_length=300, db_collation="C")
    modified = models.DateTimeField(
        null=True, blank=True, help_text="Empty: an observable, which has no versions."
    )
    itself = models.BooleanField()

    class Meta:
        ordering = ("exhibit", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("exhibit", "object_id"),
                name="evidence_stixobject_once",
                violation_error_message="An item holds one version of an object.",
            ),
            models.CheckConstraint(
                condition=Q(object_id__regex=FORM),
                name="evidence_stixobject_id_form",
                violation_error_message="An identifier of STIX has the form type--UUID.",
            ),
        )
        indexes = (models.Index(fields=("object_id",), name="evidence_stixobject_id"),)
        triggers = (
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return self.object_id
