"""Vouching that a text is what was enacted."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from access.actor import Actor, acting
from designations.actions.parts import text_digest
from designations.clock import today
from designations.models import (
    AuthorityVersion,
    Verification,
    VerificationStatus,
    VerificationSubject,
)

_PARTS = {
    VerificationSubject.ELEMENT: "elements",
    VerificationSubject.CONSIDERATION: "considerations",
    VerificationSubject.PREREQUISITE: "prerequisites",
    VerificationSubject.CONSEQUENCE: "consequences",
    VerificationSubject.PROVISION: "provisions",
}


def verify_text(
    version: AuthorityVersion,
    subject: str,
    code: str,
    status: VerificationStatus | str,
    *,
    source: str,
    actor: Actor | str,
    reason: str,
    note: str = "",
    on: date | None = None,
) -> Verification:
    """Record what comparing a text of the law with its source showed.

    ``code`` is empty when the whole version was compared. Raises ValidationError for an unknown
    code, or without the source that was compared.
    """
    if not source.strip():
        raise ValidationError({"source": "Say which source the text was compared with."})
    row = Verification(
        version=version,
        subject=subject,
        code=code,
        body_digest=_digest(version, subject, code),
        status=status,
        by=actor if isinstance(actor, str) else actor.key,
        on=on or today(),
        source=source,
        note=note,
    )
    with transaction.atomic(), acting(actor, reason):
        row.full_clean()
        row.save()
    return row


def _digest(version: AuthorityVersion, subject: str, code: str) -> str:
    if subject == VerificationSubject.VERSION:
        return version.body_digest
    if subject not in _PARTS:
        raise ValidationError({"subject": f"{subject!r} is no part of a version."})
    part = getattr(version, _PARTS[VerificationSubject(subject)]).filter(code=code).first()
    if part is None:
        raise ValidationError({"code": f"{version.name} has no {subject} {code!r}."})
    return text_digest(part)
