"""What an object says, in a line of an item's text. Nothing is concluded, only repeated."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from evidence.exchange.stix.reading import StixObject, clean, cut
from evidence.exchange.stix.words import ID, counted, named

MOST_LINES = 200
"""Lines of one kind in an item's text. All of it is in the file."""
_LINE = 240
# Where an observable has what one knows it by, in the order of what says more.
_NAMES = (
    "name", "value", "path", "abstract", "account_login", "user_id", "display_name", "subject",
    "key", "command_line", "pattern", "opinion", "serial_number", "relationship_type",
)  # fmt: skip
_OTHER_REFS = frozenset({"created_by_ref", "object_marking_refs", "marking_ref", "bundle_ref"})
# STIX 2.1, appendix A: the scale of credibility, from which value on.
_CREDIBILITY = (
    (80, "1, confirmed by other sources"), (60, "2, probably true"), (40, "3, possibly true"),
    (20, "4, doubtful"), (0, "5, improbable"),
)  # fmt: skip


def text_in(data: Mapping[str, Any], name: str) -> str:
    """A text of the object as it can be kept; empty where there is none."""
    value = data.get(name)
    return clean(value) if isinstance(value, str) else ""


def texts_in(data: Mapping[str, Any], name: str) -> list[str]:
    """The texts of a list of the object."""
    value = data.get(name)
    if not isinstance(value, list):
        return []
    return [clean(each) for each in value if isinstance(each, str) and clean(each)]


def ids_in(data: Mapping[str, Any], name: str) -> list[str]:
    """The identifiers of a list of the object, or its single one."""
    value = data.get(name)
    listed = value if isinstance(value, list) else [value]
    return [each for each in listed if isinstance(each, str) and ID.fullmatch(each)]


def refs_of(data: Any) -> Iterator[tuple[str, str]]:
    """What an object refers to, with the name of the property; author and markings apart."""
    left: list[Any] = [data]
    while left:
        value = left.pop()
        if isinstance(value, list):
            left.extend(value)
        if not isinstance(value, dict):
            continue
        for name, inner in value.items():
            if name.endswith(("_ref", "_refs")) and name not in _OTHER_REFS:
                yield from ((clean(name), each) for each in ids_in(value, name))
            elif isinstance(inner, dict | list):
                left.append(inner)


def name_of(found: StixObject) -> str:
    """What one calls the object; its identifier where it has no name."""
    for name in _NAMES:
        if said := text_in(found.data, name):
            return said if len(said) <= _LINE else f"{said[:_LINE]}…"
    if found.type == "autonomous-system":
        return f"AS{cut(found.data.get('number'))}"
    hashes = found.data.get("hashes")
    if isinstance(hashes, dict):
        for kind, value in hashes.items():
            if isinstance(value, str):
                return f"{cut(kind)} {cut(value)}"
    return found.id


def line_of(found: StixObject) -> str:
    """One line about an object: type, name, what it adds, how it is described."""
    said = [f"{_capital(named(found.type))}: {name_of(found)}"]
    kinds = [
        word
        for name, value in found.data.items()
        if name.endswith("_types") and isinstance(value, list)
        for word in texts_in(found.data, name)
    ]
    if kinds:
        said.append(f"({', '.join(kinds)[:_LINE]})")
    pattern = text_in(found.data, "pattern")
    if pattern and pattern != name_of(found):
        said.append(pattern[:_LINE])
    if found.data.get("revoked") is True:
        said.append("– revoked by its author")
    if found.type == "artifact" and isinstance(found.data.get("payload_bin"), str):
        said.append("– its content is in the file and was not unpacked")
    said.extend(_seen(found))
    description = text_in(found.data, "description") or text_in(found.data, "content")
    if description:
        said.append(f"– {' '.join(description.split())[:_LINE]}")
    return " ".join(said)


def _seen(found: StixObject) -> Iterator[str]:
    for first, last, number in (
        ("first_observed", "last_observed", "number_observed"),
        ("first_seen", "last_seen", "count"),
        ("valid_from", "valid_until", ""),
    ):
        days = [text_in(found.data, name)[:10] for name in (first, last)]
        if any(days):
            word = "valid" if number == "" else "seen"
            yield f"– {word} from {days[0] or 'no day stated'} to {days[1] or 'no day stated'}"
        times = found.data.get(number)
        if isinstance(times, int) and not isinstance(times, bool):
            yield f"– {times:,} times"


def relation_of(found: StixObject, known: Mapping[str, StixObject]) -> str:
    """A relationship or sighting as a sentence, its ends by their names."""

    def called(name: str) -> str:
        ids = ids_in(found.data, name)
        return ", ".join(name_of(known[each]) if each in known else each for each in ids)

    description = " ".join(text_in(found.data, "description").split())
    more = f" – {description[:_LINE]}" if description else ""
    if found.type == "sighting":
        times = found.data.get("count")
        often = f", {times:,} times" if isinstance(times, int) else ""
        where = called("where_sighted_refs")
        return f"{called('sighting_of_ref')} was seen{f' by {where}' if where else ''}{often}{more}"
    verb = text_in(found.data, "relationship_type").replace("-", " ") or "is related to"
    return f"{called('source_ref')} {verb} {called('target_ref')}{more}"


def tally(objects: Iterable[StixObject]) -> str:
    """How many of each type, in words: ``2 indicators, 1 malware``."""
    numbers = Counter(each.type for each in objects)
    return ", ".join(counted(kind, number) for kind, number in numbers.most_common())


def lines(head: str, said: Sequence[str]) -> list[str]:
    """A paragraph of lines under a head, no longer than one reads."""
    if not said:
        return []
    kept = [f"- {line}" for line in said[:MOST_LINES]]
    if len(said) > MOST_LINES:
        kept.append(f"- and {len(said) - MOST_LINES:,} more, in the file.")
    return [f"{head}\n" + "\n".join(kept)]


def confidence_of(found: StixObject) -> str:
    """The author's confidence in words, with its place on the scale that STIX publishes for it.

    It is the author's, so it is text and no grading of ours.
    """
    value = found.data.get("confidence")
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100:
        return ""
    word = next(word for least, word in _CREDIBILITY if value >= least)
    return (
        f"Its author states a confidence of {value} of 100; STIX puts that at {word} on the "
        "Admiralty scale of credibility."
    )


def citation_of(found: StixObject) -> list[str]:
    """The external references, one a line."""
    value = found.data.get("external_references")
    cited: list[str] = []
    for each in value if isinstance(value, list) else ():
        if isinstance(each, dict):
            parts = (
                text_in(each, name) for name in ("source_name", "external_id", "description", "url")
            )
            if line := ", ".join(part for part in parts if part):
                cited.append(" ".join(line.split()))
    return list(dict.fromkeys(cited))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
