"""A place in the document that hands out only what has the right shape."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from casemgr.docket.errors import Path, Problem, dotted
from casemgr.docket.typed import Typed


@dataclass(slots=True)
class Cursor:
    """One value with its path. What step 3 refused is silently stepped over here."""

    path: Path
    value: Any
    typed: Typed
    found: list[Problem]

    def at(self, *steps: str | int) -> "Cursor":
        """The value below, None where there is none."""
        value, path = self.value, self.path
        for step in steps:
            if isinstance(step, str):
                value = value.get(step) if isinstance(value, dict) else None
            else:
                value = value[step] if isinstance(value, list) and step < len(value) else None
            path = (*path, step)
        return Cursor(path, value, self.typed, self.found)

    def each(self, name: str) -> Iterator["Cursor"]:
        """The entries of the list of that name, with their paths."""
        listed = self.at(name)
        if isinstance(listed.value, list):
            for index in range(len(listed.value)):
                yield listed.at(index)

    def objects(self, name: str) -> Iterator["Cursor"]:
        """Those entries that have fields."""
        return (entry for entry in self.each(name) if isinstance(entry.value, dict))

    def text(self, name: str) -> str | None:
        """The text of the field, None where it is absent or not text."""
        value = self.value.get(name) if isinstance(self.value, dict) else None
        return value if isinstance(value, str) and value else None

    def refuse(self, message: str, fix: str = "") -> None:
        """Record a problem here."""
        self.found.append(Problem(dotted(self.path), message, fix, self.line()))

    def line(self) -> int | None:
        """The line of this place or of the nearest thing around it."""
        for length in range(len(self.path), -1, -1):
            if self.path[:length] in self.typed.lines:
                return self.typed.lines[self.path[:length]]
        return None


def unique(entries: Iterable[Cursor], field: str, what: str) -> dict[str, Cursor]:
    """The entries by key, every repeated key refused."""
    seen: dict[str, Cursor] = {}
    for entry in entries:
        key = entry.text(field)
        if key is None:
            continue
        if key in seen:
            line = seen[key].line()
            entry.at(field).refuse(
                f"a second {what} has the {field} {key!r}"
                + (f"; the first is on line {line}" if line else ""),
                "give each its own, or merge the two",
            )
        else:
            seen[key] = entry
    return seen


def must_name(here: Cursor, known: Iterable[str], what: str) -> None:
    """Refuse the text at this place where it names nothing that exists."""
    if not isinstance(here.value, str):
        return
    choices = list(known)
    if here.value in choices:
        return
    near = get_close_matches(here.value, choices, n=1, cutoff=0.6)
    if near:
        fix = f"did you mean {near[0]!r}?"
    elif not choices:
        fix = "there is none"
    elif len(choices) <= 12:
        fix = f"one of: {', '.join(choices)}"
    else:
        fix = f"add it, or name one of the {len(choices)} there are"
    here.refuse(f"{here.value!r} is not {what}", fix)


def in_circle(start: str, parents: dict[str, list[str]]) -> list[str] | None:
    """The way from ``start`` back to itself, None where there is none; never recurses."""
    came_from: dict[str, str] = {}
    pending = [start]
    while pending:
        current = pending.pop()
        for parent in parents.get(current, ()):
            if parent == start:
                way = [start]
                while current != start:
                    way.append(current)
                    current = came_from[current]
                return [start, *reversed(way[1:]), start]
            if parent not in came_from:
                came_from[parent] = current
                pending.append(parent)
    return None
