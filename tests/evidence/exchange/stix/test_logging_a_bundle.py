"""A bundle is checked, then logged whole or not at all; what is in the record is passed over."""

import threading
from typing import Any

import pytest
from django.db import connection

from access.actions import clear_markings
from access.words import Role
from evidence.actions import amend, log_evidence, withdraw
from evidence.actions.stix import BundleRefusedError, enter_bundle
from evidence.exchange.stix.checking import CheckedBundle, Choices, check_bundle
from evidence.exchange.stix.reading import BundleError
from evidence.models import (
    Blob,
    CustodyEvent,
    Derivation,
    EvidenceItem,
    Exhibit,
    Source,
    StixObject,
)  # fmt: skip
from evidence.storage import exhibit_store
from evidence.words import EvidenceKind, ExhibitRole, SourceRole
from tests.access.factories import MarkingFactory, member
from tests.evidence.conftest import BY as SYSTEM
from tests.evidence.exchange.stix.bundles import (
    AUTHOR,
    BY,
    INDICATOR,
    LATER,
    bundle,
    ident,
    made,
    observable,
    published,
    report,
)  # fmt: skip

pytestmark = pytest.mark.django_db
RED = "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"


@pytest.fixture
def desk(team):
    return member(team, Role.ANALYST)


@pytest.fixture
def checked(team, desk):
    def check(content: bytes, **more: Any) -> CheckedBundle:
        user = more.pop("user", desk)
        return check_bundle(content, "bundle.json", user, Choices(**{"team": team, **more}))

    return check


@pytest.fixture
def logged(checked, desk):
    def log(content: bytes, *, confirmed: bool = False, **more: Any) -> list[EvidenceItem]:
        user = more.get("user", desk)
        return enter_bundle(checked(content, **more), content, actor=user, confirmed=confirmed)

    return log


@pytest.mark.parametrize(
    ("name", "items", "source"),
    [
        ("poisonivy", 1, "FireEye, Inc."),
        ("infrastructure", 1, None),
        (
            "malicious-email-indicator-with-attachment",
            1,
            "The MITRE Corporation - DHS Support Team",
        ),
    ],
)
def test_a_published_bundle_is_logged_and_a_second_time_is_nothing(
    logged, checked, name, items, source
) -> None:
    content = published(name)
    made_items = logged(content)
    assert len(made_items) == items
    item = made_items[0]
    assert (item.source.name if item.source else None) == source
    assert item.kind == EvidenceKind.TECHNICAL_RECORD
    original = item.exhibits.get(role=ExhibitRole.ORIGINAL)
    with exhibit_store().open_verified(original.blob_id) as stored:
        assert stored.read() == content
    again = checked(content)
    assert not again.new
    assert [entry.known for entry in again.passed_over] == [item]
    assert logged(content) == []
    assert EvidenceItem.objects.count() == items


def test_the_report_of_a_published_bundle_says_what_it_says(logged) -> None:
    item = logged(published("poisonivy"))[0]
    assert item.title == "Poison Ivy: Assessing Damage and Extracting Intelligence"
    assert str(item.dated) == "2013-08-21"
    assert item.summary.startswith("This report spotlights Poison Ivy (PIVY)")
    assert "- admin@338 uses Spear Phishing" in item.text
    assert "STIX report--f2b63e80-b523-4747-a069-35c002c690db" in item.citation
    assert StixObject.objects.filter(exhibit__item=item, itself=True).count() == 1
    # No grade is made up of what the file states.
    assert (item.reliability, item.credibility, item.graded) == ("", None, None)


def test_checking_logs_nothing(checked) -> None:
    sheet = checked(bundle(AUTHOR, INDICATOR, report()))
    assert [entry.draft.title for entry in sheet.new] == ["Report 1"]
    assert [each.name for each in sheet.new_sources] == ["A vendor"]
    assert not EvidenceItem.objects.exists()
    assert not Source.objects.exists()
    assert not Blob.objects.exists()


def test_the_bytes_are_stored_once_for_all_items_and_custody_says_where_they_came_from(
    logged, desk
) -> None:
    content = bundle(AUTHOR, INDICATOR, report(1), report(2))
    first, second = logged(content)
    originals = Exhibit.objects.filter(role=ExhibitRole.ORIGINAL)
    assert {each.item for each in originals} == {first, second}
    assert len({each.blob_id for each in originals}) == 1
    assert first.source == second.source == Source.objects.get()
    why = CustodyEvent.objects.filter(item=first, kind="logged").get()
    assert why.actor == desk
    assert why.why.startswith(f"logged from {ident('report', 1)} in bundle.json, SHA-256 ")


def test_observables_become_tables_that_can_be_read_as_datasets(logged) -> None:
    account = observable(
        "user-account",
        user_id="u-1",
        account_login="=cmd()",
        account_created="2026-01-01T00:00:00Z",
    )
    address = observable("ipv4-addr", value="198.51.100.3")
    seen = made(
        "observed-data", first_observed="2026-01-01T00:00:00Z", number_observed=5,
        last_observed="2026-01-09T00:00:00Z", object_refs=[account["id"], address["id"]],
    )  # fmt: skip
    item = logged(bundle(seen, account, address))[0]
    assert (str(item.occurred.start), str(item.occurred.end)) == ("2026-01-01", "2026-01-09")
    original, *tables = item.exhibits.order_by("position")
    assert [(each.filename, each.role, each.of_exhibit) for each in tables] == [
        ("accounts.csv", "extract", original), ("observables.csv", "extract", original),
    ]  # fmt: skip
    with exhibit_store().open_verified(tables[0].blob_id) as stored:
        head, row = stored.read().decode().splitlines()
    assert head.startswith("account_id,created_at,")
    assert row.startswith("u-1,2026-01-01 00:00:00,'=cmd(),")


class TestVersions:
    def test_a_newer_version_supersedes_the_item_of_the_older(self, logged) -> None:
        old = logged(bundle(AUTHOR, INDICATOR, report()))[0]
        new = logged(bundle(AUTHOR, INDICATOR, report(modified=LATER, name="Corrected")))[0]
        assert (new.title, new.supersedes) == ("Corrected", old)

    def test_an_older_version_is_passed_over(self, logged, checked) -> None:
        new = logged(bundle(AUTHOR, INDICATOR, report(modified=LATER)))[0]
        entry = checked(bundle(AUTHOR, INDICATOR, report())).passed_over[0]
        assert (entry.known, entry.skipped) == (new, f"{new.key} is a newer version of it.")

    def test_what_its_author_revoked_is_passed_over_with_the_item_it_takes_back(
        self, logged, checked
    ) -> None:
        old = logged(bundle(AUTHOR, INDICATOR, report()))[0]
        entry = checked(
            bundle(AUTHOR, INDICATOR, report(modified=LATER, revoked=True))
        ).passed_over[0]
        assert entry.known == old
        assert "revoked" in entry.skipped

    def test_of_what_no_report_holds_only_the_new_is_new(self, logged, checked) -> None:
        first = logged(bundle(AUTHOR, INDICATOR))[0]
        more = made("malware", name="M", is_family=False, **BY)
        entry = checked(bundle(AUTHOR, INDICATOR, more)).new[0]
        assert entry.remark == f"1 of its 2 objects are in {first.key} already."
        # What a report brought is known when it comes alone.
        logged(bundle(AUTHOR, INDICATOR, more, report(2, INDICATOR["id"], more["id"])))
        assert not checked(bundle(AUTHOR, more)).new


class TestSources:
    def test_a_source_of_that_name_is_used(self, logged, team) -> None:
        known = Source.objects.create(name="a VENDOR", owner_team=team)
        assert logged(bundle(AUTHOR, INDICATOR))[0].source == known

    def test_its_role_is_other_unless_its_sector_or_the_analyst_says_more(self, logged) -> None:
        school = made("identity", 2, name="A school", sectors=["education"])
        by_school = {**INDICATOR, "id": ident("indicator", 2), "created_by_ref": school["id"]}
        first, second = logged(
            bundle(AUTHOR, INDICATOR, school, by_school),
            roles={AUTHOR["id"]: SourceRole.COMMERCIAL},
        )
        assert (first.source.role, second.source.role) == ("commercial", "academic")
        third = made("identity", 3, name="A state office", sectors=["government", "technology"])
        by_third = {**INDICATOR, "id": ident("indicator", 3), "created_by_ref": third["id"]}
        assert logged(bundle(third, by_third))[0].source.role == "other"

    def test_what_names_no_author_is_of_the_source_chosen_or_of_none(self, logged, team) -> None:
        chosen = Source.objects.create(name="A partner", owner_team=team)
        assert logged(bundle(made("tool", name="T")))[0].source is None
        assert logged(bundle(made("tool", 2, name="T")), source=chosen)[0].source == chosen

    def test_an_author_whom_the_file_does_not_hold_is_named_and_not_invented(self, logged) -> None:
        item = logged(bundle(INDICATOR))[0]
        assert item.source is None
        assert f"Its author is {AUTHOR['id']}" in item.text

    def test_a_name_that_is_the_key_of_another_source_does_not_pick_that_one(
        self, logged, team
    ) -> None:
        other = Source.objects.create(name="Another", owner_team=team)
        item = logged(bundle({**AUTHOR, "name": other.key}, INDICATOR))[0]
        assert item.source != other


class TestRestrictions:
    def test_a_restriction_without_a_marking_must_be_confirmed_and_stays_in_the_text(
        self, logged
    ) -> None:
        content = bundle(AUTHOR, INDICATOR, report(object_marking_refs=[RED]))
        with pytest.raises(BundleRefusedError, match="TLP:RED"):
            logged(content)
        assert not EvidenceItem.objects.exists()
        item = logged(content, confirmed=True)[0]
        assert item.markings == []
        assert "- TLP:RED" in item.text

    def test_every_item_is_marked_as_highly_as_anything_in_the_file_it_carries(
        self, logged, desk
    ) -> None:
        MarkingFactory(code="TLP-RED")
        clear_markings(desk, ["TLP-RED"], **SYSTEM)
        marked = {**INDICATOR, "granular_markings": [{"marking_ref": RED, "selectors": ["name"]}]}
        other = made("tool", name="T")
        items = logged(bundle(AUTHOR, marked, report(), other))
        assert [item.markings for item in items] == [["TLP-RED"], ["TLP-RED"]]

    def test_who_is_not_cleared_for_it_cannot_log_it(self, logged, checked) -> None:
        MarkingFactory(code="TLP-RED")
        content = bundle(AUTHOR, {**INDICATOR, "object_marking_refs": [RED]})
        assert "not cleared" in checked(content).forbids
        with pytest.raises(BundleRefusedError, match="TLP-RED"):
            logged(content, confirmed=True)

    def test_what_everyone_may_read_asks_for_nothing(self, logged) -> None:
        clear = "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"
        item = logged(bundle(AUTHOR, {**INDICATOR, "object_marking_refs": [clear]}))[0]
        assert "Restrictions" not in item.text

    def test_that_an_item_one_may_not_see_holds_it_is_not_told(self, logged, team, desk) -> None:
        MarkingFactory(code="TLP-RED")
        cleared = clear_markings(member(team, Role.ANALYST), ["TLP-RED"], **SYSTEM)
        content = bundle(AUTHOR, {**INDICATOR, "object_marking_refs": [RED]})
        hidden = logged(content, user=cleared)[0]
        unmarked = logged(bundle(AUTHOR, INDICATOR))
        assert [item.markings for item in (hidden, *unmarked)] == [["TLP-RED"], []]


class TestDerivation:
    def derived(self, number: int, source: str, target: str) -> dict[str, Any]:
        ends = {"source_ref": source, "target_ref": target}
        return made("relationship", number, relationship_type="derived-from", **ends, **BY)

    def test_a_report_derived_from_another_relays_it(self, logged) -> None:
        tie = self.derived(1, ident("report", 2), ident("report", 1))
        first, second = logged(bundle(AUTHOR, INDICATOR, report(1), report(2), tie))
        row = Derivation.objects.get()
        assert (row.child, row.parent_item, row.kind) == (second, first, "relays")
        assert not EvidenceItem.objects.exclude(pk__in=[first.pk, second.pk]).exists()

    def test_also_from_one_that_was_logged_before(self, logged) -> None:
        first = logged(bundle(AUTHOR, INDICATOR, report(1)))[0]
        tie = self.derived(1, ident("report", 2), ident("report", 1))
        second = logged(bundle(AUTHOR, INDICATOR, report(2), tie))[0]
        assert Derivation.objects.get(child=second).parent_item == first

    def test_a_circle_is_told_and_not_entered(self, logged, checked) -> None:
        one, two = ident("report", 1), ident("report", 2)
        content = bundle(
            AUTHOR, INDICATOR, report(1), report(2), self.derived(1, one, two),
            self.derived(2, two, one),
        )  # fmt: skip
        assert any("derived from itself" in each.said for each in checked(content).plan.remarks)
        logged(content)
        assert Derivation.objects.count() == 1

    def test_any_other_relation_is_text(self, logged) -> None:
        tie = {
            **self.derived(1, ident("report", 2), ident("report", 1)),
            "relationship_type": "related-to",
        }
        _, second = logged(bundle(AUTHOR, INDICATOR, report(1), report(2), tie))
        assert not Derivation.objects.exists()
        assert "- Report 2 related to Report 1" in second.text


def test_all_or_nothing(checked, desk, monkeypatch) -> None:
    content = bundle(AUTHOR, INDICATOR, report(1), report(2))
    sheet = checked(content)
    log_evidence(sheet.choices.team, title="Report 2", **SYSTEM)
    object.__setattr__(sheet.plan.drafts[1], "dated", "2026-02-01")
    object.__setattr__(sheet.plan.drafts[1], "language", "x" * 40)
    with pytest.raises(BundleRefusedError, match=ident("report", 2)):
        enter_bundle(sheet, content, actor=desk)
    assert EvidenceItem.objects.count() == 1
    assert not Exhibit.objects.exists()
    assert not StixObject.objects.exists()
    assert not Source.objects.exists()


def test_what_is_no_bundle_is_refused_with_the_place(checked) -> None:
    with pytest.raises(BundleError, match="Line 1, column 2"):
        checked(b"{")


def test_an_amended_or_withdrawn_item_is_still_the_one_that_is_here(logged, checked, desk) -> None:
    content = bundle(AUTHOR, INDICATOR, report())
    item = logged(content)[0]
    item = amend(item, item.revision, title="As we call it", **SYSTEM)
    withdraw(item, item.revision, **SYSTEM)
    assert checked(content).passed_over[0].known == item


@pytest.mark.django_db(transaction=True)
def test_two_who_log_the_same_bundle_at_once_log_it_once(checked, team, desk) -> None:
    content = bundle(AUTHOR, INDICATOR, report())
    sheet = checked(content)
    counts: list[int] = []

    def log() -> None:
        counts.append(len(enter_bundle(sheet, content, actor=desk)))
        connection.close()

    threads = [threading.Thread(target=log) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 1]
    assert EvidenceItem.objects.count() == 1
