"""Whose cases are to be assessed anew, and why; why a run is stopped or taken up again."""

from typing import Any

from django import forms
from django.db.models import Count

from access.models import Team, User
from access.policy import Verb, may
from casemgr.models import Case


def reason_field(label: str) -> forms.CharField:
    """Why something is done to a run; it is kept in its history."""
    return forms.CharField(
        label=label,
        max_length=2000,
        error_messages={"required": "Say why: the reason is kept with the run."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class _TeamField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A team, with how much work a run over its cases would be."""

    cases: dict[int, int]

    def label_from_instance(self, obj: Team) -> str:
        """The team's name and the number of its cases still to be decided."""
        number = self.cases.get(obj.pk, 0)
        return f"{obj.name}: {number or 'no'} case{'' if number == 1 else 's'} to be decided"


class NewRunForm(forms.Form):
    """A run over the cases of one of the teams in which its author may start one."""

    team = _TeamField(
        label="Whose cases",
        queryset=Team.objects.none(),
        to_field_name="key",
        empty_label="choose a team",
        error_messages={
            "required": "Choose the team whose cases are to be assessed.",
            "invalid_choice": "You may not start a run in that team. Choose one of the list.",
        },
    )
    reason = reason_field("Why")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = sorted(
            key
            for key in user.team_keys()
            if may(user.standings_in(key), "portfolio-run", Verb.CREATE)
        )
        teams: Any = self.fields["team"]
        teams.queryset = Team.objects.filter(key__in=keys).order_by("name")
        teams.cases = dict(
            Case.objects.undecided()
            .visible_to(user)
            .filter(team__key__in=keys)
            .order_by()
            .values_list("team")
            .annotate(Count("pk"))
        )
        if len(keys) == 1:
            teams.empty_label = None


class CancelRunForm(forms.Form):
    """Why it is stopped."""

    reason = reason_field("Why it is cancelled")


class ResumeRunForm(forms.Form):
    """Why it is taken up again."""

    reason = reason_field("Why it goes on")
