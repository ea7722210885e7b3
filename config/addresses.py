"""Strict parsing of server addresses.

A wrong address must fail where it is read, with the name of the variable and the fix, and not
minutes later as a driver's error. Passwords never appear in a message.
"""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from psycopg.conninfo import make_conninfo

DATABASE_EXAMPLE = "postgresql://user:password@host:5432/casemgr"
REDIS_EXAMPLE = "redis://:password@host:6379/0"
MAIL_EXAMPLE = "smtp+starttls://user:password@host:587"

# libpq parameters that an address may carry; anything else is a typing error, not an extension.
_DATABASE_PARAMETERS = frozenset(
    {"host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "service"}
)


class AddressError(ValueError):
    """An address that cannot be used; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """A PostgreSQL database, as libpq would see it."""

    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: str = ""
    parameters: tuple[tuple[str, str], ...] = ()

    def conninfo(self, name: str = "") -> str:
        """The same for libpq, or for another database of the same server."""
        known = {
            "host": self.host,
            "port": self.port,
            "user": self.user,
            "password": self.password,
            "dbname": name or self.name,
            "connect_timeout": "10",
        } | dict(self.parameters)
        return make_conninfo("", **{key: value for key, value in known.items() if value})


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """A Redis or Valkey database; `url` is what clients are given, unchanged."""

    url: str = field(repr=False)
    scheme: str
    host: str
    port: int
    database: int


@dataclass(frozen=True, slots=True)
class MailAddress:
    """A server that takes e-mail. ``security`` is empty, ``starttls`` or ``tls``."""

    host: str
    port: int
    security: str = ""
    user: str = ""
    password: str = field(default="", repr=False)


_MAIL_SCHEMES = {"smtp": ("", "25"), "smtp+starttls": ("starttls", "587"), "smtps": ("tls", "465")}
"""Security and usual port of each."""


def parse_mail(text: str, variable: str = "EMAIL_URL") -> MailAddress:
    """Read the address of a mail server (smtp, smtp+starttls, smtps). Raises AddressError.

    >>> parse_mail("smtps://ann:p%40ss@mail.example").port
    465
    """
    parts = urlsplit(text)
    if parts.scheme not in _MAIL_SCHEMES:
        raise AddressError(
            f"{variable}: write {MAIL_EXAMPLE}, or smtps:// or smtp://; "
            f"found the scheme {parts.scheme or 'none'!r}."
        )
    security, usual = _MAIL_SCHEMES[parts.scheme]
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise AddressError(
            f"{variable}: nothing follows host and port; in a user name or password write '/', "
            "'?' and '#' as %2F, %3F and %23."
        )
    port = _port(parts.netloc, variable) or usual
    if not parts.hostname:
        raise AddressError(f"{variable}: it names no host; write {MAIL_EXAMPLE}.")
    return MailAddress(
        host=parts.hostname,
        port=int(port),
        security=security,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def parse_database(text: str, variable: str = "DATABASE_URL") -> DatabaseAddress:
    """Read a PostgreSQL address.

    A Unix socket folder is given as `?host=/folder`. Raises AddressError.

    >>> parse_database("postgresql://ann@db.example:5433/cases").port
    '5433'
    """
    parts = urlsplit(text)
    if parts.scheme not in ("postgres", "postgresql"):
        raise AddressError(
            f"{variable}: only PostgreSQL is supported; write {DATABASE_EXAMPLE} "
            f"(found the scheme {parts.scheme or 'none'!r})."
        )
    if parts.fragment:
        raise AddressError(f"{variable}: '#' must be written %23 in a user name or password.")
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise AddressError(
            f"{variable}: it must end in /<database name>; write {DATABASE_EXAMPLE}."
        )
    parameters = dict(_parameters(parts.query, variable))
    host = parameters.pop("host", "") or unquote(parts.hostname or "")
    port = parameters.pop("port", "") or _port(parts.netloc, variable)
    return DatabaseAddress(
        name=name,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=host,
        port=port,
        parameters=tuple(sorted(parameters.items())),
    )


def parse_redis(text: str, variable: str = "REDIS_URL") -> RedisAddress:
    """Read a Redis or Valkey address (redis, rediss). Raises AddressError.

    >>> parse_redis("redis://127.0.0.1:6390/2").database
    2
    """
    parts = urlsplit(text)
    if parts.scheme not in ("redis", "rediss"):
        raise AddressError(
            f"{variable}: write {REDIS_EXAMPLE} (or rediss:// for TLS); "
            f"found the scheme {parts.scheme or 'none'!r}."
        )
    if not parts.hostname:
        raise AddressError(f"{variable}: it names no host; write {REDIS_EXAMPLE}.")
    database = parts.path.removeprefix("/") or "0"
    if not database.isdecimal():
        raise AddressError(f"{variable}: it must end in /<number>; write {REDIS_EXAMPLE}.")
    port = _port(parts.netloc, variable) or "6379"
    return RedisAddress(
        url=text, scheme=parts.scheme, host=parts.hostname, port=int(port), database=int(database)
    )


def _parameters(query: str, variable: str) -> list[tuple[str, str]]:
    pairs = parse_qsl(query, keep_blank_values=True)
    for key, value in pairs:
        if key not in _DATABASE_PARAMETERS:
            allowed = ", ".join(sorted(_DATABASE_PARAMETERS))
            raise AddressError(f"{variable}: unknown parameter {key!r}; known are {allowed}.")
        if not value:
            raise AddressError(f"{variable}: the parameter {key!r} has no value; remove it.")
    return pairs


def _port(netloc: str, variable: str) -> str:
    """The port as text, or nothing. urlsplit's own error would repeat the password."""
    tail = netloc.rpartition("@")[2].rpartition("]")[2]
    port = tail.rpartition(":")[2] if ":" in tail else ""
    if port and not (port.isdecimal() and 0 < int(port) < 65536):
        raise AddressError(f"{variable}: the port must be a number between 1 and 65535.")
    return port
