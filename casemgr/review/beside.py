"""What else is said where an item bears: who confirms it, and who only repeats it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from access.models import User
from casemgr.apa.assess import assess_all
from casemgr.apa.corroboration import Graph, Side, Spoken, corroboration
from casemgr.apa.record import Record, Source
from casemgr.apa.report import CaseReport
from casemgr.assemble import NotPinnedError, records_of
from casemgr.models import Case, Link
from casemgr.review.on_a_day import Reviewed, reviewed_on
from casemgr.words import Stance
from evidence.models import EvidenceItem

MOST_CASES = 20
"""Cases judged for one item; of more the first by key."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One element on which the item bears, with what stands beside it there."""

    case: Case
    code: str
    title: str
    stance: Stance
    graph: Graph
    confirming: tuple[Spoken, ...]  # of other voices
    repeating: tuple[Spoken, ...]  # of the same voices
    counts: bool  # the item itself is weighed there

    @property
    def side(self) -> Side:
        """The side on which the item stands."""
        return self.graph.supports if self.stance is Stance.SUPPORTS else self.graph.contradicts

    @property
    def against(self) -> int:
        """Origins on the other side."""
        other = self.graph.contradicts if self.side is self.graph.supports else self.graph.supports
        return other.origins


@dataclass(frozen=True, slots=True)
class Corroborated:
    """An item in every case one sees; ``left_out``: how many cases were too many to judge."""

    places: tuple[Beside, ...]
    sources: dict[str, Source]
    left_out: int


def graph_of(case: Case, code: str, day: date | None) -> tuple[Reviewed, Graph | None]:
    """The case judged as of a day, and the graph of one element; None: the law has none such.

    Raises NotPinnedError where no version of the law holds then.
    """
    reviewed = reviewed_on(case, day)
    return reviewed, corroboration(reviewed.record, reviewed.report, [code]).get(code)


def corroborated(item: EvidenceItem, user: User) -> Corroborated:
    """The elements on which the item bears today, in cases the user sees, first by key.

    In a number of queries that does not grow with cases or items.
    """
    links = (
        Link.objects.live()
        .filter(item=item, case_element__case__in=Case.objects.visible_to(user).values("pk"))
        .exclude(stance=Stance.CONTEXT)
        .values_list("case_element__case_id", "case_element__element__code", "stance")
    )
    bearing: dict[int, set[tuple[str, str]]] = {}
    for case_id, code, stance in links:
        bearing.setdefault(case_id, set()).add((code, stance))
    cases = list(Case.objects.filter(pk__in=bearing).order_by("key"))
    judged = _judged(cases[:MOST_CASES])
    places: list[Beside] = []
    sources: dict[str, Source] = {}
    for case, record, report in judged:
        sources |= record.sources
        graphs = corroboration(record, report, {code for code, _ in bearing[case.pk]})
        for element in record.authority.elements:
            title = element.title or element.text
            places += [
                _beside(case, item.key, graphs[code], title, Stance(stance))
                for code, stance in sorted(bearing[case.pk])
                if code == element.code
            ]
    return Corroborated(tuple(places), sources, max(len(cases) - MOST_CASES, 0))


def _judged(cases: Sequence[Case]) -> list[tuple[Case, Record, CaseReport]]:
    """Without those that are pinned to no version of the law today.

    What they rest on is not judged: it moves no element of theirs.
    """
    standing = list(cases)
    while standing:
        try:
            records = records_of(standing)
        except NotPinnedError as error:
            standing = [case for case in standing if case.pk != error.case.pk]
        else:
            return list(zip(standing, records, assess_all(records), strict=True))
    return []


def _beside(case: Case, key: str, graph: Graph, title: str, stance: Stance) -> Beside:
    side = graph.supports if stance is Stance.SUPPORTS else graph.contradicts
    confirming, repeating = side.others(key)
    counts = any(each.key == key and each.linked and not each.left_out for each in side.items)
    return Beside(case, graph.code, title, stance, graph, confirming, repeating, counts)
