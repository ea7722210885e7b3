"""The columns of a sheet of entries: the fields of the entry forms, by name or label."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms

from evidence.sheets.reading import SheetError
from evidence.web.forms.entry import EntryForm, form_for
from evidence.web.forms.fields import ClaimsField, LinesField
from evidence.words import EvidenceKind

KIND = "kind"


@dataclass(frozen=True, slots=True)
class Column:
    """One column that a sheet may have; ``of`` is the only kind that has it, if one does."""

    name: str
    label: str
    help: str
    words: tuple[str, ...]
    several: bool
    of: EvidenceKind | None


@cache
def columns() -> dict[str, Column]:
    """Every column by its name, in the order of the forms."""
    found = {
        KIND: Column(
            KIND, "Kind", "What the item is.", tuple(kind.value for kind in EvidenceKind), False,
            None,
        )
    }  # fmt: skip
    for kind in (None, *EvidenceKind):
        form = EntryForm if kind is None else form_for(kind)
        fields: Any = form.base_fields
        for name, field in fields.items():
            if name not in found:
                found[name] = _column(name, field, kind)
    return found


def _column(name: str, field: forms.Field, kind: EvidenceKind | None) -> Column:
    several = isinstance(field, LinesField | ClaimsField | forms.MultipleChoiceField)
    help_text = str(field.help_text or "")
    if several:
        help_text = (
            f"{help_text.removeprefix('One a line').lstrip('.: ')} Several: with semicolons."
        )
    words: tuple[str, ...] = ()
    if isinstance(field, forms.ChoiceField) and name != "markings":
        choices: Any = field.choices
        words = tuple(str(value) for value, _ in choices if value)
    return Column(name, str(field.label or name), help_text.strip(), words, several, kind)


def columns_of(kind: EvidenceKind) -> list[Column]:
    """The columns that an item of the kind can have."""
    return [column for column in columns().values() if column.of in (None, kind)]


def matched(head: Sequence[str]) -> list[Column]:
    """The column meant by each name of the head, which may be ours or the label of the form.

    Raises SheetError for a name that is no column's, with the nearest, and for one that comes
    twice.
    """
    known = {_plain(word): column for column in columns().values() for word in (column.label,)}
    known |= {_plain(column.name): column for column in columns().values()}
    found: list[Column] = []
    for name in head:
        column = known.get(_plain(name))
        if column is None:
            near = difflib.get_close_matches(_plain(name), known, n=1)
            hint = f"Is it {known[near[0]].name!r}? " if near else ""
            raise SheetError(f"No column is called {name!r}. {hint}Rename it, or remove it.")
        if column in found:
            raise SheetError(f"Two columns are both {column.name!r}: remove one of them.")
        found.append(column)
    return found


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()
