"""Entering many items at once: all of them, or none."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from access.actor import Actor
from evidence.actions.entry import enter_item
from evidence.actions.recorded import recorded
from evidence.models import EvidenceItem, Source
from evidence.sheets.entries import CheckedSheet, Entry


class RowRefusedError(Exception):
    """A row was refused when it was to be entered, and so nothing was."""

    def __init__(self, row: int, error: ValidationError) -> None:
        super().__init__(f"Row {row}: {' '.join(error.messages)}")
        self.row, self.error = row, error


def enter_many(
    sheet: CheckedSheet,
    *,
    actor: Actor | str,
    may: Callable[[Entry], bool],
    leave_out_known: bool = False,
) -> list[EvidenceItem]:
    """Log an item for every row of a checked sheet, in its order.

    ``may`` says whether the actor may log for the team of a row; ``leave_out_known`` passes over
    rows whose address is in the record already or in an earlier row. Each item's custody names
    the file and its SHA-256. Raises RowRefusedError, with nothing entered.
    """
    wanted = [entry for entry in sheet.entries if not (leave_out_known and entry.here_already)]
    _refuse_wrong(wanted, may)
    made: dict[tuple[str, str], Source] = {}
    items: list[EvidenceItem] = []
    with recorded(actor, f"logged from {sheet.filename}"):
        for entry in wanted:
            reason = f"logged from row {entry.row} of {sheet.filename}, SHA-256 {sheet.sha256}"
            try:
                items.append(_enter(entry, made, actor, reason))
            except ValidationError as error:
                raise RowRefusedError(entry.row, error) from error
    return items


def _refuse_wrong(entries: Sequence[Entry], may: Callable[[Entry], bool]) -> None:
    for entry in entries:
        if entry.problems:
            said = ValidationError([problem.said for problem in entry.problems])
            raise RowRefusedError(entry.row, said)
        if not may(entry):
            said = ValidationError({"team": f"You do not log evidence for {entry.team}."})
            raise RowRefusedError(entry.row, said)


def _enter(
    entry: Entry, made: dict[tuple[str, str], Source], actor: Actor | str, reason: str
) -> EvidenceItem:
    if entry.team is None:
        raise TypeError(f"row {entry.row} was not checked")
    stated: dict[str, Any] = dict(entry.stated)
    known = None
    if new := stated.get("new_source"):
        known = (entry.team.key, new["name"].casefold())
        if known in made:
            del stated["new_source"]
            stated["source"] = made[known]
    item = enter_item(entry.team, actor=actor, reason=reason, **stated)
    if known is not None and item.source is not None:
        made.setdefault(known, item.source)
    return item
