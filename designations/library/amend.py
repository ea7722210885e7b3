"""One version of an authority as its file writes it, after taking over what it amends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from designations.library.document import Path

LISTS = ("elements", "considerations", "prerequisites", "consequences", "provisions")
# What an amending version never takes over: these speak of one version only.
_OWN = frozenset({"version", "in_force", "statuses", "notes", "amends", "removes"})


@dataclass(slots=True)
class VersionText:
    """The fields of a version after amending, and where in the file each entry was written."""

    data: dict[str, Any]
    places: dict[str, list[Path]]
    own: Path
    base: str | None
    not_removed: list[str]

    @classmethod
    def of(cls, data: Mapping[str, Any], place: Path, base: "VersionText | None") -> "VersionText":
        fields = dict(data)
        places = {
            name: [(*place, name, number) for number, _ in enumerate(data.get(name, ()))]
            for name in LISTS
        }
        removed = list(data.get("removes", ()))
        if base is None:
            return cls(fields, places, place, None, removed)
        for name, value in base.data.items():
            if name not in _OWN and name not in LISTS:
                fields.setdefault(name, value)
        for name in LISTS:
            entries, entry_places = _amended(
                (base.data.get(name, []), base.places[name]),
                (data.get(name, []), places[name]),
                removed,
            )
            if entries:
                fields[name], places[name] = entries, entry_places
        known = {entry["code"] for name in LISTS for entry in base.data.get(name, ())}
        missing = [code for code in removed if code not in known]
        return cls(fields, places, place, str(data["amends"]), missing)

    def problems(self) -> Iterator[tuple[Path, str]]:
        """What is wrong with the writing itself: what is missing, or named without being there."""
        for name in ("threshold", "posture", "elements"):
            if name not in self.data:
                yield (), f"needs {name}"
        for code in self.not_removed:
            yield ("removes",), f"{self.base or 'a version that amends none'} has no {code!r}"

    def place(self, inner: Path) -> Path:
        """Where the file says what the path inside this version means."""
        if len(inner) > 1 and isinstance(inner[1], int):
            known = self.places.get(str(inner[0]), [])
            if inner[1] < len(known):
                return (*known[inner[1]], *inner[2:])
        return (*self.own, *inner)

    def fields(self, file: Mapping[str, Any], shared: list[dict[str, Any]]) -> dict[str, Any]:
        """The fields of the Authority, with the file's slug and the shared considerations."""
        fields = {
            name: value
            for name, value in self.data.items()
            if name not in ("amends", "removes", "without_considerations")
        }
        fields["slug"] = file["authority"]
        fields.setdefault("title", file["title"])
        own = self.data.get("considerations", [])
        spoken_for = {entry["code"] for entry in own} | set(
            self.data.get("without_considerations", ())
        )
        fields["considerations"] = own + [c for c in shared if c["code"] not in spoken_for]
        return fields


Written = tuple[dict[str, Any], Path]


def _amended(
    base: tuple[list[dict[str, Any]], list[Path]],
    new: tuple[list[dict[str, Any]], list[Path]],
    removed: list[str],
) -> tuple[list[dict[str, Any]], list[Path]]:
    """The base's entries, those of the same code replaced in place.

    A new entry comes after the one that stands before it in the amending version, so that a
    new member of a group can be written beside its siblings; without one, at the end.
    """
    entries: list[Written] = [
        (entry, place) for entry, place in zip(*base, strict=True) if entry["code"] not in removed
    ]
    before: str | None = None
    given: set[str] = set()
    for entry, place in zip(*new, strict=True):
        code = entry["code"]
        codes = [known["code"] for known, _ in entries]
        if code in codes and code not in given:
            entries[codes.index(code)] = (entry, place)
        else:  # new, or given twice: both stay, for the check of codes to see
            at = codes.index(before) + 1 if before is not None else len(entries)
            entries.insert(at, (entry, place))
        given.add(code)
        before = code
    return [entry for entry, _ in entries], [place for _, place in entries]
