"""What a message states of itself is told, what is attached to it taken out, nothing believed."""

import base64
import io
import time
from email.message import EmailMessage

import pytest

from evidence.intake.guard import guarded
from evidence.intake.mail.headers import day_of
from evidence.intake.mail.parts import kept_name
from evidence.intake.mail.reading import read_mail, read_parts
from evidence.intake.mail.stated import MOST_PARTS, MailError
from tests.evidence.intake import letters
from tests.evidence.intake.letters import letter
from tests.evidence.intake.outlook_file import outlook


def read(content: bytes, name: str = "a.eml") -> dict:
    return read_mail(io.BytesIO(content), name)


def taken(content: bytes) -> list[dict]:
    return list(read_parts(io.BytesIO(content), "a.eml"))


def test_its_headers_are_told_as_it_states_them() -> None:
    mail = read(letter(Cc="c@example.org", In_Reply_To="<zero@example.org>").as_bytes())
    assert (mail["subject"], mail["name"], mail["address"]) == (
        "Accounts we closed", "Ana Li", "ana@example.org",
    )  # fmt: skip
    assert (mail["to"], mail["cc"]) == ("desk@example.net", "c@example.org")
    assert (mail["message_id"], mail["in_reply_to"]) == ("<one@example.org>", "<zero@example.org>")
    assert mail["body"].strip() == "We closed one hundred accounts."


def test_the_day_is_the_one_it_states_in_its_own_zone() -> None:
    mail = read(letter().as_bytes())
    assert mail["day"] == "2026-02-03"  # in UTC it is the 4th
    assert mail["date"] == "Tue, 03 Feb 2026 23:30:00 -0500"


@pytest.mark.parametrize(
    "date", ["", "soon", "Tue, 99 Feb 2026 1:1:1", "Mon, 1 Jan 1800 00:00:00 +0000", "9" * 5000]
)
def test_a_date_that_is_none_states_no_day(date) -> None:
    assert day_of(date) == ""
    assert read(b"From: a@b.example\r\nDate: " + date.encode() + b"\r\n\r\n")["day"] == ""


def test_its_way_and_its_signatures_are_told_as_stated_and_not_believed() -> None:
    mail = read(letters.with_files())
    assert [name for name, _ in mail["stated"]] == [
        "Received", "DKIM-Signature", "ARC-Seal", "Authentication-Results",
    ]  # fmt: skip
    assert "verified" not in str(mail)


def test_what_is_attached_is_taken_out_under_names_that_can_be_kept() -> None:
    content = letters.with_files()
    parts = read(content)["parts"]
    assert [(part["filename"], bool(part["left"])) for part in parts] == [
        ("accounts.csv", False), ("invoice.pdf", False), ("part-3.png", True),
        ("part-4.eml", False),
    ]  # fmt: skip
    assert "../../etc/invoice.pdf" in parts[1]["said"]
    assert "shown within the message" in parts[2]["left"]
    assert parts[3]["message_id"] == "<inner@example.org>"
    found = {each["filename"]: base64.b64decode(each["base64"]) for each in taken(content)}
    assert found["accounts.csv"] == b"account\n1\n"
    assert b"Subject: Earlier" in found["part-4.eml"]
    assert "part-3.png" not in found


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("../../../etc/passwd", "passwd"), ("C:\\Windows\\a.exe", "a.exe"), ("..", "part-1.pdf"),
        ("a\x00b\nc.pdf", "abc.pdf"), ("report\u202efdp.exe", "reportfdp.exe"),
        ("x" * 400 + ".pdf", "x" * 196 + ".pdf"), ("", "part-1.pdf"), ("/", "part-1.pdf"),
    ],
)  # fmt: skip
def test_no_name_leads_out_of_its_folder_or_hides_its_ending(stated, kept) -> None:
    assert kept_name(stated, 1, "application/pdf") == kept


@pytest.mark.parametrize(
    ("charset", "raw", "text"),
    [
        ("no-such-charset", "Gerät".encode(), "Gerät"),
        ("ascii", "Gerät".encode("latin-1"), "Gerät"),
        ("utf-8", b"caf\xff", "caf"),
        ("utf-16", b"\xff", ""),
        ("base64", b"abc", "abc"),
    ],
)
def test_a_broken_charset_is_read_as_well_as_it_can_be(charset, raw, text) -> None:
    head = f"From: a@b.example\r\nContent-Type: text/plain; charset={charset}\r\n\r\n"
    assert text in read(head.encode() + raw)["body"]


def test_text_that_is_html_alone_is_read_as_a_reader_would_see_it() -> None:
    mail = EmailMessage()
    mail["From"] = "a@b.example"
    mail.set_content("<p>One <b>two</b><script>no()</script></p>", subtype="html")
    told = read(mail.as_bytes())
    assert told["body"] == "One two"
    assert told["notes"] == ["Its text was read from HTML."]
    assert told["parts"] == []


def test_an_empty_message_is_a_message() -> None:
    told = read(b"From: a@b.example\r\n\r\n")
    assert (told["body"], told["parts"], told["subject"]) == ("", [], "")


def test_raw_bytes_in_headers_are_read_as_utf8() -> None:
    assert read("From: a@b.example\r\nSubject: Größe\r\n\r\n".encode())["subject"] == "Größe"


def test_a_display_name_cannot_pass_for_the_address() -> None:
    name = "=?utf-8?q?Bank_=3Cbank=40bank.example=3E?="
    told = read(f"From: {name} <evil@evil.example>\r\n\r\n".encode())
    assert told["address"] == "evil@evil.example"


def test_more_than_one_from_is_said() -> None:
    told = read(b"From: a@b.example\r\nFrom: c@d.example\r\n\r\n")
    assert told["address"] == "a@b.example"
    assert "more than one From" in told["notes"][0]


def _of(kind: str, body: bytes = b"x") -> bytes:
    head = f"From: a@b.example\r\nContent-Type: {kind}\r\n\r\n"
    return head.encode() + body


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (_of('application/pkcs7-mime; name="smime.p7m"'), "encrypted"),
        (_of('multipart/encrypted; boundary="b"',
             b"--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b--"),
         "encrypted"),
        (_of("text/plain", b"-----BEGIN PGP MESSAGE-----\r\nabc"), "encrypted"),
        (_of('multipart/signed; boundary="b"',
             b"--b\r\n\r\nx\r\n--b\r\nContent-Type: application/pkcs7-signature\r\n\r\nx\r\n--b--"),
         "not checked"),
    ],
)  # fmt: skip
def test_what_is_sealed_or_signed_is_kept_and_said_to_be_unread(content, said) -> None:
    assert said in " ".join(read(content)["notes"])


def test_winmail_dat_is_kept_and_said_to_be_unread() -> None:
    part = read(_of('application/ms-tnef; name="winmail.dat"'))["parts"][0]
    assert part["filename"] == "winmail.dat"
    assert "not read here" in part["said"]
    assert not part["left"]


def test_parts_nested_without_end_leave_the_message_whole() -> None:
    told = read(letters.nested(5_000))
    assert told["subject"] == "Deep"
    assert "nested too deeply" in told["notes"][0]
    assert told["parts"] == []
    assert taken(letters.nested(5_000)) == []


def test_a_thousand_parts_are_told_and_a_hundred_taken_out() -> None:
    part = b'--b\r\nContent-Disposition: attachment; filename="a.txt"\r\n\r\nx\r\n'
    content = _of('multipart/mixed; boundary="b"', part * 1000 + b"--b--")
    parts = read(content)["parts"]
    assert len(parts) == 1000
    assert "only 100 attachments" in parts[MOST_PARTS]["left"]
    assert len(taken(content)) == MOST_PARTS


def _bomb() -> bytes:
    return b"From: a@b.example\r\nSubject: " + b"=?utf-8?q?=41=?= " * 200_000 + b"\r\n\r\n"


@pytest.mark.parametrize(
    "content",
    [
        _bomb(),
        b"From: a@b.example\r\n" + b"Received: from x by y\r\n" * 10_000 + b"\r\nx",
        b"From: " + b"(" * 200_000 + b"\r\nDate: x\r\n\r\n",
        b"From: " + b'"' * 100_000 + b"\r\nDate: x\r\n\r\n",
        b"From: a@b.example\r\nContent-Type: text/plain; " + b"a*0=b;" * 50_000 + b"\r\n\r\nx",
        b"From: a@b.example\r\nContent-Disposition: attachment; filename*0*=''%ff%\r\n\r\nx",
        b"From: a@b.example\r\nContent-Type: ;;;=?\r\nContent-Transfer-Encoding: odd\r\n\r\nx",
        b"From: \r\nDate: x\r\nMessage-ID: <\r\n\r\n",
        b"From: a@b.example\r\nContent-Type: message/rfc822\r\n\r\n",
        b"From: a@b.example\r\nTo: :;:;@@,,<<>>\r\nSubject: =?x?q?=ff?=\r\n\r\n",
    ],
)
def test_headers_made_to_harm_cost_little_time_and_raise_nothing(content) -> None:
    began = time.process_time()
    assert read(content)["parts"] is not None
    taken(content)
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.eml", b"%PDF-1.7", "holds a PDF"),
        ("a.eml", b"no headers at all", "this is no message"),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "no message of Outlook"),
    ],
)
def test_what_is_no_message_is_refused_in_words(name, content, why) -> None:
    with pytest.raises(MailError, match=why):
        read(content, name)


HEADERS = (
    "From: Ana Li <ana@example.org>\r\nDate: Tue, 3 Feb 2026 23:30:00 -0500\r\nReceived: x\r\n"
)


def test_a_message_of_outlook_is_told_alike_with_its_attachments() -> None:
    text = {0x37: "Accounts we closed", 0x1000: "We closed them.", 0x7D: HEADERS, 0x1035: "<one@x>"}
    content = outlook(text, ("..\\a.csv", b"account\n1\n"))
    told = read(content, "a.msg")
    assert (told["subject"], told["address"], told["day"], told["message_id"]) == (
        "Accounts we closed", "ana@example.org", "2026-02-03", "<one@x>",
    )  # fmt: skip
    assert (told["body"], told["stated"]) == ("We closed them.", [("Received", "x")])
    [part] = read_parts(io.BytesIO(content), "a.msg")
    assert (part["filename"], base64.b64decode(part["base64"])) == ("a.csv", b"account\n1\n")
    assert "in the message" in part["said"]


def test_a_draft_of_outlook_has_no_headers_of_transport_and_says_so() -> None:
    told = read(outlook({0x37: "Draft", 0x0C1A: "Ana Li", 0x0C1F: "ana@example.org"}), "a.msg")
    assert (told["name"], told["address"], told["day"]) == ("Ana Li", "ana@example.org", "")
    assert "no headers of transport" in told["notes"][0]


def test_it_is_read_in_the_guarded_child(tmp_path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(letters.with_files())
    with path.open("rb") as file:
        assert guarded("mail", file, "a.eml")["message_id"] == "<one@example.org>"
        assert len(guarded("mail-parts", file, "a.eml")["parts"]) == 3
    path.write_bytes(b"x")
    with path.open("rb") as file:
        assert "refused" in guarded("mail", file, "a.eml")
