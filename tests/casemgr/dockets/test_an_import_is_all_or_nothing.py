"""What is refused, every reason of it, and that nothing remains."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError

from access.words import Role
from casemgr.actions.import_docket import store_docket
from casemgr.apa import record as apa
from casemgr.apa.assess import assess
from casemgr.docket import DocketError, records
from casemgr.ledger.change import Change
from casemgr.models import Case
from casemgr.words import CaseKind
from designations.models import Authority, Origin
from evidence.models import EvidenceItem
from evidence.words import DerivationKind
from tests.access.factories import MarkingFactory, TeamFactory, member
from tests.casemgr.factories import LIST, DesigneeFactory, ItemFactory, SourceFactory

pytestmark = pytest.mark.django_db

CASE = apa.Case(
    key="CASE-1",
    authority="small-list@2021",
    designee=apa.Designee(key="D-1", name="An entity"),
    links=(apa.Link(element="L-1", item="E-1"),),
)
DOCKET = apa.Docket(
    authorities=(LIST,), evidence=(apa.Item(key="E-1", summary="says it"),), cases=(CASE,)
)


@pytest.fixture
def importer():
    team = TeamFactory()
    return team, member(team, Role.COUNSEL)


def refused(docket, importer):
    with pytest.raises(DocketError) as refusal:
        store_docket(docket, *importer)
    return {problem.path: problem.message for problem in refusal.value.errors}


def test_what_belongs_to_precedents_is_refused_with_the_way_out(importer):
    docket = replace(
        DOCKET,
        cases=(
            replace(CASE, court=({"ground": 1},)),
            replace(CASE, key="CASE-2", kind=CaseKind.PENALTY),
        ),
        ordering=(("CASE-1/L-1", "CASE-2/L-1"),),
    )
    with pytest.raises(DocketError) as refusal:
        store_docket(docket, *importer)
    assert [problem.path for problem in refusal.value.errors] == [
        "ordering",
        "cases[0].court",
        "cases[1].kind",
    ]
    assert all("backtest" in problem.fix for problem in refusal.value.errors)


def test_an_object_that_says_something_else_is_named_with_its_fields(importer):
    store_docket(DOCKET, *importer)
    other = replace(
        DOCKET,
        evidence=(apa.Item(key="E-1", summary="says something else", credibility=2),),
        cases=(replace(CASE, title="Another title"),),
    )
    said = refused(other, importer)
    assert "summary, credibility" in said["evidence[0]"]
    assert "title" in said["cases[0]"]
    assert EvidenceItem.objects.get().summary == "says it"


def test_an_authority_of_the_same_name_and_another_text_is_refused(importer):
    store_docket(DOCKET, *importer)
    elements = (*LIST.elements[:2], replace(LIST.elements[2], text="other words"))
    other = replace(
        DOCKET,
        authorities=(replace(LIST, elements=elements),),
        cases=(replace(CASE, key="CASE-2"),),
    )
    assert "authorities[0]" in refused(other, importer)


def test_its_own_authority_never_touches_the_library(importer):
    store_docket(DOCKET, *importer)
    assert Authority.objects.get(slug="small-list").origin == Origin.DOCKET


def test_a_key_alone_opens_no_item_of_another_team(importer):
    store_docket(DOCKET, *importer)
    stranger_team = TeamFactory()
    stranger = member(stranger_team, Role.COUNSEL)
    said = refused(replace(DOCKET, cases=(replace(CASE, key="CASE-2"),)), (stranger_team, stranger))
    assert "not shared" in said["evidence[0].key"]


def test_a_listing_without_a_designee_and_a_missing_case_are_both_said(importer):
    docket = replace(
        DOCKET,
        cases=(replace(CASE, designee=None), replace(CASE, key="CASE-2", depends_on=("GONE",))),
    )
    said = refused(docket, importer)
    assert "no designee" in said["cases[0].designee"]
    assert "no case GONE" in said["cases[1].depends_on[0]"]


def test_two_items_that_cannot_be_are_both_said(importer):
    docket = replace(
        DOCKET,
        evidence=(
            apa.Item(key="E-1", markings=("NO-SUCH",)),
            apa.Item(key="E-2", markings=("NOR-THIS",)),
        ),
    )
    said = refused(docket, importer)
    assert "NO-SUCH" in said["evidence[0].markings"]
    assert "NOR-THIS" in said["evidence[1].markings"]


def test_a_library_authority_that_is_not_loaded_is_said(importer):
    said = refused(replace(DOCKET, authorities=()), importer)
    assert "small-list@2021" in said["cases[0].authority"]


def test_nothing_remains_of_a_refused_import(importer):
    before = Change.objects.count()
    refused(
        replace(DOCKET, cases=(CASE, replace(CASE, key="CASE-2", depends_on=("GONE",)))), importer
    )
    assert Change.objects.count() == before
    assert not Case.objects.exists()
    assert not EvidenceItem.objects.exists()
    assert not Authority.objects.exists()


def test_a_case_takes_on_the_markings_of_what_its_evidence_comes_from(importer):
    team, actor = importer
    MarkingFactory(code="CUI")
    actor.cleared_markings = ["CUI"]
    relayed = apa.Item(
        key="E-2", derived_from=(apa.Derivation(kind=DerivationKind.RELAYS, item="E-0"),)
    )
    docket = replace(
        DOCKET,
        evidence=(apa.Item(key="E-0", markings=("CUI",)), relayed),
        cases=(replace(CASE, links=(apa.Link(element="L-1", item="E-2"),), findings=()),),
    )
    store_docket(docket, team, actor)
    assert Case.objects.get(key=CASE.key).markings == ["CUI"]


def test_a_key_alone_opens_no_item_beyond_the_importers_markings(importer):
    store_docket(DOCKET, *importer)
    EvidenceItem.objects.update(markings=["CUI"])
    marked = replace(DOCKET.evidence[0], markings=("CUI",))
    docket = replace(DOCKET, evidence=(marked,), cases=(replace(CASE, key="CASE-2"),))
    assert "not open to you" in refused(docket, importer)["evidence[0].key"]


def test_keys_that_no_address_can_name_are_each_said_and_the_file_is_assessed_all_the_same(
    importer,
):
    docket = apa.Docket(
        authorities=(LIST,),
        sources=(apa.Source(key="S/1"),),
        evidence=(apa.Item(key="E/1", source="S/1"),),
        packages=(apa.Package(key="P/1", title="A rule", cases=("CASE-1",)),),
        cases=(
            replace(
                CASE,
                designee=apa.Designee(key="D/1 ", name="An entity"),
                links=(apa.Link(element="L-1", item="E/1"),),
            ),
        ),
    )
    with pytest.raises(DocketError) as refusal:
        store_docket(docket, *importer)
    assert {problem.path for problem in refusal.value.errors} == {
        "sources[0].key",
        "evidence[0].key",
        "packages[0].key",
        "cases[0].designee.key",
    }
    assert {problem.fix for problem in refusal.value.errors} == {
        "use no slash, and no space at its ends"
    }
    (record,) = records(docket, today=date(2026, 11, 23))
    (conduct,) = [each for each in assess(record).elements if each.code == "L-1"]
    assert conduct.weight > 0


def test_a_key_that_addresses_use_for_something_else_is_refused_with_its_place(importer):
    docket = replace(
        DOCKET, evidence=(replace(DOCKET.evidence[0], key="new"),), cases=(replace(CASE, links=()),)
    )
    assert (
        "addresses use this word for something else" in refused(docket, importer)["evidence[0].key"]
    )
    assert not EvidenceItem.objects.exists()


@pytest.mark.parametrize("factory", [ItemFactory, SourceFactory, DesigneeFactory])
def test_the_database_refuses_such_a_key(factory):
    with pytest.raises(IntegrityError, match="key_form"):
        factory(key="A/1")
