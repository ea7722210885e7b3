"""A version of an authority, arranged for reading."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from designations.models import (
    Authority,
    AuthorityVersion,
    Consequence,
    Consideration,
    Element,
    Prerequisite,
    Provision,
    VersionStatus,
)
from designations.web.marks import Mark, checks_of, mark_of_part, mark_of_version
from designations.words import VersionState


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the law or of the house, with its mark; ``depth`` is its place in the tree."""

    row: Any
    mark: Mark
    depth: int = 0

    @property
    def style(self) -> str:
        """The class that indents it; the sheet knows five steps."""
        return f"depth-{min(self.depth, 4)}"


@dataclass(frozen=True, slots=True)
class VersionReading:
    """Everything the page of a version shows."""

    version: AuthorityVersion
    state: VersionState
    mark: Mark
    elements: tuple[Text, ...]
    considerations: tuple[Text, ...]
    prerequisites: tuple[Text, ...]
    consequences: tuple[Text, ...]
    provisions: tuple[Text, ...]
    statuses: tuple[VersionStatus, ...]
    siblings: tuple[AuthorityVersion, ...]

    @property
    def worded(self) -> int:
        """How many elements have words of their own; a group may have none."""
        return sum(bool(text.row.text) for text in self.elements)

    @property
    def verified(self) -> int:
        """How many element texts somebody has compared with the source."""
        return sum(text.mark.verified and bool(text.row.text) for text in self.elements)


def read_version(version: AuthorityVersion, day: date) -> VersionReading:
    """Read a version with its parts, in a number of queries that does not grow with them."""
    checks = checks_of(version)

    def texts(subject: str, rows: Iterable[Any]) -> tuple[Text, ...]:
        return tuple(Text(row, mark_of_part(subject, row, checks)) for row in rows)

    elements = list(Element.objects.filter(version=version).order_by("position"))
    return VersionReading(
        version=version,
        state=version.state_on_day(day),
        mark=mark_of_version(version, checks),
        elements=tuple(
            Text(element, mark_of_part("element", element, checks), depth)
            for element, depth in in_tree_order(elements)
        ),
        considerations=texts(
            "consideration", _of(version, Consideration).select_related("element")
        ),
        prerequisites=texts("prerequisite", _of(version, Prerequisite).select_related("element")),
        consequences=texts("consequence", _of(version, Consequence)),
        provisions=texts("provision", _of(version, Provision)),
        statuses=tuple(version.statuses.all()),
        siblings=tuple(
            AuthorityVersion.objects.filter(authority=version.authority)
            .select_related("authority")
            .state_on(day)
            .order_by("in_force_from", "label")
        ),
    )


def in_tree_order(elements: Iterable[Element]) -> Iterator[tuple[Element, int]]:
    """Each element after its group, siblings as the law has them, with its depth."""
    children: dict[int | None, list[Element]] = {}
    for element in elements:
        children.setdefault(element.parent_id, []).append(element)

    def below(parent: int | None, depth: int) -> Iterator[tuple[Element, int]]:
        for element in children.get(parent, ()):
            yield element, depth
            yield from below(element.pk, depth + 1)

    return below(None, 0)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One authority of the library with its versions, oldest first."""

    authority: Authority
    title: str
    versions: tuple[AuthorityVersion, ...]


def shelves(day: date) -> tuple[Shelf, ...]:
    """The whole library; what a docket file brought along is the file's own and not shown here."""
    rows = (
        AuthorityVersion.objects.filter(authority__origin="library")
        .select_related("authority")
        .state_on(day)
        .order_by("authority__slug", "in_force_from", "label")
    )
    held: dict[Authority, list[AuthorityVersion]] = {}
    for version in rows:
        held.setdefault(version.authority, []).append(version)
    return tuple(
        Shelf(authority, versions[-1].title or authority.slug, tuple(versions))
        for authority, versions in held.items()
    )


def _of(version: AuthorityVersion, part: Any) -> Any:
    return part.objects.filter(version=version).order_by("position")
