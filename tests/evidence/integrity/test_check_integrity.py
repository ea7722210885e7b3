"""``manage.py check_integrity``: what it reads, what it names, and how it ends."""

import pytest
from django.core.management import CommandError, call_command

from evidence.models import Blob, BytesState
from tests.evidence.integrity.damage import alter, restore

pytestmark = pytest.mark.django_db


def check(capsys, *words: str) -> tuple[int, str, str]:
    """The exit code, and what was written to standard output and error."""
    code = 0
    try:
        call_command("check_integrity", *words)
    except SystemExit as ended:
        code = int(ended.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_all_of_it_is_read_and_whole(attached, capsys) -> None:
    attached()
    attached(b"other", "other.txt")
    code, out, err = check(capsys, "--all")
    assert (code, err) == (0, "")
    assert "2 of 2 files read; 0 not whole" in out
    assert not Blob.objects.filter(whole_at=None).exists()


def test_what_differs_is_named_and_the_exit_code_says_so_until_it_is_restored(
    attached, capsys
) -> None:
    exhibit = attached(b"page")
    alter(exhibit)
    code, out, err = check(capsys, "--all")
    assert code == 1
    assert "1 of 1 files read; 1 not whole" in out
    found = Blob.objects.get().found_sha256
    assert f"{exhibit.blob_id}: other bytes than were received (SHA-256 {found})," in err
    assert exhibit.item.key in err
    code, out, _ = check(capsys)  # reads nothing, and knows
    assert code == 1
    assert "0 of 1 files read; 1 not whole" in out
    restore(exhibit, b"page")
    assert check(capsys, "--sample", "1")[0] == 0
    assert Blob.objects.get().state == BytesState.WHOLE


def test_a_folder_that_is_not_there_ends_it(attached, root, capsys) -> None:
    attached()
    root.rename(root.with_name("away"))
    code, _, err = check(capsys, "--all")
    assert code == 1
    assert "is the folder mounted?" in err


@pytest.mark.parametrize("words", [("--all", "--sample", "2"), ("--sample", "0"), ("--sample",)])
def test_wrong_words_are_refused(words) -> None:
    with pytest.raises(CommandError):
        call_command("check_integrity", *words)
