"""The forms of a provider's portal and of its keys."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from access.actions import longest_token_life
from access.models import Marking, Team, User
from access.policy import Verb
from evidence.models import Source
from evidence.web.door import teams_where
from evidence.web.forms.fields import WordField
from evidence.web.forms.parts import named_source
from evidence.web.forms.refusing import ActionForm
from evidence.words import Access


class PortalForm(ActionForm):
    """A door for one provider: whose word comes in, to which team, and how it is handled."""

    name = forms.CharField(
        label="Name of the portal", max_length=100, help_text="As your team will know it."
    )
    source_name = forms.CharField(
        label="Source",
        max_length=300,
        help_text="The name or key of a source that is entered. All that comes in is from it.",
    )
    team = forms.ModelChoiceField(
        label="Team that receives",
        queryset=Team.objects.none(),
        to_field_name="key",
        empty_label=None,
    )
    access = WordField(
        Access,
        label="Who may read what it delivers",
        initial=Access.PROPRIETARY.value,
        help_text="Set on every item; the provider cannot choose.",
    )
    markings = forms.MultipleChoiceField(
        label="Markings of what it delivers",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        fields: Any = self.fields
        teams = teams_where(user, "portal", Verb.CREATE)
        fields["team"].queryset = teams
        if len(teams) == 1:
            fields["team"].widget = forms.HiddenInput()
            fields["team"].initial = teams[0].key
        cleared = Marking.objects.filter(code__in=user.cleared_markings)
        offered = [(each.code, f"{each.code} – {each.title}") for each in cleared]
        fields["markings"].choices = offered
        if not offered:
            del fields["markings"]
        fields["source_name"].widget.attrs |= {"list": "source-names", "autocomplete": "off"}

    def clean_source_name(self) -> Source:
        """A source that is there: a portal makes none."""
        said: str = self.cleaned_data["source_name"]
        found = named_source(self.user, said)
        if found is None:
            raise forms.ValidationError(f"No source is named {said!r}: enter it first.")
        return found


class PortalKeyForm(ActionForm):
    """A new key of a portal."""

    name = forms.CharField(
        label="Name of the key",
        max_length=100,
        help_text="Which program of the provider has it. It stands in the custody of what comes "
        "in by it, and administrators of accounts see it.",
    )
    days = forms.IntegerField(label="Ends after (days)", min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        longest = longest_token_life().days
        days = self.fields["days"]
        days.initial = min(90, longest)
        days.widget.attrs["max"] = longest
        days.help_text = f"{longest} at most."

    def expires(self) -> datetime:
        """When the key is to end; a minute early, so that the longest life is not exceeded."""
        days: int = self.cleaned_data["days"]
        return timezone.now() + timedelta(days=days) - timedelta(minutes=1)
