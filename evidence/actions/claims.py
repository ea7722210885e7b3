"""Claims held against figures: the item's own, or those of the item that it passes on."""

from dataclasses import dataclass
from typing import Any

from access.actor import Actor
from designations.clock import today
from evidence.actions.custody import count_up
from evidence.actions.inputs import as_usual, inputs_of
from evidence.actions.recorded import recorded
from evidence.figures import figure_named
from evidence.figures.claims import Measure, Verdict, held_against, measure_of
from evidence.lineage import with_derivatives
from evidence.models import Claim, ClaimCheck, Derivation, EvidenceItem, Figure
from evidence.words import ClaimState, Comparator, DerivationKind


@dataclass(frozen=True, slots=True)
class _Data:
    """An item's datasets as they now are: their tables, and the newest figure of each name."""

    item: EvidenceItem
    tables: frozenset[str]
    figures: dict[str, Figure]

    def reach(self, measure: Measure) -> bool:
        """Whether these tables are what the measure asks."""
        return self.tables.issuperset(figure_named(measure.figure).tables)


def check_claims_resting_on(item: EvidenceItem, *, actor: Actor | str, reason: str) -> int:
    """Check the claims of the item, and of those that pass on what it says; how many changed."""
    passing = EvidenceItem.objects.filter(pk__in=with_derivatives([item.pk]))
    resting = [each for each in passing.exclude(pk=item.pk).order_by("key") if each.claims.exists()]
    return sum(check_claims(each, actor=actor, reason=reason) for each in (item, *resting))


def check_claims(item: EvidenceItem, *, actor: Actor | str, reason: str) -> int:
    """Hold each claim of the item against the figures of its datasets; how many changed state.

    A claim that they do not reach is held against those of the one item that this one relays,
    copies, translates or summarizes, and the check says so. A claim that no figure measures keeps
    what was stated of it. One that was checked before and whose data are gone becomes
    unverifiable.
    """
    own, above = _data_of(item), None
    before = {check.said: check for check in item.claim_checks.order_by("pk")}
    changed = 0
    with recorded(actor, reason):
        for claim in item.claims.order_by("position"):
            measure = measure_of(claim.metric)
            if measure is None:
                continue
            data: _Data | None = own
            if not own.reach(measure):
                above = [_data_of(each) for each in passed_on(item)] if above is None else above
                reaching = [each for each in above if each.reach(measure)]
                data = reaching[0] if len(reaching) == 1 else None
            last = before.get(claim.said)
            if data is not None or last is not None:
                changed += _check(claim, measure, data, last)
        if changed:
            count_up(item)
    return changed


def passed_on(item: EvidenceItem) -> list[EvidenceItem]:
    """The items whose own words this one repeats today, however far up, by key.

    Left out are those that some reader of this item may not see: a check would tell them of it.
    """
    found: dict[int, EvidenceItem] = {}
    asked = [item.pk]
    while asked:
        rows = Derivation.objects.filter(
            child__in=asked,
            parent_item__isnull=False,
            kind__in=[kind.value for kind in DerivationKind if kind.collapses],
        ).select_related("parent_item")
        asked = []
        for row in rows:
            parent: Any = row.parent_item
            if parent.pk not in found and _now(row):
                found[parent.pk] = parent
                asked.append(parent.pk)
    return [each for each in sorted(found.values(), key=lambda row: row.key) if _open(item, each)]


def _now(row: Derivation) -> bool:
    return row.ended_on is None or row.ended_on > today()


def _open(item: EvidenceItem, other: EvidenceItem) -> bool:
    """Whether whoever may see the item may see the other one."""
    return set(other.markings) <= set(item.markings) and _teams(item) <= _teams(other)


def _teams(item: EvidenceItem) -> set[int]:
    return {item.owner_team_id, *item.shares.values_list("team_id", flat=True)}


def _data_of(item: EvidenceItem) -> _Data:
    """Only results of one row are needed, so no rows of long ones are read."""
    datasets = list(item.datasets.select_related("exhibit"))
    tables = frozenset(each.table for each in datasets)
    found: dict[str, Figure] = {}
    if datasets:
        for figure in item.figures.filter(row_count=1, others=[]).order_by("pk"):
            if (
                as_usual(figure.name, figure.parameters)
                and figure.inputs.keys() <= tables
                and figure.inputs == inputs_of(datasets, figure.inputs)
            ):
                found[figure.name] = figure
    return _Data(item, tables, found)


def _check(claim: Claim, measure: Measure, data: _Data | None, last: ClaimCheck | None) -> bool:
    figure = data.figures.get(measure.figure) if data is not None else None
    other = data is not None and data.item.pk != claim.item_id
    whose = f" in the data of {data.item.key}, which this item passes on" if other and data else ""
    found = None
    if figure is not None:
        found = figure.rows[0][figure.columns.index(measure.column)]
        verdict = held_against(
            Comparator(claim.comparator), claim.value, found, claim.tolerance, whose
        )
    elif data is not None and (not other or last is not None):
        verdict = Verdict(ClaimState.UNVERIFIABLE, f"{measure} could not be computed{whose}.")
    elif other:
        return False
    else:
        verdict = Verdict(
            ClaimState.UNVERIFIABLE,
            f"The data that gave {measure} are no longer a dataset of this item or of one it"
            " passes on.",
        )
    check = ClaimCheck(
        item=claim.item, figure=figure, metric=claim.metric, comparator=claim.comparator,
        value=claim.value, tolerance=claim.tolerance, measure=str(measure), found=found,
        state=verdict.state.value, why=verdict.why,
    )  # fmt: skip
    if last is None or (last.figure_id, last.state, last.why) != (
        check.figure_id,
        check.state,
        check.why,
    ):
        check.full_clean(exclude=["figure", "value", "tolerance", "found"])
        check.save()
    if claim.check_state == check.state:
        return False
    claim.check_state = check.state
    claim.save(update_fields=["check_state"])
    return True
