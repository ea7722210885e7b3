"""Saying where an item comes from."""

from django.core.exceptions import ValidationError
from django.db import connection

from access.actor import Actor
from designations.clock import today
from designations.days import PartialDate
from evidence.actions.claims import check_claims
from evidence.actions.custody import count_up
from evidence.actions.recorded import recorded
from evidence.actions.sharing import open_lineage
from evidence.lineage import lock_lineage, teams_resting_on, with_derivatives
from evidence.models import Derivation, EvidenceItem, Source
from evidence.words import DerivationKind


def derive(
    child: EvidenceItem,
    kind: DerivationKind,
    *,
    actor: Actor | str,
    reason: str,
    parent_item: EvidenceItem | None = None,
    parent_source: Source | None = None,
    grant_share: bool = False,
) -> Derivation:
    """Say from today on that ``child`` comes from exactly one parent, an item or a source.

    A team whose case rests on the child must hold the parent item and all it comes from;
    ``grant_share`` shares them with it, if the actor may. Raises ValidationError where it does
    not, for none or two parents, and for a chain that would return to where it began, naming the
    chain.
    """
    row = Derivation(
        child=child,
        parent_item=parent_item,
        parent_source=parent_source,
        kind=kind.value,
        why=reason,
    )
    row.entered = PartialDate.of(today())
    return store_derivation(row, actor=actor, reason=reason, grant_share=grant_share)


def store_derivation(
    row: Derivation, *, actor: Actor | str, reason: str, grant_share: bool = False
) -> Derivation:
    """Save a derivation after the checks of every way in, one chain at a time."""
    with recorded(actor, reason):
        lock_lineage()
        row.position = Derivation.objects.filter(child=row.child).count()
        row.full_clean()
        if row.parent_item is not None:
            _refuse_circle(row)
            for team in teams_resting_on(with_derivatives([row.child_id])):
                open_lineage(
                    row.parent_item,
                    team,
                    actor=actor,
                    reason=reason,
                    grant=grant_share,
                    field="parent_item",
                )
        row.save()
        count_up(row.child)
        check_claims(row.child, actor=actor, reason=reason)
    return row


def end_derivation(row: Derivation, *, actor: Actor | str, reason: str) -> Derivation:
    """From today on the child is not said to come from this parent any more."""
    with recorded(actor, reason):
        row = Derivation.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if row.ended_on is None:
            row.ended_from = PartialDate.of(today())
            row.why = reason
            row.full_clean()
            row.save()
            count_up(row.child)
            check_claims(row.child, actor=actor, reason=reason)
    return row


def _refuse_circle(row: Derivation) -> None:
    """The trigger refuses a circle too; here the refusal names the chain, by public keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE above (item_id, chain) AS (
                SELECT %(parent)s::bigint, ARRAY[%(child)s, %(parent)s]::bigint[]
                UNION ALL
                SELECT further.parent_item_id, above.chain || further.parent_item_id
                  FROM evidence_derivation further JOIN above ON further.child_id = above.item_id
                 WHERE further.parent_item_id IS NOT NULL
                   AND above.item_id <> %(child)s
                   AND daterange(further.entered_on, further.ended_on, '[)')
                       && daterange(%(entered)s::date, %(ended)s::date, '[)')
            )
            SELECT ARRAY(SELECT key FROM unnest(chain) WITH ORDINALITY step (id, place)
                           JOIN evidence_evidenceitem item ON item.id = step.id ORDER BY place)
              FROM above WHERE item_id = %(child)s LIMIT 1
            """,
            {
                "parent": row.parent_item_id,
                "child": row.child_id,
                "entered": row.entered_on,
                "ended": row.ended_on,
            },
        )
        found = cursor.fetchone()
    if found:
        raise ValidationError(
            {
                "parent_item": f"This closes a circle: {' comes from '.join(found[0])}. An origin "
                "cannot come from what was made of it: end one of these derivations."
            }
        )
