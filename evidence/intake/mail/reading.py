"""Reading one message, by what it is, for whoever logs it."""

import base64
from collections.abc import Iterator
from dataclasses import asdict
from importlib import import_module
from typing import Any, BinaryIO

from evidence.intake.kinds import HEAD, Kind, ending_of, kind_of
from evidence.intake.mail.stated import MOST_BODY, MailError


def is_mail(filename: str) -> bool:
    """Whether a file says by its name that it is a message."""
    return ending_of(filename) in (".eml", ".msg")


def read_mail(stream: BinaryIO, filename: str) -> dict[str, Any]:
    """What a message states, as JSON has it (evidence.intake.mail.stated). Raises MailError."""
    mail = _reader(stream, filename).read_message(stream)
    if not (mail.sender or mail.date or mail.message_id):
        raise MailError("It has no From, no Date and no Message-ID: this is no message.")
    mail.body = mail.body.replace("\x00", " ").encode("utf-8", "replace").decode()[:MOST_BODY]
    return asdict(mail)


def read_parts(stream: BinaryIO, filename: str) -> Iterator[dict[str, Any]]:
    """What is attached and can be taken out, with its bytes in base64. Raises MailError."""
    for part, content in _reader(stream, filename).pieces(stream):
        if not part.left:
            yield {**asdict(part), "base64": base64.b64encode(content).decode()}


def _reader(stream: BinaryIO, filename: str) -> Any:
    """The module that reads it: each loads libraries that the other does not need."""
    kind = kind_of(stream.read(HEAD))
    stream.seek(0)
    if kind is Kind.OLE:
        return import_module("evidence.intake.mail.outlook")
    if kind is Kind.TEXT:
        return import_module("evidence.intake.mail.eml")
    raise MailError(f"“{filename[:120]}” holds {kind.value}, and no message.")
