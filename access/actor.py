"""Who is acting, why, and in which request: told to the database for this transaction only.

The trigger that records every change reads three settings of the current transaction:
``casemgr.actor``, ``casemgr.reason`` and ``casemgr.request``. Setting them in the database and
not in Python means that bulk inserts and COPY carry them too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from django.db import connection
from django.db.transaction import TransactionManagementError

current_request_id: ContextVar[str] = ContextVar("current_request_id", default="")
"""The id of the request being served (access.middleware); empty outside a request."""

_SETTINGS = ("casemgr.actor", "casemgr.reason", "casemgr.request")


class Actor(Protocol):
    """Anyone with a public key: in practice a user."""

    key: str


@contextmanager
def acting(actor: Actor | str, reason: str, request_id: str | None = None) -> Iterator[None]:
    """Attribute every change made inside the block to ``actor``, for ``reason``.

    ``actor`` is a user or, for what nobody in person did, a name such as ``"system:sweep"``.
    ``request_id`` defaults to the request being served. Blocks may be nested; the outer
    attribution returns when the inner block ends. An exception is left to undo the transaction,
    and the settings with it.

    Raises TransactionManagementError outside a transaction, where the settings would be lost at
    once and the change recorded without an author; ValueError without an actor or a reason.
    """
    name = actor if isinstance(actor, str) else actor.key
    if not name.strip():
        raise ValueError("acting() needs an actor: a user, or a name such as 'system:sweep'.")
    if not reason.strip():
        raise ValueError("acting() needs a reason: say in a few words why this is done.")
    if not connection.in_atomic_block:
        raise TransactionManagementError(
            "acting() must be used inside transaction.atomic(): the actor is known to the "
            "database only until the transaction ends."
        )
    request = current_request_id.get() if request_id is None else request_id
    before = _read()
    _write((name, reason, request))
    yield
    _write(before)


def _read() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(["coalesce(current_setting(%s, true), '')"] * len(_SETTINGS)),
            _SETTINGS,
        )
        row = cursor.fetchone()
    return tuple(row or ("", "", ""))


def _write(values: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(["set_config(%s, %s, true)"] * len(_SETTINGS)),
            [part for pair in zip(_SETTINGS, values, strict=True) for part in pair],
        )
