"""Many items from a sheet: checked as the entry form checks, then all entered or none."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from access.actions import clear_markings
from access.words import Role
from evidence.actions import add_source, enter_item
from evidence.actions.many import RowRefusedError, enter_many
from evidence.models import CustodyEvent, EvidenceItem, Source
from evidence.sheets.columns import columns, columns_of, matched
from evidence.sheets.entries import CheckedSheet, check_sheet
from evidence.sheets.reading import SheetError
from evidence.words import EvidenceKind
from tests.access.factories import MarkingFactory, member
from tests.evidence.conftest import BY

pytestmark = pytest.mark.django_db
FRAUD = EvidenceKind.FRAUDULENT_ACCOUNT_REPORT

WHOLE = """Kind,Title,What it says,Who says it,Who that is to the matter,Date it bears,\
Numbers it claims,provider,accounts,Period from,evasion,The source is,credibility,access
Fraudulent account report,Accounts,Accounts were opened.,A provider,affected party,2026-02,\
"accounts: at least 24,000; exchanges: about 16,000,000",A provider,"24,000",2025-01,\
proxies; false names,b,2,Public
press-report,,A paper reports them.,a provider,affected-party,2026-02-24,,,,,,,,
"""


@pytest.fixture
def desk(team):
    return member(team, Role.ANALYST)


@pytest.fixture
def checked(team, desk):
    def check(text: str, **more: Any) -> CheckedSheet:
        return check_sheet(text.encode(), "sheet.csv", desk, **{"team": team, **more})

    return check


def anyone(_entry: Any) -> bool:
    return True


def problems(sheet: CheckedSheet) -> list[tuple[int, str, str]]:
    return [(e.row, each.column, each.said) for e in sheet.wrong for each in e.problems]


def test_each_row_becomes_what_the_entry_form_would_make_of_it(checked, desk, team) -> None:
    sheet = checked(WHOLE)
    assert not problems(sheet)
    assert sheet.new_sources == ["A provider", "a provider"]
    assert not EvidenceItem.objects.exists()
    assert not Source.objects.exists()
    first, second = enter_many(sheet, actor=desk, may=anyone)
    report = first.fraudulent_accounts
    assert (first.kind, first.title, first.access) == (FRAUD, "Accounts", "public")
    assert (report.accounts, str(report.period.start)) == (24_000, "2025-01")
    assert report.evasion == ["proxies", "false names"]
    assert [(each.metric, each.value) for each in first.claims.all()] == [
        ("accounts", Decimal(24_000)), ("exchanges", Decimal(16_000_000)),
    ]  # fmt: skip
    assert (first.reliability, first.credibility, first.graded) == ("B", 2, True)
    assert (second.kind, second.summary, second.graded) == (
        "press-report", "A paper reports them.", None,
    )  # fmt: skip
    # One new source, however its name is written.
    assert first.source == second.source == Source.objects.get()


def test_the_custody_of_each_item_names_row_and_file(checked, desk) -> None:
    sheet = checked("summary\nOne\nTwo\n", kind=EvidenceKind.OTHER)
    enter_many(sheet, actor=desk, may=anyone)
    said = CustodyEvent.objects.order_by("pk").values_list("why", "actor__username")
    assert list(said) == [
        (f"logged from row {row} of sheet.csv, SHA-256 {sheet.sha256}", desk.username)
        for row in (2, 3)
    ]


def test_every_kind_of_mistake_is_named_with_row_and_column(checked, team, other_team) -> None:
    enter_item(team, key="E-HERE", summary="It is here.", kind="other", **BY)
    sheet = checked(
        "kind,summary,dated,accounts,reliability,key,Who says it,source_role,team,markings\n"
        ",no kind,,,,,,,,\n"
        "rumor,no such kind,,,,,,,,\n"
        "press-report,,,,,,,,,\n"
        "press-report,a day,2026-13,,,,,,,\n"
        "press-report,not its column,,24,,,,,,\n"
        f"{FRAUD},no number,,many,,,,,,\n"
        "press-report,no grade,,,Z,,,,,\n"
        "press-report,a key,,,,E-HERE,,,,\n"
        "press-report,a new source,,,,,Nobody yet,,,\n"
        f"press-report,not my team,,,,,,,{other_team.key},\n"
        "press-report,not cleared,,,,,,,,CUI\n"
        "press-report,one key,,,,E-ONE,,,,\n"
        "press-report,one key again,,,,E-ONE,New,press,,\n"
        "press-report,a role,,,,,New,press,,\n"
        "press-report,another role,,,,,new,court,,\n"
    )
    told = [(row, column, said.split(":")[0][:48]) for row, column, said in problems(sheet)]
    assert told == [
        (2, "kind", "Say what kind it is, here or for the whole file."),
        (3, "kind", "'rumor' is no kind. Write one of"),
        (4, "summary", "This field is required."),
        (5, "dated", told[3][2]),
        (6, "accounts", "Only a fraudulent-account-report has this; the r"),
        (7, "accounts", "Write a whole number in figures, such as 24,000."),
        (8, "reliability", "'Z' is not among"),
        (9, "key", "This key is taken. Leave it empty to have one ma"),
        (10, "source_role", "No source is named 'Nobody yet' yet"),
        (11, "team", f"'{other_team.key}' is not among"),
        (12, "markings", "You are cleared for no marking, so you can set n"),
        (14, "key", "Row 13 has the same key."),
        (16, "source_role", "Row 14 calls the new source 'new' press."),
    ]
    assert "2026-13" in problems(sheet)[3][2]


def test_a_sheet_with_a_mistake_is_not_entered(checked, desk) -> None:
    sheet = checked("summary,dated\nGood,\nBad,soon\n", kind=EvidenceKind.OTHER)
    with pytest.raises(RowRefusedError, match="Row 3"):
        enter_many(sheet, actor=desk, may=anyone)
    assert not EvidenceItem.objects.exists()


def test_what_only_the_action_refuses_enters_nothing_either(checked, desk) -> None:
    sheet = checked("summary,entered\nGood,\nTomorrow,2999-01-01\n", kind=EvidenceKind.OTHER)
    assert not sheet.wrong
    with pytest.raises(RowRefusedError, match="Row 3: The day of entry lies in the future"):
        enter_many(sheet, actor=desk, may=anyone)
    assert not EvidenceItem.objects.exists()
    assert not CustodyEvent.objects.exists()


def test_a_row_for_a_team_one_does_not_log_for_is_refused(checked, desk) -> None:
    sheet = checked("summary\nGood\n", kind=EvidenceKind.OTHER)
    with pytest.raises(RowRefusedError, match="You do not log evidence for"):
        enter_many(sheet, actor=desk, may=lambda _entry: False)


def test_what_is_here_already_is_told_and_can_be_left_out(checked, desk, team) -> None:
    enter_item(team, key="E-HERE", summary="A.", kind="other", citation="https://a.example/1", **BY)
    sheet = checked(
        "summary,citation\nKnown address,See https://a.example/1.\nNew,https://a.example/2\n"
        "Again,https://a.example/2\nAlso new,\nAlso new,\n",
        kind=EvidenceKind.PRESS_REPORT,
    )
    told = [(e.row, e.twin, [each.item.key for each in e.alike]) for e in sheet.doubtful]
    assert told == [(2, None, ["E-HERE"]), (4, 3, []), (6, 5, [])]
    items = enter_many(sheet, actor=desk, may=anyone, leave_out_known=True)
    assert [item.summary for item in items] == ["New", "Also new"]


def test_a_marking_one_is_cleared_for_is_set(checked, desk, team) -> None:
    MarkingFactory(code="CUI")
    clear_markings(desk, ["CUI"], **BY)
    sheet = checked("summary,markings\nMarked,CUI\n", kind=EvidenceKind.OTHER)
    assert not problems(sheet)
    assert enter_many(sheet, actor=desk, may=anyone)[0].markings == ["CUI"]


def test_a_known_source_is_found_by_its_name_and_read_once(
    checked, team, django_assert_max_num_queries
) -> None:
    source = add_source(name="A paper", role="press", owner_team=team, **BY)
    text = "summary,source_name\n" + "".join(f"Number {n},A paper\n" for n in range(20))
    with django_assert_max_num_queries(20 * 8 + 10):
        sheet = checked(text, kind=EvidenceKind.PRESS_REPORT)
    assert {entry.stated["source"] for entry in sheet.entries} == {source}


def test_a_column_that_is_none_is_refused_with_the_nearest() -> None:
    with pytest.raises(SheetError, match=r"'titel'\. Is it 'title'\?"):
        matched(["titel"])
    with pytest.raises(SheetError, match="Two columns are both 'title'"):
        matched(["title", "Title"])


@pytest.mark.parametrize("name", sorted(columns()))
def test_a_column_goes_by_its_name_and_by_its_label(name: str) -> None:
    column = columns()[name]
    assert matched([name]) == [column]
    assert matched([column.label.upper()])[0].label == column.label


def test_a_kind_has_its_own_columns_and_no_others() -> None:
    names = {column.name for column in columns_of(EvidenceKind.PRESS_REPORT)}
    assert "summary" in names
    assert not names & {"accounts", "eccn"}
    assert "accounts" in {column.name for column in columns_of(FRAUD)}


class TestTheCommand:
    def test_it_checks_first_and_enters_when_told(self, tmp_path, team, desk, capsys) -> None:
        file = tmp_path / "two.csv"
        file.write_text("kind,summary\nother,One\nother,Two\n")
        asked = [str(file), "--team", team.key, "--as", desk.username]
        call_command("log_sheet", *asked)
        assert "2 rows can be entered" in capsys.readouterr().out
        assert not EvidenceItem.objects.exists()
        call_command("log_sheet", *asked, "--enter")
        keys = capsys.readouterr().out.split()
        assert keys == list(EvidenceItem.objects.order_by("pk").values_list("key", flat=True))

    def test_what_is_wrong_is_one_line_each(self, tmp_path, team, desk, capsys) -> None:
        file = tmp_path / "bad.csv"
        file.write_text("kind,summary,dated\nother,One,soon\n")
        with pytest.raises(SystemExit) as ended:
            call_command("log_sheet", str(file), "--team", team.key, "--as", desk.username)
        assert ended.value.code == 1
        assert capsys.readouterr().err.startswith("bad.csv: row 2, dated: ")

    def test_a_file_that_is_no_sheet_is_an_error(self, tmp_path, team, desk) -> None:
        file = tmp_path / "bad.csv"
        file.write_bytes(b"")
        with pytest.raises(CommandError, match="empty"):
            call_command("log_sheet", str(file), "--team", team.key, "--as", desk.username)
