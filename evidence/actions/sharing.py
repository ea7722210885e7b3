"""Letting another team see an item."""

from django.core.exceptions import ValidationError

from access.actor import Actor
from access.models import Team, User
from access.policy import Verb, may, roles_that_may
from evidence.actions.custody import count_up, record_custody
from evidence.actions.recorded import recorded
from evidence.lineage import lock_lineage, with_origins
from evidence.models import CustodyKind, EvidenceItem, Share


def share(item: EvidenceItem, team: Team, *, actor: Actor | str, reason: str) -> Share | None:
    """Let ``team`` see the item, as far as each member is cleared for its markings.

    Returns None when there is nothing to do: the team owns the item. Sharing again changes
    nothing and leaves no second entry in the custody.
    """
    if item.owner_team_id == team.pk:
        return None
    with recorded(actor, reason):
        row, new = Share.objects.get_or_create(item=item, team=team)
        if new:
            record_custody(
                item, CustodyKind.SHARED, actor=actor, reason=reason, detail={"team": team.key}
            )
            count_up(item)
    return row


def open_lineage(
    item: EvidenceItem,
    team: Team,
    *,
    actor: Actor | str,
    reason: str,
    grant: bool = False,
    field: str = "item",
) -> list[EvidenceItem]:
    """See to it that ``team`` has the item and all that it comes from; returns these items.

    What the team lacks is shared with it if ``grant`` says so and the actor may share it; each
    share leaves its entry in the custody. Call it within the transaction that relies on it: the
    chains stay as they are until that ends. Raises ValidationError, under ``field``, naming the
    item that stands in the way; of an item beyond the actor's sight it names only what comes
    from it.
    """
    with recorded(actor, reason):
        lock_lineage()
        ids = with_origins([item.pk])
        rows = EvidenceItem.objects.filter(pk__in=ids).select_related("owner_team")
        lineage = list(rows.order_by("pk"))
        if isinstance(actor, User):
            seen = EvidenceItem.objects.visible_to(actor).filter(pk__in=ids)
            if seen.count() != len(lineage):
                raise ValidationError(
                    {
                        field: f"{item.key} comes from evidence that you may not see, and who sees "
                        "a case sees all it rests on: have someone do this who may see all of it."
                    }
                )
        held = set(
            EvidenceItem.objects.filter(pk__in=ids, shares__team=team).values_list("pk", flat=True)
        )
        lacking = [row for row in lineage if row.owner_team_id != team.pk and row.pk not in held]
        for row in lacking:
            _may_share(row, item, team, actor, grant=grant, field=field)
        for row in lacking:
            share(row, team, actor=actor, reason=reason)
    return lineage


def _may_share(
    row: EvidenceItem,
    item: EvidenceItem,
    team: Team,
    actor: Actor | str,
    *,
    grant: bool,
    field: str,
) -> None:
    what = row.key if row.pk == item.pk else f"{row.key}, from which {item.key} comes,"
    if not grant:
        raise ValidationError(
            {field: f"{what} is not shared with {team}: share it, or ask to grant that."}
        )
    if isinstance(actor, User) and not may(
        actor.standings_in(row.owner_team), "evidence", Verb.SHARE
    ):
        raise ValidationError(
            {
                field: f"Sharing {what.rstrip(',')} with {team} is for "
                f"{roles_that_may('evidence', Verb.SHARE)} of {row.owner_team}: ask one."
            }
        )
