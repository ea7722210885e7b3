"""Cases: their authority exists, their codes are its codes, what they name is there."""

from collections.abc import Callable
from difflib import get_close_matches

from casemgr.docket.check.cursor import Cursor, in_circle, must_name, unique
from casemgr.docket.check.law import Codes
from designations.days import PartialDate

Finder = Callable[[str], Codes | list[str]]

# Lists of a case whose entries may name an element, and the field that does.
NAMING_AN_ELEMENT = ("links", "findings", "comparators", "court")


def check_cases(top: Cursor, find: Finder) -> None:
    """Refuse every name in a case, a package or an ordering that leads nowhere."""
    cases = unique(top.objects("cases"), "key", "case")
    items = {key for item in top.objects("evidence") if (key := item.text("key"))}
    codes = {key: _codes(case, find) for key, case in cases.items()}
    for case in top.objects("cases"):
        key = case.text("key") or ""
        own = codes[key] if cases.get(key) == case else _codes(case, find, silent=True)
        if own is not None:
            _codes_exist(case, own)
        _items_exist(case, items)
        _decided_or_not(case)
        _rests_on(case, cases, codes)
    _dependencies_are_acyclic(cases)
    packages = unique(top.objects("packages"), "key", "package")
    for package in packages.values():
        for named in package.each("cases"):
            must_name(named, cases, "the key of a case in this file")
    for pair in top.each("ordering"):
        for index in (0, 1):
            _ordered_ground(pair.at(index), cases, codes)


def _codes(case: Cursor, find: Finder, silent: bool = False) -> Codes | None:
    """The codes of every version the case is pinned to, None where one is not known."""
    named = [case.at("authority"), *(pin.at("authority") for pin in case.objects("later_pins"))]
    known: list[Codes] = []
    complete = True
    for place in named:
        if not isinstance(place.value, str) or "@" not in place.value:
            complete = False
            continue
        looked_up = find(place.value)
        if isinstance(looked_up, Codes):
            known.append(looked_up)
            continue
        complete = False
        if not silent:
            _unknown_authority(place, looked_up)
    if not silent:
        _pins(case)
    if not complete or not known:
        return None
    return Codes(
        frozenset().union(*(each.elements for each in known)),
        frozenset().union(*(each.considerations for each in known)),
        frozenset().union(*(each.prerequisites for each in known)),
    )


def _unknown_authority(place: Cursor, known: list[str]) -> None:
    slug = place.value.partition("@")[0]
    versions = [name for name in known if name.partition("@")[0] == slug]
    near = versions or get_close_matches(place.value, known, n=3, cutoff=0.5)
    place.refuse(
        f"{place.value!r} is neither in this file's authorities nor in the library",
        f"did you mean {' or '.join(near)}?" if near else "bring it under authorities",
    )


def _pins(case: Cursor) -> None:
    slug = (case.text("authority") or "").partition("@")[0]
    before: PartialDate | None = None
    for pin in case.objects("later_pins"):
        name = pin.text("authority")
        if name and slug and name.partition("@")[0] != slug:
            pin.at("authority").refuse(
                f"a later pin is another version of {slug!r}, not another authority",
                "open a case of its own under the other authority",
            )
        try:
            start = PartialDate.parse(pin.text("from") or "")
        except ValueError:
            continue  # refused as a date already
        if before and start.first() <= before.first():
            pin.at("from").refuse(
                f"{start} is not after the pin before it ({before})", "list pins earliest first"
            )
        before = start


def _codes_exist(case: Cursor, codes: Codes) -> None:
    authority = case.text("authority")
    an_element = f"an element of {authority}"
    for name in NAMING_AN_ELEMENT:
        for entry in case.objects(name):
            must_name(entry.at("element"), sorted(codes.elements), an_element)
    for name in ("asserts", "no_evidence"):
        for entry in case.each(name):
            must_name(entry, sorted(codes.elements), an_element)
    for position in (case.at("prior_position"), *case.objects("prior_position")):
        must_name(position.at("element"), sorted(codes.elements), an_element)
    for left_out in case.at("record").objects("left_out"):
        must_name(left_out.at("element"), sorted(codes.elements), an_element)
    for answer in case.objects("answers"):
        what = f"a consideration of {authority}"
        must_name(answer.at("code"), sorted(codes.considerations), what)
    for step in case.objects("steps"):
        what = f"a prerequisite of {authority}"
        must_name(step.at("code"), sorted(codes.prerequisites), what)


def _items_exist(case: Cursor, items: set[str]) -> None:
    what = "the key of an evidence item in this file"
    for link in case.objects("links"):
        must_name(link.at("item"), sorted(items), what)
    for finding in case.objects("findings"):
        for cited in finding.each("cites"):
            must_name(cited, sorted(items), what)
    for left_out in case.at("record").objects("left_out"):
        must_name(left_out.at("item"), sorted(items), what)


def _decided_or_not(case: Cursor) -> None:
    if case.value.get("decided") is False and case.text("decided_on"):
        case.at("decided").refuse(
            "decided: false, but decided_on gives a day", "remove one of the two"
        )


def _rests_on(case: Cursor, cases: dict[str, Cursor], codes: dict[str, Codes | None]) -> None:
    for named in case.each("depends_on"):
        if not isinstance(named.value, str) or "/" not in named.value:
            continue
        other, _, element = named.value.rpartition("/")
        if other not in cases:
            near = get_close_matches(other, cases, n=1, cutoff=0.6)
            named.refuse(
                f"{other!r} is not the key of a case in this file",
                f"did you mean '{near[0]}/{element}'?" if near else "write CASE/ELEMENT",
            )
        else:
            _element_of(named, element, codes[other])


def _ordered_ground(
    place: Cursor, cases: dict[str, Cursor], codes: dict[str, Codes | None]
) -> None:
    """A ground of a case in another file cannot be checked here."""
    if isinstance(place.value, str) and "/" in place.value:
        other, _, element = place.value.rpartition("/")
        if other in cases:
            _element_of(place, element, codes[other])


def _element_of(place: Cursor, element: str, codes: Codes | None) -> None:
    if codes is not None and element not in codes.elements:
        place.refuse(
            f"{element!r} is not an element of that case's authority",
            f"one of: {', '.join(sorted(codes.elements))}",
        )


def _dependencies_are_acyclic(cases: dict[str, Cursor]) -> None:
    parents = {
        key: [
            named.value.rpartition("/")[0]
            for named in case.each("depends_on")
            if isinstance(named.value, str)
        ]
        for key, case in cases.items()
    }
    told: set[str] = set()
    for key, above in parents.items():
        if not above or key in told:
            continue
        way = in_circle(key, parents)
        if way:
            cases[key].at("depends_on").refuse(
                f"the cases rest on each other in a circle: {' → '.join(way)}",
                "remove one dependency",
            )
            told.update(way)
