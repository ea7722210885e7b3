"""The places of the service: one table, from which sidebar, shortcuts and help are drawn.

A page is added here once. A person sees the places their standings may read; what a page shows
them there is still the business of its queries.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from access.models import User
from access.policy import Verb, may
from access.words import Standing


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the sidebar: where it leads, who may go, and the keys that lead there."""

    label: str
    url_name: str
    resource: str
    verb: Verb = Verb.READ
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Places that belong together, under a heading."""

    label: str
    places: tuple[Place, ...]


NAVIGATION = (
    Shelf(
        "Work",
        (
            Place("My work", "home", "me", shortcut="g h"),
            Place("Docket", "docket-page", "case", shortcut="g c"),
            Place("Open a case", "new-case-page", "case", Verb.CREATE),
            Place("Board", "board-page", "case", shortcut="g b"),
            Place("Status", "status-page", "status", shortcut="g s"),
            Place("Evidence", "evidence-list", "evidence", shortcut="g e"),
            Place("Sources", "source-list", "source", shortcut="g o"),
            Place("Portals", "portal-list", "portal", shortcut="g p"),
            Place("Tasks", "tasks-page", "task", shortcut="g t"),
            Place("Notifications", "notifications-page", "notification", shortcut="g n"),
            Place("Assessment runs", "portfolio-runs-page", "portfolio-run", Verb.CREATE, "g r"),
        ),
    ),
    Shelf(
        "Reference",
        (
            Place("Authority library", "library-page", "authority", shortcut="g l"),
            Place("API", "docs", "me"),
            Place("People", "people", "user"),
            Place("Administration", "admin:index", "user"),
        ),
    ),
)

# Where the search of the header looks.
SEARCH_PLACE = "evidence-list"


@dataclass(frozen=True, slots=True)
class Entry:
    """A place as one page shows it; ``current`` is a value of aria-current."""

    label: str
    address: str
    shortcut: str
    current: str


def navigation(request: HttpRequest) -> Mapping[str, Any]:
    """Context processor: the sidebar of the person who asks, and where their search goes."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    standings = user.standings()
    offered = [(shelf.label, list(_offered(shelf, standings))) for shelf in NAVIGATION]
    addresses = {
        place: address
        for _, places in offered
        for place in places
        if (address := place_address(place.url_name))
    }
    here = _nearest(addresses.values(), request.path)
    return {
        "navigation": [
            (label, entries)
            for label, places in offered
            if (
                entries := [
                    _entry(place, addresses[place], here, request.path)
                    for place in places
                    if place in addresses
                ]
            )
        ],
        "search_address": place_address(SEARCH_PLACE)
        if may(standings, "evidence", Verb.READ)
        else "",
    }


def _offered(shelf: Shelf, standings: frozenset[Standing]) -> Iterator[Place]:
    return (place for place in shelf.places if may(standings, place.resource, place.verb))


def _nearest(addresses: Iterable[str], path: str) -> str:
    """The place one is at or below; of two, the deeper one."""
    above = [each for each in addresses if path == each or (each != "/" and path.startswith(each))]
    return max(above, key=len, default="")


def _entry(place: Place, address: str, here: str, path: str) -> Entry:
    current = ("page" if path == address else "true") if address == here else ""
    return Entry(place.label, address, place.shortcut, current)


def place_address(url_name: str) -> str:
    """Where the place is; empty where the addresses in use do not have it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
