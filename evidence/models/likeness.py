"""What the text of a file is known by, where files that say much the same are looked for."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from access.models.checked import CheckedModel
from evidence.models.exhibit import Exhibit


class TextPrint(CheckedModel):
    """The print of the text of one exhibit (evidence.intake.likeness), made by the intake.

    Two texts that are much the same have a band in common, so that an index of bands finds them.
    """

    exhibit = models.OneToOneField(
        Exhibit, primary_key=True, on_delete=models.PROTECT, related_name="text_print"
    )
    signature = ArrayField(models.IntegerField())
    bands = ArrayField(models.BigIntegerField())
    places = ArrayField(models.CharField(max_length=100))
    sketches = ArrayField(models.IntegerField(), help_text="Of each place, in the same order.")

    class Meta:
        indexes = (GinIndex(fields=("bands",), name="evidence_textprint_bands"),)

    def __str__(self) -> str:
        return f"print of {self.exhibit_id}"
