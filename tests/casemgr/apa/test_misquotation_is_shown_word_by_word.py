"""A flag on a misquoted standard shows what was changed, not only that something was."""

from dataclasses import replace

import pytest

from tests.casemgr.apa.builders import authority, element, finding, judged, raised, sound

TEXT = "owned or controlled by, or affiliated with, the armed forces or a ministry"


@pytest.mark.parametrize(
    ("quoted", "difference"),
    [
        (
            "owned or directed by, or affiliated with, the armed forces",
            "it has “directed” where the text has “controlled”",
        ),
        ("owned by, or affiliated with, the armed forces", "it leaves out “or controlled”"),
        (
            "closely affiliated with, the armed forces or a ministry",
            "it has “closely” where the text has “or”",
        ),
        ("or affiliated with, in fact, the armed forces", "it adds “in fact,”"),
        ("contributes materially to modernization", "nothing like it stands there"),
    ],
)
def test_the_change_is_named(quoted: str, difference: str) -> None:
    law = authority(replace(element(), text=TEXT))
    given = sound(law=law, findings=(finding("X-1", "E-1", "E-2", quoted_standard=quoted),))
    flag = next(f for f in judged(given).flags if f.doctrine == "misquoted-standard")
    assert difference in flag.statement


@pytest.mark.parametrize(
    "quoted",
    [
        '"Operative   words" of X-1.',
        "“operative words” of X-1;",
        "operative [...] of x-1",
        "operative words",
    ],
)
def test_case_marks_and_spaces_do_not_misquote(quoted: str) -> None:
    given = sound(findings=(finding("X-1", "E-1", quoted_standard=quoted),))
    assert "misquoted-standard" not in raised(given)
