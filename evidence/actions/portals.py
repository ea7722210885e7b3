"""Portals: opened for a provider, their keys made and ended. Who delivers is in deliveries.py."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError

from access.actions import issue_deposit_key, open_depositor
from access.keys import fresh_key
from access.models import ApiToken, Team, User
from evidence.actions.items import check_markings
from evidence.actions.recorded import recorded
from evidence.models import Portal, Source
from evidence.words import Access


def open_portal(
    name: str,
    team: Team,
    source: Source,
    *,
    actor: User | str,
    reason: str,
    markings: Iterable[str] = (),
    access: Access | str = Access.PROPRIETARY,
) -> Portal:
    """Open a door through which ``source`` delivers evidence to ``team``; it has no key yet.

    Its account has a name that tells nothing: administrators, who keep accounts, see no case.
    Raises ValidationError for a name the team uses already, and as ``check_markings`` does.
    """
    key, wanted = fresh_key("P"), sorted(set(markings))
    with recorded(actor, reason):
        check_markings(wanted, actor)
        account = open_depositor(f"portal-{key}", wanted, actor=actor, reason=reason)
        portal = Portal(
            key=key,
            name=name,
            team=team,
            source=source,
            account=account,
            markings=wanted,
            access=str(access),
        )
        portal.full_clean()
        portal.save()
    return portal


def issue_portal_key(
    portal: Portal, name: str, expires: datetime, *, actor: User | str, reason: str
) -> tuple[ApiToken, str]:
    """Make a key of the portal; returns it with its value, which is stored nowhere.

    A second key before the first ends lets the provider change over without a pause. Raises
    ValidationError as ``issue_token`` does.
    """
    if not portal.account.is_active:
        raise ValidationError("An administrator closed this portal's account: open another one.")
    return issue_deposit_key(
        portal.account, name, expires, team=portal.team, actor=actor, reason=reason
    )
