"""Each hostile file is set aside for its own reason; files of every day are not."""

import gzip
import io
import lzma
import tarfile

import pytest

from evidence.intake.findings import Limits
from evidence.intake.guard import StepFailedError, guarded
from evidence.intake.inspection import inspect
from tests.evidence.intake import corpus

MB = 1024 * 1024
SMALL = Limits(entries=100, unpacked=8 * MB, ratio=100, floor=MB, inner=4 * MB, markup=MB)


def finding(content: bytes, name: str, limits: Limits = SMALL) -> str:
    found = inspect(io.BytesIO(content), name, limits).found
    return found.finding.value if found else ""


HOSTILE = (
    ("bomb.zip", corpus.zipped(("zeros", bytes(4 * MB))), "bomb"),
    ("large.zip", corpus.zipped(("a", bytes(9 * MB))), "bomb"),
    ("overlap.zip", corpus.overlapping_zip(), "bomb"),
    ("bomb.gz", corpus.gzip_bomb(4 * MB), "bomb"),
    ("bomb.tgz", gzip.compress(corpus.tarred(("zeros", bytes(4 * MB)))), "bomb"),
    ("bomb.txz", lzma.compress(corpus.tarred(("zeros", bytes(4 * MB)))), "bomb"),
    ("inner.zip", corpus.zipped(("inner.gz", corpus.gzip_bomb(4 * MB))), "bomb"),
    ("sparse.tar", corpus.sparse_tar(1024**4), "bomb"),
    ("many.zip", corpus.zipped(*((str(n), b"") for n in range(101))), "too-many-entries"),
    ("many.tar", corpus.tarred(*((str(n), b"") for n in range(101))), "too-many-entries"),
    ("deep.zip", corpus.nested_zip(4), "nested-too-deep"),
    ("deep.gz", gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"x")))),
     "nested-too-deep"),
    ("up.zip", corpus.zipped(("../../etc/cron.d/job", b"x")), "outside-path"),
    ("up.docx", corpus.docx(corpus.paragraphs("x"), ("..\\..\\run.bat", b"x")), "outside-path"),
    ("up.tar", corpus.tarred(("a/../../x", b"x")), "outside-path"),
    ("root.tar", corpus.tarred(("/etc/passwd", b"x")), "outside-path"),
    ("drive.zip", corpus.zipped(("C:/run.bat", b"x")), "outside-path"),
    ("inner-up.zip", corpus.zipped(("a.zip", corpus.zipped(("../x", b"x")))), "outside-path"),
    ("link.zip", corpus.zip_with_link("a/b", "../../etc/passwd"), "link"),
    ("link.tar", corpus.tarred(corpus.tar_entry("a", tarfile.SYMTYPE, "/etc")), "link"),
    ("hard.tar", corpus.tarred(corpus.tar_entry("a", tarfile.LNKTYPE, "../x")), "link"),
    ("null.tar", corpus.tarred(corpus.tar_entry("null", tarfile.CHRTYPE)), "device"),
    ("secret.zip", corpus.encrypted_zip(), "encrypted"),
    ("cut.zip", corpus.zipped(("a", b"x" * 500))[:60], "damaged"),
    ("cut.docx", b"PK\x03\x04" + b"\xff" * 200, "damaged"),
    ("cut.gz", gzip.compress(bytes(range(256)) * 40)[:100], "damaged"),
    ("two.pdf", corpus.PDF + corpus.zipped(("a", b"x")), "polyglot"),
    ("two.gif", b"GIF89a" + bytes(50) + corpus.zipped(("Main.class", b"x")), "polyglot"),
    ("page.gif", b"GIF89a=1;/*<script>alert(1)</script>*/", "polyglot"),
    ("page.png", b"<html><script>alert(1)</script></html>", "type-mismatch"),
    ("report.pdf", corpus.PNG, "type-mismatch"),
    ("notes.txt", corpus.PDF, "type-mismatch"),
    ("rows.csv", bytes(500), "type-mismatch"),
    ("invoice.pdf", b"MZ\x90\x00" + bytes(100), "executable"),
    ("tool", b"\x7fELF" + bytes(100), "executable"),
    ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(50), "closed-archive"),
    ("xxe.docx", corpus.docx(corpus.XXE + "<d>&x;</d>"), "entity"),
    ("xxe.svg", (corpus.XXE + "<svg>&x;</svg>").encode(), "entity"),
    ("xxe16.svg", (corpus.XXE.replace("?>", ' encoding="utf-16"?>', 1) + "<svg>&x;</svg>")
     .encode("utf-16"), "entity"),
    ("laughs.xml", corpus.LAUGHS.encode(), "entity"),
    ("macro.docx", corpus.docx(corpus.paragraphs("x"), ("word/vbaProject.bin", b"x")), "macro"),
    ("calls.docx", corpus.docx(corpus.paragraphs("x"),
     ("word/_rels/settings.xml.rels", corpus.TEMPLATE.encode())), "calls-out"),
)  # fmt: skip


def named(value: str | bytes) -> str:
    """A test by the name of its file: what is in a file may hold the second it was made in."""
    return value if isinstance(value, str) else "bytes"


@pytest.mark.parametrize(("name", "content", "expected"), HOSTILE, ids=named)
def test_for_its_own_reason(name: str, content: bytes, expected: str) -> None:
    assert finding(content, name) == expected


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", corpus.PDF),
        ("scan.png", corpus.PNG),
        ("notes.txt", b"plain words"),
        ("latin.txt", "Gerät".encode("latin-1")),
        ("broken.txt", b"caf\xc3 \xff\xfe and on"),
        ("utf16.csv", "a,b".encode("utf-16")),
        ("MZ.txt", b"MZ Corporation leases servers"),
        ("rows.csv.gz", gzip.compress(b"a,b\n1,2\n")),
        ("papers.zip", corpus.zipped(("a/b.txt", b"x"), ("a/c.pdf", corpus.PDF))),
        ("nested.zip", corpus.nested_zip(3)),
        ("papers.tgz", gzip.compress(corpus.tarred(("a/b.txt", b"x")))),
        ("inside.tar", corpus.tarred(("a/b", b"x"), corpus.tar_entry("a/c", tarfile.SYMTYPE, "b"))),
        ("letter.docx", corpus.docx(corpus.paragraphs("words"))),
        ("drawing.svg", b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY ns "http://x">]><svg/>'),
        ("zeros", bytes(2 * MB)),
        ("unknown.xyz", b"\x01\x02\x03" * 50),
        ("broken.svg", b"<svg><g></svg>"),
    ],
    ids=named,
)
def test_a_file_of_every_day_is_not(name: str, content: bytes) -> None:
    assert finding(content, name) == ""


def test_the_sentence_names_what_was_found() -> None:
    found = inspect(io.BytesIO(corpus.zipped(("../../run.sh", b"x"))), "a.zip").found
    assert found is not None
    assert found.said == (
        "An entry is named “../../run.sh”: unpacking it would write outside its folder."
    )


def test_a_large_sparse_file_is_read_no_further_than_its_ends(tmp_path) -> None:
    path = tmp_path / "disk.bin"
    with path.open("wb") as file:
        file.truncate(50 * 1024**3)
    with path.open("rb") as file:
        assert guarded("inspect", file, "disk.bin") == {"kind": "BINARY", "finding": "", "said": ""}


def test_a_file_that_takes_too_long_is_stopped(tmp_path) -> None:
    path = tmp_path / "slow.gz"
    path.write_bytes(gzip.compress(bytes(range(256)) * 400_000))
    with path.open("rb") as file, pytest.raises(StepFailedError, match="longer than 0 seconds"):
        guarded("inspect", file, "slow.gz", seconds=0.05)


def test_what_the_keeper_raises_ends_the_reader(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("evidence.intake.guard._BEAT", 0.01)

    def lost() -> None:
        raise LookupError("someone else has it")

    path = tmp_path / "a.txt"
    path.write_bytes(b"x")
    with path.open("rb") as file, pytest.raises(LookupError):
        guarded("inspect", file, "a.txt", alive=lost)
