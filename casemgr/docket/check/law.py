"""A file's own authorities: codes unique, parents real, the tree a tree."""

from collections.abc import Iterable
from dataclasses import dataclass

from casemgr.docket.check.cursor import Cursor, in_circle, must_name, unique
from designations.library.model import Authority


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of one authority version that a case may name."""

    elements: frozenset[str]
    considerations: frozenset[str]
    prerequisites: frozenset[str]


def codes_of(authority: Authority) -> Codes:
    """The codes of a library authority."""
    return Codes(
        frozenset(element.code for element in authority.elements),
        frozenset(each.code for each in authority.considerations),
        frozenset(each.code for each in authority.prerequisites),
    )


def check_authorities(top: Cursor) -> dict[str, Codes]:
    """Refuse broken authorities; the codes of each by ``slug@version``."""
    found: dict[str, Codes] = {}
    first: dict[str, Cursor] = {}
    for authority in top.objects("authorities"):
        elements = unique(authority.objects("elements"), "code", "element")
        considerations = unique(authority.objects("considerations"), "code", "consideration")
        prerequisites = unique(authority.objects("prerequisites"), "code", "prerequisite")
        _tree(elements)
        for each in (*considerations.values(), *prerequisites.values()):
            must_name(each.at("element"), elements, "an element of this authority")
        listed = authority.at("elements")
        if listed.value == []:
            listed.refuse("an authority requires at least one element", "add its elements")
        slug, version = authority.text("slug"), authority.text("version")
        if slug is None or version is None:
            continue
        for name, value in (("slug", slug), ("version", version)):
            if "@" in value or value != "".join(value.split()):
                authority.at(name).refuse(
                    f"{value!r} holds a space or an @", "cases name it as slug@version"
                )
        name = f"{slug}@{version}"
        if name in found:
            line = first[name].line()
            authority.refuse(
                f"a second authority is named {name!r}"
                + (f"; the first is on line {line}" if line else ""),
                "change its version, or merge the two",
            )
            continue
        first[name] = authority
        found[name] = Codes(
            frozenset(elements), frozenset(considerations), frozenset(prerequisites)
        )
    return found


def _tree(elements: dict[str, Cursor]) -> None:
    children: set[str] = set()
    parents: dict[str, list[str]] = {}
    for code, element in elements.items():
        parent = element.text("parent")
        if parent is None:
            continue
        must_name(element.at("parent"), elements, "an element of this authority")
        if parent not in elements:
            continue
        if elements[parent].text("join") is None:
            element.at("parent").refuse(
                f"{parent!r} has elements below it but does not say how they are joined",
                f"add join: all or join: any to {parent!r}",
            )
        children.add(parent)
        parents[code] = [parent]
    _acyclic(elements, parents)
    for code, element in elements.items():
        if element.text("join") is not None and code not in children:
            element.refuse(
                f"the group {code!r} has no element below it",
                f"remove join, or give an element parent: {code}",
            )


def _acyclic(elements: dict[str, Cursor], parents: dict[str, list[str]]) -> None:
    told: set[str] = set()
    for code in elements:
        way = in_circle(code, parents)
        if way and not told.intersection(way):
            elements[code].at("parent").refuse(
                f"the parents go in a circle: {_way(way)}", "give one of them another parent"
            )
            told.update(way)


def _way(way: Iterable[str]) -> str:
    return " → ".join(way)
