"""A list with its filters under a name, for oneself or for one's team."""

from functools import partial
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from access.keys import PublicKeyField, fresh_key, key_form
from access.models import Team, User
from access.models.checked import CheckedModel
from access.scope import NOTHING


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Named queries over saved views."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, and those shared with a team one works in."""
        if not isinstance(user, User):
            return self.filter(NOTHING)
        return self.filter(Q(owner=user) | Q(team__key__in=sorted(user.team_keys())))

    def of_page(self, page: str) -> Self:
        """Views of one list, by name."""
        return self.filter(page=page).order_by("name", "pk")


class SavedView(CheckedModel):
    """The query of a list page, kept under a name.

    ``team`` null: only the owner sees it. ``is_default``: what the owner sees when they open the
    page without filters; it is theirs alone, shared or not.
    """

    key = PublicKeyField(default=partial(fresh_key, "V"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_views"
    )
    page = models.CharField(max_length=40, db_collation="C")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="saved_views"
    )
    is_default = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ("page", "name", "pk")
        constraints = (
            key_form("The key of a saved view", "casemgr_savedview_key_form"),
            models.CheckConstraint(
                condition=Q(page__regex=r"^[a-z][a-z-]*$"),
                name="casemgr_savedview_page_form",
                violation_error_message="page is the name of a list, such as tasks or docket.",
            ),
            models.CheckConstraint(
                condition=Q(name__regex=r"\S"),
                name="casemgr_savedview_name_present",
                violation_error_message="name: give the view a name.",
            ),
            models.UniqueConstraint(
                fields=("owner", "page", "name"),
                name="casemgr_savedview_name_once",
                violation_error_message="You already have a view of this name here: choose another "
                "name, or change that view.",
            ),
            models.UniqueConstraint(
                fields=("owner", "page"),
                condition=Q(is_default=True),
                name="casemgr_savedview_one_default",
                violation_error_message="Another view is your default here: take that back first.",
            ),
        )

    def __str__(self) -> str:
        return str(self.name)
