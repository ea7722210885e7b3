"""An entry under way: the draft behind it, what is wrong so far, what may be the same thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from access.models import User
from evidence.actions import file_of
from evidence.intake.language import name_of_language
from evidence.mail.proposing import cited_id
from evidence.mail.reading import is_mail
from evidence.models import EntryDraft, EvidenceItem, Source
from evidence.preview.sniff import HEAD
from evidence.search.duplicates import Alike, Entered, alike
from evidence.storage import BytesMissingError
from evidence.templatetags.languages import said_of_language
from evidence.web.forms.entry import EntryForm
from evidence.web.guess import Guess, addresses_in, from_address, from_file, is_address
from evidence.words import EvidenceKind

NAMES_OFFERED = 300
# Parts of the request that are not what the person typed.
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "draft", "file", "next", "then"})
# What a form holds before anybody types.
_HABITUAL = frozenset({"team", "access", "hand", "language", "markings", "privilege"})

WORDS: Mapping[EvidenceKind, str] = {
    EvidenceKind.FRAUDULENT_ACCOUNT_REPORT: "accounts under false identity, what they drew",
    EvidenceKind.CHIP_DIVERSION_REPORT: "controlled chips, their route, consignees and end user",
    EvidenceKind.PROXY_SERVICE_REPORT: "who resells access, to whom, how",
    EvidenceKind.MODEL_SIMILARITY: "tests showing that one model was made from another's outputs",
    EvidenceKind.GOVERNMENT_FINDING: "what an agency found, decided or published",
    EvidenceKind.INTELLIGENCE_REPORT: "unclassified, or a reference to a classified original",
    EvidenceKind.CORPORATE_REGISTRY: "ownership, officers, addresses",
    EvidenceKind.FINANCIAL_RECORD: "payments, invoices, accounts",
    EvidenceKind.PRESS_REPORT: "an article; say whom it quotes",
    EvidenceKind.EXPERT_DECLARATION: "signed, with its basis",
    EvidenceKind.MILITARY_NEXUS: "contracts, programs, affiliations",
    EvidenceKind.COURT_FILING: "complaint, brief, opinion",
    EvidenceKind.RESPONDENT_SUBMISSION: "what the party itself answers",
    EvidenceKind.LEGAL_MEMORANDUM: "privileged as a rule",
    EvidenceKind.TECHNICAL_RECORD: "logs, telemetry, threat reports",
    EvidenceKind.CORRESPONDENCE: "letters and messages",
    EvidenceKind.OTHER: "anything else",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend: the field, its name for readers, what is wrong with it."""

    field: str
    label: str
    said: str


def typed_in(posted: QueryDict) -> dict[str, list[str]]:
    """What the person typed, out of a request."""
    return {
        name: [value.replace("\x00", "") for value in values]
        for name, values in posted.lists()
        if name not in _NOT_TYPED
    }


def anything_typed(typed: Mapping[str, list[str]]) -> bool:
    """Whether more is there than what the form began with."""
    return any(
        any(value.strip() for value in values)
        for name, values in typed.items()
        if name not in _HABITUAL
    )


def draft_of(user: User, key: str) -> EntryDraft | None:
    """The person's own draft of this key."""
    return EntryDraft.objects.filter(author=user, key=key).first() if key else None


def problems(form: EntryForm) -> list[Problem]:
    """What is wrong with what is typed so far; what is still empty is not yet wrong."""
    found = []
    for name, errors in form.errors.items():
        if name not in form.fields:
            found += [Problem("", "", str(error)) for error in errors]
            continue
        bound = form[name]
        # A new source has no role until it is asked for.
        if bound.data or name == "source_role":
            found += [Problem(bound.id_for_label, str(bound.label), str(error)) for error in errors]
    return found


def may_be_the_same(
    form: EntryForm, user: User, draft: EntryDraft | None, item: EvidenceItem | None = None
) -> list[Alike]:
    """Items that may be what is being entered."""
    data = form.data
    entered = Entered(
        words=data.get("title") or data.get("summary", "")[:400],
        addresses=tuple(addresses_in(data.get("citation", "")))[:5],
        message_id=cited_id(data.get("citation", "")),
        sha256=draft.sha256 if draft else "",
        source=data.get("source_name", ""),
        dated=data.get("dated", ""),
    )
    return alike(entered, user, except_for=item.pk if item else None)


def guessed(
    typed: Mapping[str, list[str]], draft: EntryDraft | None, usual: str = ""
) -> dict[str, str]:
    """What address and file tell of fields that are still empty.

    ``usual``: the language that the form began with; a file that has just come takes its place.
    """
    guesses: list[Guess] = []
    citation = (typed.get("citation") or [""])[0].strip()
    if is_address(citation):
        guesses.append(from_address(citation))
    if draft is not None and draft.filename and not is_mail(draft.filename):
        try:
            with file_of(draft) as file:
                guesses.append(from_file(file.read(HEAD * 16), draft.filename))
        except BytesMissingError:
            pass  # another window has just dropped the file
    found: dict[str, str] = {}
    language = (typed.get("language") or [""])[0].strip()
    if draft is not None and draft.language not in ("", language) and language in ("", usual):
        found["language"] = draft.language
    for name in ("title", "dated"):
        if not (typed.get(name) or [""])[0].strip():
            value = next((each for guess in guesses if (each := getattr(guess, name))), "")
            if value:
                found[name] = value
    return found


def language_hint(form: EntryForm, draft: EntryDraft | None) -> str:
    """What of the stated language and translation does not fit the file; empty where all fits."""
    guess = draft.language if draft is not None else ""
    stated, translation = (form.data.get(name, "").strip() for name in ("language", "translation"))
    said = said_of_language(guess, stated, translation)
    return said if said and not said.endswith(name_of_language(guess) + ".") else ""


def names_of_sources(user: User) -> list[str]:
    """Names to offer while one types; the newest sources first."""
    names: Any = (
        Source.objects.visible_to(user)
        .exclude(name="")
        .order_by("-pk")
        .values_list("name", flat=True)
    )
    return list(dict.fromkeys(names[:NAMES_OFFERED]))
