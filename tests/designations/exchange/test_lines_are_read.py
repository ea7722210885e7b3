"""Lines of a FollowTheMoney file: what is wrong is named by its line, and nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designations.exchange.ftm.entities import (
    MOST_BYTES,
    MOST_ENTITIES,
    Entity,
    FtmError,
    read_lines,
    write_lines,
)
from tests.designations.exchange.entities import entity, lines


def test_an_entity_is_its_line() -> None:
    read = read_lines(lines(entity("a", "Person", name=["Jane", "Jane", " "])))
    assert read.problems == []
    (person,) = read.entities
    assert (person.id, person.schema, person.line) == ("a", "Person", 1)
    assert person.properties == {"name": ("Jane",)}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "no JSON"),
        ("[1]", "no JSON object"),
        ('{"schema": "Person"}', "no id"),
        ('{"id": null, "schema": "Person"}', "no id"),
        ('{"id": "a"}', "no schema"),
        ('{"id": "a", "schema": "P", "properties": []}', "properties is no object"),
        ('{"id": "a", "schema": "P", "properties": {"name": false}}', "true or false"),
        ('{"id": "a", "schema": "P", "properties": {"name": NaN}}', "NaN is no JSON"),
        ('{"id": "a", "schema": "P", "properties": {"name": [-Infinity]}}', "-Infinity"),
        ('{"id": "a", "schema": "P", "properties": {"name": [null]}}', "name holds null"),
        ('{"id": "a", "schema": "P", "properties": {"name": [true]}}', "true or false"),
        ('{"id": "a", "schema": "P", "properties": {"owner": [{"id": "b"}]}}', "flat file"),
        ('{"id": "a", "schema": "P", "properties": {"name": {}}}', "name is an object"),
        ('{"id": "a", "id": "b", "schema": "P"}', "'id' stands twice"),
        ('{"id": "a\\u0000", "schema": "P"}', "no database can keep"),
        ('{"id": "a", "schema": "P", "referents": ["\\u0000"]}', "Referents holds a character"),
        ('{"id": "a", "schema": "P", "datasets": ["\\ud800"]}', "Datasets holds a character"),
        ('{"id": "a", "schema": "P", "properties": {"\\ud800": []}}', "name of the property"),
        ('{"id": "' + "a" * 201 + '", "schema": "P"}', "201 characters"),
        ('{"id": "a", "schema": "P", "properties": ' + "[" * 100_000, "nested too deeply"),
    ],
)
def test_a_broken_line_is_named_with_what_is_wrong(line: str, said: str) -> None:
    read = read_lines(lines(entity("first", "Person", name="Jane"), line))
    (problem,) = read.problems
    assert problem.line == 2
    assert said in problem.said
    assert [each.id for each in read.entities] == ["first"]


def test_numbers_are_their_digits_and_never_a_float() -> None:
    line = '{"id": "a", "schema": "P", "properties": {"percentage": [1e999, 0.10, 123]}}'
    (read,) = read_lines(lines(line)).entities
    assert read.properties["percentage"] == ("1e999", "0.10", "123")


def test_bytes_that_are_no_text_are_named() -> None:
    (problem,) = read_lines(b'{"id": "\xff"}\n').problems
    assert "Byte 9" in problem.said


def test_values_no_database_can_keep_are_left_out_and_named() -> None:
    line = '{"id": "a", "schema": "P", "properties": {"name": ["a\\u0000b", "\\ud800", "ok"]}}'
    read = read_lines(lines(line))
    assert read.entities[0].properties == {"name": ("ok",)}
    assert [(each.line, each.what) for each in read.left_out] == [(1, "name"), (1, "name")]


def test_a_line_that_comes_again_is_passed_over_and_one_that_says_otherwise_is_a_problem() -> None:
    jane = entity("a", "Person", name="Jane")
    read = read_lines(lines(jane, jane, entity("a", "Person", name="John")))
    assert [each.why for each in read.left_out] == ["repeats line 1"]
    assert [each.line for each in read.problems] == [3]
    assert "ftm aggregate" in read.problems[0].said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"[\n", "one JSON list"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"PK\x03\x04", "compressed"),
        (b"{" * (MOST_BYTES + 1), "larger than"),
        (b"{}\n" * 100_000, "100,000 entities"),
    ],
    ids=["nothing", "blank", "list", "gzip", "zip", "large", "many"],
)
def test_what_is_no_such_file_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(FtmError, match=said):
        read_lines(content)


def test_of_many_wrong_lines_the_first_are_told() -> None:
    read = read_lines(b"{\n" * MOST_ENTITIES)
    assert len(read.problems) == 51
    assert "More lines" in read.problems[-1].said


def test_a_byte_order_mark_and_windows_lines_do_no_harm() -> None:
    content = b"\xef\xbb\xbf" + lines(entity("a", "P")).replace(b"\n", b"\r\n")
    assert [each.id for each in read_lines(content).entities] == ["a"]


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    try:
        read = read_lines(content)
    except FtmError:
        return
    assert len(read.entities) + len(read.problems) + len(read.left_out) > 0


_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=20
)


@given(
    _TEXT,
    _TEXT,
    st.dictionaries(_TEXT, st.lists(_TEXT, min_size=1, unique=True).map(tuple), max_size=4),
)
def test_what_is_written_is_read_as_the_same(identity, schema, properties) -> None:
    written = Entity(identity, schema, properties, 1, ("d",), ("r",))
    read = read_lines("".join(write_lines([written])).encode())
    assert read.entities == [written]
