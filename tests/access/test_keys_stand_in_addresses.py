"""A key stands in addresses, so it is none of the words that stand there for something else."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.urls import URLPattern, URLResolver, get_resolver

from access.keys import RESERVED, refusal_of_key
from casemgr.models import Case, Package, SavedView, Task
from designations.models import Designee
from evidence.models import EvidenceItem, Source

OF_A_PATH = {".", ".."}  # steps of a path, whatever addresses there are


def routes(of: URLResolver, before: str = "") -> Iterator[str]:
    """Every address of the service as it is written in the URL configuration."""
    for each in of.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            if each.app_name != "admin":  # numbers its rows, and has no keys
                yield from routes(each, route)
        elif isinstance(each, URLPattern):
            yield route


def words_beside_keys() -> set[str]:
    """Words that begin an address of which another has a key in the same place."""
    beside: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for route in routes(get_resolver("config.urls")):
        places = tuple(
            "<key>" if part.startswith(("<str:key", "<key:")) else part for part in route.split("/")
        )
        for at, part in enumerate(places):
            beside[places[:at]].add(part)
    return {
        part
        for parts in beside.values()
        if "<key>" in parts
        for part in parts
        if part and not part.startswith("<")
    }


def test_the_words_reserved_are_those_that_stand_beside_keys_in_addresses() -> None:
    assert words_beside_keys() | OF_A_PATH == RESERVED


@pytest.mark.parametrize("key", ["new", "export.csv", "..", "a/b", " a", "a ", ""])
def test_such_a_text_is_refused_with_the_fix(key) -> None:
    refusal = refusal_of_key(key)
    assert refusal is not None
    assert refusal.why
    assert refusal.fix


@pytest.mark.parametrize("key", ["news", "New", "E-1", "a b", "E-B9S2EEJ855"])
def test_any_other_text_may_be_a_key(key) -> None:
    assert refusal_of_key(key) is None


@pytest.mark.parametrize("model", [EvidenceItem, Source, Case, Package, Designee, Task, SavedView])
def test_every_row_with_a_key_refuses_it_and_names_the_field(model) -> None:
    field = model._meta.get_field("key")
    with pytest.raises(ValidationError, match="cannot be a key, because addresses use this word"):
        field.clean("new", model())
    with pytest.raises(ValidationError) as refusal:
        model(key="new").clean_fields()
    assert "key" in refusal.value.error_dict


def test_a_row_that_has_such_a_key_from_before_can_still_be_amended() -> None:
    item = EvidenceItem(key="new")
    item._state.adding = False
    assert EvidenceItem._meta.get_field("key").clean("new", item) == "new"
