"""Generated dockets: any combination of fields, with keys that lead where they should."""

from dataclasses import MISSING, is_dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from hypothesis import strategies as st

from casemgr.apa import record
from casemgr.docket.schema import COURT, LARGEST
from casemgr.docket.shape import fields_of, list_of, without_none
from designations.days import PartialDate, Period
from designations.library.model import Authority, Consideration, Element, Prerequisite
from designations.words import ElementKind, Join

ITEMS = ("E-1", "Item 2", "no", "2026", "e: #3")
SOURCES = ("S-1", "null", "S 2")
CASES = ("A-1", "case/2", "é-3")
AUTHORITY = "list@1.0"
LEAVES = ("X-1", "X-2")
TEXT = st.text(
    st.one_of(st.sampled_from(" #:'\"\\\n\t\r-–é{}[]&*!|>%@`~,?0aZ"), st.characters(codec="utf-8"))
).filter(lambda text: "\x00" not in text)
NAME = TEXT.filter(bool)
DATE = st.one_of(
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
    st.dates().map(PartialDate.of),
)
LATER = st.builds(PartialDate, st.integers(2030, 9999))
EARLIER = st.builds(PartialDate, st.integers(1, 2029), st.integers(1, 12))
PERIOD = st.builds(Period, st.none() | EARLIER, st.none() | LATER)
NUMBER = st.one_of(
    st.integers(-LARGEST, LARGEST).map(Decimal),
    st.decimals(-(10**9), 10**9, places=4, allow_nan=False),
)

# Fields whose value must lead somewhere or keep to a form.
LEADING: dict[tuple[type, str], st.SearchStrategy[Any]] = {
    (record.Source, "descriptors"): st.lists(
        st.builds(
            record.Descriptor,
            expertise=TEXT.filter(str.strip),
            deception=TEXT,
            entered_on=st.none() | EARLIER,
            ended_on=LATER,
        ),
        max_size=2,
    ).map(tuple),
    (record.Item, "source"): st.none() | st.sampled_from(SOURCES),
    (record.Item, "credibility"): st.none() | st.integers(1, 6),
    (record.Grading, "credibility"): st.none() | st.integers(1, 6),
    (record.Item, "derived_from"): st.lists(
        st.builds(
            record.Derivation,
            kind=st.sampled_from(record.DerivationKind),
            source=st.sampled_from(SOURCES),
        ),
        max_size=2,
    ).map(tuple),
    # A tolerance belongs to a number that is claimed as about.
    (record.Item, "claims"): st.lists(
        st.builds(
            record.Claim,
            metric=NAME,
            comparator=st.sampled_from(record.Comparator),
            value=st.none() | NUMBER,
            check=st.none() | st.sampled_from(record.ClaimState),
        )
        | st.builds(
            record.Claim,
            metric=NAME,
            comparator=st.just(record.Comparator.ABOUT),
            value=NUMBER,
            tolerance=st.none() | st.decimals(0, 100, places=2),
        ),
        max_size=2,
    ).map(tuple),
    (record.Item, "exhibits"): st.lists(
        st.builds(
            record.Exhibit,
            sha256=st.binary(min_size=32, max_size=32).map(bytes.hex),
            filename=TEXT,
            role=st.sampled_from(record.ExhibitRole),
            acquired_on=st.none() | DATE,
        ),
        max_size=2,
    ).map(tuple),
    (record.Link, "item"): st.sampled_from(ITEMS),
    (record.LeftOut, "item"): st.sampled_from(ITEMS),
    (record.Finding, "cites"): st.none() | st.lists(st.sampled_from(ITEMS)).map(tuple),
    (record.Finding, "defines"): st.dictionaries(TEXT, TEXT, max_size=2).map(
        lambda terms: tuple(terms.items())
    ),
    (record.Case, "authority"): st.just(AUTHORITY),
    (record.Case, "later_pins"): st.just(()),
    (record.Case, "depends_on"): st.just(()),
    (record.Case, "decided"): st.sampled_from([None, True]),
    (record.Case, "asserts"): st.none() | st.lists(st.sampled_from(LEAVES)).map(tuple),
    (record.Case, "no_evidence"): st.lists(st.sampled_from(LEAVES)).map(tuple),
    (record.ConsiderationAnswer, "code"): st.just("C-1"),
    (record.Step, "code"): st.just("P-1"),
    (record.Package, "cases"): st.lists(st.sampled_from(CASES)).map(tuple),
    (record.Docket, "authorities"): st.deferred(lambda: AUTHORITIES),
    (record.Docket, "sources"): st.deferred(lambda: keyed(record.Source, SOURCES)),
    (record.Docket, "evidence"): st.deferred(lambda: keyed(record.Item, ITEMS)),
    (record.Docket, "cases"): st.deferred(lambda: keyed(record.Case, CASES)),
    (record.Docket, "packages"): st.deferred(lambda: keyed(record.Package, ("P", "Q"), least=0)),
    (record.Docket, "ordering"): st.lists(
        st.tuples(st.just("A-1/X-1"), st.just("Elsewhere/Y")), max_size=2
    ).map(tuple),
}
FREE_OF_LEADS = {"element": st.sampled_from(LEAVES)}


def keyed(cls: type, keys: tuple[str, ...], least: int | None = None) -> st.SearchStrategy[Any]:
    """One object for each key, or for some of them."""
    count = len(keys) if least is None else least
    return st.permutations(keys).flatmap(
        lambda order: st.tuples(
            *(of_class(cls, key=st.just(key)) for key in order[: max(count, 0)])
        )
    )


@cache
def of_dataclass(cls: type) -> st.SearchStrategy[Any]:
    """Objects of a dataclass, built once: hypothesis compiles each strategy on first use."""
    return of_class(cls)


def of_class(cls: type, **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Objects of a dataclass, each field present or at its default."""
    arguments = {}
    for each in fields_of(cls):
        place = (cls, each.attribute)
        if each.attribute in fixed:
            arguments[each.attribute] = fixed[each.attribute]
        elif place in LEADING:
            arguments[each.attribute] = LEADING[place]
        elif each.default is MISSING:
            arguments[each.attribute] = of_field(*place, each.type)
        else:
            arguments[each.attribute] = st.just(each.default) | of_field(*place, each.type)
    return st.builds(cls, **arguments)


def of_field(cls: type, name: str, hint: object) -> st.SearchStrategy[Any]:
    """Values of one field."""
    if (cls, name) == (record.Case, "court"):
        return st.lists(GROUND, max_size=2).map(tuple)
    if name in FREE_OF_LEADS:
        return FREE_OF_LEADS[name]
    if name in ("entered_on", "ended_on"):
        return EARLIER if name == "entered_on" else LATER
    return of_type(hint)


def of_type(hint: object) -> st.SearchStrategy[Any]:
    """Values of a type."""
    hint = without_none(hint)
    inner = list_of(hint)
    if inner is not None:
        return st.lists(of_type(inner), max_size=2).map(tuple)
    simple: dict[object, st.SearchStrategy[Any]] = {
        str: NAME,
        bool: st.booleans(),
        int: st.integers(0, LARGEST),
        Decimal: NUMBER,
        PartialDate: DATE,
        Period: PERIOD,
    }
    if hint in simple:
        return simple[hint]
    assert isinstance(hint, type)
    if issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    assert is_dataclass(hint)
    return of_dataclass(hint)


GROUND = st.fixed_dictionaries(
    {"ground": st.integers(0, 9), "finding": st.sampled_from(["upheld", "deficient"])},
    optional={
        "element": st.sampled_from(LEAVES),
        "stage": st.sampled_from(COURT["properties"]["stage"]["enum"][:-1]),
        "doctrines": st.lists(NAME, max_size=2).map(tuple),
        "verified": st.booleans(),
        "note": TEXT,
    },
)
AUTHORITIES = st.builds(
    lambda title, in_force, texts: (
        Authority(
            slug="list",
            version="1.0",
            title=title,
            in_force=in_force,
            elements=(
                Element(code="X-0", join=Join.ANY, text=texts[0]),
                Element(code="X-1", parent="X-0", kind=ElementKind.STATUS, text=texts[1]),
                Element(code="X-2", kind=ElementKind.FACT, undefined_terms=(texts[2],)),
            ),
            considerations=(Consideration(code="C-1", element="X-1", main=True),),
            prerequisites=(Prerequisite(code="P-1", text=texts[0]),),
        ),
    ),
    TEXT,
    st.none() | PERIOD,
    st.tuples(TEXT, TEXT, TEXT),
)
DOCKETS = of_class(record.Docket)
