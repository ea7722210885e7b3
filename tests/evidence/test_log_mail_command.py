"""``manage.py log_mail`` reads files, folders and mailboxes, and logs each message or says why."""

import io
import mailbox

import pytest
from django.core.management import CommandError, call_command

from evidence.models import EvidenceItem
from tests.evidence.intake.letters import letter

pytestmark = pytest.mark.django_db


def run(*paths, team, user, **options) -> tuple[str, str, int]:
    out, err, code = io.StringIO(), io.StringIO(), 0
    given = {"team": team.key, "user": user.username, "stdout": out, "stderr": err}
    try:
        call_command("log_mail", *map(str, paths), **{**given, **options})
    except SystemExit as ended:
        code = int(ended.code or 0)
    return out.getvalue(), err.getvalue(), code


def test_a_folder_and_a_mailbox_are_logged_message_by_message(tmp_path, team, analyst) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "one.eml").write_bytes(letter().as_bytes())
    (folder / "notes.txt").write_text("not a message")
    box = mailbox.mbox(tmp_path / "old.mbox")
    for number in (2, 3):
        box.add(letter(Message_ID=f"<{number}@example.org>", Subject=f"Number {number}"))
    box.close()
    paths = (folder, tmp_path / "old.mbox")
    assert run(*paths, team=team, user=analyst)[2] == 0
    assert not EvidenceItem.objects.exists()
    out, _, code = run(*paths, team=team, user=analyst, enter=True)
    assert (len(out.split()), code) == (3, 0)
    titles = set(EvidenceItem.objects.values_list("title", flat=True))
    assert titles == {"Accounts we closed", "Number 2", "Number 3"}
    again = run(*paths, team=team, user=analyst, enter=True, leave_out_known=True)
    assert "has the same Message-ID" in again[1]
    assert EvidenceItem.objects.count() == 3


def test_one_that_cannot_be_read_is_named_and_the_others_are_logged(
    tmp_path, team, analyst
) -> None:
    (tmp_path / "a.eml").write_bytes(b"%PDF-1.7")
    (tmp_path / "b.eml").write_bytes(letter().as_bytes())
    _, err, code = run(tmp_path, team=team, user=analyst, enter=True)
    assert code == 1
    assert "a.eml: “a.eml” holds a PDF" in err
    assert EvidenceItem.objects.count() == 1


def test_whoever_may_not_log_there_logs_nothing(tmp_path, other_team, analyst) -> None:
    (tmp_path / "b.eml").write_bytes(letter().as_bytes())
    with pytest.raises(CommandError, match="no team in which"):
        run(tmp_path, team=other_team, user=analyst, enter=True)


def test_what_is_neither_message_nor_mailbox_is_refused(tmp_path, team, analyst) -> None:
    (tmp_path / "a.txt").write_text("words")
    with pytest.raises(CommandError, match="nor a mailbox"):
        run(tmp_path / "a.txt", team=team, user=analyst)
