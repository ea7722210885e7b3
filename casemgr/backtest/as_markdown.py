"""The score as the tables of docs/backtest.md."""

from collections.abc import Iterator

from casemgr.backtest.as_text import fired, percent
from casemgr.backtest.ground import SCORED
from casemgr.backtest.score import Score
from casemgr.words import Grade


def score_markdown(score: Score) -> str:
    """Figures, confusion, ordering and every ground, as Markdown tables."""
    parts = (_figures(score), _confusion(score), _ordering(score), _grounds(score))
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def figures_markdown(score: Score) -> str:
    """The figures without the grounds."""
    return "\n\n".join("\n".join(p) for p in (_figures(score), _confusion(score))) + "\n"


def _figures(score: Score) -> Iterator[str]:
    yield (
        "| grounds | deficient flagged | null model | by the court's doctrine | upheld flagged "
        "| null model | silent upheld | upheld flagged, silent left out |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    for name, figures in (*score.groups.items(), ("all", score.all)):
        cells = (
            name,
            percent(figures.recall),
            percent(figures.null_recall),
            percent(figures.by_the_courts_doctrine),
            percent(figures.false_alarms),
            percent(figures.null_false_alarms),
            str(figures.silent_upheld),
            percent(figures.false_alarms_where_possible),
        )
        yield f"| {' | '.join(cells)} |"


def _confusion(score: Score) -> Iterator[str]:
    yield f"| court \\ engine | {' | '.join(grade.value for grade in Grade)} |"
    yield "|---|" + "---|" * len(Grade)
    for finding in SCORED:
        counts = (str(score.confusion.get((finding, grade), 0)) for grade in Grade)
        yield f"| {finding} | {' | '.join(counts)} |"


def _ordering(score: Score) -> Iterator[str]:
    ordering = score.ordering
    total = ordering.held + len(ordering.failed)
    yield f"Ordering: {ordering.held} of {total} pairs held."
    for below, above, grade, other in ordering.failed:
        yield f"`{below}` ({grade}) should grade below `{above}` ({other})."


def _grounds(score: Score) -> Iterator[str]:
    yield "| precedent | ground | court | engine | verdict | decided by | doctrines that fired |"
    yield "|---|---|---|---|---|---|---|"
    for ground in score.grounds:
        cells = (
            ground.precedent,
            f"{ground.ground} {ground.element or ''}".rstrip(),
            ground.court,
            ground.grade.value,
            ground.verdict.value,
            ground.decided_by.value,
            fired(ground),
        )
        yield f"| {' | '.join(cells)} |"
