"""What a version of an authority requires, allows and must have considered."""

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from access.models.checked import CheckedModel
from designations.models.authority import AuthorityVersion
from designations.models.stated_dates import StatedPeriod, precision_check, precision_field
from designations.words import ElementKind, Join, PrerequisiteKind, Settledness


def frozen_with_its_version(*columns: str) -> pgtrigger.Trigger:
    """Of a version that a case pinned no row is added or removed, and ``columns`` stay.

    The other columns are readings of the law, outside the digest, and may be corrected.
    """
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return pgtrigger.Trigger(
        name="frozen_with_version",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        declare=[("frozen_label", "TEXT")],
        func=f"""
            IF TG_OP = 'UPDATE' AND ({new}) IS NOT DISTINCT FROM ({old}) THEN
                RETURN NEW;
            END IF;
            SELECT label INTO frozen_label FROM designations_authorityversion
             WHERE frozen_at IS NOT NULL
               AND id IN (CASE WHEN TG_OP = 'INSERT' THEN NEW.version_id ELSE OLD.version_id END,
                          CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END);
            IF frozen_label IS NOT NULL THEN
                RAISE EXCEPTION 'version % is pinned by a case: add a version', frozen_label
                    USING ERRCODE = 'restrict_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,  # noqa: S608 - column names of this file, no input
    )


def once_per_version(model: str, **extra: Any) -> models.UniqueConstraint:
    """A code names one row of a version."""
    return models.UniqueConstraint(
        fields=("version", "code"),
        name=f"designations_{model}_code",
        violation_error_message="This version already has this code.",
        **extra,
    )


class PartOfVersion(CheckedModel):
    """Something a version names by a code."""

    version = models.ForeignKey(
        AuthorityVersion, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    code = models.CharField(max_length=60, db_collation="C")
    text = models.TextField(blank=True)
    citation = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code


class Element(PartOfVersion):
    """One thing the authority requires, or (with ``join``) a group of such things.

    Across versions an element is the same when authority and code are the same; ``continues``
    names others ("version/code"). ``text_digest`` says whether the words are.
    """

    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    join = models.CharField(max_length=3, choices=Join.choices(), blank=True)
    kind = models.CharField(max_length=20, choices=ElementKind.choices(), blank=True)
    title = models.TextField(blank=True)
    quoted = models.BooleanField(
        default=False, help_text="The text is the operative words letter for letter."
    )
    settledness = models.CharField(max_length=10, choices=Settledness.choices(), blank=True)
    undefined_terms = ArrayField(models.TextField(), default=list, blank=True)
    fresh_days = models.PositiveIntegerField(null=True, blank=True)
    period_start = models.DateField(null=True, blank=True)
    period_start_precision = precision_field()
    period_end = models.DateField(null=True, blank=True)
    period_end_precision = precision_field()
    continues = ArrayField(models.CharField(max_length=130), default=list, blank=True)
    text_digest = models.CharField(max_length=64, db_collation="C")

    period = StatedPeriod("period")

    class Meta:
        ordering = ("version", "position")
        constraints = (
            once_per_version("element"),
            # The target of composite foreign keys, which keep a parent, a case element and
            # everything that hangs on it within one version.
            models.UniqueConstraint(
                fields=("version", "id"), name="designations_element_of_version"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="designations_element_not_its_own_parent",
                violation_error_message="An element cannot be its own parent.",
            ),
            models.CheckConstraint(
                condition=Q(join__in=["", *(word.value for word in Join)]),
                name="designations_element_join_known",
                violation_error_message="join is all or any; leave it empty for a leaf.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["", *(word.value for word in ElementKind)]),
                name="designations_element_kind_known",
                violation_error_message="kind is none of the known kinds of element.",
            ),
            models.CheckConstraint(
                condition=Q(settledness__in=["", *(word.value for word in Settledness)]),
                name="designations_element_settledness_known",
                violation_error_message="settledness is settled, contested or untested.",
            ),
            precision_check("period_start", "designations_element_start_precision", "first"),
            precision_check("period_end", "designations_element_end_precision"),
        )
        triggers = (
            frozen_with_its_version(
                "version_id",
                "code",
                "parent_id",
                '"join"',
                "kind",
                "text",
                "text_digest",
                "citation",
                "period_start",
                "period_start_precision",
                "period_end",
                "period_end_precision",
            ),
        )

    @property
    def is_group(self) -> bool:
        """Whether this joins other elements instead of being judged itself."""
        return bool(self.join)


class Consideration(PartOfVersion):
    """An important aspect the decision must address; ``main``: the main vulnerability.

    A reading of the house, not of the law: it may be added to a version that cases pin.
    """

    element = models.ForeignKey(
        Element, null=True, blank=True, on_delete=models.PROTECT, related_name="considerations"
    )
    main = models.BooleanField(default=False)

    class Meta:
        ordering = ("version", "position")
        constraints = (once_per_version("consideration"),)


class Prerequisite(PartOfVersion):
    """A procedural step the authority requires, of the case or of one element."""

    element = models.ForeignKey(
        Element, null=True, blank=True, on_delete=models.PROTECT, related_name="prerequisites"
    )
    kind = models.CharField(max_length=20, choices=PrerequisiteKind.choices())
    quoted = models.BooleanField(default=False)

    class Meta:
        ordering = ("version", "position")
        constraints = (
            once_per_version("prerequisite"),
            models.CheckConstraint(
                condition=Q(kind__in=[word.value for word in PrerequisiteKind]),
                name="designations_prerequisite_kind_known",
                violation_error_message="kind is none of the known kinds of step.",
            ),
        )
        triggers = (
            frozen_with_its_version("version_id", "code", "text", "kind", "element_id", "citation"),
        )


class Consequence(PartOfVersion):
    """A restriction the authority allows or requires.

    Those of the ``menu`` count toward the version's ``minimum_consequences``, one each.
    """

    title = models.TextField(blank=True)
    applies_to = models.CharField(max_length=20, default="any")
    required = models.BooleanField(default=False)
    menu = models.BooleanField(default=False)
    condition = models.TextField(blank=True)
    letter = models.CharField(
        max_length=10, blank=True, help_text="The menu's own letter, where several share one."
    )
    depends_on = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    quoted = models.BooleanField(default=False)

    class Meta:
        ordering = ("version", "position")
        constraints = (once_per_version("consequence"),)
        triggers = (
            frozen_with_its_version(
                "version_id",
                "code",
                "text",
                "citation",
                "applies_to",
                "required",
                "menu",
                "condition",
                "letter",
                "depends_on",
            ),
        )


class Provision(PartOfVersion):
    """Another operative text of the authority: not an element, but needed to apply it."""

    kind = models.CharField(max_length=40, default="other")
    title = models.TextField(blank=True)
    quoted = models.BooleanField(default=False)

    class Meta:
        ordering = ("version", "position")
        constraints = (once_per_version("provision"),)
        triggers = (frozen_with_its_version("version_id", "code", "kind", "text", "citation"),)
