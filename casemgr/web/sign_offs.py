"""Why sign-offs of a case are stale, for the matrix: one line an element."""

from collections.abc import Iterable
from dataclasses import replace

from casemgr.models import Assessment, Case, CaseElement, Signature
from casemgr.review.since_signed import changed_beneath
from casemgr.signoff import SignOff, counting_findings, current_signatures, sign_off
from casemgr.web.matrix import STALE, Row


def with_reasons(case: Case, assessment: Assessment, rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows, those with a stale sign-off saying what changed beneath it first."""
    rows = tuple(rows)
    stale = {row.code for row in rows if row.signed.endswith(STALE)}
    if not stale:
        return rows
    under = _signed(case, stale)
    now = Assessment.objects.select_related("snapshot").get(pk=assessment.pk).snapshot.record
    kept = {
        row.pk: row.snapshot.record
        for row in Signature.objects.filter(pk__in=under.values()).select_related("snapshot")
    }
    said = {code: changed_beneath(kept[pk], now, code) for code, pk in under.items()}
    return tuple(
        replace(row, stale_because=_short(said[row.code])) if said.get(row.code) else row
        for row in rows
    )


def _signed(case: Case, codes: set[str]) -> dict[str, int]:
    """The newest signature under the present wording, by element code."""
    signatures = current_signatures(case)
    counting = counting_findings(case)
    elements = CaseElement.objects.filter(pk__in=counting, element__code__in=codes)
    found = {}
    for pk, code in elements.values_list("pk", "element__code").order_by("pin", "pk"):
        under = signatures.get(counting[pk].pk, [])
        if sign_off(counting[pk], under, "") is not SignOff.UNSIGNED and under:
            found[code] = under[-1].pk
    return found


def _short(sentences: list[str]) -> str:
    more = len(sentences) - 1
    return sentences[0] + (f" And {more} more." if more else "")
