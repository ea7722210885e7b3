"""The line of a path, for problems found after the text itself was left behind."""

import re
from collections.abc import Iterable
from dataclasses import replace

from casemgr.docket.errors import DocketError, Path, Problem, dotted
from casemgr.docket.parse import line_of_every_path, parse_yaml

_LAST_STEP = re.compile(r"(\[\d+\]|\.?[^.\[\]]+)$")


def lines_of(text: str) -> dict[Path, int]:
    """Line by path. YAML can nearly always read a JSON text too; where it cannot, no lines."""
    try:
        return dict(line_of_every_path(parse_yaml(text)))
    except DocketError:
        return {}


def located(problems: Iterable[Problem], text: str) -> tuple[Problem, ...]:
    """The same problems, each with the line of its path or of the nearest thing around it."""
    lines = {dotted(path): line for path, line in lines_of(text).items()}
    return tuple(
        problem if problem.line else replace(problem, line=_nearest(problem.path, lines))
        for problem in problems
    )


def _nearest(path: str, lines: dict[str, int]) -> int | None:
    while path and path not in lines:
        shorter = _LAST_STEP.sub("", path)
        if shorter == path:
            return None
        path = shorter
    return lines.get(path)
