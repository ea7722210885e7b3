"""What an item says of a message, and what of the record it may belong with.

A message says what it likes: its From can be forged and its date wrong. So everything here is a
proposal, in the words of the message, and a person decides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from access.models import User
from designations.days import PartialDate
from evidence.intake.mail.stated import Mail
from evidence.models import EvidenceItem, Source
from evidence.search.duplicates import Alike, Entered, alike
from evidence.words import DerivationKind, EvidenceKind

KIND = EvidenceKind.CORRESPONDENCE
FIRST_LINES = 600
MOST_PROPOSED = 5
_CITED = re.compile(r"Message-ID: ?(<[^<>\s]{1,250}>)")

FORWARDS = (DerivationKind.COPIES, DerivationKind.RELAYS, DerivationKind.SUMMARIZES)
"""How a message may come from an earlier one; a reply that adds its own word comes from none."""


@dataclass(frozen=True, slots=True)
class Related:
    """An item of the record that the message names, and how."""

    item: EvidenceItem
    why: str


def title_of(mail: Mail) -> str:
    """Its subject, as a title."""
    return (mail.subject or "E-mail without a subject")[:300]


def citation_of(mail: Mail) -> str:
    """Its Message-ID, by which it is known again; empty where it states none."""
    return f"Message-ID: {mail.message_id}" if mail.message_id else ""


def cited_id(citation: str) -> str:
    """The Message-ID in a citation.

    >>> cited_id("Message-ID: <one@example.org>"), cited_id("https://example.org")
    ('<one@example.org>', '')
    """
    found = _CITED.search(citation)
    return found[1] if found else ""


def summary_of(mail: Mail) -> str:
    """Its headers as they state it, then its first lines."""
    headers = (
        ("From", mail.sender),
        ("To", mail.to),
        ("Cc", mail.cc),
        ("Date", mail.date),
        ("Message-ID", mail.message_id),
        ("In-Reply-To", mail.in_reply_to),
    )
    lines = [f"{name}: {said[:1000]}" for name, said in headers if said]
    body = mail.body.strip()
    if len(body) > FIRST_LINES:
        body = f"{body[:FIRST_LINES].rstrip()} …"
    return "\n".join(
        ["E-mail; what follows is as the message states it.", *lines, "", body]
    ).strip()


def dated_of(mail: Mail) -> PartialDate | None:
    """The day it states, in its own zone."""
    try:
        return PartialDate.parse(mail.day) if mail.day else None
    except ValueError:
        return None


def from_of(mail: Mail) -> str:
    """Who it says it is from, as the name of a source that is not known yet."""
    if mail.name and mail.address:
        return f"{mail.name} <{mail.address}>"[:300]
    return (mail.name or mail.address or mail.sender)[:300]


def sources_like(mail: Mail, user: User) -> list[Source]:
    """Sources that may be who it says it is from, by name or address; none is taken unasked."""
    wanted = Q()
    if mail.name:
        wanted |= Q(name__iexact=mail.name)
    if mail.address:
        wanted |= Q(name__icontains=mail.address)
    if not wanted:
        return []
    return list(Source.objects.visible_to(user).filter(wanted).order_by("pk")[:MOST_PROPOSED])


def related_to(mail: Mail, user: User) -> list[Related]:
    """Messages of the record that it answers, forwards or goes back to, as far as one sees."""
    why = dict(_named(mail))
    wanted = Q()
    for each in list(why)[:50]:
        wanted |= Q(citation__contains=each)
    if not wanted:
        return []
    items = EvidenceItem.objects.visible_to(user).filter(wanted).order_by("pk")[:MOST_PROPOSED]
    return [
        Related(item, said)
        for item in items
        if (said := next((why[each] for each in why if each in item.citation), ""))
    ]


def same_as(mail: Mail, sha256: str, user: User) -> list[Alike]:
    """Items that may be this message already."""
    dated = dated_of(mail)
    entered = Entered(
        words=mail.subject,
        sha256=sha256,
        message_id=mail.message_id,
        source=from_of(mail),
        dated=str(dated or ""),
    )
    return alike(entered, user)


def _named(mail: Mail) -> Iterator[tuple[str, str]]:
    """Each identifier it names once, with what it is to the message; the last one said counts."""
    for each in mail.references:
        yield each, "is earlier in the same thread"
    if mail.in_reply_to:
        yield mail.in_reply_to, "is what it answers"
    for part in mail.parts:
        if part.message_id:
            yield part.message_id, "is attached to it: it forwards that message"
