"""An analyst has a report's rows read, and sees its numbers checked."""

from decimal import Decimal

import pytest

from access.words import Role
from evidence.actions import StatedClaim, attach_exhibit, log_evidence, state_claims
from evidence.models import Dataset, Figure, Job
from evidence.recompute import compute_part
from evidence.words import Comparator
from tests.access.factories import TeamFactory, member
from tests.evidence.conftest import BY
from tests.evidence.intake.working import taken_in
from tests.evidence.streams import of_bytes
from tests.web.desk import page

pytestmark = pytest.mark.django_db
ROWS = b"Konto,provider\n1,one\n2,=HYPERLINK(1)\n"
NAMED = {"column-account_id": "Konto", "column-provider": "provider"}


@pytest.fixture
def rows(report):
    state_claims(
        report,
        [StatedClaim(metric="accounts", comparator=Comparator.AT_LEAST, value=Decimal(3))],
        **BY,
    )
    exhibit = attach_exhibit(report, of_bytes(ROWS), "konten.csv", **BY)
    taken_in()
    return exhibit


def address(rows, table="accounts") -> str:
    return f"/evidence/E-REPORT/datasets/?exhibit={rows.pk}&table={table}&format="


def declared(browser, rows):
    return browser.post(address(rows), NAMED)


def test_a_file_is_read_computed_and_the_claim_is_seen_contradicted(browser, rows) -> None:
    assert declared(browser, rows).headers["Location"] == "/evidence/E-REPORT/#data"
    waiting = page(browser, "/evidence/E-REPORT/")
    assert "Waiting for a worker" in waiting.text
    assert "Compute again" not in waiting.text

    assert compute_part(Job.objects.get())
    shown = page(browser, "/evidence/E-REPORT/")
    assert "At least 3 claimed, 2 found." in shown.text
    assert "contradicted" in shown.text
    assert "How many accounts are there?" in shown.text
    assert f"SHA-256 {rows.blob_id}" in shown.text
    assert "Compute again and compare" in shown.text
    assert shown.unclosed == []


def test_the_progress_is_a_part_that_stops_asking_when_it_has_ended(browser, rows) -> None:
    declared(browser, rows)
    part = browser.get("/evidence/E-REPORT/figures/progress").content.decode()
    assert "hx-get" in part
    compute_part(Job.objects.get())
    part = browser.get("/evidence/E-REPORT/figures/progress").content.decode()
    assert "hx-get" not in part
    assert "Show what came out" in part


def test_columns_are_found_by_their_names_and_the_first_rows_are_shown(browser, rows) -> None:
    shown = page(browser, address(rows))
    assert "1 of 10 columns were found" in shown.text
    assert "=HYPERLINK(1)" in shown.text
    assert shown.unclosed == []


def test_what_the_file_does_not_name_is_stated_of_every_row(browser, rows) -> None:
    browser.post(address(rows), NAMED | {"stated-designee": "D-NORTH"})
    assert Dataset.objects.get().stated == {"designee": "D-NORTH"}
    assert "designee of every row: D-NORTH" in page(browser, "/evidence/E-REPORT/").text

    Dataset.objects.all().delete()
    answer = browser.post(address(rows), NAMED | {"stated-provider": "North"})
    assert answer.status_code == 422
    assert "leave one of the two out" in answer.content.decode()


def test_a_result_that_differs_is_shown_row_by_row_beside_the_earlier_one(browser, rows) -> None:
    declared(browser, rows)
    compute_part(Job.objects.get())
    figure = Figure.objects.get(name="accounts")
    figure.pk, figure.rows, figure.engine, figure.result_digest = None, [[7]], "other 1", "0" * 64
    figure.save(force_insert=True)
    shown = page(browser, "/evidence/E-REPORT/")
    assert "differs from an earlier one" in shown.text
    assert "Rows that only one of the two results has" in shown.text
    assert "other 1 on" in shown.text
    assert shown.unclosed == []


def test_what_came_of_comparing_with_what_was_kept_is_said(browser, rows) -> None:
    declared(browser, rows)
    for what in ("new", "the same"):
        compute_part(Job.objects.get(state="waiting"))
        assert (
            f"Compared with what was kept: 5 {what}." in page(browser, "/evidence/E-REPORT/").text
        )
        browser.post("/evidence/E-REPORT/figures/")


def test_the_accounts_of_two_items_are_compared_on_the_page(browser, rows) -> None:
    declared(browser, rows)
    compute_part(Job.objects.get())
    assert "Compare the accounts" not in page(browser, "/evidence/E-REPORT/").text
    other = log_evidence(rows.item.owner_team, key="E-OTHER", summary="Another's", **BY)
    more = attach_exhibit(other, of_bytes(b"Konto,provider\n9,two\n"), "more.csv", **BY)
    taken_in()
    browser.post(f"/evidence/E-OTHER/datasets/?exhibit={more.pk}&table=accounts&format=", NAMED)
    compute_part(Job.objects.get(subject="E-OTHER"))

    shown = page(browser, "/evidence/E-REPORT/")
    assert "Compare the accounts" in shown.text
    assert shown.unclosed == []
    browser.post("/evidence/E-REPORT/figures/overlap/", {"other": "E-OTHER"})
    compute_part(Job.objects.get(state="waiting"))
    assert "together with E-OTHER" in page(browser, "/evidence/E-REPORT/").text
    browser.post("/evidence/E-REPORT/figures/overlap/", {"other": "E-NONE"})
    assert "No item of that key" in page(browser, "/evidence/E-REPORT/").text


def test_a_figure_is_asked_with_parameters_of_ones_own(browser, rows) -> None:
    declared(browser, rows)
    compute_part(Job.objects.get())
    assert "Compute it with other parameters" in page(browser, "/evidence/E-REPORT/").text
    where = "/evidence/E-REPORT/figures/with"
    assert browser.post(f"{where}/clusters/", {"by": "asn, device"}).status_code == 302
    compute_part(Job.objects.get(state="waiting"))
    shown = page(browser, "/evidence/E-REPORT/")
    assert "with by = asn, device" in shown.text
    assert shown.unclosed == []
    browser.post(f"{where}/creation-bursts/", {"at_least": "many"})
    assert "write a whole number" in page(browser, "/evidence/E-REPORT/").text
    assert browser.post(f"{where}/none/").status_code == 404


def test_the_query_of_a_result_is_shown(browser, rows) -> None:
    declared(browser, rows)
    compute_part(Job.objects.get())
    figure = Figure.objects.get(name="accounts")
    answer = browser.get(f"/evidence/E-REPORT/figures/{figure.pk}.sql")
    assert answer.content.decode() == figure.sql


def test_a_required_column_that_is_not_named_is_asked_for_at_its_field(browser, rows) -> None:
    answer = browser.post(address(rows), {"column-provider": "provider"})
    assert answer.status_code == 422
    assert "No row can be read without it" in answer.content.decode()
    assert not Dataset.objects.exists()


def test_one_column_of_the_file_cannot_be_two(browser, rows) -> None:
    answer = browser.post(address(rows), NAMED | {"column-provider": "Konto"})
    assert answer.status_code == 422
    assert "Konto is said to be account id already" in answer.content.decode()


def test_what_was_matched_for_a_source_is_proposed_for_its_next_file(browser, rows) -> None:
    declared(browser, rows)
    item = rows.item
    later = log_evidence(item.owner_team, key="E-LATER", source=item.source, summary="More", **BY)
    more = attach_exhibit(later, of_bytes(b"Konto,x\n3,4\n"), "more.csv", **BY)
    taken_in()
    shown = browser.get(
        f"/evidence/E-LATER/datasets/?exhibit={more.pk}&table=accounts&format="
    ).content.decode()
    assert '<option value="Konto" selected>' in shown


def test_a_file_that_cannot_be_read_is_refused_before_columns_are_asked_for(browser, rows) -> None:
    exhibit = attach_exhibit(rows.item, of_bytes(b"words"), "words.txt", **BY)
    taken_in()
    answer = browser.get(address(exhibit))
    assert answer.status_code == 422
    assert "say which format it has" in answer.content.decode()


def test_a_dataset_is_removed_and_its_claim_says_so(browser, rows) -> None:
    declared(browser, rows)
    compute_part(Job.objects.get())
    number = Dataset.objects.get().pk
    browser.post(f"/evidence/E-REPORT/datasets/{number}/removal/")
    shown = page(browser, "/evidence/E-REPORT/")
    assert "no longer a dataset" in shown.text
    assert "of earlier data" in shown.text


def test_a_result_is_kept_as_csv_in_which_no_cell_is_a_formula(browser, rows) -> None:
    declared(browser, rows)
    compute_part(Job.objects.get())
    figure = Figure.objects.get(name="accounts")
    answer = browser.get(f"/evidence/E-REPORT/figures/{figure.pk}.csv")
    assert b"".join(answer).decode() == "accounts\r\n2\r\n"


def test_who_only_reads_sees_no_button_and_strangers_see_nothing(client, rows, team) -> None:
    client.force_login(member(team, Role.MANAGER))
    shown = page(client, "/evidence/E-REPORT/")
    assert "Read a file as data" not in shown.text
    assert client.get("/evidence/E-REPORT/datasets/").status_code == 403
    client.force_login(member(TeamFactory(), Role.ANALYST))
    for words in ("datasets/", "figures/progress"):
        assert client.get(f"/evidence/E-REPORT/{words}").status_code == 404
