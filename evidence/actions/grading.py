"""Grading how far a source is trusted and its statement believed."""

from access.actor import Actor
from access.revision import revise
from designations.clock import today
from designations.days import PartialDate
from evidence.actions.custody import record_custody
from evidence.actions.recorded import recorded
from evidence.models import CustodyKind, EvidenceItem, Grading
from evidence.words import Reliability


def grade_source(
    item: EvidenceItem,
    expected: int,
    *,
    reliability: Reliability | None,
    credibility: int | None,
    actor: Actor | str,
    reason: str,
) -> Grading:
    """Give the item a grading from today on; the one that held until today is kept with its days.

    Raises StaleRevisionError when the item has another revision than ``expected`` by now, and
    ValidationError for a credibility outside 1 to 6.
    """
    with recorded(actor, reason):
        now = EvidenceItem.objects.get(pk=item.pk)
        day = PartialDate.of(today())
        rows = list(Grading.objects.filter(item=now))
        if not rows:
            # Until today the item's own columns said it, or said nothing: an earlier day must
            # not see the new grading.
            rows = [
                Grading(
                    item=now,
                    reliability=now.reliability,
                    credibility=now.credibility,
                    graded=now.graded,
                )
            ]
        for row in rows:
            if row.ended_on is None:
                row.ended_from = day
                row.full_clean()
                row.save()
        grading = Grading(
            item=now,
            reliability=reliability.value if reliability else "",
            credibility=credibility,
            graded=True,
            why=reason,
            position=len(rows),
        )
        grading.entered = day
        grading.full_clean()
        grading.save()
        revise(
            now,
            expected,
            reliability=grading.reliability,
            credibility=grading.credibility,
            graded=grading.graded,
        )
        record_custody(
            now, CustodyKind.AMENDED, actor=actor, reason=reason, detail={"fields": ["grading"]}
        )
    item.refresh_from_db()
    return grading
