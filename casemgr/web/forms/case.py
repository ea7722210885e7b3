"""Moving a case, and opening one."""

from typing import Any

from django import forms

from access.models import Team, User
from access.policy import Verb, may
from casemgr.actions.cases import NewCase
from casemgr.models.case import LIVE_KINDS
from casemgr.words import CaseKind
from designations.models import AuthorityVersion, Designee


def _day(label: str, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


class StageForm(forms.Form):
    """One way out of a stage."""

    to = forms.CharField(widget=forms.HiddenInput)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(label="Reason", max_length=500)
    decided_on = _day("Day of the decision", required=False, help_text="Empty: today.")

    def __init__(self, *args: Any, decides: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not decides:
            del self.fields["decided_on"]


class NewCaseForm(forms.Form):
    """What a case is opened with."""

    authority = forms.ModelChoiceField(
        label="Under", queryset=AuthorityVersion.objects.none(), empty_label="choose a version"
    )
    designee = forms.CharField(
        label="Designee",
        required=False,
        help_text="The key of one on file, or the name of a new entity. Only a program has none.",
    )
    title = forms.CharField(label="Title", required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[(kind.value, kind.value) for kind in LIVE_KINDS]
    )
    team = forms.ModelChoiceField(label="Team", queryset=Team.objects.none(), empty_label=None)
    lead = forms.ModelChoiceField(
        label="Lead", queryset=User.objects.none(), required=False, empty_label="nobody yet"
    )
    key = forms.CharField(
        label="Docket number", required=False, max_length=64, help_text="Empty: one is assigned."
    )
    target_decision_on = _day("Decision planned for", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        teams = Team.objects.filter(
            key__in=[
                key for key in user.team_keys() if may(user.standings_in(key), "case", Verb.CREATE)
            ]
        )
        fields["team"].queryset = teams.order_by("name")
        fields["authority"].queryset = (
            AuthorityVersion.objects.filter(authority__origin="library")
            .select_related("authority")
            .order_by("authority__slug", "-in_force_from", "label")
        )
        fields["authority"].label_from_instance = _named
        fields["lead"].queryset = (
            User.objects.filter(is_active=True, memberships__team__in=teams)
            .distinct()
            .order_by("username")
        )
        fields["lead"].label_from_instance = lambda each: each.get_full_name() or each.username

    def new_case(self, designee: Designee | None) -> NewCase:
        """What the action takes."""
        stated = self.cleaned_data
        return NewCase(
            version=stated["authority"],
            team=stated["team"],
            designee=designee,
            kind=CaseKind(stated["kind"]),
            key=stated["key"],
            title=stated["title"],
            lead=stated["lead"],
            target_decision_on=stated["target_decision_on"],
        )


def _named(version: AuthorityVersion) -> str:
    return f"{version.title or version.authority.slug} ({version.name})"
