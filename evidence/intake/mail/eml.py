"""A message as it was sent (RFC 5322), read with the standard library's parser."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser
from typing import BinaryIO

from evidence.intake.mail.headers import POLICY, told
from evidence.intake.mail.parts import attached, is_body, leaves
from evidence.intake.mail.stated import MOST_BYTES, Mail, MailError, Part
from evidence.intake.text.plain import decoded, text_of_html

_NESTED = "Its parts are nested too deeply to be read here; the message is kept whole."
_SEALED = "It is encrypted, and its text cannot be read here; the message is kept as it came."
_NOT_CHECKED = "It carries a signature, which was not checked."


def opened(stream: BinaryIO) -> tuple[Message, list[str]]:
    """The message, and what a reader should know of how it was read. Raises MailError."""
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise MailError(f"The message is larger than {MOST_BYTES:,} bytes and is not looked into.")
    try:
        return message_from_bytes(content, policy=POLICY), []
    except RecursionError:
        return BytesHeaderParser(policy=POLICY).parsebytes(content), [_NESTED]


def read_message(stream: BinaryIO) -> Mail:
    """What the message says of itself and what is attached to it. Raises MailError."""
    message, notes = opened(stream)
    mail = told(message, Mail(notes=notes))
    if notes:
        return mail
    mail.body, remarks = body_of(message)
    mail.notes += remarks
    mail.parts = [part for part, _ in attached(message)]
    return mail


def pieces(stream: BinaryIO) -> Iterator[tuple[Part, bytes]]:
    """What is attached, with its bytes. Raises MailError."""
    message, notes = opened(stream)
    return iter(()) if notes else attached(message)


def body_of(message: Message) -> tuple[str, list[str]]:
    """The text of the message itself, and what a reader should know of it."""
    found = list(leaves(message))
    kinds = {part.get_content_type() for part in found}
    remarks = []
    texts = [part for part in found if is_body(part)]
    plain = [_text(part) for part in texts if part.get_content_type() == "text/plain"]
    body = "\n".join(plain)
    if not body.strip():
        html = [_text(part) for part in texts if part.get_content_type() == "text/html"]
        body = "\n".join(text_of_html(each) for each in html)
        if body.strip():
            remarks.append("Its text was read from HTML.")
    if (
        kinds & {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
        or "-----BEGIN PGP MESSAGE-----" in body
    ):
        remarks.append(_SEALED)
    if any(kind.endswith(("pkcs7-signature", "pgp-signature")) for kind in kinds):
        remarks.append(_NOT_CHECKED)
    return body, remarks


def _text(part: Message) -> str:
    """Text in the charset it states; in the likeliest one where it states none, or a wrong one."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        charset = part.get_content_charset()
        return content.decode(charset) if charset else decoded(content)
    except (LookupError, UnicodeError, ValueError):
        return decoded(content)
