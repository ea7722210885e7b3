"""YAML 1.2 core rules: text stays text, whatever YAML 1.1 would have made of it."""

from pathlib import Path

import pytest

from designations.days import PartialDate, Period
from designations.library.load import read_file
from tests.designations.library.write import WHOLE, write_file


@pytest.mark.parametrize("word", ["NO", "on", "yes", "2026", "2026-03-26", "1_000", "0o17", "1:30"])
def test_an_unquoted_word_in_a_text_field_is_that_word(word: str, tmp_path: Path) -> None:
    text = WHOLE.replace("text: a thing done", f"text: {word}")
    (version,) = read_file(write_file(tmp_path, text))
    assert version.elements[2].text == word


def test_an_unquoted_date_in_a_range_keeps_its_precision(tmp_path: Path) -> None:
    text = WHOLE.replace('["2021-01-01", null]', "[2021-01, null]")
    (version,) = read_file(write_file(tmp_path, text))
    assert version.in_force == Period(PartialDate(2021, 1), None)


def test_an_unquoted_version_that_looks_like_a_number_is_text(tmp_path: Path) -> None:
    (version,) = read_file(write_file(tmp_path, WHOLE.replace('"2021"', "2021")))
    assert version.version == "2021"


def test_null_in_the_place_of_a_range_means_no_first_day_yet(tmp_path: Path) -> None:
    (version,) = read_file(write_file(tmp_path, WHOLE.replace('["2021-01-01", null]', "null")))
    assert version.in_force is None


def test_a_quoted_null_is_the_word_and_not_nothing(tmp_path: Path) -> None:
    text = WHOLE.replace("text: a thing done", 'text: "null"')
    (version,) = read_file(write_file(tmp_path, text))
    assert version.elements[2].text == "null"
