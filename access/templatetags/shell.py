"""What the shell's own templates need beyond Django: form controls, page numbers."""

from collections.abc import Iterator
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

register = template.Library()

# The first that fits counts, so the narrower widget comes first.
_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "usa-checkbox__input"),
    (forms.DateInput, "usa-input usa-input--day"),
    (forms.NumberInput, "usa-input usa-input--number"),
    (forms.Textarea, "usa-textarea"),
    (forms.Select, "usa-select"),
    (forms.FileInput, "usa-input usa-input--file"),
    (forms.widgets.Input, "usa-input"),
)


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's control with the class of the design system, beside any class of its own."""
    widget = field.field.widget
    names = [next((name for kind, name in _CLASSES if isinstance(widget, kind)), "")]
    names += [widget.attrs["class"]] if "class" in widget.attrs else []
    names += ["usa-input--error"] if field.errors else []
    attributes: dict[str, Any] = {"class": " ".join(filter(None, names))}
    if isinstance(widget, forms.DateInput) and not isinstance(widget, forms.DateTimeInput):
        widget.input_type = "date"
        widget.format = widget.format or "%Y-%m-%d"
    return field.as_widget(attrs=attributes)


@register.filter
def kind(field: BoundField) -> str:
    """How a field is laid out: ``checkbox``, ``choices`` (radios or boxes), or ``plain``."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "plain"


@register.filter
def page_numbers(page: Page[Any]) -> Iterator[int]:
    """Numbers of the pages near this one, the first and the last; 0 where some are left out."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return (number if isinstance(number, int) else 0 for number in shown)
