"""A message dropped on the form fills what is empty; its attachments become files of the item."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from access.models import Team
from evidence.actions import add_source, log_evidence
from evidence.models import Derivation, EntryDraft, EvidenceItem
from tests.evidence.conftest import BY
from tests.evidence.intake import letters
from tests.evidence.intake.letters import letter
from tests.web.desk import page as page_of

pytestmark = pytest.mark.django_db
KIND = "correspondence"


@pytest.fixture
def logged_before(team: Team) -> EvidenceItem:
    """The message that others answer."""
    cited = "Message-ID: <one@example.org>"
    return log_evidence(team, title="Accounts closed", summary="x", citation=cited, **BY)


def eml(content: bytes, name: str = "letter.eml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def dropped(browser, content: bytes, name: str = "letter.eml", **typed: str) -> str:
    address = reverse("evidence-entry-file", args=[KIND])
    answer = browser.post(address, {"file": eml(content, name), "hand": "", **typed})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def logged(browser, team: Team, **typed: str):
    draft = EntryDraft.objects.get()
    given = {name: values[0] for name, values in draft.fields.items() if values}
    sent = {"team": team.key, "summary": "What it says", "then": "log", "draft": draft.key}
    return browser.post(reverse("evidence-entry", args=[KIND]), given | sent | typed)


def test_it_fills_what_is_empty_and_leaves_what_was_typed(browser, team) -> None:
    shown = dropped(browser, letters.with_files(), title="My own title", team=team.key)
    assert "Message-ID: &lt;one@example.org&gt;" in shown
    assert 'value="2026-02-03"' in shown
    assert "Ana Li &lt;ana@example.org&gt;" in shown
    assert "Accounts we closed" not in shown.partition("The message")[0]
    assert "To mend" in shown  # a new source has no role until it is asked for


def test_what_it_says_of_its_way_is_told_as_stated(browser) -> None:
    shown = dropped(browser, letters.with_files())
    assert "DKIM-Signature" in shown
    assert "Nothing of it was verified" in shown
    assert "stays within the message: an image shown within the message" in shown


def test_it_is_logged_with_its_attachments_as_files_of_it(browser, team) -> None:
    dropped(browser, letters.with_files(), team=team.key)
    answer = logged(browser, team)
    assert answer.status_code == 302, answer.content.decode()
    item = EvidenceItem.objects.get()
    original, *parts = item.exhibits.order_by("position")
    assert original.filename == "letter.eml"
    assert [part.filename for part in parts] == ["accounts.csv", "invoice.pdf", "part-4.eml"]
    assert {part.of_exhibit for part in parts} == {original}
    assert not EntryDraft.objects.exists()


def test_chosen_before_any_kind_it_becomes_a_draft_of_correspondence(browser, team) -> None:
    answer = browser.post(reverse("evidence-new-mail"), {"file": eml(letters.with_files())})
    draft = EntryDraft.objects.get()
    assert answer["Location"] == reverse("evidence-entry", args=[KIND]) + f"?draft={draft.key}"
    shown = " ".join(browser.get(answer["Location"]).content.decode().split())
    assert 'value="Accounts we closed"' in shown
    assert "The message" in shown
    assert draft.fields["language"] == [""]


def test_that_it_is_here_already_is_told_at_once(browser, team, logged_before) -> None:
    sent = {"file": eml(letter(Subject="Quite other words").as_bytes())}
    answer = browser.post(reverse("evidence-new-mail"), sent, follow=True)
    assert "has the same Message-ID" in answer.content.decode()


def test_only_a_message_is_taken_there(browser) -> None:
    for sent in ({}, {"file": eml(b"%PDF-", "a.pdf")}):
        answer = browser.post(reverse("evidence-new-mail"), sent, follow=True)
        assert "Choose a message" in answer.content.decode()
    assert not EntryDraft.objects.exists()


def test_a_file_that_only_says_it_is_a_message_is_kept_and_told(browser, team) -> None:
    shown = dropped(browser, b"nothing of a message", team=team.key)
    assert "this is no message" in shown
    answer = logged(browser, team)
    assert answer.status_code == 302
    assert EvidenceItem.objects.get().exhibits.get().filename == "letter.eml"


def test_the_same_message_and_what_it_answers_are_told(browser, team, logged_before) -> None:
    again = dropped(browser, letter(Subject="Quite other words").as_bytes(), team=team.key)
    assert "has the same Message-ID" in again
    reply = letter(Message_ID="<two@example.org>", In_Reply_To="<one@example.org>")
    EntryDraft.objects.all().delete()
    shown = dropped(browser, reply.as_bytes(), team=team.key)
    assert "is what it answers" in shown
    assert "has the same Message-ID" not in shown
    answer = logged(browser, team, **{f"derives-from-{logged_before.key}": "relays"})
    assert answer.status_code == 302, answer.content.decode()
    row = Derivation.objects.get()
    assert (row.parent_item, row.kind) == (logged_before, "relays")


@pytest.mark.parametrize("chosen", ["verifies", "nonsense"])
def test_it_comes_from_there_in_no_other_way(browser, team, logged_before, chosen) -> None:
    reply = letter(Message_ID="<two@example.org>", In_Reply_To="<one@example.org>")
    dropped(browser, reply.as_bytes(), team=team.key)
    answer = logged(browser, team, **{f"derives-from-{logged_before.key}": chosen})
    assert answer.status_code == 422
    assert EvidenceItem.objects.count() == 1


def test_nothing_is_said_to_come_from_there_unless_one_says_so(
    browser, team, logged_before
) -> None:
    reply = letter(Message_ID="<two@example.org>", In_Reply_To="<one@example.org>")
    dropped(browser, reply.as_bytes(), team=team.key)
    logged(browser, team)
    assert not Derivation.objects.exists()


def test_a_known_source_is_proposed_and_not_filled_in(browser, team) -> None:
    add_source(name="Ana Li", owner_team=team, **BY)
    shown = dropped(browser, letter().as_bytes(), team=team.key)
    assert "Perhaps a source that is known" in shown
    assert "Ana Li &lt;ana@example.org&gt;" in shown


def test_the_page_with_a_message_is_plain(browser, team, logged_before) -> None:
    mail = letter(Message_ID="<two@example.org>", In_Reply_To="<one@example.org>")
    answer = browser.post(reverse("evidence-new-mail"), {"file": eml(mail.as_bytes())})
    for address in (answer["Location"], reverse("evidence-new")):
        shown = page_of(browser, address)
        assert shown.unclosed == []
        assert all("style" not in attributes for _, attributes in shown.tags)
        ids = [attributes["id"] for _, attributes in shown.tags if attributes.get("id")]
        assert len(ids) == len(set(ids))
        labeled = {attributes.get("for") for tag, attributes in shown.tags if tag == "label"}
        for tag, attributes in shown.tags:
            if tag == "select" or (tag == "input" and attributes.get("type") == "file"):
                assert attributes["id"] in labeled
