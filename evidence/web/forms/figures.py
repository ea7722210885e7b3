"""The form that declares a file as one of the documented tables."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from evidence.models import DatasetFormat, DatasetTable, EvidenceItem
from evidence.web.forms.refusing import ActionForm


class DatasetForm(ActionForm):
    """Which file holds which table, and what its columns are called."""

    exhibit = forms.TypedChoiceField(label="File", coerce=int)
    table = forms.ChoiceField(label="Its rows are", choices=DatasetTable.choices)
    format = forms.ChoiceField(
        label="Format",
        required=False,
        choices=[("", "as the file's name ends"), *DatasetFormat.choices],
    )
    columns = forms.CharField(
        label="Columns of other names",
        required=False,
        help_text="One a line, our name = the file's name. Example: account_id = Konto",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, item: EvidenceItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = item.exhibits.filter(blob__size__isnull=False).order_by("position", "pk")
        choices: Any = [(row.pk, str(row)) for row in held]
        field: Any = self.fields["exhibit"]
        field.choices = choices

    def clean_columns(self) -> dict[str, str]:
        """Our names to the file's."""
        found = {}
        for number, line in enumerate(self.cleaned_data["columns"].splitlines(), start=1):
            if not line.strip():
                continue
            ours, equals, theirs = (part.strip() for part in line.partition("="))
            if not (equals and ours and theirs):
                raise ValidationError(f"Line {number}: write our name = the file's name.")
            if ours in found:
                raise ValidationError(f"Line {number}: {ours} is named twice.")
            found[ours] = theirs
        return found
