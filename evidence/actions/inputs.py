"""What a figure rests on, in words that stay true after the dataset's row is gone."""

import json
from collections.abc import Collection, Iterable
from typing import Any

from evidence.figures import CATALOG
from evidence.figures.compute import checked
from evidence.models import Dataset, EvidenceItem

_DEFAULTS: dict[str, Any] = {
    figure.name: json.loads(json.dumps(checked(figure, {}))) for figure in CATALOG
}


def inputs_of(datasets: Iterable[Dataset], tables: Collection[str]) -> dict[str, Any]:
    """What a figure over ``tables`` rests on: for each the file's SHA-256 and how it is read.

    Where a table's rows are in several files, a list of these in the order of their digests.
    """
    read: dict[str, list[dict[str, Any]]] = {table: [] for table in tables}
    for dataset in datasets:
        if dataset.table in read:
            read[dataset.table].append(_read_as(dataset))
    return {
        table: files[0] if len(files) == 1 else sorted(files, key=lambda each: each["sha256"])
        for table, files in read.items()
    }


def _read_as(dataset: Dataset) -> dict[str, Any]:
    said = {
        "sha256": dataset.exhibit.blob_id,
        "format": dataset.format,
        "columns": dataset.columns,
    }
    return said | {"stated": dataset.stated} if dataset.stated else said


def as_usual(name: str, parameters: dict[str, Any]) -> bool:
    """Whether a figure was computed with its own defaults, on which claims are held."""
    return bool(_DEFAULTS.get(name) == parameters)


def asked_otherwise(item: EvidenceItem) -> list[tuple[str, dict[str, Any]]]:
    """Figures of the item that were asked with other parameters than their defaults."""
    kept = item.figures.filter(others=[]).order_by("name", "pk").values_list("name", "parameters")
    found: list[tuple[str, dict[str, Any]]] = []
    for asked in kept:
        if asked not in found and asked[0] in _DEFAULTS and not as_usual(*asked):
            found.append(asked)
    return found
