"""The words in files, where evidence is searched for them."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from access.models.checked import CheckedModel
from evidence.models.exhibit import Exhibit


class Passage(CheckedModel):
    """One page, sheet or stretch of the text of an exhibit, read from its bytes by the intake.

    Beside the item's own words (``SearchText``) and not among them: what a file says must neither
    outweigh what an analyst wrote nor fill the one document of the item.
    """

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="passages")
    number = models.PositiveIntegerField()
    place = models.CharField(max_length=100, blank=True, help_text="Page, sheet or part.")
    text = models.TextField()
    by_ocr = models.BooleanField(
        default=False, help_text="Read from a picture of it, by a program: it may be misread."
    )
    document = models.GeneratedField(
        # As items are indexed: "distilled" by "distillation", and names as they are written.
        expression=SearchVector("text", config="english") + SearchVector("text", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ("exhibit", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("exhibit", "number"),
                name="evidence_passage_number",
                violation_error_message="This exhibit already has a passage of this number.",
            ),
        )
        indexes = (GinIndex(fields=("document",), name="evidence_passage_words"),)

    def __str__(self) -> str:
        return f"{self.exhibit_id}, {self.place or self.number}"
