"""A cache that service does not depend on: while its server is away it holds nothing.

What is looked up in it can be looked up elsewhere or asked for again: sessions, figures that were
computed before, the allowance of a minute. Limits on signing in do not belong here: without a
cache they must refuse, so they use the default one, which raises.
"""

from typing import Any

import structlog
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.utils.connection import ConnectionProxy
from redis.exceptions import RedisError

ALIAS = "optional"
_AWAY = (RedisError, OSError)

log = structlog.get_logger(__name__)

cache: Any = ConnectionProxy(caches, ALIAS)


class OptionalRedisCache(RedisCache):
    """Redis, and nothing where Redis does not answer."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """What is kept, or ``default``."""
        try:
            return super().get(key, default, version)
        except _AWAY as error:
            return _told(error, default)

    def set(self, key: str, value: Any, *given: Any, **named: Any) -> None:
        """Keep it if that can be done."""
        try:
            super().set(key, value, *given, **named)
        except _AWAY as error:
            _told(error, None)

    def add(self, key: str, value: Any, *given: Any, **named: Any) -> bool:
        """Keep it if there is none; whether it was kept."""
        try:
            return bool(super().add(key, value, *given, **named))
        except _AWAY as error:
            return bool(_told(error, False))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Count up. Raises ValueError where nothing is kept, as it does for any key not there."""
        try:
            return int(super().incr(key, delta, version))
        except _AWAY as error:
            _told(error, None)
            raise ValueError(f"{key} is not kept") from error

    def has_key(self, key: str, version: int | None = None) -> bool:
        """Whether anything is kept."""
        try:
            return bool(super().has_key(key, version))
        except _AWAY as error:
            return bool(_told(error, False))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Keep it no longer; whether it was kept."""
        try:
            return bool(super().delete(key, version))
        except _AWAY as error:
            return bool(_told(error, False))


def _told(error: Exception, answer: Any) -> Any:
    log.warning("cache does not answer", reason=type(error).__name__)
    return answer
