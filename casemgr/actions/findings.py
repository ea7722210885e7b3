"""Writing findings and signing them."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError

from access.models import User
from access.revision import StaleRevisionError
from casemgr.actions.recorded import recorded
from casemgr.apa.assess import assess
from casemgr.apa.digest import DIGEST_SCHEMA
from casemgr.assemble import record_of
from casemgr.clock import decision_day
from casemgr.models import CaseElement, Finding, FindingRevision, Signature
from casemgr.models.finding import FindingText
from casemgr.pins import current_pin
from casemgr.reassess.snapshots import keep_snapshot
from casemgr.signoff import counting_findings
from casemgr.words import Difference
from designations.days import PartialDate
from evidence.models import EvidenceItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What counsel writes; None means not stated, as in a docket file."""

    text: str
    cites: tuple[str, ...] | None = None
    quoted_standard: str | None = None
    applied_version: str = ""
    applied_difference: Difference | None = None
    defines: dict[str, str] = field(default_factory=dict)
    defines_none: bool = False
    predictive: bool | None = None
    relies_on_deference: bool | None = None
    alone_sufficient: bool | None = None


def write_finding(
    element: CaseElement,
    wording: Wording,
    *,
    actor: User,
    reason: str,
    expected: int | None = None,
) -> Finding:
    """Write the finding on an element, or write it anew; every wording is kept.

    ``expected`` is the revision the author saw, None for the first wording. A new wording has no
    signatures. Raises ValidationError for an empty text or a citation of what does not exist or
    is not on the case, StaleRevisionError when someone else wrote meanwhile.
    """
    if not wording.text.strip():
        raise ValidationError({"text": "A finding says something: write it."})
    _cites_what_exists(wording.cites or (), element)
    with recorded(actor, reason):
        # The element is locked and not the finding, which may not exist yet.
        CaseElement.objects.select_for_update().get(pk=element.pk)
        finding = Finding.objects.filter(case_element=element).first()
        if finding is None:
            finding = Finding(case_element=element, revision=0)
        if (expected or 0) != finding.revision:
            raise StaleRevisionError(finding, expected or 0)
        _set_wording(finding, wording)
        finding.author = actor
        finding.revision += 1
        finding.full_clean()
        finding.save()
        add_revision(finding, written_on=decision_day())
    return finding


def sign_finding(finding: Finding, expected: int, *, actor: User, reason: str) -> Signature:
    """Sign the wording ``expected``, the one the signer read, on the record as it is now.

    The signature pins the element's digest and keeps the record, so that what changed since can
    be shown. Raises StaleRevisionError when it was worded anew since, ValidationError when the
    author would be the only signer, or the wording is already signed by the same person.
    """
    with recorded(actor, reason):
        # Writing locks the element, so no new wording comes between the check and the signature.
        CaseElement.objects.select_for_update().get(pk=finding.case_element_id)
        finding = (
            Finding.objects.select_for_update(of=("self",))
            .select_related("case_element__case", "case_element__element")
            .get(pk=finding.pk)
        )
        if finding.revision != expected:
            raise StaleRevisionError(finding, expected)
        revision = finding.revisions.get(number=finding.revision)
        signed_by = set(revision.signatures.values_list("signer", flat=True))
        if actor.pk in signed_by:
            raise ValidationError("You have already signed this wording.")
        if actor.pk == finding.author_id and not signed_by:
            raise ValidationError(
                "You wrote this finding and cannot be its only signer: someone else signs first."
            )
        record = record_of(finding.case_element.case)
        report = assess(record)
        code = _counts_on(finding)
        digest = next((each.digest for each in report.elements if each.code == code), None)
        if digest is None:
            raise ValidationError(f"{code} is not an element of {report.authority} any more.")
        return Signature.objects.create(
            revision=revision,
            signer=actor,
            element_digest=digest,
            digest_schema=DIGEST_SCHEMA,
            snapshot=keep_snapshot(record),
        )


def _counts_on(finding: Finding) -> str:
    """Code of the element on which the finding counts today: its own, or one that carries it."""
    case = finding.case_element.case
    pin = current_pin(case, decision_day())
    counting = counting_findings(case)
    for element in CaseElement.objects.filter(pin=pin).select_related("element").order_by("pk"):
        if counting.get(element.pk) == finding:
            return str(element.element.code)
    return str(finding.case_element.element.code)


def add_revision(finding: Finding, written_on: date | None) -> FindingRevision:
    """Keep the present wording under its number, in the caller's transaction."""
    return FindingRevision.objects.create(
        finding=finding,
        number=finding.revision,
        author=finding.author,
        written_on=written_on,
        **{each.attname: getattr(finding, each.attname) for each in FindingText._meta.fields},
    )


def _set_wording(finding: Finding, wording: Wording) -> None:
    finding.text = wording.text
    finding.day = PartialDate.of(decision_day())
    finding.relative_to = finding.relative_order = ""
    finding.cites = None if wording.cites is None else list(wording.cites)
    finding.reasoning = ""  # computed from the text in a live case
    finding.quoted_standard = wording.quoted_standard
    finding.applied_version = wording.applied_version
    finding.applied_difference = wording.applied_difference or ""
    finding.defines = [[term, meaning] for term, meaning in wording.defines.items()]
    finding.defines_none = wording.defines_none
    finding.predictive = wording.predictive
    finding.relies_on_deference = wording.relies_on_deference
    finding.alone_sufficient = wording.alone_sufficient


def _cites_what_exists(cites: tuple[str, ...], element: CaseElement) -> None:
    linked = set(
        EvidenceItem.objects.filter(
            key__in=cites, links__case_element__case=element.case_id
        ).values_list("key", flat=True)
    )
    if absent := [key for key in cites if key not in linked]:
        raise ValidationError(
            {
                "cites": f"{', '.join(absent)}: not linked to this case. Link it first, so that "
                "what the finding rests on is in its record."
            }
        )
