"""The rows of a sheet as entries: what each would become, and what stands against it."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any

from django import forms

from access.models import Team, User
from evidence.intake.guard import StepFailedError, guarded
from evidence.models import Source
from evidence.search.duplicates import Alike, Entered, alike
from evidence.sheets.columns import KIND, Column, matched
from evidence.sheets.reading import Sheet, SheetError
from evidence.web.forms.entry import EntryForm, form_for
from evidence.web.forms.parts import named_source
from evidence.web.guess import addresses_in
from evidence.words import EvidenceKind

_SECONDS = 30.0
_SHOWN = 90


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What must be mended before the row can be entered; without a column it is the row's."""

    column: str
    said: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: the item it would become, and what stands against that."""

    row: int
    kind: EvidenceKind | None
    title: str
    team: Team | None
    stated: Mapping[str, Any]
    problems: tuple[RowProblem, ...]
    alike: tuple[Alike, ...] = ()
    twin: int | None = None

    @property
    def here_already(self) -> bool:
        """Whether the same address is in the record, or in an earlier row."""
        return self.twin is not None or any(each.same for each in self.alike)


@dataclass(frozen=True, slots=True)
class CheckedSheet:
    """A sheet read and checked; nothing is entered."""

    filename: str
    sha256: str
    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]

    @property
    def wrong(self) -> list[Entry]:
        """The rows that cannot be entered as they are."""
        return [entry for entry in self.entries if entry.problems]

    @property
    def doubtful(self) -> list[Entry]:
        """The rows that may be in the record already."""
        return [entry for entry in self.entries if entry.alike or entry.twin is not None]

    @property
    def new_sources(self) -> list[str]:
        """The names of the sources that would be entered with the items."""
        names = (entry.stated.get("new_source", {}).get("name") for entry in self.entries)
        return sorted({name for name in names if name})


def sheet_in(content: bytes, filename: str) -> Sheet:
    """The rows of the file, read where it can do no harm. Raises SheetError."""
    with TemporaryFile() as file:
        file.write(content)
        file.flush()
        try:
            result = guarded("sheet", file, filename, seconds=_SECONDS)
        except StepFailedError as error:
            raise SheetError(f"The file could not be read. {error}") from error
    if "refused" in result:
        raise SheetError(result["refused"])
    rows = tuple((number, tuple(cells)) for number, cells in result["rows"])
    return Sheet(tuple(result["columns"]), rows)


def check_sheet(
    content: bytes,
    filename: str,
    user: User,
    *,
    team: Team | None = None,
    kind: EvidenceKind | None = None,
    closely: bool = True,
) -> CheckedSheet:
    """Read the file and check every row as the entry form would; nothing is entered.

    ``team`` and ``kind`` are those of the rows that name none; ``closely`` also looks for items
    that say much the same. Raises SheetError for what is no sheet of entries.
    """
    sheet = sheet_in(content, filename)
    columns = matched(sheet.columns)
    named = tuple(zip(sheet.columns, columns, strict=True))
    reader = _Reader(user, team, kind, named, closely)
    entries = tuple(reader.entry(number, cells) for number, cells in sheet.rows)
    return CheckedSheet(filename, hashlib.sha256(content).hexdigest(), tuple(columns), entries)


class _Reader:
    """Reads one row after the other, and knows those before."""

    def __init__(
        self,
        user: User,
        team: Team | None,
        kind: EvidenceKind | None,
        columns: Sequence[tuple[str, Column]],
        closely: bool,
    ) -> None:
        self.user, self.team, self.kind, self.columns = user, team, kind, columns
        self.closely = closely
        self.sources: dict[str, Source | None] = {}
        self.roles: dict[str, tuple[int, Any]] = {}
        self.keys: dict[str, int] = {}
        self.said: dict[tuple[str, ...], int] = {}

    def entry(self, row: int, cells: Sequence[str]) -> Entry:
        typed = {
            column.name: cell for (_, column), cell in zip(self.columns, cells, strict=True) if cell
        }
        title = typed.get("title") or typed.get("summary") or typed.get("citation", "")
        kind, problems = self._kind(typed.pop(KIND, ""))
        if kind is None:
            return Entry(row, None, title[:_SHOWN], None, {}, (problems,))
        form = form_for(kind)(
            self._data(kind, typed), user=self.user, find_source=self._find_source
        )
        wrong = tuple(self._problems(form, kind, typed, row))
        if wrong:
            return Entry(row, kind, title[:_SHOWN], None, {}, wrong)
        given = form.cleaned_data
        team = given["team"]
        stated = {"kind": kind.value, **form.stated()}
        entered = Entered(
            words=given["title"] or given["summary"][:_SHOWN],
            addresses=tuple(addresses_in(given["citation"])),
            source=given["source_name"],
            dated=str(given["dated"] or ""),
        )
        return Entry(
            row,
            kind,
            title[:_SHOWN],
            team,
            stated,
            (),
            tuple(alike(entered, self.user, closely=self.closely)),
            self._twin(row, entered),
        )

    def _kind(self, said: str) -> tuple[EvidenceKind | None, RowProblem]:
        if not said:
            return self.kind, RowProblem(KIND, "Say what kind it is, here or for the whole file.")
        try:
            return EvidenceKind(re.sub(r"[\s_]+", "-", said.lower())), RowProblem("", "")
        except ValueError:
            words = ", ".join(kind.value for kind in EvidenceKind)
            return None, RowProblem(KIND, f"{said!r} is no kind. Write one of: {words}.")

    def _data(self, kind: EvidenceKind, typed: Mapping[str, str]) -> dict[str, Any]:
        fields: Any = form_for(kind).base_fields
        data: dict[str, Any] = {}
        for name, cell in typed.items():
            field = fields.get(name)
            if name == "markings":
                data[name] = [word for word in re.split(r"[;,\s]+", cell) if word]
            elif any(column.name == name and column.several for _, column in self.columns):
                data[name] = cell.replace(";", "\n")
            elif isinstance(field, forms.ChoiceField):
                data[name] = _word(field, cell)
            else:
                data[name] = cell
        if self.team is not None:
            data.setdefault("team", self.team.key)
        return data

    def _problems(
        self, form: EntryForm, kind: EvidenceKind, typed: Mapping[str, str], row: int
    ) -> Iterator[RowProblem]:
        theirs = {column.name: name for name, column in self.columns}
        for _, column in self.columns:
            if column.name in typed and column.name not in form.fields:
                said = f"Only a {column.of} has this; the row is a {kind}."
                if column.name == "markings":
                    said = "You are cleared for no marking, so you can set none."
                yield RowProblem(theirs[column.name], said)
        for name, errors in form.errors.items():
            for error in errors.as_data():
                yield RowProblem(theirs.get(name, name if name in form.fields else ""), _said(
                    form, name, typed.get(name, ""), error
                ))  # fmt: skip
        if form.errors:
            return
        given = form.cleaned_data
        if given["key"]:
            if earlier := self.keys.get(given["key"]):
                yield RowProblem(theirs["key"], f"Row {earlier} has the same key.")
            self.keys.setdefault(given["key"], row)
        if new := given["new_source"]:
            earlier, role = self.roles.setdefault(new["name"].casefold(), (row, new["role"]))
            if role != new["role"]:
                yield RowProblem(
                    theirs["source_role"],
                    f"Row {earlier} calls the new source {new['name']!r} {role}.",
                )

    def _twin(self, row: int, entered: Entered) -> int | None:
        marks: list[tuple[str, ...]] = [("address", each) for each in entered.addresses]
        if entered.words:
            marks.append(("said", entered.words.casefold(), entered.source, entered.dated))
        twins = [self.said[mark] for mark in marks if mark in self.said]
        for mark in marks:
            self.said.setdefault(mark, row)
        return min(twins, default=None)

    def _find_source(self, user: User, said: str) -> Source | None:
        if said not in self.sources:
            self.sources[said] = named_source(user, said)
        return self.sources[said]


def _word(field: forms.ChoiceField, cell: str) -> str:
    choices: Any = field.choices
    known = {str(value).lower(): str(value) for value, _ in choices}
    return known.get(re.sub(r"[\s_]+", "-", cell.lower()), cell)


def _said(form: EntryForm, name: str, cell: str, error: Any) -> str:
    field = form.fields.get(name)
    if error.code == "invalid_choice" and isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        words = ", ".join(str(value) for value, _ in choices if str(value))
        return f"{cell!r} is not among: {words}."
    return " ".join(error.messages)
