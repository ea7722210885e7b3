"""A message as Outlook keeps it (.msg)."""

from collections.abc import Iterator
from email.parser import HeaderParser
from typing import BinaryIO

from oxmsg import Message
from oxmsg.attachment import Attachment
from oxmsg.domain import constants

from evidence.intake.mail.headers import POLICY, plain, told
from evidence.intake.mail.parts import kept_name, refused, renamed
from evidence.intake.mail.stated import MOST_BYTES, Mail, MailError, Part
from evidence.intake.text.plain import text_of_html

_WITHIN = "it is kept by Outlook as a link or as a message of its own, and stays within this one"
_MESSAGE_ID = 0x1035
_IN_REPLY_TO = 0x1042


def read_message(stream: BinaryIO) -> Mail:
    """What the message says of itself and what is attached to it. Raises MailError."""
    message = _opened(stream)
    properties = message.properties
    carried = properties.str_prop_value(constants.PID_TRANSPORT_MESSAGE_HEADERS) or ""
    mail = told(HeaderParser(policy=POLICY).parsestr(carried), Mail())
    mail.subject = mail.subject or plain(message.subject)
    if not mail.sender:
        mail.sender = plain(message.sender or "")
        mail.name, _, address = mail.sender.partition("<")
        mail.name, mail.address = mail.name.strip(' "'), address.strip("> ")
    if not mail.to:
        people = [each.email_address or each.name for each in message.recipients]
        mail.to = plain("; ".join(str(each) for each in people if each))
    if not mail.date and (sent := message.sent_date) is not None:
        # Outlook keeps the moment without the sender's zone.
        mail.date, mail.day = sent.strftime("%Y-%m-%d %H:%M:%S UTC"), sent.date().isoformat()
    mail.message_id = mail.message_id or _id(properties.str_prop_value(_MESSAGE_ID))
    mail.in_reply_to = mail.in_reply_to or _id(properties.str_prop_value(_IN_REPLY_TO))
    mail.body = body_of(message)
    if not carried:
        mail.notes.append("Outlook kept no headers of transport with it: a draft, or a copy.")
    mail.parts = [part for part, _ in _attached(message)]
    return mail


def pieces(stream: BinaryIO) -> Iterator[tuple[Part, bytes]]:
    """What is attached, with its bytes. Raises MailError."""
    return _attached(_opened(stream))


def body_of(message: Message) -> str:
    """The text of the message itself."""
    return message.body or text_of_html(message.html_body or "")


def _opened(stream: BinaryIO) -> Message:
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise MailError(f"The message is larger than {MOST_BYTES:,} bytes and is not looked into.")
    try:
        return Message.load(content)
    except Exception as error:
        raise MailError(f"It is no message of Outlook that can be read here ({error}).") from error


def _attached(message: Message) -> Iterator[tuple[Part, bytes]]:
    taken = 0
    for number, attachment in enumerate(message.attachments, start=1):
        content = _bytes_of(attachment)
        left = _WITHIN if content is None else refused(number, len(content), taken)
        kind = str(attachment.mime_type or "application/octet-stream")
        size = len(content or b"")
        if not left:
            taken += size
        stated = str(attachment.file_name or "")
        name = kept_name(stated, number, kind)
        said = "; ".join(renamed(stated, name))
        part = Part(number, name, kind[:100], size, said=said, left=left)
        yield part, b"" if left or content is None else content


def _bytes_of(attachment: Attachment) -> bytes | None:
    return attachment.file_bytes if attachment.attached_by_value else None


def _id(value: str | None) -> str:
    return plain(value or "")[:252]
