"""Made-up cases: the case itself, its links, findings, answers, steps and milestones."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from access.models import Team, User
from casemgr.models import (
    Case,
    CaseElement,
    ConsiderationAnswer,
    Finding,
    FindingRevision,
    Link,
    Milestone,
    Pin,
    PrerequisiteMet,
    Stage,
)
from casemgr.seeding import invented
from casemgr.seeding.copying import Rows
from casemgr.seeding.evidence import EvidenceMaker, Item, stated
from casemgr.seeding.law import Law, choose
from casemgr.seeding.plan import Plan, SizedCase
from casemgr.seeding.talk import TalkMaker
from casemgr.words import (
    AnswerState,
    Attribution,
    Directness,
    MilestoneKind,
    Reasoning,
    Stance,
    StepState,
)
from designations.days import PartialDate
from designations.models import Designee
from designations.words import UsPresence

_ITEMS_PER_LINK = 0.6
"""An item bears on more than one element, on average."""

# Share of the leaves with a finding, and of the considerations answered, by stage.
_WRITTEN = {
    Stage.DRAFT: 0.0,
    Stage.EVIDENCE_BUILDING: 0.1,
    Stage.LEGAL_REVIEW: 0.7,
    Stage.DECLINED: 0.3,
    Stage.CLOSED: 0.3,
}
_DECIDED = (Stage.DECIDED, Stage.DELISTING_REVIEW)
_STANCES = {Stance.SUPPORTS: 88, Stance.CONTRADICTS: 7, Stance.CONTEXT: 5}
_ATTRIBUTIONS = {
    Attribution.DESIGNEE: 70,
    Attribution.AGENT: 8,
    Attribution.AFFILIATE: 12,
    Attribution.CLUSTER: 5,
    Attribution.CLASS: 5,
}


@dataclass(slots=True)
class _File:
    """What a companion case shares with the one before it."""

    designee: Designee
    items: list[Item]
    law: Law


class CaseMaker:
    """Makes cases one after another; a companion draws on the evidence of the one before."""

    def __init__(
        self,
        plan: Plan,
        team: Team,
        people: list[User],
        law: list[Law],
        evidence: EvidenceMaker,
        talk: TalkMaker,
        rows: Rows,
    ) -> None:
        self.plan = plan
        self.team = team
        self.people = people
        self.law = law
        self.evidence = evidence
        self.talk = talk
        self.rows = rows
        self._last: _File | None = None

    def make(self, sized: SizedCase) -> None:
        """Add every row of the case."""
        chance = self.plan.chance(f"case/{sized.number}")
        before = self._last if sized.is_companion else None
        law = choose([each for each in self.law if before is None or each != before.law], chance)
        opened = self.plan.day - timedelta(days=chance.randrange(20, 900))
        designee = before.designee if before else self._designee(sized, chance)
        case = self._case(sized, law, designee, opened, chance)
        pin = Pin(case=case, version=law.version)
        self.rows.add(pin)
        elements = self._elements(case, pin, law, sized.stage, chance)
        needed = max(-(-sized.links // len(law.shown)), round(sized.links * _ITEMS_PER_LINK))
        shared = before.items[:needed] if before else []
        own = self.evidence.make(sized, opened, needed - len(shared))
        items = shared + own
        linked = self._links(sized.links, [elements[leaf.pk] for leaf in law.shown], items, chance)
        self._findings(law, elements, linked, sized.stage, opened, chance)
        self._treatment(pin, law, sized.stage, opened, chance)
        self.talk.about(case, [elements[leaf.pk] for leaf in law.shown], sized.number)
        self._last = _File(designee, items, law)

    def _designee(self, sized: SizedCase, chance: Random) -> Designee:
        row = Designee(
            key=f"{self.plan.prefix}D-{sized.number:05d}",
            name=invented.entity_name(sized.number),
            us_presence=chance.choice(["", UsPresence.NONE.value, UsPresence.PROPERTY.value]),
            notes=invented.WHY,
        )
        self.rows.add(row)
        return row

    def _case(
        self, sized: SizedCase, law: Law, designee: Designee, opened: date, chance: Random
    ) -> Case:
        decided = min(opened + timedelta(days=300), self.plan.day)
        target = self.plan.day + timedelta(days=chance.randrange(-40, 300))
        row = Case(
            key=f"{self.plan.prefix}{sized.number:05d}",
            kind=law.kind.value,
            title=f"{designee.name}, {law.version.authority.slug}",
            designee=designee,
            team=self.team,
            stage=sized.stage.value,
            decided=True if sized.stage in _DECIDED else None,
            opened_on=opened,
            lead=chance.choice(self.people),
            target_decision_on=target if chance.random() < 0.5 else None,
        )
        if sized.stage in _DECIDED:
            row.decision_day = PartialDate.of(decided)
        self.rows.add(row)
        for kind, after in _milestones(sized.stage):
            day = min(decided + timedelta(days=after), self.plan.day)
            self.rows.add(
                Milestone(
                    case=row, kind=kind.value, **stated("on", day), **stated("entered_on", day)
                )
            )
        return row

    def _elements(
        self, case: Case, pin: Pin, law: Law, stage: Stage, chance: Random
    ) -> dict[int, CaseElement]:
        """The case's elements, by the id of the law's."""
        at_work = stage in (Stage.EVIDENCE_BUILDING, Stage.LEGAL_REVIEW)
        made = {}
        for element in law.elements:
            given = at_work and not element.is_group and chance.random() < 0.3
            row = CaseElement(
                case=case,
                pin=pin,
                version=law.version,
                element=element,
                assignee=chance.choice(self.people) if given else None,
                due_on=self.plan.day + timedelta(days=chance.randrange(-20, 90)) if given else None,
            )
            self.rows.add(row)
            made[element.pk] = row
        return made

    def _links(
        self, number: int, leaves: list[CaseElement], items: list[Item], chance: Random
    ) -> dict[int, list[Item]]:
        """``number`` links, no item twice on one element; the items by case element."""
        linked: dict[int, list[Item]] = {}
        first = [chance.randrange(len(leaves)) for _ in items]
        for place in range(number):
            # Each further turn moves every item on by one leaf, so that none comes back to one.
            turn, which = divmod(place, len(items))
            element, item = leaves[(first[which] + turn) % len(leaves)], items[which]
            linked.setdefault(element.pk, []).append(item)
            self._link(element, item, chance)
        return linked

    def _link(self, element: CaseElement, item: Item, chance: Random) -> None:
        stance = chance.choices(list(_STANCES), list(_STANCES.values()))[0]
        attribution = chance.choices(list(_ATTRIBUTIONS), list(_ATTRIBUTIONS.values()))[0]
        answered = stance is Stance.CONTRADICTS and chance.random() < 0.6
        self.rows.add(
            Link(
                case_element=element,
                item_id=item.pk,
                stance=stance.value,
                directness=chance.choices(
                    (Directness.DIRECT.value, Directness.CIRCUMSTANTIAL.value, ""), (6, 3, 1)
                )[0],
                attribution=attribution.value,
                why=invented.why_it_bears(element.element.code, chance),
                answer_state=AnswerState.ANSWERED.value if answered else "",
                answer_text="Weighed: it does not account for the pattern." if answered else "",
                **stated("entered_on", item.entered),
            )
        )

    def _findings(
        self,
        law: Law,
        elements: dict[int, CaseElement],
        linked: dict[int, list[Item]],
        stage: Stage,
        opened: date,
        chance: Random,
    ) -> None:
        written = min(opened + timedelta(days=260), self.plan.day)
        for leaf in law.found:
            if chance.random() >= _WRITTEN.get(stage, 1.0):
                continue
            element = elements[leaf.pk]
            cites = [item.key for item in linked.get(element.pk, ()) if item.entered <= written][:4]
            words: dict[str, Any] = {
                "text": invented.finding_text(leaf.code, cites),
                **stated("on", written),
                "cites": cites,
                "reasoning": Reasoning.EXPLAINED.value,
                "author": chance.choice(self.people),
            }
            finding = Finding(case_element=element, **words)
            self.rows.add(finding)
            self.rows.add(FindingRevision(finding=finding, number=1, written_on=written, **words))

    def _treatment(self, pin: Pin, law: Law, stage: Stage, opened: date, chance: Random) -> None:
        day = min(opened + timedelta(days=280), self.plan.day)
        for consideration in law.considerations:
            if chance.random() < _WRITTEN.get(stage, 0.9):
                self.rows.add(
                    ConsiderationAnswer(
                        pin=pin,
                        version=law.version,
                        consideration_id=consideration,
                        text="Considered, with the alternatives named in the made-up record.",
                        **stated("on", day),
                        **stated("entered_on", day),
                    )
                )
        for prerequisite in law.prerequisites:
            taken = stage in _DECIDED or (stage is Stage.READY and chance.random() < 0.5)
            due = self.plan.day + timedelta(days=chance.randrange(-30, 200))
            if taken or chance.random() < _WRITTEN.get(stage, 0.5):
                self.rows.add(
                    PrerequisiteMet(
                        pin=pin,
                        version=law.version,
                        prerequisite_id=prerequisite,
                        state=(StepState.MET if taken else StepState.PENDING).value,
                        **stated("on", day if taken else None),
                        office="Invented Office (made up)",
                        due_on=None if taken else due,
                        **stated("entered_on", day),
                    )
                )


def _milestones(stage: Stage) -> list[tuple[MilestoneKind, int]]:
    """The steps taken by then, with the days between each and the decision."""
    if stage is Stage.READY:
        return [(MilestoneKind.VOTE, -10)]
    if stage in _DECIDED:
        return [
            (MilestoneKind.VOTE, -10),
            (MilestoneKind.DECISION, 0),
            (MilestoneKind.PUBLICATION, 12),
            (MilestoneKind.EFFECTIVE, 12),
        ]
    return []
