"""A list under a name."""

from typing import Any

from django import forms

from access.models import Team, User
from casemgr.list_pages import LIST_PAGES


class SaveViewForm(forms.Form):
    """The name of the present filters, and who sees it."""

    page = forms.ChoiceField(
        choices=[(word, each.title) for word, each in LIST_PAGES.items()], widget=forms.HiddenInput
    )
    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    name = forms.CharField(label="Name", max_length=80)
    team = forms.ModelChoiceField(
        label="Who sees it",
        queryset=Team.objects.none(),
        to_field_name="key",
        required=False,
        empty_label="only me",
    )
    is_default = forms.BooleanField(label="Open this list with it", required=False)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams: Any = self.fields["team"]
        teams.queryset = Team.objects.filter(key__in=user.team_keys())
