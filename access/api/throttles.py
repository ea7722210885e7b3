"""How often one caller may ask, by what they are."""

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

from access.models import User
from access.optional_cache import cache
from access.words import Standing

if TYPE_CHECKING:
    from rest_framework.views import APIView

# The rate of everyone who works in a team, where their role has no rate of its own.
MEMBER = "member"


Rates = Mapping[str, Any]


class RoleThrottle(BaseThrottle):
    """One allowance per person, the most generous that any of their standings gives.

    Rates are ``DEFAULT_THROTTLE_RATES``: ``anonymous`` (per address), ``auditor``,
    ``administrator``, and ``member`` for the roles of a team, each of which may also have a rate
    under its own name. A person's tokens and sessions share the allowance.

    One counter per window, counted up in one step: unlike a list of moments that is read and
    written back, it loses nothing when requests arrive together.
    """

    _wait: float | None = None

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Count the request and say whether it is within the allowance of its caller."""
        name, rate = _allowance(request, api_settings.DEFAULT_THROTTLE_RATES)
        if rate is None:
            return True
        count, seconds = _parsed(rate)
        now = time.time()
        window = int(now // seconds)
        user = request.user
        caller = user.key if isinstance(user, User) else self.get_ident(request)
        used = _count(f"throttle:{name}:{caller}:{window}", seconds)
        self._wait = (window + 1) * seconds - now
        return used <= count

    def wait(self) -> float | None:
        """Seconds until the next window."""
        return self._wait


def _count(key: str, seconds: int) -> int:
    cache.add(key, 0, timeout=seconds + 1)
    try:
        return int(cache.incr(key))
    except ValueError:
        # The window ended between the two steps; this is the first request of the next one.
        cache.set(key, 1, timeout=seconds + 1)
        return 1


def _allowance(request: Request, rates: Rates) -> tuple[str, str | None]:
    standings = request.user.standings() if isinstance(request.user, User) else ()
    names = [_rate_name(standing, rates) for standing in standings] or ["anonymous"]
    return max(
        ((name, _rate(name, rates)) for name in names), key=lambda pair: _per_second(pair[1])
    )


def _rate_name(standing: Standing, rates: Rates) -> str:
    return standing.value if standing.value in rates else MEMBER


def _rate(name: str, rates: Rates) -> str | None:
    if name not in rates:
        raise ImproperlyConfigured(
            f"DEFAULT_THROTTLE_RATES has no rate for {name!r}; write one such as '600/minute'."
        )
    rate: str | None = rates[name]
    return rate


def _per_second(rate: str | None) -> float:
    """Requests per second; no rate at all is unlimited."""
    if rate is None:
        return float("inf")
    count, seconds = _parsed(rate)
    return count / seconds


def _parsed(rate: str) -> tuple[int, int]:
    count, _, period = rate.partition("/")
    return int(count), {"s": 1, "m": 60, "h": 3600, "d": 86400}[period[0]]
