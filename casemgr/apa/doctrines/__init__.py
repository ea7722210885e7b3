"""The registry: every doctrine, each set in order of severity. One doctrine, one file."""

from collections.abc import Callable, Iterable, Iterator

from casemgr.apa.doctrines.attribution_gap import attribution_gap
from casemgr.apa.doctrines.classified_only import classified_only
from casemgr.apa.doctrines.conclusory import conclusory, pasted_findings
from casemgr.apa.doctrines.contrary_unaddressed import contrary_unaddressed
from casemgr.apa.doctrines.exception_applies import exception_applies
from casemgr.apa.doctrines.hearsay_chain import hearsay_chain
from casemgr.apa.doctrines.important_aspect import important_aspect
from casemgr.apa.doctrines.inconsistent_treatment import inconsistent_treatment
from casemgr.apa.doctrines.integrity import integrity
from casemgr.apa.doctrines.interested_source import interested_source
from casemgr.apa.doctrines.low_reliability import low_reliability
from casemgr.apa.doctrines.mental_state import mental_state
from casemgr.apa.doctrines.misquoted_standard import misquoted_standard
from casemgr.apa.doctrines.no_evidence import no_evidence
from casemgr.apa.doctrines.no_rational_connection import no_rational_connection, rests_on_weak
from casemgr.apa.doctrines.notice import notice
from casemgr.apa.doctrines.over_deference import over_deference
from casemgr.apa.doctrines.post_hoc import post_hoc
from casemgr.apa.doctrines.prerequisite_missing import prerequisite_missing
from casemgr.apa.doctrines.pretext import pretext
from casemgr.apa.doctrines.record_incomplete import record_incomplete
from casemgr.apa.doctrines.reliance import reliance
from casemgr.apa.doctrines.single_origin import single_origin
from casemgr.apa.doctrines.stale import stale
from casemgr.apa.doctrines.superseded_law import another_version_applied, superseded_law
from casemgr.apa.doctrines.thin_record import thin_record
from casemgr.apa.doctrines.unexplained_definition import unexplained_definition
from casemgr.apa.doctrines.untested_theory import untested_theory
from casemgr.apa.doctrines.untranslated import untranslated
from casemgr.apa.doctrines.unverified_figure import unverified_figure
from casemgr.apa.report import Adjustment, Flag, flag_order
from casemgr.apa.view import CaseView

# Those that read the supporting evidence, and so may change when an origin is struck ...
ON_SUPPORT = (
    no_evidence,
    thin_record,
    single_origin,
    interested_source,
    attribution_gap,
    classified_only,
    hearsay_chain,
    low_reliability,
    conclusory,
    mental_state,
    stale,
    integrity,
    untranslated,
    unverified_figure,
    over_deference,
)
# ... and those that read what else is stated of the element.
ON_STATEMENTS = (
    contrary_unaddressed,
    no_rational_connection,
    record_incomplete,
    pretext,
    untested_theory,
    misquoted_standard,
    another_version_applied,
    unexplained_definition,
    prerequisite_missing,
    exception_applies,
    important_aspect,
    reliance,
    inconsistent_treatment,
    notice,
    post_hoc,
)

ON_GROUPS = (
    record_incomplete,
    prerequisite_missing,
    important_aspect,
    reliance,
    inconsistent_treatment,
    notice,
)

ON_CASES = (
    superseded_law,
    rests_on_weak,
    *ON_GROUPS,
    pasted_findings,
)

OnCase = Callable[[CaseView], Iterator[Flag | Adjustment]]


def raise_on(
    doctrines: Iterable[Callable[[CaseView], Iterator[Flag | Adjustment]]], view: CaseView
) -> tuple[Flag, ...]:
    """The flags that some doctrines raise on a group or a case, worst first."""
    raised = (found for doctrine in doctrines for found in doctrine(view))
    return tuple(sorted((f for f in raised if isinstance(f, Flag)), key=flag_order))
