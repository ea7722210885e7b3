"""A form that shows what an action refused, at the field it is about."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class ActionForm(forms.Form):
    """A form whose data an action takes."""

    def refuse(self, error: ValidationError, names: dict[str, str] | None = None) -> None:
        """Show what the action refused; ``names``: its field names as the form has them."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            at = (names or {}).get(name, name)
            # A refusal about what the form does not show is said on top.
            self.add_error(at if at in self.fields else None, errors)


class ReasonedForm(ActionForm):
    """A form that asks why; kept with the change."""

    reason = forms.CharField(
        label="Reason",
        max_length=500,
        help_text="Kept with the change, for whoever reads the history.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])
