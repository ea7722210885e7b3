"""eyecite parses the reporters, statutes and regulations that the library cites."""

import re
import subprocess
import sys

import pytest

from designations.library.citations import citations_of, is_parsed, unparsed_citations
from designations.library.load import read_library
from designations.library.model import Authority, Element

# Forms that eyecite does not know. Anything else it must parse.
BEYOND = re.compile(r"Exec\. Order No\.|Concept note|OFAC FAQ|H\.R\. \d+|\d+ C\.F\.R\. pt\. ")


@pytest.mark.parametrize(
    "citation",
    [
        "40 F.4th 716 (D.C. Cir. 2022)",
        "505 U.S. 788 (1992)",
        "50 U.S.C. § 1709(a)(1)(A)",
        "15 C.F.R. § 744.11(b)",
        "90 Fed. Reg. 47201",
        "Pub. L. 117-336, § 2",
        "136 Stat. 6147",
    ],
)
def test_a_reporter_or_statute_is_parsed(citation: str) -> None:
    assert is_parsed(citation)


def test_every_citation_of_the_library_is_parsed_or_of_a_form_beyond_eyecite() -> None:
    strange = [note for note in unparsed_citations(read_library())
               if not BEYOND.match(note.citation)]  # fmt: skip
    assert strange == []


def test_a_citation_that_is_not_parsed_comes_back_with_its_place() -> None:
    authority = Authority(
        slug="x",
        version="1",
        citation="50 U.S.C. § 1701; no citation at all",
        elements=(Element(code="X-1", citation="Exec. Order No. 1"),),
    )
    assert [(note.authority, note.code, note.citation)
            for note in unparsed_citations([authority])] == [
        ("x@1", "", "no citation at all"),
        ("x@1", "X-1", "Exec. Order No. 1"),
    ]  # fmt: skip


def test_every_quoted_or_verified_element_has_a_citation() -> None:
    for authority in read_library():
        cited = {code for code, _ in citations_of(authority)}
        stated = {e.code for e in authority.elements if e.quoted or e.verified}
        assert stated <= cited, authority.name


def test_loading_the_library_does_not_import_eyecite_or_django() -> None:
    code = (
        "import sys; from designations.library.load import read_library; read_library();"
        "print([name for name in ('eyecite', 'django') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
