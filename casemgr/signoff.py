"""Whether the finding on an element is signed, and on the record as it is now."""

from collections.abc import Mapping

from django.db import models

from casemgr.models import Assessment, Case, CaseElement, Finding, Signature


class SignOff(models.TextChoices):
    """State of an element's finding."""

    NO_FINDING = "no-finding", "no finding"
    UNSIGNED = "unsigned", "not signed"
    STALE = "stale", "signed on an earlier record"
    CURRENT = "current", "signed"


def sign_off(finding: Finding | None, signatures: list[Signature], digest: str) -> SignOff:
    """The state of one finding.

    ``signatures`` are those under its current wording; ``digest`` is the element's digest now.
    The author's own signature does not count alone.
    """
    if finding is None:
        return SignOff.NO_FINDING
    others = [row for row in signatures if row.signer_id != finding.author_id]
    if not others:
        return SignOff.UNSIGNED
    if any(row.element_digest == digest for row in others):
        return SignOff.CURRENT
    return SignOff.STALE


def sign_offs(case: Case) -> Mapping[int, SignOff]:
    """State by case element, for every element of the case that has or carries a finding."""
    digests = current_digests(case)
    under = current_signatures(case)
    codes = dict(CaseElement.objects.filter(case=case).values_list("pk", "element__code"))
    return {
        pk: sign_off(row, under.get(row.pk, []), digests.get(codes[pk], ""))
        for pk, row in counting_findings(case).items()
    }


def counting_findings(case: Case) -> dict[int, Finding]:
    """The finding that counts on each element of the case that has one, by case element.

    An element without a finding of its own has that of the element it carries, however many pins
    ago it was written; the assembly of the record reads it so too.
    """
    findings = Finding.objects.filter(case_element__case=case).select_related("author")
    own = {row.case_element_id: row for row in findings}
    carries = dict(CaseElement.objects.filter(case=case).values_list("pk", "carries"))
    found = {}
    for pk in carries:
        at: int | None = pk
        while at is not None and at not in own:
            at = carries[at]
        if at is not None:
            found[pk] = own[at]
    return found


def current_signatures(case: Case) -> dict[int, list[Signature]]:
    """Signatures under the current wording of each finding of the case, by finding."""
    found: dict[int, list[Signature]] = {}
    rows = (
        Signature.objects.filter(
            revision__finding__case_element__case=case,
            revision__number=models.F("revision__finding__revision"),
        )
        .select_related("revision", "signer")
        .order_by("pk")
    )
    for row in rows:
        found.setdefault(row.revision.finding_id, []).append(row)
    return found


def current_digests(case: Case) -> Mapping[str, str]:
    """Element digests of the current assessment, by element code; empty if never assessed."""
    newest = Assessment.objects.filter(case=case).order_by("-seq").first()
    if newest is None:
        return {}
    return {row["code"]: row["digest"] for row in newest.read_checklist()["elements"]}
