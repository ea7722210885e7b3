"""Attaching evidence to an element, and saying anew why it is there."""

from typing import Any

from django import forms

from casemgr.actions.links import Bearing, NewPinpoint
from casemgr.words import Attribution, Directness, Stance
from evidence.models import EvidenceItem, Exhibit
from evidence.words import Interest

STATED_INTEREST = (Interest.INTERESTED, Interest.DISINTERESTED)


def _words(words: Any, empty: str = "") -> list[tuple[str, str]]:
    stated = [(word.value, word.value.replace("-", " ")) for word in words]
    return [("", empty), *stated] if empty else stated


class PinpointForm(forms.Form):
    """Where in the item the words stand."""

    why = forms.CharField(
        label="Why it bears on the element", widget=forms.Textarea(attrs={"rows": 2})
    )
    exhibit = forms.ModelChoiceField(
        label="Exhibit", queryset=Exhibit.objects.none(), required=False, empty_label="not stated"
    )
    locator = forms.CharField(
        label="Place", max_length=200, required=False, help_text="Page, paragraph, row: p. 4."
    )
    quote = forms.CharField(
        label="Words there", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    def __init__(self, *args: Any, item: EvidenceItem | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["exhibit"]
        if item is not None:
            field.queryset = Exhibit.objects.filter(item=item).order_by("pk")
            field.label_from_instance = lambda exhibit: exhibit.filename or str(exhibit.pk)

    def pinpoints(self) -> tuple[NewPinpoint, ...]:
        """The one stated, if any."""
        stated = self.cleaned_data
        if not stated["locator"].strip() and not stated["quote"].strip():
            return ()
        return (
            NewPinpoint(
                locator=stated["locator"], quote=stated["quote"], exhibit=stated["exhibit"]
            ),
        )


class AttachForm(PinpointForm):
    """How an item bears on the element."""

    stance = forms.ChoiceField(label="It", choices=_words(Stance))
    directness = forms.ChoiceField(
        label="Directness", choices=_words(Directness, "not stated"), required=False
    )
    attribution = forms.ChoiceField(
        label="It is about", choices=_words(Attribution, "not stated"), required=False
    )
    interest = forms.ChoiceField(
        label="Who says it gains by this finding",
        choices=[("", "as stated of its source"), *_words(STATED_INTEREST)],
        required=False,
        help_text="Where it differs here: the source of a bid may gain by one listing and lose by "
        "another.",
    )
    grant_share = forms.BooleanField(
        label="Share the item with the case’s team where it lacks it", required=False
    )
    field_order = (
        "stance",
        "directness",
        "attribution",
        "interest",
        "why",
        "exhibit",
        "locator",
        "quote",
    )

    def bearing(self) -> Bearing:
        """What the action takes."""
        stated = self.cleaned_data
        return Bearing(
            stance=Stance(stated["stance"]),
            directness=Directness(stated["directness"]) if stated["directness"] else None,
            attribution=Attribution(stated["attribution"]) if stated["attribution"] else None,
            interest=Interest(stated["interest"] or Interest.DEFAULT),
            why=stated["why"],
            pinpoints=self.pinpoints(),
        )


class WithdrawForm(forms.Form):
    """Why the item no longer bears on the element."""

    reason = forms.CharField(label="Why it no longer bears on the element", max_length=500)
