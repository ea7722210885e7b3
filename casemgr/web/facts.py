"""The kinds of facts that a challenger would hold up, as the pages name, read and keep them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from access.models import User
from casemgr.actions.treatment import add_comparator, note_record_defect, state_prior_position
from casemgr.models import Case, ComparatorCase, DefectKind, PriorPosition, RecordDefect
from casemgr.models.treatment import OfCaseOrElement
from casemgr.web.forms.treatment import ComparatorForm, FactForm, GapForm, PositionForm

Add = Callable[..., OfCaseOrElement]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact: its rows, its form, the action that keeps it, and the words for it."""

    slug: str
    model: type[OfCaseOrElement]
    form: type[FactForm]
    add: Add
    fields: tuple[str, ...]
    one: str
    new: str
    end: str  # the word for ending it

    def stated(self, row: OfCaseOrElement) -> dict[str, Any]:
        """What the row states, as the form shows it."""
        named = {name: getattr(row, name) for name in self.fields}
        return named | {"element": row.case_element_id}

    def adding(self, case: Case, stated: Mapping[str, Any], actor: User, reason: str) -> Add:
        """The action with what a valid form states."""
        return partial(self.add, case, actor=actor, reason=reason, **stated)


def _note_gap(case: Case, *, kind: str, what: str, reason: str, **more: Any) -> RecordDefect:
    why = more.pop("why_left_out")
    return note_record_defect(case, DefectKind(kind), what, why_left_out=why, reason=reason, **more)


class GapKind(Kind):
    """The reason of a gap is why it was left out, which is not why one notes it."""

    __slots__ = ()

    def adding(self, case: Case, stated: Mapping[str, Any], actor: User, reason: str) -> Add:
        """The action with what a valid form states."""
        said = dict(stated)
        said["why_left_out"] = said.pop("reason")
        return partial(self.add, case, actor=actor, reason=reason, **said)


KINDS: Mapping[str, Kind] = {
    kind.slug: kind
    for kind in (
        Kind(
            "comparators",
            ComparatorCase,
            ComparatorForm,
            add_comparator,
            ("name", "same_conduct", "outcome", "explained", "explanation"),
            *("similarly situated party", "Name a similarly situated party", "Withdraw"),
        ),
        Kind(
            "positions",
            PriorPosition,
            PositionForm,
            state_prior_position,
            ("what", "reliance_addressed", "why"),
            *("earlier position", "State an earlier position", "Withdraw"),
        ),
        GapKind(
            "gaps",
            RecordDefect,
            GapForm,
            _note_gap,
            ("kind", "what", "reason"),
            *("gap of the record", "Note a gap of the record", "Resolve"),
        ),
    )
}


def live_facts(case: Case, kind: Kind) -> list[Any]:
    """Rows of the kind on the case that nothing has ended, oldest first."""
    rows: Any = kind.model._default_manager.filter(case=case)
    return list(rows.live().select_related("case_element__element").order_by("pk"))
