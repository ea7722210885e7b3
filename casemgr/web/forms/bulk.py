"""One act on the cases chosen in the docket."""

from collections.abc import Sequence
from typing import Any

from django import forms

from access.models import User
from casemgr.models import Case, Stage
from casemgr.stages import TRANSITIONS


class ReasonForm(forms.Form):
    """Why: kept with every change it makes."""

    reason = forms.CharField(
        label="Reason",
        max_length=500,
        help_text="Kept with the change of each case, for whoever reads its history.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LeadForm(ReasonForm):
    """Who leads these cases from now on."""

    lead = forms.ModelChoiceField(
        label="Lead",
        queryset=User.objects.none(),
        to_field_name="key",
        required=False,
        empty_label="nobody",
        help_text="Members of the teams of the chosen cases.",
    )
    field_order = ("lead", "reason")

    def __init__(self, cases: Sequence[Case], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = {case.team_id for case in cases}
        lead: Any = self.fields["lead"]
        lead.queryset = (
            User.objects.filter(memberships__team__in=teams, is_active=True)
            .order_by("last_name", "first_name", "username")
            .distinct()
        )
        lead.label_from_instance = lambda person: person.get_full_name() or person.username


class StageForm(ReasonForm):
    """Where these cases go."""

    to = forms.ChoiceField(label="Move to")
    field_order = ("to", "reason")

    def __init__(self, cases: Sequence[Case], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = {case.stage for case in cases}
        targets = {way.target for way in TRANSITIONS if way.source in stages}
        to: Any = self.fields["to"]
        reached = [(stage.value, stage.label) for stage in Stage if stage in targets]
        to.choices = [("", "choose a stage"), *reached]
