"""What a provider delivers through its portal, and what the team does with it."""

import hashlib
import io
from datetime import timedelta
from typing import Unpack

import structlog
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils import timezone

from access.models import ApiToken, User
from evidence.actions.entry import EntryFields, enter_item
from evidence.actions.exhibits import TakenUpError, attach_exhibit
from evidence.actions.recorded import recorded
from evidence.models import Delivery, Exhibit, Portal, Upload

STATEMENT = "delivery.json"
"""The name under which the statement of a delivery is kept, as it was sent."""

DELIVERIES_A_DAY = 500
BYTES_A_DAY = 20 * 1024**3
FILES_OF_ONE = 200
_A_DAY = timedelta(days=1)
# What of a refusal is about what was delivered, and not about how the portal was set up.
_NOT_THEIRS = frozenset({"markings", "source", "owner_team", "access", "key", "entered_on"})

log = structlog.get_logger(__name__)


class TooMuchError(Exception):
    """More than a portal delivers in a day; the message says of what."""


class OutOfOrderError(Exception):
    """The portal cannot deliver as it is set up, which its provider can do nothing about."""


def words_of(token: ApiToken) -> str:
    """By which key something came in, as custody and history have it."""
    return f"received from portal key {token.name} ({token.key})"


def deliver(
    portal: Portal, token: ApiToken, sent: bytes, **stated: Unpack[EntryFields]
) -> Delivery:
    """Log what came in, from the portal's source and under its markings, with what was sent.

    ``sent`` is the statement byte for byte; it becomes the first exhibit, so that nobody can say
    later that something else was delivered. Raises ValidationError for what was delivered,
    TooMuchError, and OutOfOrderError.
    """
    recent = portal.deliveries.filter(delivered_at__gt=timezone.now() - _A_DAY)
    if recent.count() >= DELIVERIES_A_DAY:
        raise TooMuchError(f"A portal takes {DELIVERIES_A_DAY} deliveries in 24 hours.")
    reason = words_of(token)
    given: EntryFields = {
        **stated,
        "source": portal.source,
        "markings": list(portal.markings),
        "access": portal.access,
    }
    try:
        with recorded(portal.account, reason):
            item = enter_item(portal.team, actor=portal.account, reason=reason, **given)
            attach_exhibit(item, io.BytesIO(sent), STATEMENT, actor=portal.account, reason=reason)
            return Delivery.objects.create(
                item=item, portal=portal, token=token, sha256=hashlib.sha256(sent).hexdigest()
            )
    except ValidationError as error:
        if hasattr(error, "error_dict") and _NOT_THEIRS & error.error_dict.keys():
            log.error("portal_out_of_order", portal=portal.key, fields=sorted(error.error_dict))
            raise OutOfOrderError(
                "The portal cannot take deliveries as it is set up: tell the office."
            ) from error
        raise


def refuse_late(delivery: Delivery) -> None:
    """Raise TakenUpError where nothing is added to a delivery any more."""
    if not delivery.is_open:
        raise TakenUpError


def refuse_more(delivery: Delivery, size: int) -> None:
    """Raise TakenUpError or TooMuchError where no file of ``size`` bytes may be added."""
    refuse_late(delivery)
    files = delivery.item.exhibits.count() + delivery.item.uploads.filter(exhibit=None).count()
    if files >= FILES_OF_ONE:
        raise TooMuchError(f"One delivery has {FILES_OF_ONE} files at most.")
    if size + _came_today(delivery.portal) > BYTES_A_DAY:
        raise TooMuchError(f"A portal takes {BYTES_A_DAY:,} bytes of files in 24 hours.")


def accept(delivery: Delivery, *, actor: User) -> Delivery:
    """The team takes a delivery for its own: it waits no more, and no file is added from outside.

    It is not graded by this, and bears on nothing. Accepted again, it keeps its first date.
    """
    with recorded(actor, "accepted a delivery"):
        Delivery.objects.filter(pk=delivery.pk, accepted_at=None).update(
            accepted_at=timezone.now(), accepted_by=actor
        )
    delivery.refresh_from_db()
    return delivery


def _came_today(portal: Portal) -> int:
    since = timezone.now() - _A_DAY
    kept = Exhibit.objects.filter(item__delivery__portal=portal, recorded_at__gt=since)
    coming = Upload.objects.filter(item__delivery__portal=portal, exhibit=None)
    return sum(
        rows.aggregate(total=Sum(size))["total"] or 0
        for rows, size in ((kept, "blob__size"), (coming, "size"))
    )
