"""Handling markings: a set that a person is cleared for, not a ladder."""

from django.contrib.auth.models import AnonymousUser
from django.db import models

from access.models.checked import CheckedModel
from access.models.user import User


class MarkingQuerySet(models.QuerySet["Marking"]):
    """Named queries over markings."""

    def visible_to(self, user: User | AnonymousUser) -> "MarkingQuerySet":
        """The list of markings is known to everyone with an account."""
        return self if isinstance(user, User) and user.is_active else self.none()


class Marking(CheckedModel):
    """One handling marking, such as CUI or a proprietary-information caveat.

    Items and cases carry sets of codes; a person sees what is marked only if cleared for every
    code on it. ``rank`` orders the codes on screen and means nothing else.
    """

    code = models.CharField(max_length=40, unique=True, db_collation="C")
    title = models.CharField(max_length=200)
    rank = models.PositiveSmallIntegerField(default=0)
    notes = models.TextField(blank=True)

    objects = MarkingQuerySet.as_manager()

    class Meta:
        ordering = ("rank", "code")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z0-9][A-Z0-9/-]*$"),
                name="access_marking_code_form",
                violation_error_message=(
                    "A marking code is capital letters, digits, hyphens and slashes, "
                    "such as CUI or CUI/PROPIN."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(title__regex=r"\S"),
                name="access_marking_title_present",
                violation_error_message="A marking needs a title that says what it stands for.",
            ),
        )

    def __str__(self) -> str:
        return self.code
