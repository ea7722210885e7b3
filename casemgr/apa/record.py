"""What a court would see: the frozen input of the review engine.

The same dataclasses carry a docket file (docs/docket-format.md), the rows of the database and
the engine's input; fields are named as in the file. ``None`` always means *not stated*.
Names, titles, summaries and citations travel along for people; the engine never reads them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from casemgr.words import (
    AnswerState,
    Attribution,
    BearsOn,
    CaseKind,
    Completeness,
    Difference,
    Directness,
    MilestoneKind,
    Reasoning,
    Stance,
    StepState,
)
from designations.days import PartialDate, Period
from designations.library.model import Authority
from designations.words import DesigneeType, UsPresence
from evidence.words import (
    Access,
    ClaimState,
    Comparator,
    Content,
    DerivationKind,
    Ended,
    EvidenceKind,
    ExhibitRole,
    Hand,
    Integrity,
    Interest,
    Order,
    Privilege,
    RelativeTo,
    Reliability,
    SourceRole,
    Translation,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptor:
    """What somebody said of a source's quality, in force for a time; the engine never reads it."""

    access_to_fact: str = ""
    expertise: str = ""
    motivation: str = ""
    validation: str = ""
    track_record: str = ""
    deception: str = ""
    currency: str = ""
    technical: str = ""
    entered_on: PartialDate | None = None
    ended_on: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who says it. Descriptors travel in files only: `timeline.as_of` leaves them behind."""

    key: str
    name: str = ""
    role: SourceRole = SourceRole.OTHER
    anonymous: bool = False
    of_government: str | None = None  # ISO country code of the government it speaks from
    interest: Interest = Interest.DEFAULT
    descriptors: tuple[Descriptor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """An item comes from another item, or from a source outside the record: exactly one."""

    kind: DerivationKind
    item: str | None = None
    source: str | None = None
    entered_on: PartialDate | None = None
    ended_on: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """An Admiralty grading in force for a time; the item's own fields hold the current one."""

    reliability: Reliability | None = None
    credibility: int | None = None
    graded: bool | None = None
    entered_on: PartialDate | None = None
    ended_on: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A number the item asserts. ``value`` None: asserted without a stated number.

    ``tolerance``: percent by which "about" may be off, where that is stated.
    """

    metric: str
    comparator: Comparator = Comparator.EXACTLY
    value: Decimal | None = None
    check: ClaimState | None = None
    tolerance: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A file as evidence of one item, named by the SHA-256 of its bytes."""

    sha256: str
    filename: str = ""
    role: ExhibitRole = ExhibitRole.ORIGINAL
    acquired_on: PartialDate | None = None
    of_exhibit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudulentAccounts:
    """Typed columns of a fraudulent-account report."""

    provider: str | None = None
    accounts: int | None = None
    exchanges: int | None = None
    period: Period | None = None
    evasion: tuple[str, ...] = ()
    proxy_network: str | None = None
    capabilities: tuple[str, ...] = ()
    attribution_basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChipDiversion:
    """Typed columns of a chip-diversion report; value in United States dollars."""

    item: str | None = None
    eccn: str | None = None
    quantity: int | None = None
    value_usd: Decimal | None = None
    exporter: str | None = None
    consignees: tuple[str, ...] = ()
    route: tuple[str, ...] = ()
    end_user: str | None = None
    license: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """Only the order against an event is known."""

    to: RelativeTo
    order: Order


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Item:
    """One thing that tends to prove or disprove something."""

    key: str
    kind: EvidenceKind = EvidenceKind.OTHER
    source: str | None = None
    title: str = ""
    summary: str = ""
    citation: str = ""
    dated_on: PartialDate | None = None
    occurred: Period | None = None
    ended: Ended | None = None
    relative: Relative | None = None
    entered_on: PartialDate | None = None
    hand: Hand | None = None
    reliability: Reliability | None = None
    credibility: int | None = None
    graded: bool | None = None
    gradings: tuple[Grading, ...] = ()
    body: bool = False
    content: Content | None = None
    access: Access | None = None
    summary_given: bool | None = None
    language: str | None = None
    translation: Translation | None = None
    integrity: Integrity | None = None
    markings: tuple[str, ...] = ()
    privilege: Privilege | None = None
    classified_reference: str | None = None
    exhibits: tuple[Exhibit, ...] = ()
    withdrawn_on: PartialDate | None = None
    derived_from: tuple[Derivation, ...] = ()
    claims: tuple[Claim, ...] = ()
    fraudulent_accounts: FraudulentAccounts | None = None
    chip_diversion: ChipDiversion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAnswer:
    """What the decision says to an item that cuts the other way."""

    state: AnswerState = AnswerState.ANSWERED
    text: str = ""
    on: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Link:
    """An item bears on an element of the case, which way, and why."""

    element: str
    item: str
    stance: Stance = Stance.SUPPORTS
    directness: Directness | None = None
    attribution: Attribution | None = None
    interest: Interest = Interest.DEFAULT
    bears_on: BearsOn | None = None
    why: str = ""
    answer: LinkAnswer | None = None
    entered_on: PartialDate | None = None
    ended_on: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedVersion:
    """Another version of the law was applied, with or without a difference that mattered."""

    version: str = ""
    difference: Difference = Difference.MATERIAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Counsel's written conclusion on one element.

    ``cites`` None: not stated what it cites; ``()``: it cites nothing. ``defines`` maps an
    undefined term to the meaning given; ``()`` with ``defines_none`` False means not stated.
    ``same_as`` is no field of a file: the CASE/ELEMENT of other designees whose finding has the
    same words, which whoever gathers the record looks up.
    """

    element: str
    text: str = ""
    on: PartialDate | None = None
    relative: Relative | None = None
    cites: tuple[str, ...] | None = None
    reasoning: Reasoning | None = None
    quoted_standard: str | None = None
    applied: AppliedVersion | None = None
    defines: tuple[tuple[str, str], ...] = ()
    defines_none: bool = False
    predictive: bool | None = None
    relies_on_deference: bool | None = None
    alone_sufficient: bool | None = None
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsiderationAnswer:
    """What the decision says to a consideration of the authority."""

    code: str
    state: AnswerState = AnswerState.ANSWERED
    text: str = ""
    on: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """State of a prerequisite of the authority."""

    code: str
    state: StepState = StepState.MET
    on: PartialDate | None = None
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparatorCase:
    """Another matter a challenger would hold beside this one."""

    name: str
    same_conduct: bool | None = None
    outcome: str = ""
    explained: bool | None = None
    explanation: str = ""
    element: str | None = None
    entered_on: PartialDate | None = None
    ended_on: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorPosition:
    """An earlier position of the agency from which the decision departs."""

    what: str
    reliance_addressed: bool | None = None
    element: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Something considered, or adverse, that the record does not hold."""

    item: str
    reason: str = ""
    element: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordState:
    """Known defects of the administrative record."""

    left_out: tuple[LeftOut, ...] = ()
    cited_but_absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A dated step of the action."""

    kind: MilestoneKind
    on: PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterPin:
    """The case moves to another version of its authority from a day on."""

    authority: str
    from_: PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Designee:
    """The person or entity that would be listed."""

    key: str
    name: str = ""
    type: DesigneeType = DesigneeType.ENTITY
    us_presence: UsPresence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One designee under one authority version, with what was found and done."""

    key: str
    authority: str
    kind: CaseKind = CaseKind.LISTING
    title: str = ""
    designee: Designee | None = None
    as_of: PartialDate | None = None
    later_pins: tuple[LaterPin, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    decided_on: PartialDate | None = None
    decided: bool | None = None
    asserts: tuple[str, ...] | None = None
    no_evidence: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()
    answers: tuple[ConsiderationAnswer, ...] = ()
    steps: tuple[Step, ...] = ()
    comparators: tuple[ComparatorCase, ...] = ()
    prior_position: tuple[PriorPosition, ...] = ()
    record: RecordState = RecordState()
    court: tuple[Mapping[str, object], ...] = ()  # precedents only; never read by the engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One agency action over many cases."""

    key: str
    title: str = ""
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Docket:
    """A docket file: one or many cases sharing evidence."""

    title: str = ""
    completeness: Completeness = Completeness.FULL
    sources_of_this_file: tuple[str, ...] = ()
    authorities: tuple[Authority, ...] = ()
    sources: tuple[Source, ...] = ()
    evidence: tuple[Item, ...] = ()
    cases: tuple[Case, ...] = ()
    packages: tuple[Package, ...] = ()
    ordering: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One case with everything it rests on: what `assess` takes.

    ``items`` must hold every item a link names and every item those derive from, transitively;
    ``sources`` every source those name. ``as_of`` None (precedents only): the whole record.
    """

    case: Case
    authority: Authority
    items: Mapping[str, Item] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    completeness: Completeness = Completeness.FULL
    as_of: date | None = None
