"""Addresses within the docket."""

from django import template

from casemgr.docketing.query import DocketQuery

register = template.Library()


@register.simple_tag
def docket_query(asked: DocketQuery, stage: str) -> str:
    """The query of the same docket in one stage; empty: in all.

    Never empty itself, for a docket without a query may open with a saved view.
    """
    return asked.address(stage=(stage,) if stage else ()) or "view=all"
