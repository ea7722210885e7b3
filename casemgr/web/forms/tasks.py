"""What is to be done, by whom, until when; and where it has come to."""

from typing import Any

from django import forms

from access.models import User
from casemgr.models import Case, CaseElement, TaskState
from casemgr.people import who_work_on


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Someone of the case's team, by name."""

    def label_from_instance(self, obj: User) -> str:
        """The full name with the username, which tells namesakes apart."""
        name = obj.get_full_name()
        return f"{name} ({obj.username})" if name else obj.username


class TaskForm(forms.Form):
    """A task as one writes or changes it."""

    title = forms.CharField(
        label="What is to be done", max_length=300, help_text="One act, in a few words."
    )
    note = forms.CharField(
        label="What helps to do it",
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    assignee = PersonField(
        label="By whom", queryset=User.objects.none(), required=False, empty_label="no one yet"
    )
    due_on = forms.DateField(
        label="Until", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["assignee"]
        people.queryset = who_work_on(case).order_by("first_name", "last_name", "username")


class NewTaskForm(TaskForm):
    """With what it is about; a cure brings its flag along."""

    element = forms.ChoiceField(label="About", required=False)
    doctrine = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    subject = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    cure = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    field_order = ("title", "element", "assignee", "due_on", "note")

    def __init__(self, case: Case, elements: list[CaseElement], *args: Any, **kwargs: Any) -> None:
        super().__init__(case, *args, **kwargs)
        choices: Any = self.fields["element"]
        choices.choices = [
            ("", "the case as a whole"),
            *((each.element.code, _named(each)) for each in elements),
        ]


class AmendTaskForm(TaskForm):
    """``revision`` is the one its writer saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class MoveTaskForm(forms.Form):
    """Where the task goes."""

    to = forms.ChoiceField(choices=TaskState.choices)
    why = forms.CharField(required=False, max_length=2000)
    revision = forms.IntegerField(min_value=1)


def _named(row: CaseElement) -> str:
    title = row.element.title or row.element.text
    return f"{row.element.code} {title[:60]}{'…' if len(title) > 60 else ''}"
