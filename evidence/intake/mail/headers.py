"""Headers of a message, however broken: bounded before they are parsed, never believed."""

import re
from email.headerregistry import AddressHeader
from email.message import Message
from email.policy import EmailPolicy
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any

from evidence.intake.mail.stated import Mail

MOST_OF_ONE = 4_000
"""Characters of a header that are parsed: the parser's time grows faster than what it is given."""
MOST_CARRIED = 100
"""Headers that are told of how it was carried."""
MOST_REFERENCES = 50

CARRIED = (
    "Received", "Return-Path", "Sender", "Reply-To", "DKIM-Signature", "Received-SPF",
    "Authentication-Results", "ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal",
)  # fmt: skip
_CARRIED = {name.lower(): name for name in CARRIED}
_ID = re.compile(r"<[^<>\s]{1,250}>")


class BoundedPolicy(EmailPolicy):
    """The standard library's, for headers made to harm or by broken programs."""

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        """The parsed header of the beginning of ``value``; its plain text where that fails."""
        text = str(value)[:MOST_OF_ONE]
        if not text.isascii():  # sent as raw bytes, in UTF-8 as a rule
            text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        try:
            return super().header_fetch_parse(name, text)
        except Exception:  # the standard library raises what it pleases on a broken message
            return " ".join(text.split())


POLICY = BoundedPolicy(refold_source="none")


def told(message: Message, mail: Mail) -> Mail:
    """What the headers of ``message`` say, put into ``mail``."""
    mail.subject = text_of(message, "Subject")
    mail.sender, mail.to, mail.cc = (text_of(message, name) for name in ("From", "To", "Cc"))
    mail.name, mail.address = _first_address(message)
    mail.date = text_of(message, "Date")
    mail.day = day_of(mail.date)
    mail.message_id = next(iter(ids_in(message, "Message-ID")), "")
    mail.in_reply_to = next(iter(ids_in(message, "In-Reply-To")), "")
    mail.references = ids_in(message, "References")[:MOST_REFERENCES]
    carried = [
        (_CARRIED[name.lower()], plain(str(value))[:1000])
        for name, value in message.raw_items()
        if name.lower() in _CARRIED
    ]
    mail.stated = carried[:MOST_CARRIED]
    if len(carried) > MOST_CARRIED:
        mail.notes.append(f"It has {len(carried):,} headers of transport; {MOST_CARRIED} are told.")
    if len(message.get_all("From") or []) > 1:
        mail.notes.append("It has more than one From header; the first is told.")
    return mail


def text_of(message: Message, name: str) -> str:
    """One header as plain text on one line; empty where there is none."""
    value = message[name]
    return "" if value is None else plain(str(value))


def plain(text: str) -> str:
    """Text that a database can hold and a reader can see: one line, nothing invisible."""
    whole = text.encode("utf-8", "replace").decode()
    return " ".join("".join(each if each.isprintable() else " " for each in whole).split())


def ids_in(message: Message, name: str) -> list[str]:
    """The message identifiers in a header, as written."""
    wanted = name.lower()
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == wanted), "")
    return [each for each in _ID.findall(raw[: 50 * MOST_OF_ONE]) if each.isprintable()]


def day_of(date: str) -> str:
    """The day that a Date header states, in the zone it states; empty where it states none.

    >>> day_of("Tue, 3 Feb 2026 23:30:00 -0500"), day_of("soon"), day_of("Tue, 99 Feb 2026 1:1:1")
    ('2026-02-03', '', '')
    """
    try:
        found = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    return found.date().isoformat() if found.year >= 1900 else ""


def _first_address(message: Message) -> tuple[str, str]:
    header = message["From"]
    if header is None:
        return "", ""
    if isinstance(header, AddressHeader) and header.addresses:
        first = header.addresses[0]
        return plain(first.display_name), plain(first.addr_spec).strip("<>")
    try:
        name, address = parseaddr(str(header))
    except RecursionError:  # thousands of brackets
        return "", ""
    return plain(name), plain(address)
