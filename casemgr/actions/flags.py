"""Counsel's word on a flag."""

from datetime import date

from django.core.exceptions import ValidationError

from access.models import User
from casemgr.actions.recorded import recorded
from casemgr.clock import decision_day
from casemgr.models import DispositionState, FlagDisposition, TrackedFlag
from designations.days import PartialDate
from designations.models.stated_dates import to_columns


def dispose_flag(
    flag: TrackedFlag,
    state: DispositionState,
    disposition_reason: str,
    *,
    actor: User,
    until: date | None = None,
) -> FlagDisposition:
    """Accept the risk, dispute the flag, or say that it is being cured; the word before ends.

    It holds until ``until`` and only as long as the element stays as it is. Raises
    ValidationError for a flag already cleared, a missing reason, or a last day that has passed.
    """
    if not disposition_reason.strip():
        raise ValidationError({"reason": "Say why: a disposition needs a reason."})
    if until is not None and until < decision_day():
        raise ValidationError({"until": "The last day has already passed."})
    with recorded(actor, disposition_reason):
        flag = TrackedFlag.objects.select_for_update().get(pk=flag.pk)
        if flag.cleared_on is not None:
            raise ValidationError(f"This flag was cleared on {flag.cleared_on}: nothing to say.")
        today = PartialDate.of(decision_day())
        for earlier in FlagDisposition.objects.live().filter(flag=flag).select_for_update():
            earlier.ended_from = today
            earlier.save(update_fields=["ended_on", "ended_on_precision"])
        disposition = FlagDisposition(
            flag=flag,
            state=state,
            reason=disposition_reason,
            by=actor,
            until=until,
            element_digest=flag.element_digest,
            **to_columns("entered_on", today),
        )
        disposition.full_clean()
        disposition.save()
    return disposition
