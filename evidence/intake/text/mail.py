"""E-mail: what its headers say, its words, and the names of what is attached to it."""

from collections.abc import Callable
from typing import BinaryIO

from evidence.intake.mail import eml, outlook
from evidence.intake.mail.stated import Mail, MailError
from evidence.intake.text.passages import Passages

CARRIED = "stated by the message of its way, not verified"
"""The place of the headers that anyone could have written."""


def read_eml(stream: BinaryIO, passages: Passages) -> None:
    """A message as it was sent (RFC 5322). Attachments are named, not opened."""
    _tell(eml.read_message, stream, passages)


def read_msg(stream: BinaryIO, passages: Passages) -> None:
    """A message as Outlook keeps it."""
    _tell(outlook.read_message, stream, passages)


def _tell(read: Callable[[BinaryIO], Mail], stream: BinaryIO, passages: Passages) -> None:
    try:
        mail = read(stream)
    except MailError as error:
        passages.remark = str(error)
        return
    passages.remark = " ".join(mail.notes)
    stated = {
        "From": mail.sender,
        "To": mail.to,
        "Cc": mail.cc,
        "Date": mail.date,
        "Subject": mail.subject,
        "Message-ID": mail.message_id,
    }
    passages.add("headers", "\n".join(f"{name}: {said}" for name, said in stated.items() if said))
    passages.add("", mail.body)
    passages.add("attachments", "\n".join(part.filename for part in mail.parts if part.filename))
    passages.add(CARRIED, "\n".join(f"{name}: {said}" for name, said in mail.stated))
