"""Public keys: the names by which rows are known outside the database."""

import re
import secrets
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models

# Without the letters and digits that are misread over a telephone or on paper: 0 O 1 I L U.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

KEY_FORM = r"^[^/\s]([^/]*[^/\s])?$"
"""What a key may be so that an address can name it."""

RESERVED = frozenset(
    [
        ".",
        "..",
        "drafts",
        "export.csv",
        "ftm",
        "invite",
        "link",
        "mail",
        "many",
        "new",
        "stix",
        "upcoming-changes",
    ]
)
"""Words that no key is, because they stand in some address where a key stands in others.

``evidence/new/`` is the page of a new item, so an item with the key ``new`` had no page; dots are
steps of a path (RFC 3986, section 5.2.4). tests/access holds the list against all addresses.
"""


@dataclass(frozen=True, slots=True)
class KeyRefusal:
    """Why a text cannot be a key, as the end of a sentence that begins with it, and the fix."""

    why: str
    fix: str

    def __str__(self) -> str:
        return f"{self.why}: {self.fix}."


def refusal_of_key(key: str) -> KeyRefusal | None:
    """Why no row may have this key; None where one may."""
    if re.search(KEY_FORM, key) is None:
        return KeyRefusal("no address can name it", "use no slash, and no space at its ends")
    if key in RESERVED:
        return KeyRefusal("addresses use this word for something else", "add to it, as in new-1")
    return None


def check_key(key: str) -> None:
    """Raise ValidationError, saying why and what to do, for a text that no row may have as key."""
    if refusal := refusal_of_key(key):
        raise ValidationError(f"{key!r} cannot be a key, because {refusal}", code="unaddressable")


def fresh_key(prefix: str) -> str:
    """A new public key such as ``U-7K2MPQ4XAB``: unguessable enough not to be enumerated."""
    return f"{prefix}-{''.join(secrets.choice(ALPHABET) for _ in range(10))}"


def key_form(what: str, name: str) -> models.CheckConstraint:
    """The constraint that a key names a row in an address: ``what`` begins its message."""
    return models.CheckConstraint(
        condition=models.Q(key__regex=KEY_FORM),
        name=name,
        violation_error_message=(
            f"{what} is not empty, has no slash (it stands in addresses), and neither begins nor "
            "ends with a space."
        ),
    )


class PublicKeyField(models.CharField):  # type: ignore[type-arg]
    """A unique, case-sensitive public key (``C`` collation), as MODEL's public keys are."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("db_collation", "C")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def validate(self, value: str, model_instance: models.Model | None) -> None:
        """As of any text; the key of a new row is one that addresses can name."""
        super().validate(value, model_instance)
        if model_instance is None or model_instance._state.adding:
            check_key(value)
