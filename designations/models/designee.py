"""The persons and entities that would be listed, and how they are named."""

from functools import partial
from typing import Any

from django.db import models
from django.db.models import Q

from access.keys import PublicKeyField, fresh_key, key_form
from access.models.checked import CheckedModel
from designations.names import normalize_name
from designations.words import DesigneeType, UsPresence


class NormalizedNameField(models.CharField):  # type: ignore[type-arg]
    """Keeps the normalized form of the column ``name`` beside it, in bulk inserts too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 500)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Normalize whatever name is about to be stored."""
        normalized = normalize_name(model_instance.name)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, normalized)
        return normalized


class DesigneeQuerySet(models.QuerySet["Designee"]):
    """Named queries over designees."""

    def named(self, name: str) -> "DesigneeQuerySet":
        """Designees of which this is a name, an alias or a spelling of either."""
        normalized = normalize_name(name)
        return self.filter(
            Q(name_normalized=normalized)
            | Q(pk__in=DesigneeName.objects.filter(normalized=normalized).values("designee"))
        )


class Designee(CheckedModel):
    """A person, entity, vessel or address that a case would list."""

    key = PublicKeyField(default=partial(fresh_key, "D"))
    name = models.CharField(max_length=500, blank=True)
    name_normalized = NormalizedNameField()
    type = models.CharField(
        max_length=10, choices=DesigneeType.choices(), default=DesigneeType.ENTITY
    )
    us_presence = models.CharField(
        max_length=10, choices=UsPresence.choices(), blank=True, help_text="Empty: not stated."
    )
    notes = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = DesigneeQuerySet.as_manager()

    class Meta:
        ordering = ("name_normalized", "key")
        constraints = (
            key_form("The key of a designee", "designations_designee_key_form"),
            models.CheckConstraint(
                condition=Q(type__in=[word.value for word in DesigneeType]),
                name="designations_designee_type_known",
                violation_error_message="type is none of the known types of designee.",
            ),
            models.CheckConstraint(
                condition=Q(us_presence__in=["", *(word.value for word in UsPresence)]),
                name="designations_designee_us_presence_known",
                violation_error_message="us_presence is none, property, resident or unknown.",
            ),
        )

    def __str__(self) -> str:
        return self.name or self.key


class NameKind(models.TextChoices):
    """What a further name is to the designee."""

    ALIAS = "alias", "also known as"
    FORMER = "former", "formerly known as"
    ORIGINAL_SCRIPT = "original-script", "name in its own script"
    TRANSLITERATION = "transliteration", "transliteration"
    TRADE_NAME = "trade-name", "trade name"


class DesigneeName(CheckedModel):
    """A further name of a designee."""

    designee = models.ForeignKey(Designee, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=500)
    normalized = NormalizedNameField()
    kind = models.CharField(max_length=20, choices=NameKind.choices, default=NameKind.ALIAS)
    language = models.CharField(max_length=35, blank=True)

    class Meta:
        ordering = ("designee", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("designee", "name", "kind"),
                name="designations_designeename_once",
                violation_error_message="This designee already has this name.",
            ),
            models.CheckConstraint(
                condition=Q(name__regex=r"\S"),
                name="designations_designeename_present",
                violation_error_message="A name cannot be empty.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Identifier(CheckedModel):
    """A number or code by which a register knows a designee."""

    designee = models.ForeignKey(Designee, on_delete=models.PROTECT, related_name="identifiers")
    scheme = models.CharField(
        max_length=40, help_text="LEI, USCC, IMO, passport, tax number, domain name and so on."
    )
    value = models.CharField(max_length=200, db_collation="C")
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2.")

    class Meta:
        ordering = ("designee", "scheme", "value")
        constraints = (
            models.UniqueConstraint(
                fields=("designee", "scheme", "value"),
                name="designations_identifier_once",
                violation_error_message="This designee already has this identifier.",
            ),
            models.CheckConstraint(
                condition=Q(scheme__regex=r"\S") & Q(value__regex=r"\S"),
                name="designations_identifier_present",
                violation_error_message="An identifier needs a scheme and a value.",
            ),
        )
        indexes = (models.Index(fields=("scheme", "value")),)

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"
