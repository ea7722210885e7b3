"""Keeping what is typed before it is logged. No part of the record, so it leaves no history."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from access.models import User
from evidence.actions.exhibits import MAX_EXHIBIT_BYTES, clean_name
from evidence.intake.guard import StepFailedError, guarded
from evidence.models import EntryDraft
from evidence.storage import (
    BytesMissingError,
    EmptyFileError,
    FileStore,
    FileTooLargeError,
    Readable,
)
from evidence.words import EvidenceKind

MOST_DRAFTS = 50
_GUESS_SECONDS = 10.0
Typed = Mapping[str, Sequence[str]]


def keep_draft(
    author: User, kind: EvidenceKind, typed: Typed, draft: EntryDraft | None = None
) -> EntryDraft:
    """Keep what was typed, in ``draft`` if there is one already.

    Raises ValidationError when the author has as many as anyone can remember.
    """
    with transaction.atomic():
        if draft is None:
            if EntryDraft.objects.filter(author=author).count() >= MOST_DRAFTS:
                raise ValidationError(
                    f"You have {MOST_DRAFTS} unfinished entries: log or discard some of them."
                )
            draft = EntryDraft(author=author)
        draft.kind = kind.value
        draft.fields = {name: list(values) for name, values in typed.items()}
        draft.saved_at = timezone.now()
        draft.full_clean(exclude=("key",))
        draft.save()
    return draft


def keep_file(
    draft: EntryDraft, stream: Readable, filename: str, limit: int = MAX_EXHIBIT_BYTES
) -> EntryDraft:
    """Keep a file with the draft, in place of the one it had; hashed as it is written.

    Raises ValidationError as ``attach_exhibit`` does, before anything of the earlier one is lost.
    """
    name = clean_name(filename)
    try:
        with _store(draft).receive(stream, limit) as received:
            received.keep()
            earlier = draft.sha256
            draft.filename, draft.sha256, draft.size = name, received.sha256, received.size
            draft.saved_at = timezone.now()
            draft.save()
    except EmptyFileError:
        raise ValidationError({"file": "The file is empty: choose one with content."}) from None
    except FileTooLargeError:
        raise ValidationError(
            {"file": f"The file is larger than {limit:,} bytes, the most that may be attached."}
        ) from None
    note_language(draft)
    if earlier and earlier != draft.sha256:
        _store(draft).path(earlier).unlink(missing_ok=True)
    return draft


def file_of(draft: EntryDraft) -> BinaryIO:
    """The bytes kept with the draft. Raises BytesMissingError."""
    return _store(draft).open(draft.sha256)


def note_language(draft: EntryDraft) -> None:
    """Guess what the file looks written in, within the limits of a file nobody inspected yet."""
    try:
        with file_of(draft) as file:
            result = guarded("language", file, draft.filename, seconds=_GUESS_SECONDS)
    except (StepFailedError, BytesMissingError):
        result = {"language": ""}  # it fills a form, no more
    draft.language = result["language"]
    draft.save(update_fields=["language"])


def discard_draft(draft: EntryDraft) -> None:
    """Forget the draft and its file, once that is certain."""
    folder = _store(draft).root
    with transaction.atomic():
        draft.delete()
        transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


def _store(draft: EntryDraft) -> FileStore:
    # A folder each: what one draft drops cannot be what another one holds. No draft is an exhibit,
    # so it lies here wherever exhibits do.
    return FileStore(Path(settings.MEDIA_ROOT) / "drafts" / draft.key)
