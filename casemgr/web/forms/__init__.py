"""Forms of the pages of a case. They check the shape; the actions check what it means."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm


def refused(form: BaseForm, error: ValidationError) -> None:
    """Put what an action refused beside the field it spoke of, or above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error.messages)
        return
    for name, messages in error.message_dict.items():
        at = name if name in form.fields and name != NON_FIELD_ERRORS else None
        form.add_error(at, messages)
