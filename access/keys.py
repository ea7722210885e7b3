"""Public keys: the names by which rows are known outside the database."""

import secrets

from django.db import models

# Without the letters and digits that are misread over a telephone or on paper: 0 O 1 I L U.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

KEY_FORM = r"^[^/\s]([^/]*[^/\s])?$"
"""What a key may be so that an address can name it."""


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
