"""Addresses within the docket."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.urls import reverse

from casemgr.docketing.query import DocketQuery

register = template.Library()
_PAGES_OF_CASE = (
    ("elements", "case-page", "Elements"),
    ("decision", "decision-page", "Decision and stage"),
    ("treatment", "treatment-page", "Like cases and record"),
    ("repin", "repin-page", "Version of the law"),
    ("stress", "stress-page", "Stress and brief"),
    ("compare", "compare-page", "Compare authorities"),
    ("gap", "gap-page", "Gap to ready"),
    ("what-if", "what-if-page", "What if"),
    ("tasks", "case-tasks", "Tasks and comments"),
    ("chronology", "chronology-page", "Chronology"),
    ("changes", "changes-page", "Changes"),
)


@register.simple_tag
def pages_of_case(key: str) -> Iterator[tuple[str, str, str]]:
    """Tab, address and label of every page of a case."""
    return ((tab, reverse(name, args=[key]), label) for tab, name, label in _PAGES_OF_CASE)


@register.simple_tag
def docket_query(asked: DocketQuery, stage: str) -> str:
    """The query of the same docket in one stage; empty: in all.

    Never empty itself, for a docket without a query may open with a saved view.
    """
    return asked.address(stage=(stage,) if stage else ()) or "view=all"


@register.simple_tag(takes_context=True)
def element_address(context: Any, case_key: str, code: str) -> str:
    """The page of an element; each is found once a page, however often the page names it."""
    kept = context.render_context.dicts[0].setdefault("element addresses", {})
    if (case_key, code) not in kept:
        kept[case_key, code] = reverse("element-page", args=[case_key, code])
    return str(kept[case_key, code])
