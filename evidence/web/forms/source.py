"""The form of a source."""

from typing import Any

from django import forms

from access.models import Team, User
from evidence.models import Source
from evidence.web.forms.fields import WordField
from evidence.web.forms.refusing import ActionForm
from evidence.words import Interest, SourceRole


class SourceForm(ActionForm):
    """Who a source is to the matter; its role sets the default of its interest."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="Name", max_length=300)
    role = WordField(SourceRole, stated=True, label="Who that is to the matter")
    interest = WordField(
        Interest,
        stated=True,
        label="Does it gain by the finding",
        help_text="By default an affected party is interested and nobody else is.",
    )
    anonymous = forms.BooleanField(label="It is not named in what it says", required=False)
    of_government = forms.CharField(
        label="Of which government",
        required=False,
        max_length=2,
        help_text="Two letters, such as us. Unnamed officials of one government are one origin "
        "unless someone says why not.",
    )
    owner = forms.ModelChoiceField(
        label="Team that keeps it",
        queryset=Team.objects.none(),
        required=False,
        to_field_name="key",
        empty_label="all teams",
    )

    def __init__(self, *args: Any, user: User, source: Source | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from evidence.web.door import teams_to_log_for

        if source is None:
            field: Any = self.fields["owner"]
            field.queryset = teams_to_log_for(user)
        else:
            del self.fields["owner"]

    def clean_of_government(self) -> str:
        """Two letters, small."""
        code: str = self.cleaned_data["of_government"].lower()
        if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise forms.ValidationError("Give the two letters of the country, such as us.")
        return code

    def stated(self) -> dict[str, Any]:
        """What was given, as the actions take it."""
        names = ("name", "role", "interest", "anonymous", "of_government")
        return {name: self.cleaned_data[name] for name in names}
