"""Words find items wherever they stand, and hits are marked without letting markup through."""

import pytest

from evidence.actions import (
    add_source,
    amend,
    amend_source,
    attach_exhibit,
    state_chip_diversion,
    state_fraudulent_accounts,
)
from evidence.models import EvidenceItem
from evidence.search.words import hits, marked, matching, prefixes
from tests.evidence.conftest import BY
from tests.evidence.streams import of_bytes

pytestmark = pytest.mark.django_db


def found(words: str) -> set[str]:
    return {item.key for item in matching(EvidenceItem.objects.all(), words)}


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        ("harvesting", {"title": "Outputs were harvested"}),
        ("obfuscated routers", {"summary": "obfuscated third-party routers"}),
        ("Quiet Harbor", {"text": "a lease of Quiet Harbor Computing"}),
        ("744.11", {"citation": "15 C.F.R. § 744.11"}),
        ("news.example.org", {"citation": "https://news.example.org/2026/chips-found"}),
        ("https://news.example.org/2026/chips-found",
         {"citation": "https://news.example.org/2026/chips-found"}),
        ("IR-77", {"classified_reference": "IR-77 of 2026"}),
        ('"three laboratories"', {"summary": "the three laboratories named"}),
        ("harb", {"summary": "Harbor"}),
    ],
)  # fmt: skip
def test_in_every_column_of_the_item(logged, words, stated) -> None:
    logged("E-YES", **stated)
    logged("E-NO", summary="something else")
    assert found(words) == {"E-YES"}


def test_by_key(logged) -> None:
    logged("E-LOGS-17")
    logged("E-LOGS-18")
    assert found("E-LOGS-17") == {"E-LOGS-17"}


def test_in_the_typed_columns(logged) -> None:
    accounts, chips = logged("E-A"), logged("E-C")
    state_fraudulent_accounts(accounts, provider="Lantern", evasion=["residential proxies"], **BY)
    state_chip_diversion(chips, item="H100", consignees=["Marigold Trading"], eccn="3A090", **BY)
    assert found("lantern") == found("residential proxy") == {"E-A"}
    assert found("marigold") == found("3A090") == {"E-C"}


def test_in_the_name_of_the_source_also_after_it_was_renamed(logged) -> None:
    source = add_source(name="Harbor Gazette", **BY)
    logged("E-1", source=source)
    assert found("gazette") == {"E-1"}
    amend_source(source, source.revision, name="Harbor Courier", **BY)
    assert found("gazette") == set()
    assert found("courier") == {"E-1"}


def test_in_the_name_of_a_file_and_by_its_digest(logged) -> None:
    item = logged("E-1")
    logged("E-2")
    exhibit = attach_exhibit(item, of_bytes(b"rows"), "payment_records.csv", **BY)
    assert found("payment records") == {"E-1"}
    assert found(exhibit.blob_id) == found(exhibit.blob_id.upper()) == {"E-1"}


def test_what_was_amended_is_found_by_what_it_says_now(logged) -> None:
    item = logged("E-1", summary="chips")
    amend(item, item.revision, summary="servers", **BY)
    assert found("chips") == set()
    assert found("server") == {"E-1"}


def test_excluded_words_and_alternatives_are_understood(logged) -> None:
    logged("E-1", summary="proxies in Singapore")
    logged("E-2", summary="proxies in Malaysia")
    assert found("proxies -malaysia") == {"E-1"}
    assert found("singapore or malaysia") == {"E-1", "E-2"}


@pytest.mark.parametrize("words", ["'", "':*", "& | !", "((", '"', "a:*b", "\\", "<->", "%s", "-"])
def test_no_sign_breaks_the_question(logged, words) -> None:
    logged("E-1", summary="plain")
    assert found(words) == set()


def test_a_very_long_text_is_found_by_its_beginning(logged) -> None:
    logged("E-1", text="beginning " + " ".join(f"word{n}" for n in range(150_000)))
    assert found("beginning") == {"E-1"}


def test_hits_are_marked_and_markup_in_the_text_stays_text(logged) -> None:
    item = logged("E-1", title="<b>Chips</b>", summary="<script>alert(1)</script> chips & more")
    hit = hits([item.pk], "chips")[item.pk]
    assert hit.title == "&lt;b&gt;<mark>Chips</mark>&lt;/b&gt;"
    assert "<script>" not in hit.passage
    assert "<mark>chips</mark> &amp; more" in hit.passage


def test_a_mark_that_stands_in_the_text_itself_marks_nothing() -> None:
    assert marked("\ue000a\ue000b\ue001\ue001<") == "a<mark>b</mark>&lt;"


def test_the_last_word_counts_as_a_beginning_unless_more_is_asked() -> None:
    assert prefixes("moonshot deeps") == "'moonshot' & 'deeps':*"
    assert prefixes("of") == prefixes("a or bcd") == prefixes('"abc"') == prefixes("x -abc") == ""
