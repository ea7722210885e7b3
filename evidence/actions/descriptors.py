"""Describing a source's quality."""

from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError

from access.actor import Actor
from access.models import User
from designations.clock import today
from designations.days import PartialDate
from evidence.actions.fields import put
from evidence.actions.recorded import recorded
from evidence.models import Source, SourceDescriptor


class Factors(TypedDict, total=False):
    """What can be said of each factor (evidence.descriptors.FACTORS)."""

    access_to_fact: str
    expertise: str
    motivation: str
    validation: str
    track_record: str
    deception: str
    currency: str
    technical: str


def describe_source(
    source: Source,
    replaces: int | None,
    *,
    actor: Actor | str,
    reason: str,
    **said: Unpack[Factors],
) -> SourceDescriptor:
    """Describe the source from today on; the descriptor that held until today keeps its days.

    ``replaces``: id of the descriptor its author saw, None where there was none. Raises
    ValidationError when another is in force by now, when nothing is said, or too much.
    """
    with recorded(actor, reason):
        now = Source.objects.select_for_update().get(pk=source.pk)
        open_one = now.descriptors.live().first()
        if (open_one.pk if open_one else None) != replaces:
            raise ValidationError(
                {
                    "replaces": "Someone described this source since you read it. Nothing was "
                    "saved: read what is said now, and say it again."
                }
            )
        day = PartialDate.of(today())
        if open_one is not None:
            _end(open_one, day)
        row = SourceDescriptor(source=now, author=_person(actor), why=reason)
        row.entered = day
        return _store(row, said)


def end_descriptor(row: SourceDescriptor, *, actor: Actor | str, reason: str) -> SourceDescriptor:
    """From today on this is not said of the source any more."""
    with recorded(actor, reason):
        row = SourceDescriptor.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if row.ended_on is None:
            row.why = reason
            _end(row, PartialDate.of(today()))
    return row


def import_descriptor(
    source: Source,
    *,
    actor: Actor | str,
    reason: str,
    entered: PartialDate | None = None,
    ended: PartialDate | None = None,
    **said: Unpack[Factors],
) -> SourceDescriptor:
    """Enter a descriptor with the days on which it held, as a docket file states it."""
    row = SourceDescriptor(source=source, author=_person(actor))
    row.entered, row.ended_from = entered, ended
    with recorded(actor, reason):
        return _store(row, said)


def _store(row: SourceDescriptor, said: Factors) -> SourceDescriptor:
    put(row, said)
    row.position = row.source.descriptors.count()
    row.full_clean()
    row.save()
    return row


def _end(row: SourceDescriptor, day: PartialDate) -> None:
    row.ended_from = day
    row.full_clean()
    row.save()


def _person(actor: Actor | str) -> User | None:
    return actor if isinstance(actor, User) else None
