"""Items as a bundle of STIX 2.1: valid, the same each time, and known when it comes back."""

import io
from typing import Any

import pytest
import stix2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.actions import clear_markings
from access.words import Role
from designations.days import PartialDate
from evidence.actions import add_source, attach_exhibit, derive, enter_item, grade_source, withdraw
from evidence.exchange.stix.checking import Choices, check_plan
from evidence.exchange.stix.outgoing import HeldBackError, bundle_of, written_out
from evidence.exchange.stix.planning import plan_of
from evidence.exchange.stix.reading import read_bundle
from evidence.words import DerivationKind, EvidenceKind, Reliability
from tests.access.factories import MarkingFactory, member
from tests.evidence.conftest import BY as SYSTEM
from tests.evidence.streams import of_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(team):
    return member(team, Role.ANALYST)


def valid(bundle: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The objects by type, after the library of OASIS has found them valid."""
    stix2.parse(written_out(bundle), allow_custom=False)
    return {each["type"]: each for each in bundle["objects"]}


def test_a_report_of_accounts_goes_out_with_source_file_and_numbers(team, desk) -> None:
    source = add_source(name="A provider", role="affected-party", **SYSTEM)
    item = enter_item(
        team, kind=EvidenceKind.FRAUDULENT_ACCOUNT_REPORT, title="Accounts", source=source,
        summary="What it says.", citation="See https://a.example/1.", language="en",
        dated=PartialDate.parse("2026-02"), fraudulent_accounts={"accounts": 24_000}, **SYSTEM,
    )  # fmt: skip
    attach_exhibit(item, of_bytes(b"a,b\n"), "rows.csv", **SYSTEM)
    grade_source(item, item.revision, reliability=Reliability.E, credibility=5, **SYSTEM)
    bundle = bundle_of([item], actor=desk)
    found = valid(bundle)
    report = found["report"]
    assert (report["report_types"], report["published"][:10]) == ([item.kind], "2026-02-01")
    assert report["created_by_ref"] == found["identity"]["id"]
    assert "Dated 2026-02; no day is stated." in report["description"]
    assert report["external_references"][1]["url"] == "https://a.example/1"
    assert found["note"]["content"] == "accounts: 24,000"
    assert found["file"]["hashes"]["SHA-256"] == item.exhibits.get().blob_id
    assert set(report["object_refs"]) == {
        found[kind]["id"] for kind in ("identity", "file", "note")
    }
    # No grade of ours is in it.
    assert "confidence" not in written_out(bundle)
    assert "credib" not in written_out(bundle)


def test_markings_go_out_as_tlp_or_as_a_statement(team, desk) -> None:
    codes = ["CUI", "TLP-AMBER-STRICT", "TLP-RED"]
    for code in codes:
        MarkingFactory(code=code, title="Controlled")
    desk = clear_markings(desk, codes, **SYSTEM)
    item = enter_item(team, title="Marked", markings=codes, **SYSTEM)
    bundle = bundle_of([item], actor=desk)
    valid(bundle)
    plan = plan_of(read_bundle(io.BytesIO(written_out(bundle).encode())))
    checked = check_plan(plan, "b.json", "", desk, Choices(team=team))
    assert set(checked.markings) == set(codes)
    assert not checked.unmarked


@pytest.mark.parametrize(
    "stated", [{"privilege": "work-product"}, {"access": "withheld"}, {"classified_reference": "X"}]
)
def test_what_is_held_back_does_not_go_out(team, desk, stated) -> None:
    item = enter_item(team, title="Held back", **stated, **SYSTEM)
    with pytest.raises(HeldBackError, match=item.key):
        bundle_of([item], actor=desk)


def test_derivations_go_out_and_what_is_withdrawn_is_revoked(team, desk) -> None:
    parent = enter_item(team, title="Parent", **SYSTEM)
    child = enter_item(team, title="Child", **SYSTEM)
    derive(child, DerivationKind.RELAYS, parent_item=parent, **SYSTEM)
    child.refresh_from_db()
    child = withdraw(child, child.revision, **SYSTEM)
    found = valid(bundle_of([parent, child], actor=desk))
    assert found["relationship"]["relationship_type"] == "derived-from"
    assert found["report"]["revoked"] is True


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kind=st.sampled_from(list(EvidenceKind)),
    title=_TEXT,
    summary=_TEXT,
    text=_TEXT,
    citation=_TEXT,
    dated=st.sampled_from(["", "2026", "2026-02", "2026-02-03"]),
    named=st.booleans(),
)
def test_whatever_goes_out_is_valid_and_known_when_it_comes_back(
    team, desk, kind, title, summary, text, citation, dated, named
) -> None:
    source = add_source(name=f"A source {title}", role="press", **SYSTEM) if named else None
    item = enter_item(
        team, kind=kind, title=title, summary=summary, text=text, citation=citation, source=source,
        dated=PartialDate.parse(dated) if dated else None, **SYSTEM,
    )  # fmt: skip
    bundle = bundle_of([item], actor=desk)
    valid(bundle)
    assert bundle_of([item], actor=desk) == bundle
    plan = plan_of(read_bundle(io.BytesIO(written_out(bundle).encode())))
    assert not plan.refused
    assert not plan.remarks
    checked = check_plan(plan, "b.json", "", desk, Choices(team=team))
    assert not checked.new
    assert [entry.known for entry in checked.passed_over] == [item]
