"""Logging what a bundle of STIX holds: all of it that is new, or nothing."""

import io
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from access.models import User
from designations.days import PartialDate, Period
from evidence.actions.derivation import derive
from evidence.actions.entry import enter_item
from evidence.actions.exhibits import attach_exhibit
from evidence.actions.recorded import recorded
from evidence.exchange.stix.checking import CheckedBundle, Entry, check_plan
from evidence.exchange.stix.plan import Held
from evidence.exchange.stix.reading import moment
from evidence.models import EvidenceItem, Exhibit, Source, StixObject
from evidence.words import DerivationKind, ExhibitRole

# The first half of a two-part advisory lock: nothing else in the product uses this number.
_LOCK_SPACE = 0x571C


class BundleRefusedError(Exception):
    """The bundle was not logged, and nothing of it was; the message says why."""


def enter_bundle(
    checked: CheckedBundle, content: bytes, *, actor: User, confirmed: bool = False
) -> list[EvidenceItem]:
    """Log an item for each entry of a checked bundle that is new; none is no error.

    ``content``: the file that was checked; each item gets it as its exhibit, stored once, and the
    tables drawn from it. ``confirmed``: the actor has read the restrictions that no marking of
    this service stands for. What is in the record is looked up again, one bundle of a team at a
    time. Raises BundleRefusedError, with nothing logged.
    """
    with recorded(actor, f"logged from {checked.filename}"):
        _one_at_a_time(checked.choices.team.pk)
        now = check_plan(
            checked.plan, checked.filename, checked.sha256, actor, checked.choices, closely=False
        )
        _refuse(now, confirmed)
        entering = _Entering(now, content, actor)
        for entry in now.new:
            try:
                entering.log(entry)
            except ValidationError as error:
                said = f"{entry.draft.head or entry.draft.title}: {' '.join(error.messages)}"
                raise BundleRefusedError(said) from error
        entering.say_origins()
    return entering.items


def _one_at_a_time(team: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK_SPACE, team])


def _refuse(checked: CheckedBundle, confirmed: bool) -> None:
    if not checked.new:
        return
    if checked.forbids:
        raise BundleRefusedError(checked.forbids)
    if checked.unmarked and not confirmed:
        said = "; ".join(each.said for each in checked.unmarked)
        raise BundleRefusedError(
            f"The bundle states restrictions that no marking of this service stands for ({said}): "
            "confirm that they are read and will be kept."
        )


class _Entering:
    """Logs one entry after the other and knows those before."""

    def __init__(self, checked: CheckedBundle, content: bytes, actor: User) -> None:
        self.checked, self.content, self.actor = checked, content, actor
        self.items: list[EvidenceItem] = []
        self.by_head: dict[str, tuple[EvidenceItem, Entry]] = {}
        self.made: dict[str, Source] = {}

    def log(self, entry: Entry) -> None:
        what = entry.draft.head or "what no report holds"
        reason = f"logged from {what} in {self.checked.filename}, SHA-256 {self.checked.sha256}"
        by: Mapping[str, Any] = {"actor": self.actor, "reason": reason}
        item = enter_item(self.checked.choices.team, **by, **self._stated(entry))
        if entry.new_source is not None and item.source is not None:
            self.made.setdefault(entry.new_source.author, item.source)
        name = self.checked.filename
        bundle = attach_exhibit(item, io.BytesIO(self.content), name, **by)
        for table in entry.draft.tables:
            attach_exhibit(
                item,
                io.BytesIO(table.text.encode()),
                table.filename,
                role=ExhibitRole.EXTRACT,
                of_exhibit=bundle,
                **by,
            )
        _keep_objects(bundle, entry.draft.held)
        self.items.append(item)
        if entry.draft.head:
            self.by_head[entry.draft.head] = (item, entry)

    def _stated(self, entry: Entry) -> dict[str, Any]:
        draft = entry.draft
        first, last = (PartialDate.parse(day) if day else None for day in draft.occurred)
        stated: dict[str, Any] = {
            "kind": entry.kind.value,
            "title": draft.title,
            "summary": draft.summary,
            "text": "\n\n".join(each for each in (draft.text, entry.remark) if each),
            "citation": draft.citation,
            "markings": list(self.checked.markings),
            "dated": PartialDate.parse(draft.dated) if draft.dated else None,
            "occurred": Period(first, last) if first or last else None,
            "language": draft.language,
            "supersedes": entry.supersedes,
        }
        new = entry.new_source
        if new is None:
            stated["source"] = entry.source
        elif new.author in self.made:
            stated["source"] = self.made[new.author]
        else:
            stated["new_source"] = {"name": new.name, "role": new.role.value}
        return stated

    def say_origins(self) -> None:
        """Say of each new item what its author says it is derived from.

        STIX does not say how. It is entered as relaying, which adds no origin of its own: what
        is claimed of it is less, not more, than may be true.
        """
        for item, entry in self.by_head.values():
            for origin in entry.origins:
                parent = self.by_head[origin][0] if isinstance(origin, str) else origin
                derive(
                    item,
                    DerivationKind.RELAYS,
                    parent_item=parent,
                    actor=self.actor,
                    reason="its author states in STIX that it is derived from this",
                )


def _keep_objects(bundle: Exhibit, held: tuple[Held, ...]) -> None:
    StixObject.objects.bulk_create(
        [
            StixObject(
                exhibit=bundle,
                object_id=each.id,
                modified=moment(each.modified),
                itself=each.itself,
            )
            for each in held
        ],
        batch_size=1000,
    )
