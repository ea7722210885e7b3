"""docs/backtest.md is written by the command, and its sensitivities are run again."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from casemgr.backtest.as_markdown import figures_markdown, score_markdown
from casemgr.backtest.as_text import percent

PAGE = (Path(__file__).parents[3] / "docs" / "backtest.md").read_text("utf-8")


def between(name: str) -> str:
    """What the page holds between two markers."""
    return PAGE.partition(f"<!-- {name} -->\n")[2].partition(f"<!-- end of {name} -->")[0]


def without(pattern: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, "", text)


def instead(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


SENSITIVITIES = {
    "every *unanswered* not stated": instead("state: unanswered", "state: not-stated"),
    "*untested* not stated": without(r",\s*settledness: untested"),
    "*untested* → contested": instead("settledness: untested", "settledness: contested"),
    "*circumstantial* not stated": without(r"directness: circumstantial,\s*"),
    "TikTok T-1: no answer stated": without(
        r"(?<=informational materials),\s*answer: \{state: unanswered\}"
    ),
    "Bazzi (Mohammad): no reason for leaving the letter out": without(
        r"\n *reason: the earlier letter;.*"
    ),
    "Holy Land: the favorable evidence unanswered": lambda text: (
        text.replace("state: not-stated", "state: unanswered") if "HOLY-LAND" in text else text
    ),
    "Saderat: pressure marked as motive": lambda text: (
        text.replace("directness: circumstantial", "directness: circumstantial, bears_on: motive")
        if "SADERAT" in text
        else text
    ),
    "bodies of evidence as single items": without(r",\s*body: true|\n *body: true"),
}


def test_the_tables_are_the_command_s_own(shipped):
    assert between("backtest").strip() == score_markdown(shipped).strip(), (
        "docs/backtest.md is behind: put the output of manage.py backtest --format markdown "
        "between its markers"
    )


def test_the_live_twins_read_as_the_page_says(twins):
    assert between("live-twin").strip() == figures_markdown(twins).strip()


def test_every_sensitivity_on_the_page_is_run():
    named = [row.split(" | ")[0].removeprefix("| ") for row in between("sensitivity").splitlines()]
    assert named[2:] == list(SENSITIVITIES)


@pytest.mark.parametrize("change", SENSITIVITIES)
def test_each_sensitivity_reads_as_the_page_says(change, score_shipped_with):
    edited: list[bool] = []

    def edit(text: str) -> str:
        after = SENSITIVITIES[change](text)
        edited.append(after != text)
        return after

    result = score_shipped_with(edit)
    assert any(edited), "the change finds nothing to change any more"
    row = (
        f"| {change} | {percent(result.all.recall)} | {percent(result.all.false_alarms)} "
        f"| {result.ordering.held} |"
    )
    assert row in between("sensitivity"), f"the page should read: {row}"
