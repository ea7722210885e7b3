"""What a challenger would hold up: like cases, earlier positions, gaps of the record."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from casemgr.models import CaseElement, DefectKind, Pin

SAID = (("", "not stated"), ("yes", "yes"), ("no", "no"))
BOOLEANS = {"yes": True, "no": False, "": None}


class _ElementField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An element of the case, by code and title."""

    def label_from_instance(self, obj: CaseElement) -> str:
        """The code with the first words."""
        title = obj.element.title or obj.element.text
        return f"{obj.element.code} {title[:60]}{'…' if len(title) > 60 else ''}"


class _SaidField(forms.TypedChoiceField):
    """Yes, no, or not stated: three different things to a reviewer."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            choices=SAID, coerce=BOOLEANS.__getitem__, required=False, empty_value=None, **more
        )

    def prepare_value(self, value: Any) -> Any:
        """The word for what a row holds."""
        return {True: "yes", False: "no", None: ""}.get(value, value)


class FactForm(forms.Form):
    """A fact of the case as a whole or of one of its elements."""

    element = _ElementField(
        label="About",
        queryset=CaseElement.objects.none(),
        required=False,
        empty_label="the case as a whole",
    )

    def __init__(
        self, pin: Pin | None, *args: Any, present: CaseElement | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["element"]
        field.queryset = _offered(pin, present)


class ComparatorForm(FactForm):
    """A similarly situated party, how it was treated, and what sets it apart."""

    name = forms.CharField(
        label="Who else",
        max_length=2000,
        help_text="The party or matter, as a court would name it.",
    )
    same_conduct = _SaidField(
        label="Did it do the same?",
        help_text="Only a party that did the same is similarly situated.",
    )
    outcome = forms.CharField(
        label="How it was treated",
        max_length=2000,
        required=False,
        help_text="For example: not listed; licensed; listed a year later.",
    )
    explained = _SaidField(
        label="Does the decision explain the difference?",
        help_text="“Yes” cures the flag inconsistent-treatment; say below how.",
    )
    explanation = forms.CharField(
        label="The explanation",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What sets it apart, in the terms of the statute.",
    )
    field_order = ("name", "element", "same_conduct", "outcome", "explained", "explanation")

    def clean(self) -> dict[str, Any]:
        """A difference is explained in words."""
        stated: dict[str, Any] = super().clean() or {}
        if stated.get("explained") and not stated.get("explanation", "").strip():
            self.add_error("explanation", "Write the explanation: what sets it apart?")
        return stated


class PositionForm(FactForm):
    """An earlier position of the office, and why the decision departs from it."""

    what = forms.CharField(
        label="The earlier position",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What the office said or did, where and when.",
    )
    reliance_addressed = _SaidField(
        label="Does the decision acknowledge the change and weigh who relied on it?",
        help_text="“Yes” cures the flag reliance; say below how.",
    )
    why = forms.CharField(
        label="The explanation of the change",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The reasons for the new position, and what weighs against those who relied.",
    )
    field_order = ("what", "element", "reliance_addressed", "why")

    def clean(self) -> dict[str, Any]:
        """A change is explained in words."""
        stated: dict[str, Any] = super().clean() or {}
        if stated.get("reliance_addressed") and not stated.get("why", "").strip():
            self.add_error("why", "Write the explanation: why does the office depart from it?")
        return stated


class GapForm(FactForm):
    """What the record does not hold."""

    kind = forms.ChoiceField(
        label="It is",
        choices=DefectKind.choices,
        help_text="Left out: it was before the office. Cited but absent: only its name is here.",
    )
    what = forms.CharField(
        label="What is not there", max_length=2000, help_text="The key of an item, or its name."
    )
    reason = forms.CharField(
        label="Why it was left out",
        required=False,
        max_length=2000,
        help_text="Privileged, deliberative, withheld. Only for what was left out.",
    )
    field_order = ("kind", "what", "element", "reason")

    def clean(self) -> dict[str, Any]:
        """What is cited but absent is named alone."""
        stated: dict[str, Any] = super().clean() or {}
        if stated.get("kind") == DefectKind.CITED_BUT_ABSENT:
            for name in ("reason", "element"):
                if stated.get(name):
                    self.add_error(name, "Leave it empty: only what was left out has this.")
        return stated


class WithdrawFactForm(forms.Form):
    """Why what was stated no longer holds."""

    reason = forms.CharField(
        label="Why it no longer holds", max_length=500, help_text="The history keeps it."
    )


def _offered(pin: Pin | None, present: CaseElement | None) -> QuerySet[CaseElement]:
    """Elements under the pin, and the one named so far though it be of an earlier pin."""
    wanted = Q(pin=pin) if pin else Q(pk__in=())
    if present is not None:
        wanted |= Q(pk=present.pk)
    rows = CaseElement.objects.filter(wanted).select_related("element")
    return rows.order_by("pin", "element__position", "pk")
