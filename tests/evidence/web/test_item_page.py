"""The page of an item: who says so, how they know, is it intact, what rests on it."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from access.words import Role
from evidence.actions import amend, attach_exhibit, derive, grade_source, release
from evidence.models import CustodyKind, Derivation, Exhibit, Intake, IntakeState
from evidence.storage import exhibit_store
from evidence.words import DerivationKind, Reliability
from tests.access.factories import TeamFactory, UserFactory, client_of, member
from tests.evidence.conftest import BY
from tests.evidence.intake.working import taken_in
from tests.evidence.streams import of_bytes
from tests.web.desk import page, reading

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


def attached(item, content: bytes, name: str) -> Exhibit:
    exhibit = attach_exhibit(item, of_bytes(content), name, **BY)
    taken_in()
    if Intake.objects.filter(exhibit=exhibit, state=IntakeState.QUARANTINED).exists():
        release(exhibit, actor=UserFactory(), reason="a test of what is shown then")
    return exhibit


def views(exhibit: Exhibit) -> int:
    return exhibit.custody.filter(kind=CustodyKind.VIEWED).count()


def test_says_what_is_stated_and_what_is_not(browser, report) -> None:
    shown = page(browser, "/evidence/E-REPORT/")
    assert "A provider affected party · interested by its role" in shown.text
    assert "24,000" in shown.text
    assert "not stated" in shown.text
    assert "<b>Not bold" not in shown.html
    assert shown.unclosed == []


def test_the_derivation_is_drawn_without_styles_and_said_in_a_table(browser, report) -> None:
    shown = page(browser, "/evidence/E-REPORT/")
    drawn = [attributes for tag, attributes in shown.tags if tag == "svg"]
    assert len(drawn) == 1
    assert not [attributes for _, attributes in shown.tags if "style" in attributes]
    assert "relays no origin of its own" in shown.text
    links = [attributes["href"] for tag, attributes in shown.tags if tag == "a"]
    assert links.count("/evidence/E-LETTER/") == 2  # in the drawing and in the table


def test_a_parent_out_of_sight_is_withheld_and_not_named(browser, report, logged) -> None:
    hidden = logged("E-HIDDEN", title="Hidden title", owner_team=TeamFactory())
    derive(report, DerivationKind.ANALYZES, parent_item=hidden, **BY)
    shown = page(browser, "/evidence/E-REPORT/")
    assert "an item withheld from you" in shown.text
    assert "Hidden title" not in shown.text
    assert "E-HIDDEN" not in shown.text


def test_what_others_made_of_it_out_of_sight_is_not_told(browser, report, logged) -> None:
    derived = logged("E-THEIRS", owner_team=TeamFactory())
    derive(derived, DerivationKind.RELAYS, parent_item=report, **BY)
    assert "withheld" not in page(browser, "/evidence/E-REPORT/").text


def test_custody_and_history_say_who_when_and_why(browser, report, desk) -> None:
    amend(report, report.revision, title="Better title", actor=desk, reason="It was misspelled.")
    text = page(browser, "/evidence/E-REPORT/").text
    assert "description amended : title" in text
    assert "It was misspelled." in text
    assert "title: Accounts under false names Better title" in text


def test_a_table_is_shown_and_the_look_is_entered(browser, report) -> None:
    exhibit = report.exhibits.get()
    assert views(exhibit) == 0
    text = page(browser, f"/evidence/E-REPORT/exhibits/{exhibit.pk}/").text
    assert "account day 1 2026-02-01" in text
    assert views(exhibit) == 1


def test_the_look_can_be_loaded_into_the_page(browser, report) -> None:
    address = f"/evidence/E-REPORT/exhibits/{report.exhibits.get().pk}/"
    part = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "2026-02-01" in part
    assert "<html" not in part


def test_a_workbook_shows_its_first_sheet(browser, report) -> None:
    book, stream = Workbook(), io.BytesIO()
    book.active.append(["account", "exchanges"])
    book.active.append(["a-1", 3400])
    book.save(stream)
    exhibit = attached(report, stream.getvalue(), "exchanges.xlsx")
    text = page(browser, f"/evidence/E-REPORT/exhibits/{exhibit.pk}/").text
    assert "account exchanges a-1 3400" in text


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"plain words\n", "note.txt", "plain words"),
        (b"<script>alert(1)</script>", "page.html", "<script>alert(1)</script>"),
        (b"PK\x03\x04 no workbook", "broken.xlsx", "is none: download it"),
        (b"\x00\x01\x02", "disk.img", "A file of this kind is not shown here"),
    ],
)
def test_other_files_are_shown_as_text_or_offered_to_download(
    browser, report, content, name, said
) -> None:
    exhibit = attached(report, content, name)
    shown = page(browser, f"/evidence/E-REPORT/exhibits/{exhibit.pk}/")
    assert said in shown.text
    assert "<script>alert" not in shown.html


def test_a_pdf_is_framed_by_us_alone_and_runs_no_script(browser, report) -> None:
    exhibit = attached(report, b"%PDF-1.4 body", "scan.pdf")
    framed = page(browser, f"/evidence/E-REPORT/exhibits/{exhibit.pk}/")
    source = next(attributes["src"] for tag, attributes in framed.tags if tag == "iframe")
    assert views(exhibit) == 0  # the page shows a frame; the bytes are what is looked at
    answer = browser.get(source)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    assert views(exhibit) == 1


def test_what_only_claims_to_be_an_image_is_never_shown_inline(browser, report) -> None:
    exhibit = attached(report, b"<svg onload='x'/>", "picture.png")
    answer = browser.get(f"/evidence/E-REPORT/exhibits/{exhibit.pk}/shown")
    assert answer["Location"].endswith("/file")
    real = attached(report, PNG, "real.bin")
    assert browser.get(f"/evidence/E-REPORT/exhibits/{real.pk}/shown")["Content-Type"] == (
        "image/png"
    )


def test_a_download_has_its_name_and_digest_and_is_entered(browser, report) -> None:
    exhibit = report.exhibits.get()
    answer = browser.get(f"/evidence/E-REPORT/exhibits/{exhibit.pk}/file")
    assert b"".join(answer.streaming_content).startswith(b"account,day")
    assert 'filename="accounts.csv"' in answer["Content-Disposition"]
    assert answer["Repr-Digest"].startswith("sha-256=")
    event = exhibit.custody.filter(kind=CustodyKind.EXPORTED).get()
    assert event.why == "exhibit downloaded"


def test_altered_bytes_are_not_shown_and_the_custody_says_so(browser, report) -> None:
    exhibit = report.exhibits.get()
    path = exhibit_store().path(exhibit.blob_id)
    path.chmod(0o600)
    path.write_bytes(b"other,bytes\n")
    assert (
        "no longer have the SHA-256"
        in page(browser, f"/evidence/E-REPORT/exhibits/{exhibit.pk}/").text
    )
    page(browser, f"/evidence/E-REPORT/exhibits/{exhibit.pk}/file", status=409)
    assert exhibit.custody.filter(kind=CustodyKind.MISMATCH).count() == 2


def test_grading_keeps_the_reason_and_refuses_a_revision_since_changed(browser, report) -> None:
    address = "/evidence/E-REPORT/grading/"
    stale = {"revision": 1, "reliability": "B", "credibility": "2", "reason": "Invoices agree."}
    refused = browser.post(address, stale)
    assert refused.status_code == 422
    assert "changed by someone else" in refused.content.decode()
    assert "Invoices agree." in refused.content.decode()
    report.refresh_from_db()
    kept = browser.post(address, stale | {"revision": report.revision})
    assert kept.status_code == 302
    text = page(browser, "/evidence/E-REPORT/").text
    assert "B – usually reliable" in text
    assert "2 – probably true" in text


def test_a_grading_says_something_and_why(browser, report) -> None:
    answer = browser.post("/evidence/E-REPORT/grading/", {"revision": report.revision})
    assert answer.status_code == 422
    assert report.gradings.count() == 0


def test_a_circle_is_refused_at_its_field_and_its_chain_is_named(browser, desk, report) -> None:
    given = {"parent": "E-REPORT", "kind": "relays", "reason": "It quotes it."}
    answer = browser.post("/evidence/E-LETTER/derivation/", given)
    assert answer.status_code == 422
    said = "closes a circle: E-LETTER comes from E-REPORT comes from E-LETTER"
    assert said in answer.content.decode()
    given = {"parent_item": "E-REPORT", "kind": "relays"}
    refused = client_of(desk).post("/api/v1/evidence/E-LETTER/derivations", given)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "#/parent_item"
    assert said in refused.json()["errors"][0]["detail"]
    assert Derivation.objects.count() == 1


def test_a_derivation_of_a_source_is_added_and_ended(browser, report) -> None:
    given = {"parent": "a PROVIDER", "kind": "relays", "reason": "It is their letter."}
    assert browser.post("/evidence/E-LETTER/derivation/", given).status_code == 302
    row = Derivation.objects.get(child__key="E-LETTER")
    assert row.parent_source.name == "A provider"
    assert browser.post(f"/evidence/E-LETTER/derivation/{row.pk}/end/").status_code == 302
    row.refresh_from_db()
    assert row.ended_on is not None


def test_withdrawing_asks_why_and_deletes_nothing(browser, report) -> None:
    address = "/evidence/E-REPORT/withdrawal/"
    assert browser.post(address, {"revision": report.revision}).status_code == 422
    given = {"revision": report.revision, "reason": "It was retracted."}
    assert browser.post(address, given).status_code == 302
    assert "It was retracted." in page(browser, "/evidence/E-REPORT/").text


def test_a_file_is_attached_from_the_page(browser, report) -> None:
    given = {"file": io.BytesIO(b"more"), "role": "copy", "acquired": "2026-02"}
    given["file"].name = "more.txt"
    assert browser.post("/evidence/E-REPORT/exhibits/", given).status_code == 302
    exhibit = report.exhibits.get(filename="more.txt")
    assert (exhibit.role, str(exhibit.acquired)) == ("copy", "2026-02")


CHANGES = ("grading", "derivation", "withdrawal")


@pytest.mark.parametrize("part", CHANGES)
def test_who_may_not_change_it_is_refused(report, team, part) -> None:
    for reader in (member(team, Role.MANAGER), UserFactory(auditor=True)):
        assert reading(reader).get(f"/evidence/E-REPORT/{part}/").status_code == 403


@pytest.mark.parametrize("part", ["", *(f"{part}/" for part in CHANGES)])
def test_people_of_other_teams_find_nothing(report, part) -> None:
    stranger = reading(member(TeamFactory(), Role.ANALYST))
    assert stranger.get(f"/evidence/E-REPORT/{part}").status_code == 404
    exhibit = report.exhibits.get()
    for what in ("", "file", "shown"):
        address = f"/evidence/E-REPORT/exhibits/{exhibit.pk}/{what}"
        assert stranger.get(address).status_code == 404
    assert views(exhibit) == 0


def test_the_number_of_queries_does_not_grow_with_the_parts(
    settings, browser, report, logged, desk
) -> None:
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get("/evidence/E-REPORT/").status_code == 200
        return len(captured)

    few = queries()
    for number in range(4):
        derive(report, DerivationKind.ANALYZES, parent_item=logged(f"E-P{number}"), **BY)
        attached(report, f"row {number}".encode(), f"{number}.txt")
        report.refresh_from_db()
        grade_source(
            report, report.revision, reliability=Reliability.B, credibility=None,
            actor=desk, reason="a test",
        )  # fmt: skip
    assert queries() == few
