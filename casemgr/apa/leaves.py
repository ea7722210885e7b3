"""Every leaf element of a case judged, and none judged twice for the same input.

A leaf's report follows from its element digest, its findings and a few facts of the case, and
from nothing else. Reports are remembered under exactly that, so that a re-assessment judges only
the elements an edit touches.
"""

from collections.abc import Mapping
from dataclasses import replace

from casemgr.apa import weights
from casemgr.apa.bearing import element_view
from casemgr.apa.derivation import derive, origin_groups
from casemgr.apa.digest import canonical, closed_digests, element_digest
from casemgr.apa.leaf import judge, strike_number
from casemgr.apa.memory import Recent
from casemgr.apa.origins import Provenances
from casemgr.apa.record import Link
from casemgr.apa.report import ElementReport
from casemgr.apa.view import ElementView, Matters, Setting, keys
from designations.library.model import Element

_REPORTS: Recent[ElementReport] = Recent(4096)


def forget() -> None:
    """Drop every remembered report, as a measurement must."""
    _REPORTS.forget()


def judge_leaves(
    setting: Setting, matters: Mapping[str | None, Matters], asserted: frozenset[str]
) -> dict[str, ElementReport]:
    """The report of every leaf, by code."""
    bench = Bench(setting)
    return {
        element.code: replace(
            bench.report(element, matters.get(element.code, Matters())),
            asserted=element.code in asserted,
        )
        for element in setting.authority.elements
        if not element.is_group
    }


class Bench:
    """What the leaves of one case share while they are judged."""

    def __init__(self, setting: Setting) -> None:
        record = setting.record
        self.setting = setting
        self.links = _by_element(record.case.links)
        sources = {key: canonical(source) for key, source in record.sources.items()}
        self.digests = closed_digests(record.items, sources)
        self.findings: dict[str, list[str]] = {}
        for finding in record.case.findings:
            self.findings.setdefault(finding.element, []).append(canonical(finding))
        self.provenances = Provenances(
            record, live=setting.live, withheld_struck=setting.full_review
        )
        self.facts = canonical(
            [
                record.completeness,
                setting.clock.decided,
                setting.clock.decided_on,
                setting.clock.day,
                setting.threshold,
                record.authority.posture,
                setting.us_presence,
            ]
        )

    def report(self, element: Element, matters: Matters) -> ElementReport:
        """The report of one leaf, remembered or judged."""
        links = self.links.get(element.code, ())
        empty = element.code in self.setting.case.no_evidence
        digest = element_digest(element, matters, links, self.digests, stated_empty=empty)
        place = "\n".join([digest, self.facts, *sorted(self.findings.get(element.code, ()))])
        known = _REPORTS.of(place)
        if known is None:
            known = _REPORTS.keep(place, _report(self.view(element, matters), digest))
        return known

    def view(self, element: Element, matters: Matters) -> ElementView:
        """What bears on one leaf."""
        links = self.links.get(element.code, ())
        return element_view(self.setting, element, links, self.provenances, matters)


def _by_element(links: tuple[Link, ...]) -> dict[str, tuple[Link, ...]]:
    """Links by element, in an order that does not depend on the file's."""
    found: dict[str, list[Link]] = {}
    for link in links:
        found.setdefault(link.element, []).append(link)
    return {
        code: tuple(sorted(of_element, key=lambda link: (link.item, link.stance, link.why)))
        for code, of_element in found.items()
    }


def _report(view: ElementView, digest: str) -> ElementReport:
    judged = judge(view)
    groups = origin_groups(view)
    return ElementReport(
        code=view.element.code,
        grade=judged.grade,
        origins=len(view.origins),
        strike_number=strike_number(view, judged),
        decided_by=judged.decided_by,
        flags=judged.flags,
        adjustments=judged.adjustments,
        derivation=derive(view, judged, groups),
        digest=digest,
        supports=keys(view.supports),
        contradicts=keys(view.contradicts),
        origin_groups=groups,
        weight=weights.hundredths(view.weight),
        threshold=weights.hundredths(view.bar),
    )
