"""Pinning a case to another version of the law."""

from django import forms


class RepinForm(forms.Form):
    """From which day, and why; with the pin and the version its writer compared."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    pinned = forms.IntegerField(widget=forms.HiddenInput)
    from_day = forms.DateField(
        label="Judged under it from",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The pin before ends on this day; the record of earlier days stays under it.",
    )
    reason = forms.CharField(
        label="Reason",
        max_length=500,
        help_text="Why this case is to be judged under the newer version. The history keeps it.",
    )
