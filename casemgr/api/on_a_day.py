"""The checklist as of any day: computed and handed out, never stored."""

from datetime import date

from casemgr.apa.assess import assess_all
from casemgr.assemble import records_of
from casemgr.models import Case, CaseDependency
from casemgr.reassess.assess import rendered
from casemgr.reassess.checklist import checklist_of


def checklist_on(case: Case, day: date | None) -> str:
    """The checklist's JSON on the record of ``day`` (default: as the case itself is read).

    Cases that this one rests on are judged on the same day. Raises NotPinnedError where no
    version holds then.
    """
    cases = [case, *_rested_on(case)]
    records = records_of(cases, day)
    report = next(each for each in assess_all(records) if each.docket == case.key)
    body, _ = rendered(checklist_of(case, records[0], report))
    return body


def _rested_on(case: Case) -> list[Case]:
    """Every case that this one rests on, however far down."""
    reached: dict[int, Case] = {}
    pending = {case.pk}
    while pending:
        rows = CaseDependency.objects.filter(case__in=pending).select_related("on_case__designee")
        fresh = {row.on_case_id: row.on_case for row in rows}
        pending = set(fresh) - set(reached) - {case.pk}
        reached |= {pk: fresh[pk] for pk in pending}
    return [reached[pk] for pk in sorted(reached)]
