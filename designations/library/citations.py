"""Check the library's citations with eyecite, where it can parse them.

Reporters, statutes, regulations and the Federal Register are parsed; executive orders, parts
of the Code of Federal Regulations, bills and agency questions and answers are beyond it and
come back as notes for a person to read. eyecite is imported only when a check runs: it takes
about a fifth of a second, which the assessment of a docket file should not pay.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from designations.library.model import Authority


@dataclass(frozen=True, slots=True, order=True)
class CitationNote:
    """A citation that eyecite does not parse, and where the library writes it."""

    authority: str
    code: str
    citation: str


def citations_of(authority: Authority) -> Iterator[tuple[str, str]]:
    """Pairs of code and single citation, a code of "" being the version itself.

    A citation field may hold several citations, divided by semicolons.
    """
    fields = [("", authority.citation)]
    for entries in (
        authority.elements,
        authority.considerations,
        authority.prerequisites,
        authority.consequences,
        authority.provisions,
    ):
        fields += [(entry.code, entry.citation) for entry in entries]
    for code, text in fields:
        yield from ((code, part.strip()) for part in text.split(";") if part.strip())


def is_parsed(citation: str) -> bool:
    """Whether eyecite recognizes a reporter, statute or regulation in the citation.

    >>> is_parsed("50 U.S.C. § 1709(a)(1)(A)")
    True
    >>> is_parsed("Exec. Order No. 13694, § 1(a)(ii)")
    False
    """
    from eyecite import get_citations
    from eyecite.models import UnknownCitation

    return any(not isinstance(found, UnknownCitation) for found in get_citations(citation))


def unparsed_citations(authorities: Iterable[Authority]) -> tuple[CitationNote, ...]:
    """Every citation of the authorities that eyecite does not parse, sorted, each once."""
    parsed: dict[str, bool] = {}
    notes = set()
    for authority in authorities:
        for code, citation in citations_of(authority):
            if citation not in parsed:
                parsed[citation] = is_parsed(citation)
            if not parsed[citation]:
                notes.add(CitationNote(authority.name, code, citation))
    return tuple(sorted(notes))
