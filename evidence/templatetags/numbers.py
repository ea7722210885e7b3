"""Numbers as people write them."""

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def stated_number(value: Decimal | int | None) -> str:
    """With its thousands told apart and the digits it was stated with; empty for none.

    >>> stated_number(Decimal("24000"))
    '24,000'
    >>> stated_number(Decimal("1500.50"))
    '1,500.50'
    """
    return "" if value is None else f"{value:,f}"
