"""Cases of a docket into rows, a table at a time."""

from collections.abc import Iterator, Mapping
from typing import Any

from access.models import Team, User
from casemgr.actions.docket_conflicts import Standing
from casemgr.actions.docket_evidence import WrittenEvidence
from casemgr.actions.pins import add_pin, carry_by_code
from casemgr.apa import record as apa
from casemgr.assemble import named_items
from casemgr.clock import decision_day
from casemgr.models import (
    Case,
    CaseDependency,
    CaseElement,
    ComparatorCase,
    ConsiderationAnswer,
    DefectKind,
    Finding,
    FindingRevision,
    Link,
    Milestone,
    Package,
    Pin,
    PrerequisiteMet,
    PriorPosition,
    RecordDefect,
    Stage,
)
from casemgr.models.finding import FindingText
from designations.models import AuthorityVersion, Designee
from designations.models.stated_dates import to_columns
from evidence.lineage import with_origins
from evidence.models import EvidenceItem


class CaseWriter:
    """Writes the cases of a docket that are not stored yet, in the caller's transaction.

    A file names elements by code. What it hangs on a code hangs on the first pin whose version
    has that code; later pins carry it.
    """

    def __init__(
        self,
        docket: apa.Docket,
        standing: Standing,
        versions: Mapping[str, AuthorityVersion],
        evidence: WrittenEvidence,
        team: Team,
        actor: User,
    ) -> None:
        self.docket = docket
        self.new = [case for case in docket.cases if case.key not in standing.cases]
        self.standing = standing
        self.versions = versions
        self.items = evidence.items
        self.team = team
        self.actor = actor
        self.cases: dict[str, Case] = {}
        self.pins: dict[str, list[Pin]] = {}
        self.elements: dict[tuple[str, str], CaseElement] = {}

    def write(self) -> list[Case]:
        """Write them all; returns the new cases in file order."""
        packages = self._packages()
        designees = self._designees()
        for stated in self.new:
            case = self._case(stated, designees, packages)
            self.cases[stated.key] = case
            self._pin(case, stated)
        self._hang()
        self._rest_on()
        return list(self.cases.values())

    def _packages(self) -> dict[str, Package]:
        """Case key to package, new packages stored."""
        found: dict[str, Package] = {}
        for stated in self.docket.packages:
            package = self.standing.packages.get(stated.key) or Package.objects.create(
                key=stated.key, title=stated.title, team=self.team
            )
            found |= dict.fromkeys(stated.cases, package)
        return found

    def _designees(self) -> dict[str, Designee]:
        stated = {case.designee.key: case.designee for case in self.new if case.designee}
        Designee.objects.bulk_create(
            Designee(
                key=each.key,
                name=each.name,
                type=each.type.value,
                us_presence=each.us_presence or "",
            )
            for each in stated.values()
            if each.key not in self.standing.designees
        )
        return {row.key: row for row in Designee.objects.filter(key__in=stated)}

    def _case(
        self,
        stated: apa.Case,
        designees: Mapping[str, Designee],
        packages: Mapping[str, Package],
    ) -> Case:
        decided = stated.decided or stated.decided_on is not None
        case = Case(
            key=stated.key,
            kind=stated.kind.value,
            title=stated.title,
            designee=designees[stated.designee.key] if stated.designee else None,
            team=self.team,
            markings=self._markings(stated),
            stage=Stage.DECIDED if decided else Stage.EVIDENCE_BUILDING,
            package=packages.get(stated.key),
            completeness=self.docket.completeness.value,
            **to_columns("as_of", stated.as_of),
            decided=stated.decided,
            **to_columns("decided_on", stated.decided_on),
            asserts=None if stated.asserts is None else list(stated.asserts),
            opened_on=decision_day(),
        )
        case.full_clean()
        case.save(force_insert=True)
        return case

    def _markings(self, stated: apa.Case) -> list[str]:
        """Of everything the case names and of all that comes from, as high as any."""
        named = [self.items[key].pk for key in named_items(stated) if key in self.items]
        lineage = EvidenceItem.objects.filter(pk__in=with_origins(named))
        return sorted({code for row in lineage.values_list("markings", flat=True) for code in row})

    def _pin(self, case: Case, stated: apa.Case) -> None:
        pins = [add_pin(case, self.versions[stated.authority])]
        for later in sorted(stated.later_pins, key=lambda pin: pin.from_.last()):
            before = pins[-1]
            before.ended_from = later.from_
            before.save(update_fields=["ended_on", "ended_on_precision"])
            pins.append(add_pin(case, self.versions[later.authority], later.from_))
            carry_by_code(before, pins[-1])
        self.pins[case.key] = pins
        for element in case.elements.select_related("element").order_by("pk"):
            self.elements.setdefault((case.key, element.element.code), element)

    def _hang(self) -> None:
        """Everything that hangs on the cases, each table at once."""
        unsupported = [
            element
            for stated in self.new
            for code in stated.no_evidence
            for element in [self.elements[stated.key, code]]
        ]
        for element in unsupported:
            element.no_evidence = True
        CaseElement.objects.bulk_update(unsupported, ["no_evidence"])
        Link.objects.bulk_create(self._links())
        findings = Finding.objects.bulk_create(self._findings())
        FindingRevision.objects.bulk_create(
            FindingRevision(
                finding=finding,
                number=finding.revision,
                author=self.actor,
                **{
                    each.attname: getattr(finding, each.attname)
                    for each in FindingText._meta.fields
                },
            )
            for finding in findings
        )
        ConsiderationAnswer.objects.bulk_create(self._answers())
        PrerequisiteMet.objects.bulk_create(self._steps())
        Milestone.objects.bulk_create(
            Milestone(
                case=self.cases[stated.key], kind=each.kind.value, **to_columns("on", each.on)
            )
            for stated in self.new
            for each in stated.milestones
        )
        ComparatorCase.objects.bulk_create(self._comparators())
        PriorPosition.objects.bulk_create(
            PriorPosition(
                **self._place(stated, each.element),
                what=each.what,
                reliance_addressed=each.reliance_addressed,
            )
            for stated in self.new
            for each in stated.prior_position
        )
        RecordDefect.objects.bulk_create(self._defects())

    def _links(self) -> Iterator[Link]:
        for stated in self.new:
            for each in stated.links:
                answer = each.answer
                yield Link(
                    case_element=self.elements[stated.key, each.element],
                    item=self.items[each.item],
                    stance=each.stance.value,
                    directness=each.directness or "",
                    attribution=each.attribution or "",
                    interest=each.interest.value,
                    bears_on=each.bears_on or "",
                    why=each.why,
                    answer_state=answer.state.value if answer else "",
                    answer_text=answer.text if answer else "",
                    **to_columns("answer_on", answer.on if answer else None),
                    **to_columns("entered_on", each.entered_on),
                    **to_columns("ended_on", each.ended_on),
                )

    def _findings(self) -> Iterator[Finding]:
        for stated in self.new:
            for each in stated.findings:
                yield Finding(
                    case_element=self.elements[stated.key, each.element],
                    author=self.actor,
                    text=each.text,
                    **to_columns("on", each.on),
                    relative_to=each.relative.to.value if each.relative else "",
                    relative_order=each.relative.order.value if each.relative else "",
                    cites=None if each.cites is None else list(each.cites),
                    reasoning=each.reasoning or "",
                    quoted_standard=each.quoted_standard,
                    applied_version=each.applied.version if each.applied else "",
                    applied_difference=each.applied.difference.value if each.applied else "",
                    defines=[[term, meaning] for term, meaning in each.defines],
                    defines_none=each.defines_none,
                    predictive=each.predictive,
                    relies_on_deference=each.relies_on_deference,
                    alone_sufficient=each.alone_sufficient,
                )

    def _answers(self) -> Iterator[ConsiderationAnswer]:
        for stated in self.new:
            for each in stated.answers:
                pin, row = self._part(stated.key, "considerations", each.code)
                yield ConsiderationAnswer(
                    pin=pin,
                    version_id=pin.version_id,
                    consideration=row,
                    state=each.state.value,
                    text=each.text,
                    **to_columns("on", each.on),
                )

    def _steps(self) -> Iterator[PrerequisiteMet]:
        for stated in self.new:
            for each in stated.steps:
                pin, row = self._part(stated.key, "prerequisites", each.code)
                yield PrerequisiteMet(
                    pin=pin,
                    version_id=pin.version_id,
                    prerequisite=row,
                    state=each.state.value,
                    **to_columns("on", each.on),
                    what=each.what,
                )

    def _comparators(self) -> Iterator[ComparatorCase]:
        for stated in self.new:
            for each in stated.comparators:
                yield ComparatorCase(
                    **self._place(stated, each.element),
                    name=each.name,
                    same_conduct=each.same_conduct,
                    outcome=each.outcome,
                    explained=each.explained,
                    explanation=each.explanation,
                    **to_columns("entered_on", each.entered_on),
                    **to_columns("ended_on", each.ended_on),
                )

    def _defects(self) -> Iterator[RecordDefect]:
        for stated in self.new:
            for left_out in stated.record.left_out:
                yield RecordDefect(
                    **self._place(stated, left_out.element),
                    kind=DefectKind.LEFT_OUT,
                    what=left_out.item,
                    reason=left_out.reason,
                )
            for absent in stated.record.cited_but_absent:
                yield RecordDefect(
                    case=self.cases[stated.key], kind=DefectKind.CITED_BUT_ABSENT, what=absent
                )

    def _rest_on(self) -> None:
        everything = self.cases | {
            row.key: row for row in Case.objects.filter(key__in=self.standing.cases)
        }
        for stated in self.new:
            for name in stated.depends_on:
                key, _, code = name.partition("/")
                on_case = everything.get(key) or self.standing.outside[key]
                on_element = CaseElement.objects.filter(case=on_case, element__code=code)
                CaseDependency.objects.create(
                    case=self.cases[stated.key],
                    on_case=on_case,
                    on_element=on_element.order_by("pk").first() if code else None,
                )

    def _place(self, stated: apa.Case, code: str | None) -> dict[str, Any]:
        return {
            "case": self.cases[stated.key],
            "case_element": self.elements[stated.key, code] if code else None,
        }

    def _part(self, key: str, kind: str, code: str) -> tuple[Pin, Any]:
        """A consideration or prerequisite of the first pin that has the code, and that pin."""
        for pin in self.pins[key]:
            if row := getattr(pin.version, kind).filter(code=code).first():
                return pin, row
        raise LookupError(f"{key}: no pinned version has {code}")
