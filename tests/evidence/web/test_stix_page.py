"""The page that reads a bundle of STIX: what was checked is what is logged."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from access.words import Role
from evidence.models import EvidenceItem, Source
from tests.access.factories import member
from tests.casemgr.factories import ItemFactory
from tests.evidence.exchange.stix.bundles import AUTHOR, INDICATOR, bundle, made, report

pytestmark = pytest.mark.django_db
URL = "/evidence/stix/"
RED = "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"


def file(content: bytes) -> io.BytesIO:
    stream = io.BytesIO(content)
    stream.name = "bundle.json"
    return stream


def test_it_is_checked_then_logged_without_being_sent_again(browser, team) -> None:
    hostile = {**AUTHOR, "name": "<script>alert(1)</script>"}
    content = bundle(hostile, INDICATOR, report(object_marking_refs=[RED]), made("x-thing"), {})
    sent = {"team": team.key, "kind": "press-report", "then": "check"}
    answer = browser.post(URL, {**sent, "file": file(content)})
    shown = answer.content.decode()
    assert "bundle.json: 5 objects, 2 items to log" in " ".join(shown.split())
    assert "<script>alert" not in shown
    assert "TLP:RED" in shown
    assert "Objects of type x-thing: 1." in shown
    assert not EvidenceItem.objects.exists()
    again = {**sent, "then": "enter", "sha256": answer.context["checked"].sha256}
    assert browser.post(URL, again).status_code == 422
    role = {f"role-{AUTHOR['id']}": "commercial"}
    done = browser.post(URL, {**again, **role, "confirmed": "on"})
    assert done["Location"] == "/evidence/"
    assert EvidenceItem.objects.count() == 2
    assert Source.objects.get().role == "commercial"
    item = EvidenceItem.objects.get(title="Report 1")
    assert item.kind == "press-report"
    out = browser.get(f"/evidence/{item.key}/stix.json")
    assert AUTHOR["id"] in out.content.decode()


@pytest.mark.parametrize("sent", [{}, {"sha256": "\x00"}, {"team": "T-X"}, {"source": "nobody"}])
def test_an_incomplete_request_is_told_what_is_missing(browser, team, sent) -> None:
    assert browser.post(URL, {"team": team.key, "then": "check", **sent}).status_code == 422


def test_what_is_no_bundle_is_told_with_the_place(browser, team) -> None:
    answer = browser.post(URL, {"team": team.key, "then": "check", "file": file(b"{")})
    assert "Line 1, column 2" in answer.content.decode()


def test_who_may_not_log_is_told_so(client, team) -> None:
    client.force_login(member(team, Role.MANAGER))
    assert client.get(URL).status_code == 403


class TestTheListGoesOut:
    OUT = "/evidence/stix/export.json"

    def out(self, browser, query: str) -> set[str]:
        """Titles of the reports in the bundle."""
        answer = browser.get(f"{self.OUT}?{query}")
        assert "attachment" in answer["Content-Disposition"]
        assert answer["Cache-Control"] == "private, no-store"
        return {
            each["name"] for each in json.loads(answer.content)["objects"] if "published" in each
        }

    @pytest.fixture
    def items(self, logged):
        return [
            logged(f"E-OUT{number}", kind=kind, title=f"No. {number}")
            for number, kind in enumerate(("press-report", "press-report", "other"))
        ]

    def test_all_that_the_question_lists(self, browser, items) -> None:
        shown = browser.get("/evidence/?kind=press-report").content.decode()
        assert f"{self.OUT}?list=kind%3Dpress-report" in shown
        assert self.out(browser, "list=kind%3Dpress-report") == {"No. 0", "No. 1"}
        assert self.out(browser, "list=") == {"No. 0", "No. 1", "No. 2"}

    def test_the_marked_ones_alone(self, browser, items) -> None:
        asked = "of=marked&item=E-OUT0&item=E-OUT2&item=%00&item=E-NONE&list=kind%3Dpress-report"
        assert self.out(browser, asked) == {"No. 0", "No. 2"}

    def test_of_another_team_nothing_goes_out(self, browser, items) -> None:
        theirs = ItemFactory(key="E-THEIRS", title="Theirs")
        assert "Theirs" not in self.out(browser, "list=")
        answer = browser.get(f"{self.OUT}?of=marked&item={theirs.key}", follow=True)
        assert "Mark the items that are to go out" in answer.content.decode()

    def test_what_is_held_back_is_named_on_the_list_it_was_asked_from(self, browser, items) -> None:
        EvidenceItem.objects.filter(pk=items[0].pk).update(privilege="attorney-client")
        answer = browser.get(f"{self.OUT}?list=kind%3Dpress-report", follow=True)
        assert answer.redirect_chain == [("/evidence/?kind=press-report", 302)]
        assert "E-OUT0: privilege is claimed for it" in answer.content.decode()

    def test_a_list_too_long_for_a_bundle_is_not_cut(self, browser, items, monkeypatch) -> None:
        monkeypatch.setattr("evidence.web.views.stix.MOST_ITEMS", 2)
        answer = browser.get(f"{self.OUT}?list=", follow=True)
        assert "At most 2 items go out at once" in answer.content.decode()


class TestTheCommand:
    def test_it_checks_enters_and_writes(self, tmp_path, team, desk, capsys) -> None:
        path = tmp_path / "bundle.json"
        path.write_bytes(bundle(AUTHOR, INDICATOR, report()))
        asked = ["import", str(path), "--team", team.key, "--as", desk.username]
        call_command("stix", *asked)
        assert "1 items can be entered" in capsys.readouterr().out
        assert not EvidenceItem.objects.exists()
        call_command("stix", *asked, "--enter")
        key = capsys.readouterr().out.strip()
        call_command("stix", "export", key, "--as", desk.username)
        assert AUTHOR["id"] in capsys.readouterr().out

    def test_a_file_that_is_no_bundle_is_an_error(self, tmp_path, team, desk) -> None:
        path = tmp_path / "bundle.json"
        path.write_bytes(b"[]")
        with pytest.raises(CommandError, match="no JSON object"):
            call_command("stix", "import", str(path), "--team", team.key, "--as", desk.username)
