"""A message, read in a process of its own: no file can take the reader down."""

import base64
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from evidence.intake.guard import StepFailedError, guarded
from evidence.intake.mail.reading import is_mail
from evidence.intake.mail.stated import MOST_BYTES, Mail, MailError
from evidence.storage import Readable

__all__ = ["MOST_BYTES", "Mail", "MailError", "Taken", "is_mail", "read_message", "take_out"]


@dataclass(frozen=True, slots=True)
class Taken:
    """An attachment taken out of a message."""

    filename: str
    content: bytes
    said: str


def read_message(stream: Readable, filename: str) -> Mail:
    """What a message states of itself. Raises MailError, which says why it cannot be read."""
    return Mail.of(_told("mail", stream, filename))


def take_out(stream: Readable, filename: str) -> list[Taken]:
    """What is attached to a message and can be kept by itself. Raises MailError."""
    return [
        Taken(part["filename"], base64.b64decode(part["base64"]), part["said"])
        for part in _told("mail-parts", stream, filename)["parts"]
    ]


def _told(step: str, stream: Readable, filename: str) -> dict[str, Any]:
    with _as_file(stream) as file:
        try:
            told = guarded(step, file, filename)
        except StepFailedError as error:
            raise MailError(f"The message could not be read. {error}") from error
    if "refused" in told:
        raise MailError(told["refused"])
    return told


@contextmanager
def _as_file(stream: Any) -> Iterator[BinaryIO]:
    """The stream as a file that a process can be given. Raises MailError for one too large."""
    if stream.seek(0, os.SEEK_END) > MOST_BYTES:
        raise MailError(f"The message is larger than {MOST_BYTES:,} bytes and is not looked into.")
    with TemporaryFile() as file:
        stream.seek(0)
        shutil.copyfileobj(stream, file)
        stream.seek(0)
        yield file
