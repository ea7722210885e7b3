"""The form of a source's descriptor: one field a factor, none of them asked for alone."""

from typing import Any

from django import forms

from evidence.descriptors import FACTORS, LONGEST
from evidence.web.forms.refusing import ReasonedForm


class DescriptorForm(ReasonedForm):
    """What bears on a source's quality. ``replaces``: the descriptor its author saw, if any."""

    replaces = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for factor in FACTORS:
            self.fields[factor.name] = forms.CharField(
                label=factor.label,
                help_text=factor.asks,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.order_fields(["replaces", *(factor.name for factor in FACTORS), "reason"])

    def stated(self) -> dict[str, str]:
        """What was given, as the action takes it."""
        return {factor.name: self.cleaned_data[factor.name] for factor in FACTORS}
