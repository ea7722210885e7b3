"""Load the authority library: YAML files in, frozen Authority versions out.

One file holds one authority in all its versions. A version may say ``amends: <version>`` and
then give only what changed: single fields replace, entries with a code replace the entry of
that code, ``removes`` takes codes away. Considerations in ``shared/considerations.yaml`` are
added to every version that does not name their code itself or under
``without_considerations``.
"""

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath
from typing import Any

from designations.library.amend import VersionText
from designations.library.build import authority_from
from designations.library.checks import library_problems, version_overlaps
from designations.library.digest import body_digest, canonical_body
from designations.library.document import Document, DocumentError, Path, read_document, written
from designations.library.model import Authority

__all__ = [
    "AUTHORITIES",
    "SCHEMA_FILE",
    "FileProblem",
    "LibraryError",
    "authority_schema",
    "body_digest",
    "canonical_body",
    "read_file",
    "read_library",
]

AUTHORITIES = FilePath(__file__).parent / "authorities"
SCHEMA_FILE = FilePath(__file__).parent / "authority.schema.json"
SHARED = FilePath("shared") / "considerations.yaml"


@dataclass(frozen=True, slots=True, order=True)
class FileProblem:
    """One thing wrong with one file of the library."""

    file: str
    line: int
    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.path}: {self.reason}"


class LibraryError(ValueError):
    """Library files that cannot be used; ``problems`` holds all of them, not the first only."""

    def __init__(self, problems: Iterable[FileProblem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    @property
    def file(self) -> str:
        """The file of the first problem."""
        return self.problems[0].file

    @property
    def line(self) -> int:
        """The line of the first problem."""
        return self.problems[0].line

    @property
    def reason(self) -> str:
        """The reason of the first problem."""
        return self.problems[0].reason


def read_library(folder: FilePath = AUTHORITIES) -> tuple[Authority, ...]:
    """All versions of all authorities in the folder, by slug and then as written.

    Raises LibraryError with every problem of every file; a folder without files is one too.
    """
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise LibraryError([FileProblem(str(folder), 1, "(the folder)", "has no *.yaml file")])
    problems: list[FileProblem] = []
    found: dict[str, _File] = {}
    for path in paths:
        try:
            file = _read(path)
        except LibraryError as error:
            problems += error.problems
            continue
        if file.slug in found:
            other = found[file.slug].path
            problems.append(file.problem(("authority",), f"{other} holds this authority already"))
        found[file.slug] = file
    if not problems:
        problems = [problem for file in found.values() for problem in _unknown_slugs(file, found)]
    if problems:
        raise LibraryError(problems)
    return tuple(version for slug in sorted(found) for version in found[slug].versions)


def read_file(path: FilePath) -> tuple[Authority, ...]:
    """The versions of the one authority a file holds, in the order written.

    Raises LibraryError with every problem of the file, each with its line. Whether other
    authorities it names exist is known only to ``read_library``.
    """
    return tuple(_read(path).versions)


@dataclass(slots=True)
class _File:
    """A library file read: its versions, and enough to put a line to what is wrong with them."""

    path: FilePath
    document: Document
    versions: list[Authority]
    texts: list[VersionText]

    @property
    def slug(self) -> str:
        slug: str = self.document.value["authority"]
        return slug

    def problem(self, place: Path, reason: str) -> FileProblem:
        return FileProblem(str(self.path), self.document.line(place), written(place), reason)


def _read(path: FilePath) -> _File:
    shared = _shared_considerations(path.parent / SHARED)
    file = _File(path, _document(path, authority_schema()), [], [])
    problems: list[FileProblem] = []
    by_label: dict[str, VersionText] = {}
    for number, data in enumerate(file.document.value["versions"]):
        place: Path = ("versions", number)
        label, base = data["version"], data.get("amends")
        if label in by_label:
            problems.append(file.problem((*place, "version"), f"{label!r} stands twice"))
        if base is not None and base not in by_label:
            reason = f"there is no version {base!r} above this one"
            problems.append(file.problem((*place, "amends"), reason))
            continue
        text = VersionText.of(data, place, by_label[base] if base is not None else None)
        by_label[label] = text
        found = [*text.problems()]
        try:
            authority = authority_from(text.fields(file.document.value, shared))
        except ValueError as error:
            found.append(((), str(error)))
        else:
            found += library_problems(authority)
            file.versions.append(authority)
            file.texts.append(text)
        problems += [file.problem(text.place(inner), reason) for inner, reason in found]
    for number, reason in version_overlaps(file.versions):
        problems.append(file.problem((*file.texts[number].own, "in_force"), reason))
    if problems:
        raise LibraryError(problems)
    return file


@cache
def authority_schema() -> dict[str, Any]:
    """The published JSON Schema of library files; ``$defs/docketAuthority`` serves dockets."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


def _document(path: FilePath, schema: Mapping[str, Any]) -> Document:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = f"cannot be read: {error}"
        raise LibraryError([FileProblem(str(path), 1, "(the file)", reason)]) from error
    try:
        return read_document(text, schema)
    except DocumentError as error:
        raise LibraryError(
            FileProblem(str(path), p.line, p.path, p.reason) for p in error.problems
        ) from error


def _shared_considerations(path: FilePath) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    schema = {"$ref": "#/$defs/sharedConsiderations", "$defs": authority_schema()["$defs"]}
    shared: list[dict[str, Any]] = _document(path, schema).value["shared_considerations"]
    return shared


def _unknown_slugs(file: _File, known: Container[str]) -> list[FileProblem]:
    """References of a file to authorities that no file of the folder has."""
    problems = []
    for version, text in zip(file.versions, file.texts, strict=True):
        named: list[tuple[Path, str]] = []
        for field in ("depends_on", "triggers_consideration_of"):
            named += [((field,), slug) for slug in getattr(version, field)]
        for number, consequence in enumerate(version.consequences):
            named += [
                (("consequences", number, "depends_on"), slug) for slug in consequence.depends_on
            ]
        problems += [
            file.problem(text.place(place), f"there is no authority {slug!r} in the library")
            for place, slug in named
            if slug not in known
        ]
    return problems
