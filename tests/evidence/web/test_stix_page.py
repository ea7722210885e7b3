"""The page that reads a bundle of STIX: what was checked is what is logged."""

import io

import pytest
from django.core.management import CommandError, call_command

from access.words import Role
from evidence.models import EvidenceItem, Source
from tests.access.factories import member
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
