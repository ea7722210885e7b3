"""The form of the page that takes in a FollowTheMoney file."""

from typing import Any

from django import forms

from access.models import Team, User
from evidence.exchange.choices import Choices, Others
from evidence.models import Source
from evidence.web.door import teams_to_log_for
from evidence.web.forms.parts import named_source
from evidence.web.forms.refusing import ActionForm

CHOICE = "same:"
"""Begins the name of the field that says which designee a party is; its id follows."""


class FtmForm(ActionForm):
    """A file, whom it comes from, and what becomes of parties that may be here already."""

    file = forms.FileField(
        label="File", required=False, help_text="FollowTheMoney entities, one JSON object a line."
    )
    source = forms.CharField(
        label="Whom it comes from",
        required=False,
        max_length=300,
        help_text="The key or exact name of a source. Empty: not stated.",
    )
    papers = forms.BooleanField(
        label="Log documents and sanctions as items of evidence", required=False, initial=True
    )
    team = forms.ModelChoiceField(
        label="Team that owns its items",
        queryset=Team.objects.none(),
        to_field_name="key",
        empty_label=None,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        fields: Any = self.fields
        teams = teams_to_log_for(user)
        fields["team"].queryset = teams
        if len(teams) == 1:
            fields["team"].widget = forms.HiddenInput()
            fields["team"].initial = teams[0].key

    def clean_source(self) -> Source | None:
        """The source meant, as far as the reader may see it."""
        said = self.cleaned_data["source"]
        found = named_source(self.user, said) if said else None
        if said and found is None:
            raise forms.ValidationError(
                f"No source {said!r} that you may see: enter it under Sources first."
            )
        return found

    def choices(self) -> Choices:
        """What was decided of the parties, in a form that was sent."""
        same = {
            name.removeprefix(CHOICE): str(value)
            for name, value in self.data.items()
            if name.startswith(CHOICE) and value
        }
        others = str(self.data.get("others") or Others.ASK)
        return Choices(
            same,
            Others(others) if others in set(Others) else Others.ASK,
            self.cleaned_data["papers"],
        )


class FtmOutForm(ActionForm):
    """Designees to write out, by key."""

    keys = forms.CharField(
        label="Keys of designees",
        max_length=2000,
        help_text="Several: with spaces. Everyone who owns them or whom they own comes along.",
    )

    def wanted(self) -> list[str]:
        """The keys, each once."""
        return list(dict.fromkeys(self.cleaned_data["keys"].replace(",", " ").split()))
