"""Giving the work on one element to someone."""

from typing import Any

from django import forms

from access.models import User
from casemgr.models import Case
from casemgr.people import who_work_on
from casemgr.web.forms.tasks import PersonField


class AssignmentForm(forms.Form):
    """By whom, and until when."""

    assignee = PersonField(
        label="By whom",
        queryset=User.objects.none(),
        required=False,
        empty_label="no one",
        help_text="Those of the case’s team who may see it.",
    )
    due_on = forms.DateField(
        label="Until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Empty: no day is set.",
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["assignee"]
        people.queryset = who_work_on(case).order_by("first_name", "last_name", "username")
