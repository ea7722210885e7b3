"""Naming sources."""

from typing import TypedDict, Unpack

from access.actor import Actor
from access.models import Team
from access.revision import revise
from evidence.actions.fields import put
from evidence.actions.recorded import recorded
from evidence.models import Source


class SourceFields(TypedDict, total=False):
    """What can be said of a source."""

    name: str
    role: str
    anonymous: bool
    of_government: str
    interest: str


def add_source(
    *,
    actor: Actor | str,
    reason: str,
    key: str = "",
    owner_team: Team | None = None,
    **stated: Unpack[SourceFields],
) -> Source:
    """Enter a source; without an owner team every team may use and see it.

    Raises ValidationError for a key that is taken or an unknown role or interest.
    """
    source = Source(owner_team=owner_team, **({"key": key} if key else {}))
    put(source, stated)
    with recorded(actor, reason):
        source.full_clean()
        source.save()
    return source


def amend_source(
    source: Source,
    expected: int,
    *,
    actor: Actor | str,
    reason: str,
    **changes: Unpack[SourceFields],
) -> Source:
    """Change what is said of the revision ``expected`` of a source.

    Raises StaleRevisionError when it has another by now.
    """
    with recorded(actor, reason):
        now = Source.objects.get(pk=source.pk)
        put(now, changes)
        now.full_clean()
        revise(now, expected, **{name: getattr(now, name) for name in changes})
    return now
