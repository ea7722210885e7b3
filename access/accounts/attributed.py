"""What stands around a view: a transaction that names who acts, and asking again who it is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from access.actor import acting
from access.models import User

View = Callable[..., HttpResponse]


def attributed(reason: str) -> Callable[[View], View]:
    """Have the change table name the signed-in person, for ``reason``, whatever the view changes.

    A request that only reads is left alone; so is a visitor's, whom the view turns away itself.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def recorded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST" or not isinstance(request.user, User):
                return view(request, *args, **kwargs)
            with transaction.atomic(), acting(request.user, reason):
                return view(request, *args, **kwargs)

        return recorded

    return decorate


def confirmed(view: View) -> View:
    """Have the person confirm that it is them, if they have not within the last minutes."""
    guarded: View = reauthentication_required(view)
    return guarded
