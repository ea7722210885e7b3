"""Logging a message: the message is the original, what is attached to it becomes exhibits of it."""

import io
from collections.abc import Sequence
from typing import Unpack

from django.core.exceptions import ValidationError

from access.actor import Actor
from access.models import Team
from evidence.actions.entry import EntryFields, NewFile, enter_item
from evidence.actions.exhibits import attach_exhibit
from evidence.actions.recorded import recorded
from evidence.mail.reading import Taken
from evidence.models import EvidenceItem, Exhibit
from evidence.words import ExhibitRole


def enter_message(
    team: Team,
    file: NewFile,
    taken: Sequence[Taken],
    *,
    actor: Actor | str,
    reason: str,
    **stated: Unpack[EntryFields],
) -> EvidenceItem:
    """Log an item with a message as its original and what was taken out of it, or nothing.

    Each attachment goes through the intake like any file. Raises ValidationError as
    ``enter_item`` does.
    """
    with recorded(actor, reason):
        item = enter_item(team, actor=actor, reason=reason, file=file, **stated)
        original = item.exhibits.get()
        for each in taken:
            _attach(item, original, each, actor)
    return item


def _attach(item: EvidenceItem, original: Exhibit, taken: Taken, actor: Actor | str) -> Exhibit:
    said = f" ({taken.said})" if taken.said else ""
    try:
        return attach_exhibit(
            item,
            io.BytesIO(taken.content),
            taken.filename,
            role=ExhibitRole.EXTRACT,
            of_exhibit=original,
            actor=actor,
            reason=f"taken out of {original.filename}, SHA-256 {original.blob_id}{said}",
        )
    except ValidationError as error:
        said = " ".join(error.messages)
        raise ValidationError({"file": f"Its attachment {taken.filename}: {said}"}) from error
