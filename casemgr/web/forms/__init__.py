"""Forms of the pages of a case. They check the shape; the actions check what it means."""

from collections.abc import Mapping

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm


def refused(
    form: BaseForm, error: ValidationError, called: Mapping[str, str] | None = None
) -> None:
    """Put what an action refused beside the field it spoke of, or above the form.

    ``called``: fields that the form calls otherwise than the action.
    """
    if not hasattr(error, "error_dict"):
        form.add_error(None, error.messages)
        return
    for said, messages in error.message_dict.items():
        name = (called or {}).get(said, said)
        at = name if name in form.fields and name != NON_FIELD_ERRORS else None
        form.add_error(at, messages)
