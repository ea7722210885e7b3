"""What a bundle would become: authors, items, restrictions, and what was not read. Plain data.

It crosses from the process that reads the file to the one that logs, so it is made of texts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evidence.exchange.stix.reading import Said


@dataclass(frozen=True, slots=True)
class Author:
    """Who made objects; without a name the file refers to it and does not hold it."""

    id: str
    name: str
    identity_class: str
    sectors: tuple[str, ...]
    roles: tuple[str, ...]
    our_key: str


@dataclass(frozen=True, slots=True)
class Restriction:
    """A marking that objects of the file carry. ``level`` is that of TLP, where it is one."""

    id: str
    said: str
    level: str
    objects: int


@dataclass(frozen=True, slots=True)
class Held:
    """An object of an item. ``itself``: the item stands for it, and does not only refer to it."""

    id: str
    modified: str
    itself: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Rows drawn from the file, to be kept beside it."""

    filename: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One item to be made. ``head`` is the object it is made of; empty: of what nothing holds."""

    head: str
    type: str
    author: str
    kind: str
    title: str
    summary: str
    text: str
    citation: str
    dated: str
    occurred: tuple[str, str]
    language: str
    revoked: bool
    our_key: str
    derived_from: tuple[str, ...]
    held: tuple[Held, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is to be said of a file before anything is logged."""

    bundle_id: str
    count: int
    authors: tuple[Author, ...]
    drafts: tuple[Draft, ...]
    restrictions: tuple[Restriction, ...]
    refused: tuple[Said, ...]
    remarks: tuple[Said, ...]
    missing: tuple[Said, ...]
    unread_types: tuple[tuple[str, int], ...]
    unread_properties: tuple[tuple[str, int], ...]

    def as_json(self) -> dict[str, Any]:
        """As the other process writes it."""
        return asdict(self)

    @classmethod
    def of_json(cls, made: Mapping[str, Any]) -> "Plan":
        """As it was before it was written."""
        return cls(
            bundle_id=made["bundle_id"],
            count=made["count"],
            authors=tuple(
                Author(**{**each, "sectors": tuple(each["sectors"]), "roles": tuple(each["roles"])})
                for each in made["authors"]
            ),
            drafts=tuple(_draft(each) for each in made["drafts"]),
            restrictions=tuple(Restriction(**each) for each in made["restrictions"]),
            refused=_said(made["refused"]),
            remarks=_said(made["remarks"]),
            missing=_said(made["missing"]),
            unread_types=_counts(made["unread_types"]),
            unread_properties=_counts(made["unread_properties"]),
        )


def _draft(made: Mapping[str, Any]) -> Draft:
    first, last = made["occurred"]
    return Draft(
        **{
            **made,
            "occurred": (first, last),
            "derived_from": tuple(made["derived_from"]),
            "held": tuple(Held(**each) for each in made["held"]),
            "tables": tuple(Table(**each) for each in made["tables"]),
        }
    )


def _said(made: Sequence[Mapping[str, str]]) -> tuple[Said, ...]:
    return tuple(Said(**each) for each in made)


def _counts(made: Sequence[Sequence[Any]]) -> tuple[tuple[str, int], ...]:
    return tuple((name, number) for name, number in made)
