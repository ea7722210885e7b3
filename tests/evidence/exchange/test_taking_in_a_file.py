"""A FollowTheMoney file is checked, then entered as it was checked: all of it or nothing."""

import io
from decimal import Decimal

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.words import Role
from casemgr.ledger.change import Change
from designations.actions import (
    add_designee,
    add_identifier,
    add_name,
    end_stake,
    state_ownership,
)
from designations.days import PartialDate, Period
from designations.exchange.ftm.entities import FtmError, write_lines
from designations.models import Designee, DesigneeName, Identifier, OwnershipStake
from designations.words import DesigneeType
from evidence.actions import add_source, log_evidence
from evidence.actions.exchange import enter_file
from evidence.exchange.check import CheckedFile, FileRefusedError, check_file
from evidence.exchange.choices import NEW, Choices, Others
from evidence.exchange.write import written_out
from evidence.models import CustodyEvent, EvidenceItem, Exhibit, Source, StakeSupport
from tests.access.factories import member
from tests.designations.exchange.entities import HOLDING, entity, lines
from tests.evidence.conftest import BY

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(team):
    return member(team, Role.ANALYST)


@pytest.fixture
def check(team, desk):
    def checking(*entities, name: str = "harbor.ftm.json") -> CheckedFile:
        content = entities[0] if isinstance(entities[0], bytes) else lines(*entities)
        return check_file(content, name, desk, team)

    return checking


@pytest.fixture
def enter(team, desk):
    def entering(checked: CheckedFile, **choices):
        return enter_file(checked, Choices(**choices), team=team, actor=desk)

    return entering


def test_checking_enters_nothing(check) -> None:
    checked = check(*HOLDING)
    assert (len(checked.reading.parties), len(checked.papers)) == (2, 2)
    assert not Designee.objects.exists()
    assert not EvidenceItem.objects.exists()


def test_a_file_is_entered_with_its_parties_stakes_items_and_itself(check, enter) -> None:
    entered = enter(check(*HOLDING))
    holding = Designee.objects.get(name="Quiet Harbor Holding")
    assert holding.type == "entity"
    assert {row.name for row in holding.names.all()} == {"QHH", "Harbor One"}
    assert holding.notes == "jurisdiction: cy"
    stake = OwnershipStake.objects.get()
    assert (stake.owner.name, stake.owned) == ("Jane Example", holding)
    assert (stake.pct_min, stake.pct_max, str(stake.held.start)) == (25, 50, "2019-03")
    article = EvidenceItem.objects.get(kind="press-report")
    assert (article.title, article.text) == (
        "Who holds Quiet Harbor",
        "Jane Example holds a share.",
    )
    assert (article.source.name, article.source.role) == ("The Harbor Gazette", "press")
    assert article.citation == "https://gazette.example/harbor"
    assert {row.item for row in StakeSupport.objects.all()} == {article, entered.item}
    exhibit = Exhibit.objects.get()
    assert (exhibit.item, exhibit.blob_id) == (entered.item, check(*HOLDING).sha256)


def test_a_sanction_is_what_a_government_said_and_grades_nothing(check, enter) -> None:
    enter(check(*HOLDING))
    item = EvidenceItem.objects.get(kind="government-finding")
    assert item.title == "EXAMPLE-PROGRAM: Jane Example"
    assert "authority: Office of Examples" in item.summary
    assert "listingDate: 2021-05-06" in item.summary
    assert (str(item.dated), item.citation) == ("2021-05-06", "https://office.example/list")
    assert (item.source.name, item.source.role) == ("Office of Examples", "us-government")
    assert (item.reliability, item.credibility, item.graded) == ("", None, None)


def test_the_history_says_which_file_and_which_line(check, enter) -> None:
    checked = check(*HOLDING)
    enter(checked)
    reason = f"read from harbor.ftm.json, SHA-256 {checked.sha256}"
    for row in (Designee.objects.first(), OwnershipStake.objects.get(), Identifier.objects.first()):
        assert [change.reason for change in Change.objects.of(row)] == [reason]
    article = EvidenceItem.objects.get(kind="press-report")
    assert CustodyEvent.objects.get(item=article).why == f"{reason}, line 4, entity NK-extract"


def test_the_same_file_again_does_nothing_and_says_so(check, enter) -> None:
    first = enter(check(*HOLDING))
    before = (Designee.objects.count(), EvidenceItem.objects.count(), StakeSupport.objects.count())
    again = check(*HOLDING)
    assert again.known == first.item
    entered = enter(again, others=Others.NEW)
    assert (entered.before, entered.item) == (True, first.item)
    now = (Designee.objects.count(), EvidenceItem.objects.count(), StakeSupport.objects.count())
    assert now == before


def test_another_file_of_the_same_parties_proposes_them_and_waits(check, enter) -> None:
    enter(check(*HOLDING))
    again = check(*HOLDING, entity("x", "Person", name="Another"))
    assert set(again.proposals) == {"NK-holding", "NK-owner"}
    proposal = again.proposals["NK-holding"][0]
    assert proposal.sure
    assert "came under the same id" in proposal.why
    assert "has LEI 5493001KJTIIGC8Y1R12" in proposal.why
    with pytest.raises(FileRefusedError, match="NK-holding"):
        enter(again)
    assert Designee.objects.count() == 2
    entered = enter(again, others=Others.PROPOSED)
    assert [each.name for each in entered.brought.added] == ["Another"]
    assert (entered.brought.names, entered.brought.stakes_added) == (0, 0)
    assert entered.items == []
    assert OwnershipStake.objects.count() == 1


def test_a_name_alone_is_proposed_and_the_person_decides(check, enter) -> None:
    jane = add_designee("JANE  Éxample", type=DesigneeType.PERSON, **BY)
    checked = check(*HOLDING)
    (proposal,) = checked.proposals["NK-owner"]
    assert (proposal.designee, proposal.sure, proposal.why) == (jane, False, "has the same name")
    enter(checked, same={"NK-owner": NEW})
    assert Designee.objects.filter(name_normalized="jane example").count() == 2


def test_who_is_joined_keeps_what_it_has_and_gets_what_it_lacked(check, enter) -> None:
    jane = add_designee("J. Example", type=DesigneeType.PERSON, notes="ours", **BY)
    revision = jane.revision
    enter(check(*HOLDING), same={"NK-owner": jane.key})
    jane.refresh_from_db()
    assert (jane.name, jane.notes) == ("J. Example", "ours")
    assert [row.name for row in jane.names.all()] == ["Jane Example"]
    assert jane.identifiers.filter(scheme="passport", value="P-77").exists()
    assert jane.revision > revision
    assert OwnershipStake.objects.get().owner == jane


def test_a_further_name_of_a_designee_is_proposed_too_and_a_weak_one_is_not(check) -> None:
    one = add_designee("Something else", **BY)
    add_name(one, "Harbor One", **BY)
    add_designee("QH", **BY)
    offered = check(*HOLDING, entity("w", "Company", name="W", weakAlias="QH")).proposals
    assert [each.designee for each in offered["NK-holding"]] == [one]
    assert "w" not in offered


def test_a_number_of_another_country_is_another_number(check) -> None:
    one = add_designee("Something else", **BY)
    add_identifier(one, "passport", "P-1", country="FR", **BY)
    person = entity("a", "Person", name="A")
    card = entity("p", "Passport", holder="a", number="P-1", country="us")
    assert check(person, card).proposals == {}
    assert set(check(entity("a", "Person", name="A", passportNumber="P-1")).proposals) == {"a"}


def test_a_key_of_ours_in_a_foreign_id_proposes_nobody_and_hides_no_document(check, team) -> None:
    one = add_designee("One", key="D-1", **BY)
    log_evidence(team, key="E-1", title="Ours", summary="x", **BY)
    checked = check(
        entity("casemgr-D-1", "Company", name="Theirs"),
        entity("casemgr-E-1", "Document", title="Theirs as well"),
    )
    assert checked.proposals == {}
    assert len(checked.new_papers) == 1
    ours = check(entity("casemgr-D-1", "Company", name="One")).proposals["casemgr-D-1"]
    assert [(each.designee, each.sure) for each in ours] == [(one, True)]


def test_a_match_of_another_type_says_so(check) -> None:
    add_designee("Jane Example", type=DesigneeType.VESSEL, **BY)
    (proposal,) = check(*HOLDING).proposals["NK-owner"]
    assert "but it is vessel here, person in the file" in proposal.why


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"same": {"nobody": NEW}}, "no party 'nobody'"),
        ({"same": {"NK-owner": "D-NONE"}}, "no designee 'D-NONE'"),
        ({"same": {"NK-owner": "a\x00"}}, "no designee"),
        ({"same": {"\ud800": NEW}}, "no party"),
    ],
)
def test_a_choice_that_names_nothing_is_refused(check, enter, choices, said) -> None:
    with pytest.raises(FileRefusedError, match=said):
        enter(check(*HOLDING), **choices)
    assert not Designee.objects.exists()


def test_a_name_two_designees_have_stays_open_even_where_proposals_are_taken(check, enter) -> None:
    for _ in range(2):
        add_designee("Jane Example", type=DesigneeType.PERSON, **BY)
    with pytest.raises(FileRefusedError, match="NK-owner"):
        enter(check(*HOLDING), others=Others.PROPOSED)


def test_a_stake_stated_otherwise_is_entered_beside_and_told(check, enter) -> None:
    jane = add_designee("Jane Example", type=DesigneeType.PERSON, **BY)
    holding = add_designee("Quiet Harbor Holding", **BY)
    state_ownership(jane, holding, Decimal(60), Decimal(60), **BY)
    entered = enter(check(*HOLDING), others=Others.PROPOSED)
    assert entered.brought.beside == ["Jane Example in Quiet Harbor Holding"]
    assert OwnershipStake.objects.live().count() == 2


def test_two_parties_made_one_own_nothing_of_themselves(check, enter) -> None:
    one = add_designee("One", **BY)
    entered = enter(check(*HOLDING), same={"NK-owner": one.key, "NK-holding": one.key})
    assert len(entered.brought.within_one) == 1
    assert not OwnershipStake.objects.exists()


def test_a_wrong_line_refuses_the_whole_file(check, enter) -> None:
    checked = check(*HOLDING, "{")
    assert [problem.line for problem in checked.problems] == [6]
    with pytest.raises(FileRefusedError, match="Line 6"):
        enter(checked)
    assert not Designee.objects.exists()


def test_what_is_no_file_of_entities_is_refused(check) -> None:
    with pytest.raises(FtmError):
        check(b"PK\x03\x04")


def test_documents_may_stay_in_the_file(check, enter) -> None:
    entered = enter(check(*HOLDING), papers=False)
    assert list(EvidenceItem.objects.all()) == [entered.item]
    assert {row.item for row in StakeSupport.objects.all()} == {entered.item}


def test_more_documents_than_anyone_reads_are_refused(check, enter) -> None:
    many = [entity(f"n{place}", "Note", name=f"Note {place}") for place in range(201)]
    with pytest.raises(FileRefusedError, match="at most 200"):
        enter(check(*many))
    assert enter(check(*many), papers=False).items == []


def test_an_article_logged_already_is_not_logged_again_and_supports_the_stake(
    check, enter, team
) -> None:
    known = log_evidence(
        team, kind="press-report", citation="https://gazette.example/harbor", summary="x", **BY
    )
    checked = check(*HOLDING)
    assert [each.known for each in checked.papers] == [known, None]
    entered = enter(checked)
    assert [item.kind for item in entered.items] == ["government-finding"]
    assert StakeSupport.objects.filter(item=known).exists()


def test_a_source_that_is_here_is_used_and_a_new_one_made_once(check, enter, team) -> None:
    gazette = add_source(name="the harbor gazette", owner_team=team, **BY)
    notes = [
        entity(f"n{place}", "Article", title=f"N {place}", publisher=name)
        for place, name in enumerate(("The Harbor Gazette", "New Paper", "NEW PAPER"))
    ]
    enter(check(*notes))
    assert EvidenceItem.objects.get(title="N 0").source == gazette
    assert Source.objects.filter(name__iexact="new paper").count() == 1


def test_the_file_of_another_team_is_not_known_here(check, enter, other_team) -> None:
    enter(check(*HOLDING))
    stranger = member(other_team, Role.ANALYST)
    assert check_file(lines(*HOLDING), "x", stranger, other_team).known is None


def test_a_name_of_markup_is_text(check, enter) -> None:
    name = "<script>alert(1)</script>"
    enter(check(entity("a", "Company", name=name)))
    assert Designee.objects.get().name == name


def test_a_thousand_parties_take_as_many_queries_as_ten(
    check, enter, desk, django_assert_max_num_queries
) -> None:
    many = [entity(f"c{n}", "Company", name=f"Company {n}", taxNumber=f"{n}") for n in range(1000)]
    chain = [
        entity(f"s{n}", "Ownership", owner=f"c{n}", asset=f"c{n + 1}", percentage="51")
        for n in range(999)
    ]
    with django_assert_max_num_queries(80):
        entered = enter(check(*many, *chain))
    assert entered.brought.stakes_added == 999
    middle = Designee.objects.filter(name="Company 500")
    with django_assert_max_num_queries(10):
        written = written_out(middle, desk)
    assert len(written.entities) == 1000 + 999 + 1  # and the item that has the file


def test_what_was_entered_is_written_and_recognized_as_the_same(check, enter, desk) -> None:
    enter(check(*HOLDING))
    holding = Designee.objects.get(name="Quiet Harbor Holding")
    written = written_out([holding], desk)
    assert {each.schema for each in written.entities} == {
        "Company", "Person", "Ownership", "Article", "Document",
    }  # fmt: skip
    again = check("".join(write_lines(written.entities)).encode())
    assert {offered[0].designee.name for offered in again.proposals.values()} == {
        "Quiet Harbor Holding", "Jane Example",
    }  # fmt: skip
    assert all(offered[0].sure for offered in again.proposals.values())
    entered = enter(again, others=Others.PROPOSED)
    assert (entered.brought.added, entered.items) == ([], [])
    assert (entered.brought.names, entered.brought.numbers) == (0, 0)
    assert entered.brought.stakes_added == 0


_SHARE = st.tuples(st.decimals(0, 100, places=4), st.decimals(0, 100, places=4)).map(sorted)
_NAME = st.from_regex(r"[A-Z][a-z<&é]{2,9} [A-Z][a-z]{2,9}", fullmatch=True)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    names=st.lists(_NAME, min_size=2, max_size=4, unique_by=str.casefold),
    shares=st.lists(_SHARE, min_size=1, max_size=4),
    year=st.integers(1950, 2020),
)
def test_any_network_comes_back_as_itself(check, enter, desk, names, shares, year) -> None:
    parties = [add_designee(name, **BY) for name in names]
    for place, (least, most) in enumerate(shares):
        owner, owned = parties[place % len(parties)], parties[(place + 1) % len(parties)]
        held = Period(PartialDate(year), None)
        state_ownership(owner, owned, least, most, held=held, **BY)
    stakes, named = OwnershipStake.objects.count(), DesigneeName.objects.count()
    written = written_out(parties, desk)
    again = check("".join(write_lines(written.entities)).encode())
    same = {
        party: next(each.designee.key for each in offered if "names this key" in each.why)
        for party, offered in again.proposals.items()
    }
    entered = enter(again, same=same)
    assert (entered.brought.added, entered.brought.stakes_added) == ([], 0)
    assert (OwnershipStake.objects.count(), DesigneeName.objects.count()) == (stakes, named)


def test_nothing_but_what_the_outside_may_know_is_written(check, enter, desk, team) -> None:
    enter(check(*HOLDING))
    holding = Designee.objects.get(name="Quiet Harbor Holding")
    Designee.objects.filter(pk=holding.pk).update(notes="our theory of the matter")
    OwnershipStake.objects.update(why="our reason")
    article = EvidenceItem.objects.get(kind="press-report")
    EvidenceItem.objects.filter(pk=article.pk).update(privilege="work-product")
    written = written_out([holding], desk)
    text = "".join(write_lines(written.entities))
    for secret in ("theory", "our reason", "Who holds Quiet Harbor", "Gazette"):
        assert secret not in text
    assert written.left_out == ("1 supporting item not public, or not yours",)


def test_who_does_not_see_an_item_is_not_told_of_it(check, enter, other_team) -> None:
    enter(check(*HOLDING))
    written = written_out(Designee.objects.all(), member(other_team, Role.ANALYST))
    assert {each.schema for each in written.entities} == {"Company", "Person", "Ownership"}
    assert written.left_out == ("2 supporting items not public, or not yours",)


def test_a_stake_that_ended_is_not_written(check, enter, desk) -> None:
    enter(check(*HOLDING))
    end_stake(OwnershipStake.objects.get(), **BY)
    holding = Designee.objects.get(name="Quiet Harbor Holding")
    (alone,) = written_out([holding], desk).entities
    assert alone.schema == "LegalEntity"


def test_the_command_checks_enters_and_writes(tmp_path, team, desk) -> None:
    path, out = tmp_path / "harbor.json", io.StringIO()
    path.write_bytes(lines(*HOLDING))
    common = {"team": team.key, "user": desk.username, "stdout": out}
    call_command("ftm", "import", str(path), **common)
    assert not Designee.objects.exists()
    call_command("ftm", "import", str(path), enter=True, **common)
    assert "2 designees" in out.getvalue()
    call_command("ftm", "import", str(path), enter=True, others="new", **common)
    assert "nothing was done" in out.getvalue()
    key = Designee.objects.get(name="Jane Example").key
    written = io.StringIO()
    call_command("ftm", "export", designee=[key], user=desk.username, stdout=written)
    assert written.getvalue().count("\n") == 5


@pytest.mark.parametrize("content", [b"{\n", b""])
def test_the_command_refuses_with_one(tmp_path, team, desk, content) -> None:
    path = tmp_path / "harbor.json"
    path.write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        call_command("ftm", "import", str(path), team=team.key, user=desk.username, enter=True)
    assert ended.value.code == 1
