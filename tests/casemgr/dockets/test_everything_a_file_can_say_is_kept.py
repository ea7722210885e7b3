"""Every field of the format survives storage, with its precision, and silence stays silence."""

from datetime import date
from decimal import Decimal

import pytest

from access.words import Role
from casemgr.actions.import_docket import store_docket
from casemgr.apa import record as apa
from casemgr.docket import read_docket, write_docket
from casemgr.export import docket_of
from casemgr.models import Case
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
from tests.access.factories import MarkingFactory, TeamFactory, member
from tests.casemgr.factories import LIST

pytestmark = pytest.mark.django_db

DAY, MONTH, YEAR = (PartialDate.parse(text) for text in ("2021-01-14", "2021-02", "2020"))
SECOND_VERSION = apa.LaterPin(authority="small-list@2030", from_=PartialDate.parse("2030-06-01"))

SOURCE = apa.Source(
    key="S-1",
    name="An office",
    role=SourceRole.FOREIGN_GOVERNMENT,
    anonymous=True,
    of_government="nl",
    interest=Interest.INTERESTED,
    descriptors=(
        apa.Descriptor(expertise="not known", entered_on=YEAR, ended_on=DAY),
        apa.Descriptor(
            access_to_fact="in the room",
            expertise="ten years of it",
            motivation="none known",
            validation="met twice",
            track_record="right so far",
            deception="could be fed",
            currency="of last month",
            technical="its own notes",
            entered_on=DAY,
        ),
    ),
)
ORIGIN = apa.Item(key="E-1", source="S-1")
FULL_ITEM = apa.Item(
    key="E-2",
    kind=EvidenceKind.FRAUDULENT_ACCOUNT_REPORT,
    source="S-1",
    summary="says it",
    citation="Report 2",
    dated_on=MONTH,
    occurred=Period(YEAR, DAY),
    ended=Ended.BEFORE_DECISION,
    relative=apa.Relative(to=RelativeTo.CONDUCT, order=Order.AFTER),
    entered_on=DAY,
    hand=Hand.SECOND,
    reliability=Reliability.B,
    credibility=2,
    graded=True,
    gradings=(
        apa.Grading(reliability=Reliability.C, credibility=3, entered_on=YEAR, ended_on=DAY),
        apa.Grading(reliability=Reliability.B, graded=True, entered_on=DAY),
    ),
    body=True,
    content=Content.NOT_SEEN,
    access=Access.WITHHELD,
    summary_given=False,
    language="zh",
    translation=Translation.UNCERTIFIED,
    integrity=Integrity.GAP,
    markings=("PROPIN", "CUI"),
    privilege=Privilege.DELIBERATIVE,
    exhibits=(
        apa.Exhibit(
            sha256="b" * 64, filename="b.pdf", role=ExhibitRole.TRANSLATION, of_exhibit="a" * 64
        ),
        apa.Exhibit(sha256="a" * 64, filename="a.pdf", acquired_on=MONTH),
    ),
    withdrawn_on=YEAR,
    derived_from=(
        apa.Derivation(kind=DerivationKind.RELAYS, item="E-1", entered_on=YEAR, ended_on=DAY),
        apa.Derivation(kind=DerivationKind.ANALYZES, source="S-1"),
    ),
    claims=(
        apa.Claim(metric="accounts", comparator=Comparator.AT_LEAST, value=Decimal("24000")),
        apa.Claim(metric="share", value=Decimal("12.50"), check=ClaimState.UNVERIFIABLE),
        apa.Claim(
            metric="exchanges",
            comparator=Comparator.ABOUT,
            value=Decimal("16000000"),
            tolerance=Decimal("2.50"),
        ),
        apa.Claim(metric="losses", check=ClaimState.NEVER),
    ),
    fraudulent_accounts=apa.FraudulentAccounts(
        provider="P",
        accounts=24000,
        exchanges=16_000_000,
        period=Period(MONTH, None),
        evasion=("proxies", "cards"),
        proxy_network="N",
        capabilities=("coding",),
        attribution_basis="payment",
    ),
    chip_diversion=apa.ChipDiversion(
        item="accelerator",
        eccn="3A090",
        quantity=8,
        value_usd=Decimal("2.50"),
        exporter="X",
        consignees=("Y", "Z"),
        route=("A", "B"),
        end_user="U",
        license="none",
    ),
)
CLASSIFIED = apa.Item(key="E-3", classified_reference="REF-3", access=Access.CLASSIFIED)

FULL_CASE = apa.Case(
    key="FULL-1",
    authority="small-list@2021",
    kind=CaseKind.REFERRAL,
    title="Everything",
    designee=apa.Designee(
        key="D-1", name="An entity", type=DesigneeType.PERSON, us_presence=UsPresence.PROPERTY
    ),
    as_of=MONTH,
    later_pins=(SECOND_VERSION,),
    milestones=(
        apa.Milestone(kind=MilestoneKind.VOTE, on=MONTH),
        apa.Milestone(kind=MilestoneKind.DECISION, on=DAY),
    ),
    decided_on=YEAR,
    decided=True,
    asserts=("L-1",),
    no_evidence=("L-2",),
    depends_on=("SILENT-1/L-0", "SILENT-1/L-1"),
    links=(
        apa.Link(
            element="L-1",
            item="E-2",
            directness=Directness.CIRCUMSTANTIAL,
            attribution=Attribution.TIE,
            interest=Interest.DISINTERESTED,
            why="because",
            entered_on=YEAR,
            ended_on=DAY,
        ),
        apa.Link(
            element="L-1",
            item="E-1",
            stance=Stance.CONTRADICTS,
            bears_on=BearsOn.MOTIVE,
            answer=apa.LinkAnswer(state=AnswerState.IRRELEVANT, text="beside it", on=MONTH),
        ),
        apa.Link(element="L-1", item="E-1", stance=Stance.CONTEXT),
        apa.Link(element="L-0", item="E-3"),
    ),
    findings=(
        apa.Finding(
            element="L-1",
            text="It is so.",
            on=DAY,
            relative=apa.Relative(to=RelativeTo.DECISION, order=Order.BEFORE),
            cites=("E-2",),
            reasoning=Reasoning.PARTLY,
            quoted_standard="the words",
            applied=apa.AppliedVersion(version="2019", difference=Difference.IMMATERIAL),
            defines=(("z-term", "first"), ("a-term", "second")),
            predictive=False,
            relies_on_deference=True,
            alone_sufficient=False,
        ),
        apa.Finding(element="L-2", cites=(), defines_none=True),
        apa.Finding(element="L-0"),
    ),
    answers=(apa.ConsiderationAnswer(code="C-1", state=AnswerState.NOT_STATED, text="t", on=YEAR),),
    steps=(
        apa.Step(code="P-1", state=StepState.LATE, on=MONTH, what="a call"),
        apa.Step(code="P-2"),
    ),
    comparators=(
        apa.ComparatorCase(
            name="Another",
            same_conduct=True,
            outcome="not-listed",
            explained=False,
            explanation="none",
            element="L-2",
            entered_on=YEAR,
            ended_on=DAY,
        ),
        apa.ComparatorCase(name="A third"),
    ),
    prior_position=(
        apa.PriorPosition(what="a letter", reliance_addressed=False, element="L-1"),
        apa.PriorPosition(what="a speech"),
    ),
    record=apa.RecordState(
        left_out=(
            apa.LeftOut(item="E-1", reason="lost", element="L-1"),
            apa.LeftOut(item="E-4"),
        ),
        cited_but_absent=("a study", "another"),
    ),
)
SILENT_CASE = apa.Case(
    key="SILENT-1", authority="small-list@2021", designee=apa.Designee(key="D-2"), asserts=()
)
PROGRAM = apa.Case(key="PROGRAM-1", authority="small-list@2021", kind=CaseKind.PROGRAM)


def docket(*cases, **changes):
    from dataclasses import replace

    facts = {
        "title": "Everything a file can say",
        "completeness": Completeness.SUMMARY,
        "sources_of_this_file": ("here", "there"),
        "authorities": (LIST, replace(LIST, version="2030")),
        "sources": (SOURCE, apa.Source(key="S-2", name="named by nothing")),
        "evidence": (FULL_ITEM, ORIGIN, CLASSIFIED, apa.Item(key="E-4", summary="linked nowhere")),
        "cases": cases or (FULL_CASE, SILENT_CASE, PROGRAM),
        "packages": (apa.Package(key="PKG-1", title="One act", cases=("FULL-1", "SILENT-1")),),
    }
    return apa.Docket(**facts | changes)


@pytest.fixture
def importer():
    for code in ("CUI", "PROPIN"):
        MarkingFactory(code=code)
    team = TeamFactory()
    return team, member(team, Role.COUNSEL, cleared_markings=["CUI", "PROPIN"])


def out():
    return docket_of(list(Case.objects.order_by("pk")))


def test_nothing_is_lost(importer):
    store_docket(docket(), *importer)
    assert out() == docket()


def test_the_file_is_the_same_bytes_after_a_second_passage(importer):
    store_docket(docket(), *importer)
    written = write_docket(out())
    assert read_docket(written, library={}) == docket()


def test_a_second_import_of_the_same_changes_nothing(importer):
    store_docket(docket(), *importer)
    assert store_docket(docket(), *importer).cases_added == ()


def test_what_one_version_carries_counts_under_the_next(importer):
    from casemgr.assemble import record_of

    store_docket(docket(), *importer)
    later = record_of(Case.objects.get(key="FULL-1"), date(2031, 1, 1))
    assert later.authority.version == "2030"
    assert [link.item for link in later.case.links] == [link.item for link in FULL_CASE.links]
    assert set(later.case.findings) == set(FULL_CASE.findings)
    assert later.case.decided_on == YEAR


def test_a_case_takes_on_the_markings_of_its_evidence(importer):
    store_docket(docket(), *importer)
    assert Case.objects.get(key="FULL-1").markings == ["CUI", "PROPIN"]
