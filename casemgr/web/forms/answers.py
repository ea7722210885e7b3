"""What counsel answers: contrary evidence, considerations, steps, flags."""

from typing import Any

from django import forms

from casemgr.models import DispositionState
from casemgr.words import AnswerState, StepState

ANSWERS = (
    (AnswerState.ANSWERED.value, "answered on the merits"),
    (AnswerState.IRRELEVANT.value, "irrelevant to the element"),
)


class AnswerForm(forms.Form):
    """An answer in words, or the word that none is owed because it is irrelevant."""

    state = forms.ChoiceField(label="The decision says it is", choices=ANSWERS)
    text = forms.CharField(
        label="The answer",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="On what ground does the element stand nevertheless?",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """An answer has words."""
        stated: dict[str, Any] = super().clean() or {}
        if stated.get("state") == AnswerState.ANSWERED and not stated.get("text", "").strip():
            self.add_error("text", "Write the answer: on what ground does it stand nevertheless?")
        return stated


class StepForm(forms.Form):
    """Where a procedural step stands."""

    state = forms.ChoiceField(
        label="Where it stands",
        choices=[
            (word.value, word.value.replace("-", " "))
            for word in StepState
            if word is not StepState.NOT_STATED
        ],
    )
    on = forms.DateField(
        label="Taken on", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    due_on = forms.DateField(
        label="Due on", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    office = forms.CharField(label="Office that owes it", required=False, max_length=200)
    what = forms.CharField(label="What was done", required=False)


class DispositionForm(forms.Form):
    """Counsel's word on a flag."""

    state = forms.ChoiceField(label="Counsel says", choices=DispositionState.choices)
    reason = forms.CharField(label="Because", widget=forms.Textarea(attrs={"rows": 2}))
    until = forms.DateField(
        label="Holds until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Empty: until the element changes.",
    )
