"""Logging: one form a kind, told at once what is wrong, nothing typed is lost."""

import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.words import Role
from evidence.actions import add_source, attach_exhibit, file_of
from evidence.models import EntryDraft, EvidenceItem, Source
from evidence.words import EvidenceKind
from tests.access.factories import MarkingFactory, TeamFactory, UserFactory, member
from tests.evidence.conftest import BY
from tests.evidence.streams import of_bytes
from tests.web.desk import page, reading

pytestmark = pytest.mark.django_db
FRAUD, CHIPS = "fraudulent-account-report", "chip-diversion-report"


def upload(content: bytes, name: str) -> io.BytesIO:
    stream = io.BytesIO(content)
    stream.name = name
    return stream


def send(browser, team, kind: str = "press-report", status: int = 302, **typed):
    typed.setdefault("summary", "It says so.")
    answer = browser.post(f"/evidence/new/{kind}/", {"team": team.key, **typed})
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer


@pytest.mark.parametrize("kind", [kind.value for kind in EvidenceKind])
def test_every_kind_is_logged_with_what_it_says_alone(browser, team, kind) -> None:
    answer = send(browser, team, kind)
    item = EvidenceItem.objects.get()
    assert (item.kind, item.summary, item.graded) == (kind, "It says so.", None)
    assert answer["Location"] == f"/evidence/{item.key}/bears/?logged=1"


def test_a_report_of_fraudulent_accounts_with_all_it_says_and_its_file(browser, team) -> None:
    send(
        browser, team, FRAUD,
        title="Accounts", source_name="A provider", source_role="affected-party",
        dated="2026-02", provider="A provider", accounts="24,000", exchanges="16 000 000",
        period_start="2025-01", period_end="2025-12", evasion="proxies\nfalse names\nproxies\n",
        capabilities="reasoning", attribution_basis="payments",
        claims="accounts: at least 24,000\nexchanges: about 16,000,000\nlaboratories",
        reliability="B", credibility="2", hand="first",
        file=upload(b"account\n1\n", "accounts.csv"),
    )  # fmt: skip
    item = EvidenceItem.objects.get()
    report = item.fraudulent_accounts
    assert (report.accounts, report.exchanges) == (24_000, 16_000_000)
    assert report.evasion == ["proxies", "false names"]
    assert (str(report.period.start), str(report.period.end)) == ("2025-01", "2025-12")
    claims = [(each.metric, each.comparator, each.value) for each in item.claims.all()]
    assert claims == [
        ("accounts", "at-least", Decimal("24000")),
        ("exchanges", "about", Decimal("16000000")),
        ("laboratories", "exactly", None),
    ]
    assert (item.source.name, item.source.role) == ("A provider", "affected-party")
    assert item.source.owner_team == team
    assert (str(item.dated), item.reliability, item.credibility, item.graded) == (
        "2026-02", "B", 2, True,
    )  # fmt: skip
    assert [exhibit.filename for exhibit in item.exhibits.all()] == ["accounts.csv"]
    assert EntryDraft.objects.count() == 0


def test_a_chip_diversion_with_all_it_says(browser, team) -> None:
    send(
        browser, team, CHIPS,
        diverted="H100", eccn="3A090", quantity="2,000", value_usd="$60,000,000.50",
        exporter="A seller", consignees="One Trading\nTwo Trading", route="Singapore\nMalaysia",
        end_user="unknown", license="none applied for",
    )  # fmt: skip
    report = EvidenceItem.objects.get().chip_diversion
    assert (report.item, report.eccn, report.quantity) == ("H100", "3A090", 2000)
    assert report.value_usd == Decimal("60000000.50")
    assert report.route == ["Singapore", "Malaysia"]


def test_a_known_source_is_found_by_its_name_in_any_case(browser, team) -> None:
    source = add_source(name="Harbor Gazette", owner_team=team, **BY)
    send(browser, team, source_name="harbor gazette")
    assert EvidenceItem.objects.get().source == source
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"summary": ""}, "This field is required"),
        ({"dated": "23.2.2026"}, "is not a date"),
        ({"dated": "2026-02-30"}, "is not a date that exists"),
        ({"source_name": "Unknown Paper"}, "say who that is"),
        ({"occurred_start": "2026-03", "occurred_end": "2026-01"}, "before the beginning"),
        ({"claims": "accounts: many"}, "is not a number"),
        ({"entered": "2026-01-05"}, "say why it is recorded only now"),
        ({"classified_reference": "IR-1", "text": "x"}, "unclassified"),
        ({"supersedes": "E-NONE"}, "No evidence item"),
        ({"key": "drafts"}, "cannot be a key, because addresses use this word"),
        ({"key": "E/1"}, "cannot be a key, because no address can name it"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    browser, team, typed, said
) -> None:
    answer = send(browser, team, status=422, title="Kept words", **typed)
    shown = answer.content.decode()
    assert said in shown
    assert "Kept words" in shown
    assert EvidenceItem.objects.count() == Source.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        (FRAUD, {"accounts": "many"}, "Write a whole number"),
        (FRAUD, {"accounts": "9" * 20}, "larger than can be kept"),
        (CHIPS, {"eccn": "chips"}, "An ECCN reads like 3A090"),
        (CHIPS, {"value_usd": "-1"}, "cannot be negative"),
        (CHIPS, {"value_usd": "NaN"}, "is not a number"),
    ],
)
def test_typed_columns_say_what_they_take(browser, team, kind, typed, said) -> None:
    assert said in send(browser, team, kind, status=422, **typed).content.decode()


def test_a_file_sent_with_a_form_that_is_refused_waits_with_the_draft(browser, team) -> None:
    refused = send(browser, team, status=422, summary="", file=upload(b"rows", "rows.csv"))
    draft = EntryDraft.objects.get()
    assert file_of(draft).read() == b"rows"
    assert draft.sha256 in refused.content.decode()
    send(browser, team, draft=draft.key)
    exhibit = EvidenceItem.objects.get().exhibits.get()
    assert (exhibit.filename, exhibit.blob_id) == ("rows.csv", draft.sha256)
    assert EntryDraft.objects.count() == 0


def test_an_empty_file_is_refused_and_the_words_stay(browser, team) -> None:
    answer = send(browser, team, status=422, title="Words", file=upload(b"", "empty.txt"))
    assert "empty" in answer.content.decode()
    assert EvidenceItem.objects.count() == 0


def test_a_form_sent_twice_is_logged_once(browser, team) -> None:
    browser.post("/evidence/new/other/check/", {"team": team.key, "summary": "Once."})
    draft = EntryDraft.objects.get()
    send(browser, team, "other", summary="Once.", draft=draft.key)
    again = send(browser, team, "other", status=422, summary="Once.", draft=draft.key)
    assert "logged or discarded already" in again.content.decode()
    assert EvidenceItem.objects.count() == 1


def test_while_one_types_the_draft_is_kept_and_restored(browser, team) -> None:
    typed = {"team": team.key, "title": "Half a title", "dated": "2026-13"}
    answer = browser.post("/evidence/new/other/check/", typed)
    draft = EntryDraft.objects.get()
    assert answer["HX-Replace-Url"] == f"/evidence/new/other/?draft={draft.key}"
    said = answer.content.decode()
    assert "is not a date that exists" in said
    assert "This field is required" not in said  # what is still empty is not yet wrong
    restored = browser.get(f"/evidence/new/other/?draft={draft.key}").content.decode()
    assert "Half a title" in restored
    assert "2026-13" in restored
    assert "Half a title" in page(browser, "/evidence/new/").text


def test_a_form_merely_opened_leaves_no_draft(browser, team) -> None:
    browser.post("/evidence/new/other/check/", {"team": team.key, "language": "en"})
    assert EntryDraft.objects.count() == 0


def test_a_draft_is_its_authors_alone(browser, team, desk) -> None:
    browser.post("/evidence/new/other/check/", {"team": team.key, "title": "Mine alone"})
    draft = EntryDraft.objects.get()
    colleague = reading(member(team, Role.ANALYST))
    assert "Mine alone" not in page(colleague, f"/evidence/new/other/?draft={draft.key}").html
    assert colleague.post(f"/evidence/drafts/{draft.key}/discard/").status_code == 404
    assert browser.post(f"/evidence/drafts/{draft.key}/discard/").status_code == 302
    assert EntryDraft.objects.count() == 0


def test_an_entry_turns_into_another_kind_with_what_was_typed(browser, team) -> None:
    typed = {"team": team.key, "title": "Words", "then": "turn", "kind": FRAUD}
    answer = browser.post("/evidence/new/other/", typed)
    assert answer["Location"].startswith(f"/evidence/new/{FRAUD}/?draft=")
    assert "Words" in browser.get(answer["Location"]).content.decode()


def test_an_address_fills_title_and_date_and_chooses_the_kind(browser, team) -> None:
    address = "https://news.example.org/2026/02/23/smuggled-chips-found.html"
    answer = browser.get("/evidence/new/", {"address": address})
    assert answer["Location"].startswith("/evidence/new/press-report/?address=")
    form = browser.get(answer["Location"]).content.decode()
    assert "Smuggled chips found" in form
    assert "2026-02-23" in form
    typed = {"team": team.key, "citation": address, "title": "My own title"}
    filled = browser.post("/evidence/new/press-report/check/", typed).content.decode()
    assert "2026-02-23" in filled
    assert "Smuggled chips found" not in filled  # what a person typed is not replaced


def test_a_file_dropped_is_hashed_and_fills_what_is_empty(browser, team) -> None:
    typed = {"team": team.key, "file": upload(b"<title>A found page</title>", "x.html")}
    answer = browser.post("/evidence/new/other/file/", typed).content.decode()
    draft = EntryDraft.objects.get()
    assert draft.sha256 in answer
    assert "A found page" in answer
    typed = {"team": team.key, "draft": draft.key, "file": upload(b"other", "y.txt")}
    browser.post("/evidence/new/other/file/", typed)
    draft.refresh_from_db()
    assert file_of(draft).read() == b"other"


def test_likely_duplicates_are_shown_with_the_reason(browser, team, report) -> None:
    def warned(**typed) -> str:
        typed = {"team": team.key, **typed}
        return browser.post("/evidence/new/other/check/", typed).content.decode()

    cited = warned(citation="See https://reports.example.org/2026/accounts.")
    assert "cites the same address" in cited
    alike = warned(title="The accounts under false names", source_name="A provider")
    assert "says much the same, with the same source" in alike
    assert "E-REPORT" not in warned(title="Another matter altogether")
    typed = {"team": team.key, "file": upload(b"account,day\n1,2026-02-01\n", "again.csv")}
    assert "has the same file" in (
        browser.post("/evidence/new/other/file/", typed).content.decode()
    )


def test_duplicates_out_of_sight_are_not_told(browser, team, logged) -> None:
    hidden = logged("E-HID", citation="https://a.example.org/x", owner_team=TeamFactory())
    attach_exhibit(hidden, of_bytes(b"same"), "same.txt", **BY)
    typed = {"team": team.key, "citation": "https://a.example.org/x"}
    assert "E-HID" not in browser.post("/evidence/new/other/check/", typed).content.decode()


def test_the_next_entry_begins_with_the_habits_of_the_last(browser, team) -> None:
    send(browser, team, source_name="A paper", source_role="press", access="public",
         language="zh-Hans")  # fmt: skip
    form = browser.get("/evidence/new/press-report/").content.decode()
    assert 'value="A paper"' in form
    assert 'value="zh-Hans"' in form
    other = browser.get("/evidence/new/other/").content.decode()
    assert other.count('value="A paper"') == 1  # offered while one types, and not filled in


def test_another_like_this_keeps_what_stays_and_not_what_it_says(browser, report) -> None:
    form = browser.get(f"/evidence/new/{FRAUD}/?like=E-REPORT").content.decode()
    assert form.count('value="A provider"') >= 2  # source and provider
    assert 'value="24,000"' not in form
    assert "Accounts were opened" not in form
    assert browser.get(f"/evidence/new/{FRAUD}/?like=E-NONE").status_code == 404


def test_only_markings_one_is_cleared_for_are_offered(team) -> None:
    marking, other = MarkingFactory(), MarkingFactory()
    analyst = reading(member(team, Role.ANALYST, cleared_markings=[marking.code]))
    form = analyst.get("/evidence/new/other/").content.decode()
    assert marking.code in form
    assert other.code not in form
    send(analyst, team, markings=[other.code], status=422)
    send(analyst, team, markings=[marking.code])
    assert EvidenceItem.objects.get().markings == [marking.code]


def test_nobody_logs_for_a_team_in_which_they_do_not_write(browser, desk) -> None:
    send(browser, TeamFactory(), status=422)
    assert EvidenceItem.objects.count() == 0


def test_who_may_not_log_is_refused(team) -> None:
    for user in (member(team, Role.MANAGER), UserFactory(auditor=True)):
        client = reading(user)
        for address in ("/evidence/new/", "/evidence/new/other/"):
            assert client.get(address).status_code == 403
        assert client.post("/evidence/new/other/check/", {"title": "x"}).status_code == 403
    assert EntryDraft.objects.count() == 0


def test_amending_sends_on_only_what_changed(browser, report, desk) -> None:
    shown = browser.get("/evidence/E-REPORT/amend/").content.decode()
    assert "Accounts under false names" in shown
    before = report.fraudulent_accounts.accounts
    typed = {
        "revision": report.revision,
        "title": "A better title",
        "summary": report.summary,
        "citation": report.citation,
        "source_name": "A provider",
        "provider": "A provider",
        "accounts": "24,000",
        "reason": "It was misspelled.",
    }
    assert browser.post("/evidence/E-REPORT/amend/", typed).status_code == 302
    report = EvidenceItem.objects.get(key="E-REPORT")
    assert report.title == "A better title"
    assert report.fraudulent_accounts.accounts == before
    event = report.custody.order_by("pk").last()
    assert (event.kind, event.detail, event.why) == (
        "amended", {"fields": ["title"]}, "It was misspelled.",
    )  # fmt: skip


def test_amending_what_someone_else_changed_loses_nothing(browser, report) -> None:
    typed = {"revision": 1, "summary": "My words", "title": "Mine", "reason": "Better."}
    answer = browser.post("/evidence/E-REPORT/amend/", typed)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "My words" in shown
    assert f'name="revision" value="{report.revision}"' in shown
    report.refresh_from_db()
    assert report.title != "Mine"


def test_the_form_takes_as_many_queries_however_much_is_logged(
    settings, browser, report, logged
) -> None:
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(f"/evidence/new/{FRAUD}/").status_code == 200
        return len(captured)

    few = queries()
    for number in range(10):
        logged(f"E-{number}", source=add_source(name=f"Paper {number}", **BY))
    assert queries() == few


BACK = "/cases/C-1/elements/L-1/attach/?stance=contradicts"
CARRIED = "next=%2Fcases%2FC-1%2Felements%2FL-1%2Fattach%2F%3Fstance%3Dcontradicts"


def test_who_came_for_an_item_is_led_back_with_it(browser, team) -> None:
    answer = send(browser, team, next=BACK)
    item = EvidenceItem.objects.get()
    assert answer["Location"] == f"{BACK}&item={item.key}"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:x"])
def test_nobody_is_led_to_another_site(browser, team, elsewhere) -> None:
    answer = send(browser, team, next=elsewhere)
    assert answer["Location"].startswith("/evidence/")
    assert elsewhere not in page(browser, f"/evidence/new/?next={elsewhere}").html


def test_the_way_back_is_kept_on_every_way_to_log_it(browser, team) -> None:
    kept = send(browser, team, then="keep", next=BACK)
    assert kept["Location"] == f"/evidence/new/?{CARRIED}"
    draft = EntryDraft.objects.get()
    assert "next" not in draft.fields
    asked = page(browser, kept["Location"]).html
    assert f"/evidence/new/press-report/?{CARRIED}" in asked
    assert f"?draft={draft.key}&amp;{CARRIED}" in asked
    by_address = browser.get("/evidence/new/", {"address": "https://example.org/a", "next": BACK})
    assert by_address["Location"].endswith(CARRIED)
    turned = send(browser, team, then="turn", next=BACK, draft=draft.key)
    assert turned["Location"].endswith(f"?draft={draft.key}&{CARRIED}")
    checked = browser.post(
        "/evidence/new/press-report/check/", {"summary": "It says so.", "next": BACK}
    )
    assert checked["HX-Replace-Url"].endswith(CARRIED)
    form = page(browser, f"/evidence/new/press-report/?{CARRIED}").html
    assert 'name="next" value="/cases/C-1/elements/L-1/attach/?stance=contradicts"' in form
    discarded = browser.post(f"/evidence/drafts/{draft.key}/discard/", {"next": BACK})
    assert discarded["Location"] == f"/evidence/new/?{CARRIED}"
