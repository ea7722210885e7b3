"""Portals: the doors through which a provider delivers evidence, and what came in by them."""

from functools import partial
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from access.keys import PublicKeyField, fresh_key
from access.models import ApiToken
from access.models.checked import CheckedModel
from access.scope import cleared_for, in_teams_of
from designations.models.closed_lists import one_of
from evidence.models.item import EvidenceItem
from evidence.models.source import Source
from evidence.words import Access

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from access.models import User


class PortalQuerySet(models.QuerySet["Portal"]):
    """Named queries over portals."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Portals of the user's teams, as far as the markings of what they deliver allow."""
        return self.filter(in_teams_of(user, "team"), cleared_for(user))


class Portal(CheckedModel):
    """A provider's door to one team: everything delivered through it comes from one source.

    Its keys are API tokens of ``account``, which is no person and sees nothing. ``markings`` and
    ``access`` are set on every item delivered; who delivers cannot set others.
    """

    key = PublicKeyField(default=partial(fresh_key, "P"), editable=False)
    name = models.CharField(max_length=100)
    team = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="portals")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="portals")
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="portal"
    )
    markings = ArrayField(
        models.CharField(max_length=40, db_collation="C"), default=list, blank=True
    )
    access = models.CharField(
        max_length=15, choices=Access.choices(), default=Access.PROPRIETARY.value, blank=True
    )
    opened_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = PortalQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("team", "name"),
                name="evidence_portal_name_once",
                violation_error_message="The team has a portal of this name already.",
            ),
            models.CheckConstraint(
                condition=Q(name__regex=r"\S"),
                name="evidence_portal_name_present",
                violation_error_message="A portal needs a name: whose it is.",
            ),
            one_of("access", Access, "evidence_portal_access_known", may_be_empty=True),
        )
        triggers = (
            pgtrigger.ReadOnly(name="same_door", fields=["team", "source", "account", "opened_at"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return self.name


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Named queries over deliveries."""

    def made_by(self, account: "User | AnonymousUser") -> Self:
        """What came in through the portal of this account; nothing for a person."""
        return self.filter(portal__account_id=account.pk or 0)


class Delivery(CheckedModel):
    """One item as it came through a portal, and whether the team has accepted it.

    ``sha256`` is that of the statement as it was sent, byte for byte, which is kept as the first
    exhibit of the item.
    """

    item = models.OneToOneField(EvidenceItem, on_delete=models.PROTECT, related_name="delivery")
    portal = models.ForeignKey(Portal, on_delete=models.PROTECT, related_name="deliveries")
    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="deliveries")
    sha256 = models.CharField(max_length=64, db_collation="C")
    delivered_at = models.DateTimeField(db_default=Now(), editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="accepted_deliveries",
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-delivered_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="evidence_delivery_accepted_by_someone",
                violation_error_message="A delivery is accepted by someone at some moment.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="evidence_delivery_sha256_form",
                violation_error_message="sha256 is 64 lower-case hexadecimal digits.",
            ),
        )
        indexes = (
            models.Index(fields=("portal", "-delivered_at"), name="evidence_delivery_of_portal"),
        )
        triggers = (
            pgtrigger.ReadOnly(
                name="as_it_came", fields=["item", "portal", "token", "sha256", "delivered_at"]
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.item} through {self.portal}"

    @property
    def is_open(self) -> bool:
        """Whether files may still be added: nobody has accepted, linked or withdrawn the item.

        What the team relies on must not change under it by an outsider's hand.
        """
        return (
            self.accepted_at is None
            and self.item.withdrawn_on is None
            # Links live above this app; here it is enough that there is one.
            and not EvidenceItem.objects.filter(pk=self.item_id, links__isnull=False).exists()
        )
