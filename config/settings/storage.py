"""Where rows, messages and files live: PostgreSQL, Redis (or Valkey), a folder or S3."""

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


def caches_for(environment: Environment) -> dict[str, dict[str, Any]]:
    """Django's CACHES: one server for all web processes, under two names.

    What the service can do without is asked for under "optional", which holds nothing while the
    server is away; the limits on signing in, which must not be done without, use the other.
    """
    if environment.redis is None:
        local = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        return {"default": local, "optional": local}
    shared = {
        "LOCATION": environment.redis.url,
        "KEY_PREFIX": "casemgr",
        "OPTIONS": {"socket_connect_timeout": 5, "socket_timeout": 5},
    }
    return {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", **shared},
        "optional": {"BACKEND": "access.optional_cache.OptionalRedisCache", **shared},
    }


def storages_for(environment: Environment) -> dict[str, Any]:
    """Django's STORAGES; "exhibits" only where they lie on S3 (evidence.storage)."""
    found: dict[str, Any] = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    s3 = environment.s3
    if s3 is None:
        return found
    # A second of loading that an installation on a disk need not wait for.
    from botocore.config import Config

    found["exhibits"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": s3.bucket,
            "location": s3.prefix,
            "endpoint_url": s3.endpoint or None,
            "region_name": s3.region or None,
            "access_key": s3.access_key or None,
            "secret_key": s3.secret_key or None,
            "default_acl": None,
            "client_config": Config(
                connect_timeout=5,
                read_timeout=60,
                retries={"mode": "standard", "total_max_attempts": 3},
                # Bytes are hashed here; what was altered there must reach us to be told.
                response_checksum_validation="when_required",
                # Servers in an office's own house seldom have a name for each bucket.
                s3={"addressing_style": "path" if s3.endpoint else "auto"},
            ),
        },
    }
    return found
