"""What a figure rests on, in words that stay true after the dataset's row is gone."""

from collections.abc import Collection, Iterable
from typing import Any

from evidence.models import Dataset


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
