"""The index of words over evidence, kept by the database whenever a row it reads changes."""

from typing import Any

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from access.models.checked import CheckedModel


class SearchText(CheckedModel):
    """The words of one item, from its own columns, its source, its reports and its file names.

    A table of its own and no column of the item: what is derived from other rows must move
    neither the item's revision nor its history. Written by ``evidence_index_item`` alone
    (migration 0004), which the triggers named ``searchable`` call.
    """

    item = models.OneToOneField(
        "evidence.EvidenceItem",
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="search_text",
    )
    document = SearchVectorField()

    class Meta:
        indexes = (GinIndex(fields=("document",), name="evidence_search_words"),)

    def __str__(self) -> str:
        return f"words of {self.item_id}"


def searchable(column: str, *changed: str) -> pgtrigger.Trigger:
    """Index the item that ``column`` names anew after an insert or a change of these fields."""
    operation: Any = pgtrigger.Insert
    operation |= pgtrigger.UpdateOf(*changed) if changed else pgtrigger.Update  # type: ignore[no-untyped-call]
    return pgtrigger.Trigger(
        name="searchable",
        operation=operation,
        when=pgtrigger.After,
        func=f"PERFORM evidence_index_item(NEW.{column}); RETURN NULL;",
    )


SEARCHABLE_SOURCE = pgtrigger.Trigger(
    name="searchable",
    operation=pgtrigger.UpdateOf("name"),  # type: ignore[no-untyped-call]
    when=pgtrigger.After,
    func="""
        PERFORM evidence_index_item(id) FROM evidence_evidenceitem WHERE source_id = NEW.id;
        RETURN NULL;
    """,
)
"""A source renamed: the items that come from it are found by the new name."""
