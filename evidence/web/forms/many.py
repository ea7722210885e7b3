"""The form of the page that logs many items from one file."""

from typing import Any

from django import forms

from access.models import Team, User
from evidence.web.door import teams_to_log_for
from evidence.web.forms.fields import WordField
from evidence.web.forms.refusing import ActionForm
from evidence.words import EvidenceKind


class SheetForm(ActionForm):
    """A sheet, and what holds for the rows that do not say it themselves."""

    file = forms.FileField(
        label="Sheet", required=False, help_text="CSV in UTF-8, or XLSX: the first sheet is read."
    )
    kind = WordField(EvidenceKind, label="Kind of the rows that name none")
    team = forms.ModelChoiceField(
        label="Team that owns them",
        queryset=Team.objects.none(),
        to_field_name="key",
        empty_label=None,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        teams = teams_to_log_for(user)
        fields["team"].queryset = teams
        if len(teams) == 1:
            fields["team"].widget = forms.HiddenInput()
            fields["team"].initial = teams[0].key
