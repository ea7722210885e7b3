"""From the objects of a bundle to what would be logged. Pure; runs in a process of its own."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evidence.exchange.stix.conforming import defects, unread_properties, unread_types
from evidence.exchange.stix.plan import Author, Draft, Held, Plan, Restriction, Table
from evidence.exchange.stix.reading import Bundle, BundleError, Said, StixObject, cut, moment
from evidence.exchange.stix.saying import (
    citation_of,
    confidence_of,
    ids_in,
    line_of,
    lines,
    name_of,
    refs_of,
    relation_of,
    tally,
    text_in,
    texts_in,
)
from evidence.exchange.stix.sorting import RELATIONS, Sheaf, author_of, sheaves
from evidence.exchange.stix.tables import tables_of
from evidence.exchange.stix.words import (
    OPEN_LEVELS,
    OURS,
    TLP,
    TLP_2_EXTENSION,
    TLP_LEVELS,
    named,
)
from evidence.words import EvidenceKind

MOST_ITEMS = 200
"""Each becomes an item that somebody must read and grade."""
_TITLE = 300
_LONGEST = 20_000
_MOST_SAID = 200
_TLP_NAME = re.compile(r"TLP[: ]?(CLEAR|WHITE|GREEN|AMBER(?:\+STRICT)?|RED)", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")


def plan_of(bundle: Bundle) -> Plan:
    """What the bundle would become. Raises BundleError for too many items."""
    objects = bundle.objects
    known = {each.id: each for each in objects}
    restrictions = tuple(_restrictions(objects, known))
    sorted_out = sheaves(objects)
    if len(sorted_out) > MOST_ITEMS:
        raise BundleError(
            f"objects: this would be {len(sorted_out):,} items; at most {MOST_ITEMS} are logged at "
            "once. Divide the bundle."
        )
    origins, circles = _origins(sorted_out)
    return Plan(
        bundle_id=bundle.id,
        count=bundle.count,
        authors=tuple(_authors(objects, known)),
        drafts=tuple(_draft(each, known, restrictions, origins) for each in sorted_out),
        restrictions=restrictions,
        refused=_few(bundle.refused),
        remarks=_few((*bundle.remarks, *circles, *defects(objects))),
        missing=_few(tuple(_missing(objects, known))),
        unread_types=unread_types(objects),
        unread_properties=unread_properties(objects),
    )


def _few(said: Sequence[Said]) -> tuple[Said, ...]:
    if len(said) <= _MOST_SAID:
        return tuple(said)
    more = Said("objects", f"And {len(said) - _MOST_SAID:,} more of these.")
    return (*said[:_MOST_SAID], more)


def _missing(objects: Sequence[StixObject], known: Mapping[str, StixObject]) -> Iterator[Said]:
    for each in objects:
        author = author_of(each)
        wanted = [("created_by_ref", author)] if author else []
        for name, ref in (*wanted, *refs_of(each.data)):
            if ref not in known and ref not in TLP:
                yield Said(f"{each.place}.{name}", f"{ref} is not in the file.", each.id)


def _authors(objects: Sequence[StixObject], known: Mapping[str, StixObject]) -> Iterator[Author]:
    for author in dict.fromkeys(author_of(each) for each in objects):
        if not author:
            continue
        found = known.get(author)
        data: Mapping[str, Any] = found.data if found is not None else {}
        yield Author(
            id=author,
            name=text_in(data, "name"),
            identity_class=text_in(data, "identity_class"),
            sectors=tuple(texts_in(data, "sectors")),
            roles=tuple(texts_in(data, "roles")),
            our_key=_our_key(data),
        )


def _our_key(data: Mapping[str, Any]) -> str:
    refs = data.get("external_references")
    for each in refs if isinstance(refs, list) else ():
        if isinstance(each, dict) and each.get("source_name") == OURS:
            return text_in(each, "external_id")
    return ""


def _restrictions(
    objects: Sequence[StixObject], known: Mapping[str, StixObject]
) -> Iterator[Restriction]:
    carried: Counter[str] = Counter()
    for each in objects:
        marked = set(ids_in(each.data, "object_marking_refs"))
        parts = each.data.get("granular_markings")
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, dict):
                marked.update(ids_in(part, "marking_ref"))
        carried.update(marked)
    for marking, number in carried.items():
        found = known.get(marking)
        level = TLP.get(marking, "") or (_level(found.data) if found is not None else "")
        if level:
            said = f"TLP:{level}"
        elif found is None:
            said = f"A marking that the file does not define: {marking}"
        else:
            said = _statement(found.data)
        yield Restriction(marking, said, level, number)


def _level(data: Mapping[str, Any]) -> str:
    definition, extensions = data.get("definition"), data.get("extensions")
    said: list[object] = []
    if isinstance(definition, dict):
        said.append(definition.get("tlp"))
    if isinstance(extensions, dict) and isinstance(extensions.get(TLP_2_EXTENSION), dict):
        said.append(extensions[TLP_2_EXTENSION].get("tlp_2_0"))
    for each in said:
        if isinstance(each, str) and each.upper() in TLP_LEVELS:
            return each.upper()
    form = _TLP_NAME.fullmatch(text_in(data, "name"))
    return form[1].upper() if form else ""


def _statement(data: Mapping[str, Any]) -> str:
    definition = data.get("definition")
    said = text_in(definition, "statement") if isinstance(definition, dict) else ""
    return said or text_in(data, "name") or f"A marking of another kind: {cut(data)}"


def _draft(
    sheaf: Sheaf,
    known: Mapping[str, StixObject],
    restrictions: Sequence[Restriction],
    origins: Mapping[str, Sequence[str]],
) -> Draft:
    head, held = sheaf.head, sheaf.held
    data: Mapping[str, Any] = head.data if head is not None else {}
    title, summary = _said_of(head, known) if head is not None else _said_of_rest(sheaf, known)
    language = text_in(data, "lang")
    return Draft(
        head=head.id if head is not None else "",
        type=head.type if head is not None else "",
        author=sheaf.author,
        kind=_kind(data),
        title=" ".join(title.split())[:_TITLE],
        summary=_short(summary),
        text=_short(_text(sheaf, known, restrictions)),
        citation=_short("\n".join(_citation(sheaf))),
        dated=_dated(sheaf),
        occurred=_occurred(held),
        language=language if _LANGUAGE.fullmatch(language) else "",
        revoked=data.get("revoked") is True,
        our_key=_our_key(data),
        derived_from=tuple(origins.get(head.id, ())) if head is not None else (),
        held=_rows(sheaf),
        tables=tuple(Table(name, text) for name, text in tables_of(held)),
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… The rest is in the file."


def _said_of(head: StixObject, known: Mapping[str, StixObject]) -> tuple[str, str]:
    data = head.data
    about = ", ".join(name_of(known[ref]) for _, ref in refs_of(data) if ref in known)
    if head.type == "note":
        content = text_in(data, "content")
        first = (content.splitlines() or ["Note"])[0]
        return text_in(data, "abstract") or first, content or f"A note on {about or 'nothing'}."
    if head.type == "opinion":
        opinion = text_in(data, "opinion").replace("-", " ") or "no opinion stated"
        title = f"Opinion: {opinion}{f', on {about}' if about else ''}"
        return title, text_in(data, "explanation") or f"{title}."
    context = text_in(data, "context").replace("-", " ")
    title = text_in(data, "name") or f"A {head.type}{f' on {context}' if context else ''}"
    return title, text_in(data, "description") or f"{title}."


def _said_of_rest(sheaf: Sheaf, known: Mapping[str, StixObject]) -> tuple[str, str]:
    author = known.get(sheaf.author)
    of = f" of {name_of(author)}" if author is not None else ""
    subjects = [each for each in sheaf.held if each.type not in RELATIONS] or sheaf.held
    names = [name_of(each) for each in subjects[:3]]
    more = f" and {len(subjects) - 3:,} more" if len(subjects) > 3 else ""
    title = f"{', '.join(names)}{more}"
    if len(title) > _TITLE - len(of):
        title = tally(sheaf.held)
    return f"{title}{of}", f"STIX objects{of}, in no report: {tally(sheaf.held)}."


def _text(
    sheaf: Sheaf, known: Mapping[str, StixObject], restrictions: Sequence[Restriction]
) -> str:
    head, held = sheaf.head, sheaf.held
    said: list[str] = []
    if head is not None and (authors := texts_in(head.data, "authors")):
        said.append(f"Authors: {', '.join(authors)}.")
    if sheaf.author and sheaf.author not in known:
        said.append(f"Its author is {sheaf.author}, which the file does not hold.")
    if head is not None and (confidence := confidence_of(head)):
        said.append(confidence)
    if head is not None and head.type in ("note", "opinion"):
        about = [ref for _, ref in refs_of(head.data)]
        told = [line_of(known[ref]) if ref in known else f"{ref}, not in the file" for ref in about]
        said += lines("It speaks of:", told)
    said += lines("It holds:", [line_of(each) for each in held if each.type not in RELATIONS])
    relations = [relation_of(each, known) for each in held if each.type in RELATIONS]
    said += lines("It says of them:", relations)
    said += lines("It says of itself:", [relation_of(each, known) for each in sheaf.about])
    marked = [each.said for each in restrictions if each.level not in OPEN_LEVELS]
    said += lines("Restrictions that the bundle states:", marked)
    return "\n\n".join(said)


def _citation(sheaf: Sheaf) -> Iterator[str]:
    if sheaf.head is not None:
        yield from citation_of(sheaf.head)
        yield f"STIX {sheaf.head.id}"
    elif len(sheaf.held) == 1:
        yield from citation_of(sheaf.held[0])
        yield f"STIX {sheaf.held[0].id}"
    else:
        for each in sheaf.held:
            for line in citation_of(each)[:3]:
                yield f"{line} ({named(each.type)} {name_of(each)})"


def _dated(sheaf: Sheaf) -> str:
    if sheaf.head is not None:
        for name in ("published", "created", "modified"):
            if found := moment(sheaf.head.data.get(name)):
                return found.date().isoformat()
        return ""
    times = [each.modified for each in sheaf.held if each.modified is not None]
    return max(times).date().isoformat() if times else ""


def _occurred(held: Sequence[StixObject]) -> tuple[str, str]:
    """From the first to the last day on which something was observed or sighted."""
    days: dict[str, list[str]] = {"first": [], "last": []}
    for each in held:
        if each.type in ("observed-data", "sighting"):
            for end in days:
                name = f"{end}_{'observed' if each.type == 'observed-data' else 'seen'}"
                if found := moment(each.data.get(name)):
                    days[end].append(found.date().isoformat())
    first, last = min(days["first"], default=""), max(days["last"], default="")
    return (first, last) if not (first and last) or first <= last else ("", "")


def _kind(data: Mapping[str, Any]) -> str:
    """The kind that a bundle of ours names; other reports are of the kind chosen for the file."""
    words = set(texts_in(data, "report_types"))
    return next((kind.value for kind in EvidenceKind if kind.value in words), "")


def _origins(sorted_out: Sequence[Sheaf]) -> tuple[dict[str, list[str]], list[Said]]:
    """What each head is said to be derived from; and where that would return to where it began."""
    found: dict[str, list[str]] = {}
    circles: list[Said] = []
    for sheaf in sorted_out:
        for each in sheaf.about:
            if sheaf.head is None or text_in(each.data, "relationship_type") != "derived-from":
                continue
            for target in ids_in(each.data, "target_ref"):
                if sheaf.head.id in _reached(target, found):
                    said = "It says that something is derived from itself: told as text only."
                    circles.append(Said(each.place, said, each.id))
                else:
                    found.setdefault(sheaf.head.id, []).append(target)
    return found, circles


def _reached(start: str, origins: Mapping[str, Sequence[str]]) -> set[str]:
    left, reached = [start], set()
    while left:
        here = left.pop()
        if here not in reached:
            reached.add(here)
            left.extend(origins.get(here, ()))
    return reached


def _rows(sheaf: Sheaf) -> tuple[Held, ...]:
    itself = [*([sheaf.head] if sheaf.head is not None else sheaf.held), *sheaf.about]
    held = sheaf.held if sheaf.head is not None else ()
    return tuple(
        Held(each.id, each.modified.isoformat() if each.modified else "", standing)
        for several, standing in ((itself, True), (held, False))
        for each in several
    )
