"""A message dropped on the form of an entry: what fills the form, and what is told beside it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.core.cache import cache
from django.core.exceptions import ValidationError

from access.models import User
from evidence.actions import derive, file_of
from evidence.mail import proposing
from evidence.mail.proposing import FORWARDS, Related
from evidence.mail.reading import Mail, MailError, is_mail, read_message
from evidence.models import EntryDraft, EvidenceItem, Source
from evidence.search.duplicates import Alike
from evidence.storage import BytesMissingError
from evidence.words import DerivationKind

_KEPT_SECONDS = 3600
DERIVES = "derives-from-"
"""Begins the name of the field that says how the entry comes from an item of the record."""
Typed = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Proposed:
    """An item of the record that the message names, and what the person said of it so far."""

    related: Related
    chosen: str

    @property
    def field(self) -> str:
        """The name of the field that takes the decision."""
        return f"{DERIVES}{self.related.item.key}"


@dataclass(frozen=True, slots=True)
class MailBeside:
    """What the page tells of a message beside the form."""

    mail: Mail | None
    refusal: str
    sources: list[Source]
    proposed: list[Proposed]
    kinds: tuple[DerivationKind, ...] = FORWARDS


def mail_of(draft: EntryDraft | None) -> Mail | None:
    """The message kept with the draft; None where its file is none. Raises MailError.

    It is read once and remembered, because the page asks whenever one stops typing.
    """
    if draft is None or not is_mail(draft.filename):
        return None
    place = f"evidence-mail:{draft.key}:{draft.sha256}"
    told = cache.get(place)
    if told is not None:
        return Mail.of(told)
    try:
        with file_of(draft) as file:
            mail = read_message(file, draft.filename)
    except BytesMissingError:
        return None  # another window has just dropped the file
    cache.set(place, asdict(mail), _KEPT_SECONDS)
    return mail


def beside(draft: EntryDraft | None, user: User, typed: Typed) -> MailBeside | None:
    """What is told of the message of a draft; None where there is none."""
    try:
        mail = mail_of(draft)
    except MailError as error:
        return MailBeside(None, str(error), [], [])
    if mail is None:
        return None
    proposed = [
        Proposed(each, (typed.get(f"{DERIVES}{each.item.key}") or [""])[0])
        for each in proposing.related_to(mail, user)
    ]
    return MailBeside(mail, "", proposing.sources_like(mail, user), proposed)


def already_here(told: MailBeside | None, draft: EntryDraft | None, user: User) -> list[Alike]:
    """Items that may be the message of a draft, before anything is typed."""
    if told is None or told.mail is None or draft is None:
        return []
    return proposing.same_as(told.mail, draft.sha256, user)


def fills(draft: EntryDraft | None, typed: Typed) -> dict[str, str]:
    """What a message tells of fields that are still empty."""
    try:
        mail = mail_of(draft)
    except MailError:
        return {}
    if mail is None:
        return {}
    dated = proposing.dated_of(mail)
    found = {
        "citation": proposing.citation_of(mail),
        "title": proposing.title_of(mail),
        "summary": proposing.summary_of(mail),
        "source_name": proposing.from_of(mail),
        "dated": str(dated) if dated else "",
    }
    return {
        name: value
        for name, value in found.items()
        if value and not (typed.get(name) or [""])[0].strip()
    }


def state_origins(item: EvidenceItem, typed: Typed, user: User) -> None:
    """Say where the item comes from, as was chosen beside the form. Raises ValidationError."""
    for name, values in typed.items():
        chosen = (values or [""])[0]
        if not name.startswith(DERIVES) or not chosen:
            continue
        parent = EvidenceItem.objects.visible_to(user).filter(key=name[len(DERIVES) :]).first()
        if parent is None or chosen not in {kind.value for kind in FORWARDS}:
            raise ValidationError(f"“{chosen}” is no way in which it can come from that item.")
        derive(
            item,
            DerivationKind(chosen),
            parent_item=parent,
            actor=user,
            reason="stated when the message was logged",
        )
