"""Letting another team see an item."""

from django.db import transaction

from access.actor import Actor, acting
from access.models import Team
from evidence.actions.custody import count_up, record_custody
from evidence.models import CustodyKind, EvidenceItem, Share


def share(item: EvidenceItem, team: Team, *, actor: Actor | str, reason: str) -> Share | None:
    """Let ``team`` see the item, as far as each member is cleared for its markings.

    Returns None when there is nothing to do: the team owns the item. Sharing again changes
    nothing and leaves no second entry in the custody.
    """
    if item.owner_team_id == team.pk:
        return None
    with transaction.atomic(), acting(actor, reason):
        row, new = Share.objects.get_or_create(item=item, team=team)
        if new:
            record_custody(
                item, CustodyKind.SHARED, actor=actor, reason=reason, detail={"team": team.key}
            )
            count_up(item)
    return row
