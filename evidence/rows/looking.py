"""A first look at a file, as the process that is given no more than that file takes it.

What it is asked and what it answers are plain JSON, since they cross from one process to another.
"""

import json
from pathlib import Path
from typing import Any

from evidence.rows.reading import head_of, see_columns
from evidence.rows.source import Source, SourceError
from evidence.rows.tables import TABLES


def asked(source: Source) -> str:
    """The source in words, without its path."""
    return json.dumps(
        {
            "table": source.table.name,
            "format": source.format,
            "columns": dict(source.columns),
            "stated": dict(source.stated),
        }
    )


def head_in(told: str, path: Path) -> dict[str, Any]:
    """The file's head, whatever its columns are called; or why it is refused."""
    try:
        head = head_of(_source(told, path))
    except SourceError as error:
        return {"refused": str(error)}
    return {"columns": head.columns, "rows": head.rows}


def columns_in(told: str, path: Path) -> dict[str, Any]:
    """The file's head, once every column that is named or required was found in it."""
    try:
        see_columns(_source(told, path))
    except SourceError as error:
        return {"refused": str(error)}
    return head_in(told, path)


def _source(told: str, path: Path) -> Source:
    said = json.loads(told)
    return Source(TABLES[said["table"]], path, said["format"], said["columns"], said["stated"])
