"""Probes of the doctrines: a sound case, one fault that raises each, the cure that clears it."""

from dataclasses import dataclass, replace
from decimal import Decimal

from casemgr.apa.record import (
    AppliedVersion,
    Claim,
    ComparatorCase,
    Derivation,
    LeftOut,
    LinkAnswer,
    PriorPosition,
    Record,
    RecordState,
    Relative,
)
from casemgr.words import (
    AnswerState,
    Attribution,
    BearsOn,
    Directness,
    Reasoning,
    Stance,
    StepState,
)
from designations.days import Period
from designations.words import ElementKind, PrerequisiteKind, Settledness
from evidence.words import (
    Access,
    ClaimState,
    DerivationKind,
    EvidenceKind,
    Hand,
    Integrity,
    Order,
    RelativeTo,
    Reliability,
    SourceRole,
    Translation,
)
from tests.casemgr.apa.builders import (
    answered,
    authority,
    consideration,
    day,
    element,
    finding,
    item,
    link,
    prerequisite,
    record,
    sound,
    source,
    step,
    with_case,
    with_item,
    with_law,
    with_links,
)


@dataclass(frozen=True)
class Probe:
    doctrine: str
    severity: str
    faulty: Record
    cured: Record
    on_case: bool = False


DECIDED = {"decided_on": day("2026-03-10")}


def kind(of: ElementKind, **said: object) -> Record:
    return with_law(sound(), elements=(element("X-1", of, **said),))  # type: ignore[arg-type]


def steps(prerequisite_kind: PrerequisiteKind, state: StepState | None, **case: object) -> Record:
    law = authority(prerequisites=(prerequisite(kind=prerequisite_kind),))
    taken = (step(state=state),) if state else ()
    return sound(law=law, steps=taken, **case)


def contradicted(answer: LinkAnswer | None) -> Record:
    given = sound()
    contrary = link("E-2", stance=Stance.CONTRADICTS, answer=answer)
    return with_case(given, links=(link("E-1"), *given.case.links, contrary))


def one_origin(*more: object) -> Record:
    return record(
        items=(
            item("E-1", "S-1"),
            item("E-2", "S-2", derived_from=(Derivation(kind=DerivationKind.RELAYS, item="E-1"),)),
            *(i for i in more if i is not None),  # type: ignore[arg-type]
        ),
        links=(link("E-1"), link("E-2"), *([link("E-3")] if more else [])),
        sources=(source("S-1"), source("S-2", SourceRole.PRESS), source("S-3")),
        findings=(finding("X-1", "E-1"),),
    )


def with_motive(answer: LinkAnswer | None) -> Record:
    given = sound(
        items=(item("E-1", "S-1"), item("E-2", "S-2"), item("E-9", "S-9")),
        sources=(
            source("S-1"),
            source("S-2", SourceRole.COURT),
            source("S-9", SourceRole.DECIDING_AUTHORITY),
        ),
    )
    stated = link("E-9", stance=Stance.CONTEXT, bears_on=BearsOn.MOTIVE, answer=answer)
    return with_case(given, links=(*given.case.links, stated))


def interested(*more: object) -> Record:
    given = sound(
        items=(item("E-1", "S-1"), item("E-2", "S-2"), *more),
        sources=(
            source("S-1", SourceRole.AFFECTED_PARTY),
            source("S-2", SourceRole.AFFECTED_PARTY),
            source("S-3", SourceRole.US_GOVERNMENT),
        ),
    )
    return with_case(given, links=(*given.case.links, link("E-3"))) if more else given


def late_item() -> Record:
    given = sound(
        items=(
            item("E-1", "S-1"),
            item("E-2", "S-2"),
            item("E-3", relative=Relative(to=RelativeTo.DECISION, order=Order.AFTER)),
        ),
        **DECIDED,
    )
    return with_case(given, links=(*given.case.links, link("E-3")))


def with_memorandum() -> Record:
    given = sound(
        law=authority(element(settledness=Settledness.CONTESTED)),
        items=(
            item("E-1", "S-1"),
            item("E-2", "S-2"),
            item("E-3", kind=EvidenceKind.LEGAL_MEMORANDUM),
        ),
    )
    return with_case(given, links=(*given.case.links, link("E-3", stance=Stance.CONTEXT)))


def quoting(words: str) -> Record:
    return sound(findings=(finding("X-1", "E-1", quoted_standard=words),))


def with_undefined_term(**said: object) -> Record:
    return sound(
        law=authority(element(undefined_terms=("affiliated with",))),
        findings=(finding("X-1", "E-1", **said),),
    )


PROBES = (
    Probe("no-evidence", "fatal", with_case(sound(), links=()), sound()),
    Probe(
        "thin-record",
        "serious",
        with_case(with_links(sound(), directness=Directness.BACKGROUND)),
        sound(),
    ),
    Probe("single-origin", "serious", one_origin(), one_origin(item("E-3", "S-3"))),
    Probe(
        "interested-source",
        "serious",
        interested(),
        interested(
            item("E-3", "S-3", derived_from=(Derivation(kind=DerivationKind.VERIFIES, item="E-1"),))
        ),
    ),
    Probe("hearsay-chain", "moderate", with_item(sound(), hand=Hand.THIRD), sound()),
    Probe(
        "low-reliability",
        "moderate",
        with_item(sound(), reliability=Reliability.D, credibility=4),
        sound(),
    ),
    Probe(
        "low-reliability",
        "moderate",
        with_item(sound(), reliability=None, credibility=None, graded=False),
        sound(),
    ),
    Probe(
        "contrary-unaddressed",
        "serious",
        contradicted(None),
        contradicted(LinkAnswer(state=AnswerState.ANSWERED, text="weighed")),
    ),
    Probe("no-rational-connection", "serious", sound(findings=(), **DECIDED), sound(**DECIDED)),
    Probe(
        "no-rational-connection",
        "serious",
        sound(findings=(finding("X-1", "E-77"),)),
        sound(),
    ),
    Probe(
        "conclusory",
        "moderate",
        sound(findings=(finding("X-1", "E-1", reasoning=Reasoning.BOILERPLATE),)),
        sound(),
    ),
    Probe(
        "conclusory",
        "moderate",
        sound(findings=(finding("X-1", "E-1", text="Operative words of X-1.", reasoning=None),)),
        sound(),
    ),
    Probe(
        "important-aspect",
        "moderate",
        sound(law=authority(considerations=(consideration(),))),
        sound(law=authority(considerations=(consideration(),)), answers=(answered(),)),
    ),
    Probe(
        "important-aspect",
        "serious",
        sound(law=authority(considerations=(consideration(main=True),))),
        sound(law=authority(considerations=(consideration(main=True),)), answers=(answered(),)),
    ),
    Probe(
        "reliance",
        "moderate",
        sound(prior_position=(PriorPosition(what="case-by-case review", element="X-1"),)),
        sound(
            prior_position=(
                PriorPosition(what="case-by-case review", element="X-1", reliance_addressed=True),
            )
        ),
    ),
    Probe(
        "inconsistent-treatment",
        "moderate",
        sound(comparators=(ComparatorCase(name="another", same_conduct=True, element="X-1"),)),
        sound(
            comparators=(
                ComparatorCase(name="another", same_conduct=True, explained=True, element="X-1"),
            )
        ),
    ),
    Probe("post-hoc", "advisory", late_item(), sound(**DECIDED)),
    Probe(
        "record-incomplete",
        "serious",
        sound(record=RecordState(cited_but_absent=("E-1",))),
        sound(),
    ),
    Probe(
        "record-incomplete",
        "serious",
        sound(record=RecordState(left_out=(LeftOut(item="E-7", element="X-1"),))),
        sound(),
    ),
    Probe(
        "pretext",
        "serious",
        with_motive(None),
        sound(),
    ),
    Probe(
        "untested-theory",
        "serious",
        sound(law=authority(element(settledness=Settledness.UNTESTED))),
        sound(law=authority(element(settledness=Settledness.SETTLED))),
    ),
    Probe(
        "misquoted-standard",
        "serious",
        quoting("operative wording of X-1"),
        quoting("Operative … of X-1."),
    ),
    Probe(
        "superseded-law",
        "serious",
        sound(
            findings=(
                finding(
                    "X-1",
                    "E-1",
                    applied=AppliedVersion(version="0"),
                ),
            )
        ),
        sound(),
    ),
    Probe(
        "superseded-law",
        "serious",
        sound(law=authority(in_force=Period(day("2020"), day("2025-12-31")))),
        sound(),
        on_case=True,
    ),
    Probe(
        "unexplained-definition",
        "serious",
        with_undefined_term(),
        with_undefined_term(defines=(("affiliated with", "in close formal association"),)),
    ),
    Probe(
        "unexplained-definition",
        "serious",
        with_undefined_term(
            defines=(("affiliated with", "anything connected"),), reasoning=Reasoning.NONE
        ),
        with_undefined_term(defines=(("affiliated with", "in close formal association"),)),
    ),
    Probe(
        "attribution-gap",
        "serious",
        with_links(sound(), attribution=Attribution.AFFILIATE),
        sound(),
    ),
    Probe(
        "attribution-gap",
        "serious",
        with_links(kind(ElementKind.JURISDICTIONAL), attribution=Attribution.AFFILIATE),
        with_links(kind(ElementKind.JURISDICTIONAL), attribution=Attribution.NONE),
    ),
    Probe(
        "mental-state",
        "moderate",
        with_links(kind(ElementKind.MENTAL), attribution=Attribution.CLUSTER),
        kind(ElementKind.MENTAL),
    ),
    Probe(
        "stale",
        "moderate",
        with_item(kind(ElementKind.FORWARD, fresh_days=365), dated_on=day("2023-06")),
        kind(ElementKind.FORWARD, fresh_days=365),
    ),
    Probe("integrity", "moderate", with_item(sound(), integrity=Integrity.CITATION_ONLY), sound()),
    Probe("integrity", "advisory", with_item(sound(), integrity=Integrity.MISMATCH), sound()),
    Probe(
        "untranslated",
        "moderate",
        with_item(sound(), language="zh", translation=Translation.UNCERTIFIED),
        with_item(sound(), language="zh", translation=Translation.CERTIFIED),
    ),
    Probe(
        "untranslated",
        "advisory",
        with_item(sound(), language="zh", translation=Translation.NONE),
        with_item(sound(), language="zh", translation=Translation.CERTIFIED),
    ),
    Probe(
        "unverified-figure",
        "serious",
        with_item(
            sound(),
            claims=(Claim(metric="accounts", value=Decimal(24000), check=ClaimState.CONTRADICTED),),
        ),
        with_item(
            sound(),
            claims=(Claim(metric="accounts", value=Decimal(24000), check=ClaimState.VERIFIED),),
        ),
    ),
    Probe(
        "unverified-figure",
        "advisory",
        with_item(
            sound(),
            claims=(Claim(metric="accounts", value=Decimal(24000), check=ClaimState.NEVER),),
        ),
        sound(),
    ),
    Probe(
        "classified-only",
        "serious",
        with_item(sound(), access=Access.CLASSIFIED),
        with_item(sound(), access=Access.CLASSIFIED, summary_given=True),
    ),
    Probe(
        "classified-only",
        "serious",
        with_item(sound(), access=Access.PRIVILEGED),
        with_item(sound(), access=Access.PUBLIC),
    ),
    Probe(
        "notice",
        "moderate",
        steps(PrerequisiteKind.NOTICE, None, **DECIDED),
        steps(PrerequisiteKind.NOTICE, StepState.MET, **DECIDED),
    ),
    Probe(
        "prerequisite-missing",
        "serious",
        steps(PrerequisiteKind.VOTE, None, **DECIDED),
        steps(PrerequisiteKind.VOTE, StepState.MET, **DECIDED),
    ),
    Probe(
        "exception-applies",
        "serious",
        replace(
            kind(ElementKind.EXCEPTION), case=replace(kind(ElementKind.EXCEPTION).case, findings=())
        ),
        kind(ElementKind.EXCEPTION),
    ),
    Probe(
        "over-deference",
        "advisory",
        with_links(
            sound(findings=(finding("X-1", "E-1", relies_on_deference=True),)),
            directness=Directness.BACKGROUND,
        ),
        with_links(sound(), directness=Directness.BACKGROUND),
    ),
)
