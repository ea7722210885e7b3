"""E-mail: what its headers say, its words, and the names of what is attached to it."""

from email import message_from_binary_file
from email.policy import default
from typing import Any, BinaryIO

from oxmsg import Message

from evidence.intake.text.passages import Passages
from evidence.intake.text.plain import text_of_html

_HEADERS = ("From", "To", "Cc", "Date", "Subject")


def read_eml(stream: BinaryIO, passages: Passages) -> None:
    """A message as it was sent (RFC 5322). Attachments are named, not opened."""
    message = message_from_binary_file(stream, policy=default)
    passages.add("headers", _stated({name: message[name] for name in _HEADERS}))
    body = message.get_body(preferencelist=("plain", "html"))
    if body is not None:
        text = str(body.get_content())
        passages.add("", text_of_html(text) if body.get_content_subtype() == "html" else text)
    _name(passages, [part.get_filename() for part in message.iter_attachments()])


def read_msg(stream: BinaryIO, passages: Passages) -> None:
    """A message as Outlook keeps it."""
    message = Message.load(stream)
    to = "; ".join(str(each.email_address or each.name) for each in message.recipients)
    stated = {"From": message.sender, "To": to, "Date": message.sent_date}
    passages.add("headers", _stated({**stated, "Subject": message.subject}))
    passages.add("", message.body or text_of_html(message.html_body or ""))
    _name(passages, [each.file_name for each in message.attachments])


def _stated(headers: dict[str, Any]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in headers.items() if value)


def _name(passages: Passages, names: list[str | None]) -> None:
    passages.add("attachments", "\n".join(name for name in names if name))
