"""Documents and sanctions of a FollowTheMoney file as the items they would become. Pure.

A sanction is what a government said, not a grade of anything: an item that cites the program,
the authority and the day, and waits to be read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from designations.days import PartialDate
from designations.exchange.ftm.entities import Entity, LeftOut
from designations.exchange.ftm.parties import Party, Reading
from designations.exchange.ftm.schemata import LANGUAGES
from designations.exchange.ftm.shares import one_day
from evidence.words import EvidenceKind, SourceRole

_LONGEST_TITLE = 300
_LONGEST_LANGUAGE = 35
_KINDS = {
    "Article": EvidenceKind.PRESS_REPORT,
    "Email": EvidenceKind.CORRESPONDENCE,
    "Message": EvidenceKind.CORRESPONDENCE,
}
_SAID_OF_SANCTION = (
    "program", "programId", "authority", "authorityId", "listingDate", "startDate", "endDate",
    "date", "duration", "status", "provisions", "reason", "summary", "description", "recordId",
    "unscId",
)  # fmt: skip
_INTERNATIONAL = {"un", "eu"}


@dataclass(frozen=True, slots=True)
class Paper:
    """An item as the file states it; ``source`` is a name, empty where none is stated."""

    entity: Entity
    kind: EvidenceKind
    title: str
    summary: str = ""
    text: str = ""
    citation: str = ""
    dated: PartialDate | None = None
    language: str = ""
    source: str = ""
    role: SourceRole = SourceRole.OTHER
    of_government: str = ""

    @property
    def id(self) -> str:
        """The id of its entity."""
        return self.entity.id


def papers_of(reading: Reading) -> tuple[Paper, ...]:
    """Every document and sanction as an item; what cannot be kept is added to the reading."""
    return (
        *(_document(entity, reading.left_out) for entity in reading.papers),
        *_sanctions(reading.sanctions, reading.parties, reading.left_out),
    )


def _document(entity: Entity, left_out: list[LeftOut]) -> Paper:
    title = entity.first("title", "subject", "name", "fileName", "summary", "description")
    publisher = entity.first("publisher", "author", "from")
    language = LANGUAGES.get(entity.first("language"), entity.first("language"))
    cited = [*entity.all("sourceUrl", "publisherUrl")]
    for name, words in (("fileName", "file"), ("contentHash", "SHA-1"), ("messageId", "message")):
        cited += [f"{words} {value}" for value in entity.properties.get(name, ())]
    kind = _KINDS.get(entity.schema, EvidenceKind.OTHER)
    return Paper(
        entity,
        kind,
        _title(title or f"{entity.schema} {entity.id}"),
        "\n".join(entity.all("summary", "description")),
        "\n\n".join(entity.all("bodyText")),
        "\n".join(cited),
        _day(entity, ("publishedAt", "date", "authoredAt"), left_out),
        language if len(language) <= _LONGEST_LANGUAGE else "",
        publisher,
        SourceRole.PRESS if kind is EvidenceKind.PRESS_REPORT else SourceRole.OTHER,
    )


def _sanctions(
    sanctions: Iterable[Entity], parties: Mapping[str, Party], left_out: list[LeftOut]
) -> Iterator[Paper]:
    for entity in sanctions:
        named = [
            f"{parties[each].name} ({each})" if each in parties else each
            for each in entity.all("entity")
        ]
        against = ", ".join(named) or "nobody named"
        program = entity.first("program", "programId", "authority")
        lines = [f"A measure against {against}, as the file states it."]
        lines += [
            f"{name}: {value}"
            for name in _SAID_OF_SANCTION
            for value in entity.properties.get(name, ())
        ]
        role, government = _government(entity.first("country"))
        yield Paper(
            entity,
            EvidenceKind.GOVERNMENT_FINDING,
            _title(f"{program or 'Sanction'}: {', '.join(_names(entity, parties)) or against}"),
            "\n".join(lines),
            citation="\n".join(entity.all("sourceUrl", "programUrl")),
            dated=_day(entity, ("listingDate", "startDate", "date"), left_out),
            source=entity.first("authority", "publisher"),
            role=role,
            of_government=government,
        )


def _names(entity: Entity, parties: Mapping[str, Party]) -> list[str]:
    return [parties[each].name for each in entity.all("entity") if each in parties]


def _government(country: str) -> tuple[SourceRole, str]:
    """The role that a stated country gives; without one nothing is said of the source."""
    word = country.casefold()
    if word == "us":
        return SourceRole.US_GOVERNMENT, word
    if word in _INTERNATIONAL:
        return SourceRole.INTERNATIONAL_BODY, ""
    if len(word) == 2 and word != "zz":
        return SourceRole.FOREIGN_GOVERNMENT, word
    return SourceRole.OTHER, ""


def _day(entity: Entity, properties: Iterable[str], left_out: list[LeftOut]) -> PartialDate | None:
    for name in properties:
        if stated := entity.all(name):
            day = one_day(stated)
            if day is None:
                what = f"{name}: {'; '.join(stated)[:80]}"
                why = "no one date can be read from it"
                left_out.append(LeftOut(entity.line, entity.id, what, why))
            return day
    return None


def _title(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_TITLE else f"{line[: _LONGEST_TITLE - 1]}…"
