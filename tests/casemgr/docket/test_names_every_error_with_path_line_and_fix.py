"""Every error of a file is listed at once, with its place, what is wrong and what mends it."""

import pytest

from casemgr.docket import DocketError, Problem, read_docket
from tests.casemgr.docket.docket_texts import DOCKET, with_case, with_item


def problems(text: str) -> tuple[Problem, ...]:
    """What reading refuses."""
    with pytest.raises(DocketError) as refused:
        read_docket(text)
    return refused.value.errors


def only(text: str) -> Problem:
    """The one thing that reading refuses."""
    (problem,) = problems(text)
    return problem


def line_of(text: str, part: str) -> int:
    """The line on which a part of the text first stands, counted from 1."""
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def test_all_errors_of_a_file_are_collected():
    text = with_case("colour: red\nas_of: 2021-13\nno_evidence: [X-9]\ndecided: maybe")
    found = {problem.path: problem for problem in problems(text)}
    assert set(found) == {
        "cases[0].colour",
        "cases[0].as_of",
        "cases[0].no_evidence[0]",
        "cases[0].decided",
    }
    for path, problem in found.items():
        field = path.split(".")[1].split("[")[0]
        assert problem.line == line_of(text, f"    {field}:")
        assert problem.message
        assert problem.fix


def test_an_unknown_field_names_the_nearest_known_one():
    problem = only(with_item("reliabilty: B"))
    assert problem.path == "evidence[2].reliabilty"
    assert "unknown field 'reliabilty'" in problem.message
    assert problem.fix == "did you mean 'reliability'?"


def test_an_unknown_field_far_from_any_lists_the_fields_there_are():
    assert "credibility" in only(with_item("zzzz: 1")).fix


def test_text_cut_off_at_a_comma_is_to_be_put_in_quotes():
    text = with_case("designee: {key: D-1, name: Acme, of Example City}")
    assert "put that whole text in quotes" in only(text).fix


def test_an_unknown_word_names_the_nearest_known_one():
    problem = only(with_item("kind: press-raport"))
    assert problem.path == "evidence[2].kind"
    assert "did you mean 'press-report'?" in problem.fix


def test_a_missing_field_is_named_at_its_object():
    problem = only(DOCKET.replace(", stance: supports", ""))
    assert problem.path == "cases[0].links[0]"
    assert "'stance' is missing" in problem.message


def test_a_field_written_twice_is_refused_with_both_lines():
    text = with_case("as_of: 2021-01-01\nas_of: 2021-01-02")
    problem = only(text)
    assert problem.path == "cases[0].as_of"
    assert problem.line == line_of(text, "as_of: 2021-01-02")
    assert f"line {line_of(text, 'as_of: 2021-01-01')}" in problem.message


@pytest.mark.parametrize(
    ("fields", "fix"),
    [
        ('body: "true"', "write true or false, without quotes"),
        ("body: yes", "write true or false, without quotes"),
        ('credibility: "2"', "write a whole number, digits only, without quotes"),
        ("credibility: 7", "between 1 and 6"),
        ("markings: CUI", "put it in brackets: [CUI]"),
        ("dated_on: 3 May 2021", "write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("occurred: [2021]", "write [first, last]"),
        ("occurred: 2021", "put it in brackets: [2021]"),
        ("exhibits: [{sha256: abc}]", "64 hexadecimal digits"),
        ("claims: [{metric: m, value: many}]", "as text"),
        ("claims: [{metric: m, value: 5, tolerance: 5}]", "write comparator: about"),
        ("claims: [{metric: m, comparator: about, value: 5, tolerance: 101}]", "from 0 to 100"),
        ("derived_from: [{kind: relays}]", "write item: KEY or source: KEY"),
        (
            "derived_from: [{kind: relays, item: E-1, source: S-1}]",
            "write item: KEY or source: KEY",
        ),
        (
            "derived_from: [{kind: relays, item: E-3}]",
            "an item cannot come from what comes from it",
        ),
        ("occurred: [2021-05, 2021-04]", "write the earlier date first"),
        ("dated_on: 2021-02-30", "write a day that the calendar has"),
        ("source: S-2", "did you mean 'S-1'?"),
    ],
)
def test_an_error_says_what_mends_it(fields, fix):
    problem = only(with_item(fields))
    assert problem.path.startswith("evidence[2]")
    assert fix in problem.fix


def test_a_fractional_number_in_json_is_an_error_that_shows_the_text_to_write():
    text = (
        '{"docket": 1,\n "evidence": [{"key": "E-1",\n "claims": [{"metric": "m", "value": 1.5}]}]}'
    )
    problem = only(text)
    assert problem.path == "evidence[0].claims[0].value"
    assert problem.fix == 'write it as text: "1.5"'
    assert problem.line == 3


def test_a_line_reads_file_line_path_message():
    with pytest.raises(DocketError) as refused:
        read_docket(with_item("body: yes"), filename="a.yaml")
    (line,) = refused.value.lines()
    assert line.startswith("a.yaml:20: evidence[2].body: expected true or false, found 'yes'")


def test_the_format_must_be_stated():
    problem = only(DOCKET.replace("docket: 1\n", ""))
    assert "'docket' is missing" in problem.message
    assert "write 1" in only(DOCKET.replace("docket: 1\n", "docket: 2\n")).fix
