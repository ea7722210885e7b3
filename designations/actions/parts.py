"""The parts of a version as rows, brought to what the text says."""

from collections.abc import Iterator
from enum import Enum
from typing import Any

from designations.clock import today
from designations.days import PartialDate, Period
from designations.library.model import Authority as AuthorityText
from designations.library.model import Element as ElementText
from designations.library.model import VersionStatus as StatusText
from designations.models import (
    AuthorityVersion,
    Consequence,
    Consideration,
    Element,
    Prerequisite,
    Provision,
    Verification,
    VerificationStatus,
    VerificationSubject,
    VersionStatus,
)
from designations.models.stated_dates import to_columns
from designations.text_digest import digest_of, element_text_digest
from designations.words import VersionState

PARTS = (Element, Consideration, Prerequisite, Consequence, Provision)

_SAME = {
    "considerations": ("code", "text", "citation", "main"),
    "prerequisites": ("code", "text", "citation", "kind", "quoted"),
    "consequences": (
        "code", "text", "citation", "title", "applies_to", "required", "menu", "condition",
        "letter", "quoted", "depends_on",
    ),
    "provisions": ("code", "text", "citation", "kind", "title", "quoted"),
}  # fmt: skip
_MODELS: dict[str, type[Any]] = {
    "considerations": Consideration,
    "prerequisites": Prerequisite,
    "consequences": Consequence,
    "provisions": Provision,
}
_SUBJECTS = {
    VerificationSubject.ELEMENT: "elements",
    VerificationSubject.CONSIDERATION: "considerations",
    VerificationSubject.PREREQUISITE: "prerequisites",
    VerificationSubject.CONSEQUENCE: "consequences",
    VerificationSubject.PROVISION: "provisions",
}


def sync_parts(version: AuthorityVersion, authority: AuthorityText) -> None:
    """Add, change and remove rows until the version's parts are those of the text.

    Raises ProtectedError when a part that the text no longer has is spoken of elsewhere.
    """
    elements = [_element_columns(element) for element in authority.elements]
    # A new element is written without its parent first: that may not have a row yet.
    _bring(version, Element, elements)
    ids = dict(Element.objects.filter(version=version).values_list("code", "pk"))
    for columns, element in zip(elements, authority.elements, strict=True):
        columns["parent_id"] = ids[element.parent] if element.parent else None
    _bring(version, Element, elements)
    for name, model in _MODELS.items():
        wanted = [_columns_of(name, entry, ids) for entry in getattr(authority, name)]
        _bring(version, model, wanted)
        _drop(version, model, {columns["code"] for columns in wanted})
    _drop(version, Element, {columns["code"] for columns in elements})


def sync_statuses(version: AuthorityVersion, authority: AuthorityText) -> None:
    """End status rows that the text no longer states and add those it states anew.

    Of a version loaded for the first time they are known from the beginning; later knowledge
    enters on the day it is loaded.
    """
    rows = list(VersionStatus.objects.live().filter(version=version).order_by("pk"))
    first_time = not VersionStatus.objects.filter(version=version).exists()
    entered = {} if first_time else to_columns("entered_on", PartialDate.of(today()))
    wanted = {_status_identity(stated): stated for stated in _statuses(authority)}
    known = {_row_identity(row): row for row in rows}
    for identity, row in known.items():
        if identity not in wanted:
            for name, value in to_columns("ended_on", PartialDate.of(today())).items():
                setattr(row, name, value)
            row.why = "no longer stated by the text as loaded"
            row.save()
    for identity, (status, states_range) in wanted.items():
        row = known.get(identity) or VersionStatus(
            version=version, state=status.state.value, states_range=states_range, **entered
        )
        row.period = status.period
        row.note, row.source, row.verified = status.note, status.source, status.verified
        row.save()


def sync_verifications(version: AuthorityVersion, authority: AuthorityText, by: str) -> None:
    """Record which texts the file calls verified; what persons verified is not touched."""
    wanted = {
        (subject, entry.code, text_digest(entry)): getattr(entry, "source", "")
        for subject, name in _SUBJECTS.items()
        for entry in getattr(authority, name)
        if entry.verified
    }
    rows = Verification.objects.filter(version=version, by=by)
    known = {(row.subject, row.code, row.body_digest): row for row in rows}
    rows.filter(pk__in=[row.pk for key, row in known.items() if key not in wanted]).delete()
    Verification.objects.bulk_create(
        Verification(
            version=version,
            subject=subject,
            code=code,
            body_digest=digest,
            status=VerificationStatus.VERIFIED,
            by=by,
            source=source,
        )
        for (subject, code, digest), source in wanted.items()
        if (subject, code, digest) not in known
    )


def text_digest(entry: Any) -> str:
    """The digest that a verification of this part speaks of: its words and their citation."""
    return digest_of(text=entry.text, citation=entry.citation)


def _bring(version: AuthorityVersion, model: type[Any], wanted: list[dict[str, Any]]) -> None:
    """Create the rows that are missing and change those that differ, by code."""
    rows = {row.code: row for row in model.objects.filter(version=version)}
    missing, changed, names = [], [], set()
    for position, columns in enumerate(wanted):
        stated = {"position": position} | columns
        row = rows.get(columns["code"])
        if row is None:
            missing.append(model(version=version, **stated))
            continue
        different = {name for name, value in stated.items() if getattr(row, name) != value}
        if different:
            for name in different:
                setattr(row, name, stated[name])
            changed.append(row)
            names |= different
    model.objects.bulk_create(missing)
    if changed:
        model.objects.bulk_update(changed, sorted(name.removesuffix("_id") for name in names))


def _drop(version: AuthorityVersion, model: type[Any], codes: set[str]) -> None:
    gone = model.objects.filter(version=version).exclude(code__in=codes)
    if model is Element:
        gone.update(parent=None)
    gone.delete()


def _element_columns(element: ElementText) -> dict[str, Any]:
    period = element.period or Period()
    return {
        "code": element.code,
        "text": element.text,
        "citation": element.citation,
        "join": str(element.join or ""),
        "kind": str(element.kind or ""),
        "title": element.title,
        "quoted": element.quoted,
        "settledness": str(element.settledness or ""),
        "undefined_terms": list(element.undefined_terms),
        "fresh_days": element.fresh_days,
        "continues": list(element.continues),
        "text_digest": element_text_digest(element),
        **to_columns("period_start", period.start, "first"),
        **to_columns("period_end", period.end),
    }


def _columns_of(name: str, entry: Any, ids: dict[str, int]) -> dict[str, Any]:
    columns = {column: _stored(getattr(entry, column)) for column in _SAME[name]}
    if name in ("considerations", "prerequisites"):
        columns["element_id"] = ids[entry.element] if entry.element else None
    return columns


def _stored(value: Any) -> Any:
    return (
        list(value)
        if isinstance(value, tuple)
        else str(value)
        if isinstance(value, Enum)
        else value
    )


def _statuses(authority: AuthorityText) -> Iterator[tuple[StatusText, bool]]:
    for status in authority.statuses:
        yield status, False
    if authority.in_force is not None:
        yield StatusText(state=VersionState.IN_FORCE, period=authority.in_force), True


def _status_identity(stated: tuple[StatusText, bool]) -> tuple[str, Period, bool]:
    status, states_range = stated
    return status.state.value, status.period, states_range


def _row_identity(row: VersionStatus) -> tuple[str, Period, bool]:
    return _status_identity((row.as_dataclass(), row.states_range))
