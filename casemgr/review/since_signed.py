"""What changed beneath a signature: the record it was given on, against the record now.

Both are kept as the engine read them, so the difference is told from what is stored and not
guessed from a history. Plain values in, sentences out.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Values = Mapping[str, Any]

_ANSWERS = ("state", "text", "on")
_BEARING = ("directness", "attribution", "interest", "why", "pinpoints")


def changed_beneath(signed: Values, now: Values, code: str) -> list[str]:
    """Sentences on what of the record beneath the element ``code`` is not as it was signed.

    >>> link = {"element": "X", "item": "E-1"}
    >>> changed_beneath({"case": {}}, {"case": {"links": [link]}}, "X")
    ['E-1 was linked for it.']
    """
    return [*_links(signed, now, code), *_items(signed, now, code), *_matters(signed, now, code)]


def _links(signed: Values, now: Values, code: str) -> Iterator[str]:
    before, after = _links_of(signed, code), _links_of(now, code)
    for (item, stance), link in after.items():
        if (item, stance) not in before:
            yield f"{item} was linked {_way(stance)}."
            continue
        was = before[item, stance]
        if _some(was.get("answer"), _ANSWERS) != _some(link.get("answer"), _ANSWERS):
            yield f"The answer to {item} {'changed' if was.get('answer') else 'was written'}."
        if _some(was, _BEARING) != _some(link, _BEARING):
            yield f"What is said of how {item} bears on it changed."
    for item, stance in before:
        if (item, stance) not in after:
            yield f"{item} is no longer linked {_way(stance)}."


def _items(signed: Values, now: Values, code: str) -> Iterator[str]:
    before, after = _lineage(signed, code), _lineage(now, code)
    for key in sorted(before.keys() & after.keys()):
        was, item = before[key], after[key]
        moved = sorted(name for name in was.keys() | item.keys() if was.get(name) != item.get(name))
        if not moved:
            continue
        if "withdrawn_on" in moved and item.get("withdrawn_on"):
            yield f"{key} was withdrawn."
        elif told := list(
            dict.fromkeys(_WORDS.get(name, name.replace("_", " ")) for name in moved)
        ):
            yield f"{key}: {_listed(told)} changed."


_WORDS = {
    "reliability": "its grading",
    "credibility": "its grading",
    "graded": "its grading",
    "gradings": "its grading",
    "derived_from": "where it comes from",
    "claims": "the check of its figures",
    "integrity": "its integrity",
    "exhibits": "its exhibits",
    "source": "its source",
    "title": "its title",
    "summary": "its summary",
    "citation": "its citation",
    "dated_on": "its date",
    "occurred": "its date",
    "translation": "its translation",
    "hand": "whether it is first-hand",
}


def _matters(signed: Values, now: Values, code: str) -> Iterator[str]:
    """What is stated of the element beside evidence: its considerations, its steps, comparators."""
    for name, words, key in _KINDS:
        before, after = _stated(signed, name, key, code), _stated(now, name, key, code)
        for each in sorted(before.keys() | after.keys()):
            if each not in before:
                yield f"{words.format(each)} was entered."
            elif each not in after:
                yield f"{words.format(each)} was taken back."
            elif before[each] != after[each]:
                yield f"{words.format(each)} changed."


_KINDS = (
    ("answers", "The answer to {}", "code"),
    ("steps", "The step {}", "code"),
    ("comparators", "The comparator {}", "name"),
    ("prior_position", "The earlier position “{}”", "what"),
)
_DEFINED_AS = {"answers": "considerations", "steps": "prerequisites"}


def _stated(record: Values, name: str, key: str, code: str) -> dict[str, Values]:
    """Rows of one kind that count on the element: the law says so, or they do themselves."""
    rows = record.get("case", {}).get(name, ())
    if name in _DEFINED_AS:
        defined = record.get("authority", {}).get(_DEFINED_AS[name], ())
        of_element = {row["code"] for row in defined if row.get("element") == code}
        return {row[key]: row for row in rows if row[key] in of_element}
    return {row[key]: row for row in rows if row.get("element") == code}


def _links_of(record: Values, code: str) -> dict[tuple[str, str], Values]:
    return {
        (link["item"], link.get("stance", "supports")): link
        for link in record.get("case", {}).get("links", ())
        if link["element"] == code and not link.get("ended_on")
    }


def _lineage(record: Values, code: str) -> dict[str, Values]:
    """The items linked to the element and everything they come from."""
    items: Mapping[str, Values] = record.get("items", {})
    pending = [item for item, _ in _links_of(record, code)]
    found: dict[str, Values] = {}
    while pending:
        key = pending.pop()
        if key in items and key not in found:
            found[key] = items[key]
            pending += [
                each["item"] for each in items[key].get("derived_from", ()) if each.get("item")
            ]
    return found


def _some(values: Values | None, names: tuple[str, ...]) -> Values:
    return {name: values[name] for name in names if values and name in values}


def _way(stance: str) -> str:
    return {"supports": "for it", "contradicts": "against it"}.get(stance, "as context")


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
