"""The two forms that declare a file as one of the documented tables: which file, which columns."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from evidence.figures import TABLES, Head, figure_named, renamed
from evidence.models import DatasetFormat, DatasetTable, EvidenceItem
from evidence.web.forms.refusing import ActionForm

_COLUMN, _STATED = "column-", "stated-"
STATED = ("provider", "designee")
"""What a file of one provider, about one designee, seldom says of each row."""


class FileForm(ActionForm):
    """Which file holds which table."""

    exhibit = forms.TypedChoiceField(label="File", coerce=int)
    table = forms.ChoiceField(label="Its rows are", choices=DatasetTable.choices)
    format = forms.ChoiceField(
        label="Format",
        required=False,
        choices=[("", "as the file's name ends"), *DatasetFormat.choices],
    )

    def __init__(self, *args: Any, item: EvidenceItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = item.exhibits.filter(blob__size__isnull=False).order_by("position", "pk")
        choices: Any = [(row.pk, str(row)) for row in held]
        field: Any = self.fields["exhibit"]
        field.choices = choices


class MatchForm(ActionForm):
    """Which of the file's columns is which of the table's."""

    def __init__(
        self, *args: Any, table: str, head: Head, columns: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        theirs = [(name, name) for name in head.columns]
        for name, column in TABLES[table].columns.items():
            self.fields[f"{_COLUMN}{name}"] = forms.ChoiceField(
                label=name.replace("_", " "),
                choices=[("", "not in the file"), *theirs],
                required=column.required,
                initial=columns.get(name, ""),
                help_text=f"{column.meaning[0].upper()}{column.meaning[1:]}.",
                error_messages={"required": "No row can be read without it: say which it is."},
            )
            if name in STATED:
                self.fields[f"{_STATED}{name}"] = forms.CharField(
                    label=f"{name.replace('_', ' ')} of every row",
                    required=False,
                    max_length=200,
                    help_text="Where the file has no such column.",
                )

    def clean(self) -> dict[str, Any]:
        """Our names to the file's, those that differ; no column of the file stands for two."""
        given = {
            name.removeprefix(_COLUMN): value
            for name, value in self.cleaned_data.items()
            if name.startswith(_COLUMN) and value
        }
        taken: dict[str, str] = {}
        for ours, theirs in given.items():
            if theirs in taken:
                words = f"{theirs} is said to be {taken[theirs].replace('_', ' ')} already."
                self.add_error(f"{_COLUMN}{ours}", ValidationError(words))
            taken.setdefault(theirs, ours)
        stated = {
            name: self.cleaned_data.get(f"{_STATED}{name}", "").strip()
            for name in STATED
            if f"{_STATED}{name}" in self.fields
        }
        for name, value in stated.items():
            if value and name in given:
                words = f"The column {given[name]} says it of each row: leave one of the two out."
                self.add_error(f"{_STATED}{name}", ValidationError(words))
        return {"columns": given, "stated": {k: v for k, v in stated.items() if v}}

    @property
    def columns(self) -> dict[str, str]:
        """As a dataset states them."""
        return renamed(self.cleaned_data["columns"])

    @property
    def stated(self) -> dict[str, str]:
        """What holds of every row, as a dataset states it."""
        found: dict[str, str] = self.cleaned_data["stated"]
        return found


def written(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of a figure as they are written in a form: whole numbers, words with commas.

    What is no number stays as it is, for the figure to refuse. Raises KeyError for no figure.
    """
    found: dict[str, Any] = {}
    for parameter, asked in figure_named(name).parameters.items():
        said = str(given.get(parameter, "")).strip()
        if isinstance(asked.default, int):
            found[parameter] = int(said) if re.fullmatch(r"-?[0-9]{1,15}", said) else said
        else:
            found[parameter] = [word.strip() for word in said.split(",") if word.strip()]
    return found
