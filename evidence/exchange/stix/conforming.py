"""Where objects are not as STIX 2.1 has them, and what in them is not of STIX at all.

Both are said and neither stands against logging: the file is kept as it is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import stix2
from stix2.registry import STIX2_OBJ_MAPS

from evidence.exchange.stix.reading import Said, StixObject, clean

_MOST_REMARKS = 100
_LONGEST = 300
_KNOWN: Mapping[str, Any] = {
    **STIX2_OBJ_MAPS["2.1"]["objects"],
    **STIX2_OBJ_MAPS["2.1"]["observables"],
}
# Of STIX 2.0: observables within observed data.
_OLDER = frozenset({"objects"})


def is_known(type_: str) -> bool:
    """Whether STIX 2.1 defines such objects."""
    return type_ in _KNOWN


def defects(objects: Iterable[StixObject]) -> tuple[Said, ...]:
    """What is wrong with objects of known types, in the words of OASIS's own library."""
    found: list[Said] = []
    more = 0
    for each in objects:
        if not is_known(each.type) or not (said := _defect(each)):
            continue
        if len(found) < _MOST_REMARKS:
            found.append(Said(each.place, f"It is not as STIX has it: {said}", each.id))
        else:
            more += 1
    if more:
        found.append(Said("objects", f"{more:,} more objects are not as STIX has them."))
    return tuple(found)


def _defect(each: StixObject) -> str:
    try:
        stix2.parse(dict(each.data), allow_custom=True)
    except Exception as error:  # what a hostile object makes a library raise cannot be listed
        said = " ".join(clean(str(error)).split()) or type(error).__name__
        return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    return ""


def unread_types(objects: Iterable[StixObject]) -> tuple[tuple[str, int], ...]:
    """Types that STIX 2.1 does not define, with how many objects there are."""
    return _most(each.type for each in objects if not is_known(each.type))


def unread_properties(objects: Iterable[StixObject]) -> tuple[tuple[str, int], ...]:
    """Properties and extensions that STIX 2.1 does not define for their objects."""
    return _most(name for each in objects if is_known(each.type) for name in _custom(each))


def _custom(each: StixObject) -> Iterator[str]:
    known = _KNOWN[each.type]._properties
    for name, value in each.data.items():
        if name == "extensions" and isinstance(value, dict):
            yield from (clean(key) for key in value if key.startswith(("x-", "extension-")))
        elif name not in known and name not in _OLDER:
            yield clean(name)


def _most(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(name[:_LONGEST] for name in names).most_common(_MOST_REMARKS))
