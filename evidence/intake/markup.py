"""Markup that would make its reader fetch or multiply: entities, and templates from elsewhere.

Expat reports declarations and fetches nothing; the first one that matters ends the reading.
"""

from typing import Any, BinaryIO
from xml.parsers import expat

from evidence.intake.findings import Finding, FoundError, Limits

_CHUNK = 64 * 1024
_TEMPLATE = "/attachedTemplate"


def check_markup(stream: BinaryIO, where: str, limits: Limits, *, office: bool = False) -> None:
    """Raise FoundError for entities from outside or of entities; ``where`` names the part.

    A part of an Office file may declare no document type at all, and no template elsewhere.
    Markup that is not well formed passes: it is text, and is shown as that.
    """
    parser = expat.ParserCreate()

    def doctype(_name: str, *_rest: Any) -> None:
        if office:
            raise FoundError(
                Finding.ENTITY,
                f"{where} declares a document type. Office never writes one; it can make a "
                "reader fetch other files (XXE).",
            )

    def entity(
        name: str, _parameter: int, value: str | None, _base: Any, system: str | None, *_rest: Any
    ) -> None:
        if system is not None:
            raise FoundError(
                Finding.ENTITY,
                f"{where} declares the entity “{name}”, to be read from “{system[:80]}”: opening "
                "it could fetch or disclose that (XXE).",
            )
        if value and ("&" in value or "%" in value):
            raise FoundError(
                Finding.ENTITY,
                f"{where} declares the entity “{name}” by other entities: opening it could fill "
                "the memory (“billion laughs”).",
            )

    def element(_name: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if attributes.get("Type", "").endswith(_TEMPLATE) and (
            attributes.get("TargetMode") == "External"
        ):
            raise FoundError(
                Finding.CALLS_OUT,
                f"{where} takes its template from “{target[:80]}”: opening it would call there.",
            )

    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = entity
    if office:
        parser.StartElementHandler = element
    read = 0
    try:
        while chunk := stream.read(_CHUNK):
            read += len(chunk)
            if read > limits.markup:
                raise FoundError(
                    Finding.BOMB, f"{where} is markup of more than {limits.markup:,} bytes."
                )
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):
        return  # a coding that expat does not know is not well formed either
