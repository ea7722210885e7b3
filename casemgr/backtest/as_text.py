"""The score for a terminal: one line a ground, then the tables."""

import textwrap
from collections.abc import Iterator

from casemgr.backtest.ground import SCORED, Ground
from casemgr.backtest.score import Figures, Ordering, Score, Share
from casemgr.words import Grade

WIDTH = 100


def score_text(score: Score, in_full: bool = False) -> str:
    """Grounds, figures, confusion table, ordering; ``in_full`` adds statements and derivation."""
    lines = [f"{'ground':<28} {'court':<12} {'engine':<12} {'verdict':<12} doctrines that fired"]
    for ground in score.grounds:
        lines += _ground(ground)
        if in_full:
            lines += _in_full(ground)
    lines += ["", *_figures(score), "", *_confusion(score), "", *_ordering(score.ordering)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def fired(ground: Ground) -> str:
    """The doctrines that weigh on the ground, each once with its worst severity."""
    worst = {flag.doctrine: flag.severity for flag in reversed(ground.flags)}
    in_order = dict.fromkeys(flag.doctrine for flag in ground.flags)
    return ", ".join(f"{doctrine} ({worst[doctrine]})" for doctrine in in_order) or "–"


def percent(share: Share) -> str:
    """The share with its percentage, or a dash where nothing counts."""
    return f"{share} ({share.flagged / share.total:.0%})" if share.total else "–"


def _ground(ground: Ground) -> Iterator[str]:
    name = f"{ground.precedent} {ground.ground} {ground.element or ''}".rstrip()
    lead = f"{name:<28} {ground.court:<12} {ground.grade:<12} {ground.verdict:<12} "
    yield from textwrap.wrap(fired(ground), WIDTH, initial_indent=lead, subsequent_indent=" " * 68)


def _in_full(ground: Ground) -> Iterator[str]:
    about = f"standard {ground.standard or '–'}, stage {ground.stage or '–'}"
    yield f"    {about}, decided by {ground.decided_by}; null model: " + (
        "flagged" if ground.null else "not flagged"
    )
    if ground.court_doctrines:
        yield f"    the court: {', '.join(ground.court_doctrines)}"
    for sentence in (*(flag.statement for flag in ground.flags), *ground.derivation):
        yield from textwrap.wrap(
            sentence, WIDTH, initial_indent="    · ", subsequent_indent="      "
        )


def _figures(score: Score) -> Iterator[str]:
    columns = (
        "",
        "deficient flagged",
        "upheld flagged",
        "silent upheld",
        "null model: def., upheld",
    )
    yield "{:<12} {:<19} {:<19} {:<14} {}".format(*columns)
    for name, figures in (*score.groups.items(), ("all", score.all)):
        yield _row(name, figures)
    yield (
        "flagged by a doctrine the court applied, where the file names one: "
        f"{percent(score.all.by_the_courts_doctrine)}"
    )


def _row(name: str, figures: Figures) -> str:
    return (
        f"{name:<12} {percent(figures.recall):<19} {percent(figures.false_alarms):<19} "
        f"{figures.silent_upheld:<14} "
        f"{percent(figures.null_recall)}, {percent(figures.null_false_alarms)}"
    )


def _confusion(score: Score) -> Iterator[str]:
    yield f"{'court / engine':<16}" + "".join(f"{grade.value:>13}" for grade in Grade)
    for finding in SCORED:
        counts = (score.confusion.get((finding, grade), 0) for grade in Grade)
        yield f"{finding:<16}" + "".join(f"{count:>13}" for count in counts)


def _ordering(ordering: Ordering) -> Iterator[str]:
    yield f"ordering: {ordering.held} held, {len(ordering.failed)} failed"
    for below, above, grade, other in ordering.failed:
        yield f"  {below} ({grade}) should grade below {above} ({other})"
    for below, above in ordering.not_compared:
        yield f"  not compared, not in this folder: {below} below {above}"
