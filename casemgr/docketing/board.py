"""The docket as a board: a column a stage, in each the cases that stand there longest."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from access.models import User
from casemgr.docketing.narrow import cases_asked_for
from casemgr.docketing.page import lines
from casemgr.docketing.query import DocketQuery
from casemgr.models import OPEN_STAGES, Stage

CARDS_A_COLUMN = 12


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One stage, how many cases stand in it, the first of them, and the docket with them all."""

    stage: Stage
    cases: int
    cards: tuple[Any, ...]
    query: str

    @property
    def more(self) -> int:
        """Cases that the column does not show."""
        return self.cases - len(self.cards)


def read_board(user: User, asked: DocketQuery, today: date) -> tuple[BoardColumn, ...]:
    """The open stages, and decided; two queries whatever the number of cases.

    A stage that was asked for narrows nothing here: every stage is a column.
    """
    shown = (*OPEN_STAGES[:-1], Stage.DECIDED, Stage.DELISTING_REVIEW)
    rows: Any = cases_asked_for(user, asked, today, any_stage=True).filter(stage__in=shown)
    in_stage: dict[str, Any] = {"partition_by": [F("stage")]}
    longest_first = [F("stage_since").asc(nulls_last=True), F("key").asc()]
    placed = (
        rows.with_stage_since()
        .order_by()
        .annotate(
            place=Window(RowNumber(), order_by=longest_first, **in_stage),
            in_all=Window(Count("pk"), **in_stage),
        )
        .filter(place__lte=CARDS_A_COLUMN)
        .order_by("stage", "place")
        .values_list("pk", "stage", "in_all")
    )
    counts: dict[str, int] = {}
    first: dict[str, list[int]] = {}
    for pk, stage, number in placed:
        counts[stage] = number
        first.setdefault(stage, []).append(pk)
    cards = {
        case.pk: case for case in lines([pk for column in first.values() for pk in column], today)
    }
    return tuple(
        BoardColumn(
            stage=stage,
            cases=counts.get(stage.value, 0),
            cards=tuple(cards[pk] for pk in first.get(stage.value, ()) if pk in cards),
            query=asked.address(stage=(stage.value,), sort="since"),
        )
        for stage in shown
    )
