"""What addresses and files tell of themselves."""

import pytest

from evidence.web.guess import addresses_in, from_address, from_file, is_address
from evidence.words import EvidenceKind


@pytest.mark.parametrize(
    ("address", "title", "dated"),
    [
        ("https://news.example.org/2026/02/23/smuggled-chips-found.html",
         "Smuggled chips found", "2026-02-23"),
        ("https://example.org/2026-02/annual_report.pdf", "Annual report", "2026-02"),
        ("https://example.org/20260223-chips-in-transit", "Chips in transit", "2026-02-23"),
        ("https://example.org/", "", ""),
        ("https://example.org/a/1234567", "", ""),
        ("https://example.org/2026/02/31/no-such-day", "No such day", "2026-02"),
    ],
)  # fmt: skip
def test_of_an_address(address, title, dated) -> None:
    guess = from_address(address)
    assert (guess.title, guess.dated) == (title, dated)


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("www.bureau.gov", EvidenceKind.GOVERNMENT_FINDING),
        ("storage.courtlistener.com", EvidenceKind.COURT_FILING),
        ("opencorporates.com", EvidenceKind.CORPORATE_REGISTRY),
        ("news.example.org", EvidenceKind.PRESS_REPORT),
    ],
)
def test_the_kind_by_its_host(host, kind) -> None:
    assert from_address(f"https://{host}/x").kind == kind


@pytest.mark.parametrize(
    ("head", "name", "title", "dated"),
    [
        (b"<html><TITLE>\n A &amp; B </title>", "x.html", "A & B", ""),
        (b"%PDF-1.4 /Title (The \\(second\\) letter) /CreationDate (D:20260223101500)",
         "scan.pdf", "The (second) letter", "2026-02-23"),
        (b"%PDF-1.4 /CreationDate (D:20261399)", "2026-02-12 letter to counsel.pdf",
         "Letter to counsel", "2026-02-12"),
        (b"a,b", "payment_records.csv", "Payment records", ""),
        (b"a,b", "IMG_0001.csv", "IMG 0001", ""),
        (b"a,b", "1234.csv", "", ""),
    ],
)  # fmt: skip
def test_of_a_file(head, name, title, dated) -> None:
    guess = from_file(head, name)
    assert (guess.title, guess.dated) == (title, dated)


def test_an_address_is_told_from_a_citation() -> None:
    assert is_address(" https://example.org/x ")
    assert not is_address("See https://example.org/x, p. 2")
    assert addresses_in("See https://example.org/x, and <https://b.example.org/y>.") == [
        "https://example.org/x",
        "https://b.example.org/y",
    ]
