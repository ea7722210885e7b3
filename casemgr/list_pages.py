"""The lists whose filters can be kept under a name."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page that is a list: what it is called, and the name of its address."""

    title: str
    url_name: str


LIST_PAGES: Mapping[str, ListPage] = {
    "docket": ListPage("Docket", "docket-page"),
    "evidence": ListPage("Evidence", "evidence-list"),
    "tasks": ListPage("Tasks", "tasks-page"),
}
"""By the word that a saved view names its page with."""

PLACE_IN_LIST = frozenset({"after", "page", "cursor", "view", "format", "counted"})
"""Parameters that say where in a list one stands, or in what form: no part of a view."""
