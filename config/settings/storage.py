"""Where rows and messages live: PostgreSQL and Redis (or Valkey)."""

from typing import Any

from config.environment import Environment

# A folder that never exists. The driver repeats it in its error, so a person who runs a command
# that needs the database before there is one reads what to do.
NO_DATABASE = "/no-database-is-running--use-make-run-or-set-DATABASE_URL"


def database_for(environment: Environment) -> dict[str, Any]:
    """Django's DATABASES entry.

    Web and worker run as DATABASE_ROLE, which owns no table; migrations run without it. Only the
    web process sets DATABASE_POOL_SIZE: Celery closes a pool at every task.
    """
    address = environment.database
    # Compiling a query pays for queries of minutes; of a page it takes longer than the query does
    # (facets over 50,000 items: 5.7 s with it, 0.8 s without).
    options: dict[str, Any] = {"connect_timeout": 10, "options": "-c jit=off"}
    if environment.database_role:
        options["options"] += f" -c role={environment.database_role}"
    if environment.database_pool_size:
        options["pool"] = {
            "min_size": 2,
            "max_size": environment.database_pool_size,
            "timeout": 10,
        }
    if address is not None:
        options |= dict(address.parameters)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.name if address else "casemgr",
        "USER": address.user if address else "",
        "PASSWORD": address.password if address else "",
        "HOST": address.host if address else NO_DATABASE,
        "PORT": address.port if address else "",
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": bool(environment.database_pool_size),
        "OPTIONS": options,
    }


def cache_for(environment: Environment) -> dict[str, Any]:
    """Django's CACHES entry: throttles and sessions are shared by all web processes."""
    if environment.redis is None:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": environment.redis.url,
        "KEY_PREFIX": "casemgr",
        "OPTIONS": {"socket_connect_timeout": 5, "socket_timeout": 5},
    }
