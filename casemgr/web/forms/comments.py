"""Words on a case, and taking them back."""

from django import forms

_LONGEST = 20_000


class CommentForm(forms.Form):
    """What one says, and what it is about."""

    text = forms.CharField(
        label="Write a comment",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="@username tells that person, if they may see the case.",
    )
    element = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    task = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


class EditCommentForm(forms.Form):
    """One's comment anew; ``revision`` is the one its writer saw."""

    text = forms.CharField(
        label="The comment", max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class WithdrawCommentForm(forms.Form):
    """Why it is taken back."""

    reason = forms.CharField(
        label="Why it is withdrawn",
        max_length=2000,
        help_text="Everyone who sees the case reads the reason instead of the comment.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
