"""The variables of the environment, each read as what it must be.

What cannot be used is collected, so that all of it is told at once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.addresses import (
    AddressError,
    DatabaseAddress,
    MailAddress,
    RedisAddress,
    parse_database,
    parse_mail,
    parse_redis,
)
from evidence.intake.scanner import Scanner

SECRETS_BY_FILE = frozenset(
    {
        "SECRET_KEY",
        "SECRET_KEY_FORMER",
        "DATABASE_URL",
        "REDIS_URL",
        "OIDC_CLIENT_SECRET",
        "EMAIL_URL",
        "S3_ACCESS_KEY",
        "S3_SECRET_KEY",
    }
)
STANDINGS = ("analyst", "counsel", "manager", "auditor", "administrator")


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """The identity provider people may sign in by."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    sign_in_origin: str
    match_email: bool
    open_accounts: bool


@dataclass(frozen=True, slots=True)
class S3Settings:
    """Where exhibits lie when not in a folder; without keys the machine's own role is used."""

    bucket: str
    prefix: str
    endpoint: str
    region: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)


class Variables:
    """Takes typed values out of the variables and collects what is wrong with them."""

    def __init__(self, variables: Mapping[str, str], origin: Mapping[str, str]) -> None:
        self._variables = variables
        self._origin = origin
        self.problems: list[str] = []
        self.asked: set[str] = set()

    def text(self, name: str, default: str = "") -> str:
        """The value, from the variable itself or from the file that NAME_FILE names."""
        self.asked.add(name)
        direct = self._variables.get(name, "").strip()
        if name not in SECRETS_BY_FILE:
            return direct or default
        self.asked.add(f"{name}_FILE")
        by_file = self._variables.get(f"{name}_FILE", "").strip()
        if by_file and direct and name not in self._origin:
            self.problems.append(f"{name} and {name}_FILE are both set: keep one of them.")
            return default
        if by_file:
            try:
                return Path(by_file).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                reason = getattr(error, "strerror", None) or "not UTF-8 text"
                self.problems.append(
                    f"{name}_FILE: cannot read {by_file} ({reason}); give a readable file."
                )
                return default
        return direct or default

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        text = self.text(name).lower()
        if text in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
            return default if not text else text in ("1", "true", "yes", "on")
        self.problems.append(f"{name}: write true or false, not {text!r}.")
        return default

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""
        text = self.text(name, str(default))
        if text.isdecimal() and low <= int(text) <= high:
            return int(text)
        self.problems.append(f"{name}: write a whole number from {low} to {high}, not {text!r}.")
        return default

    def words(self, name: str, default: str = "") -> tuple[str, ...]:
        """Words with commas between them."""
        return tuple(word.strip() for word in self.text(name, default).split(",") if word.strip())

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        """One of ``allowed``."""
        text = self.text(name, default)
        if text in allowed:
            return text
        self.problems.append(f"{name}: write one of {', '.join(allowed)}; found {text!r}.")
        return default

    def standings(self, name: str, default: str) -> frozenset[str]:
        """Standings of people: all, none, or some of them."""
        words = self.words(name, default)
        if words in (("all",), ("none",)):
            return frozenset(words) - {"none"}
        if unknown := [word for word in words if word not in STANDINGS]:
            self.problems.append(
                f"{name}: {', '.join(unknown)} is not a standing; write all, none, or some of "
                f"{', '.join(STANDINGS)}."
            )
        return frozenset(words) & frozenset(STANDINGS)

    def oidc(self) -> OidcSettings | None:
        """The identity provider, when its issuer is named; everything else about it then too."""
        issuer = self.text("OIDC_ISSUER").rstrip("/")
        origin = _origin(issuer)
        found = OidcSettings(
            issuer=issuer,
            client_id=self.text("OIDC_CLIENT_ID"),
            client_secret=self.text("OIDC_CLIENT_SECRET"),
            name=self.text("OIDC_NAME", "your agency account"),
            sign_in_origin=self.text("OIDC_SIGN_IN_ORIGIN", origin),
            match_email=self.flag("OIDC_MATCH_EMAIL", default=False),
            open_accounts=self.flag("OIDC_OPEN_ACCOUNTS", default=False),
        )
        if not issuer:
            return None
        for name, value in (("OIDC_ISSUER", issuer), ("OIDC_SIGN_IN_ORIGIN", found.sign_in_origin)):
            if not _origin(value):
                self.problems.append(f"{name}: write an address such as https://id.agency.example.")
        for name, value in (
            ("OIDC_CLIENT_ID", found.client_id),
            ("OIDC_CLIENT_SECRET", found.client_secret),
        ):
            if not value:
                self.problems.append(f"{name}: OIDC_ISSUER is set, so this is needed too.")
        return found

    def s3(self) -> S3Settings | None:
        """The bucket of exhibits, when ``EXHIBIT_STORE`` says so; everything about it then too."""
        prefix = self.text("S3_PREFIX").strip("/")
        found = S3Settings(
            bucket=self.text("S3_BUCKET"),
            prefix=f"{prefix}/" if prefix else "",
            endpoint=self.text("S3_ENDPOINT").rstrip("/"),
            region=self.text("S3_REGION"),
            access_key=self.text("S3_ACCESS_KEY"),
            secret_key=self.text("S3_SECRET_KEY"),
        )
        if self.choice("EXHIBIT_STORE", "file", ("file", "s3")) == "file":
            if found.bucket:
                self.problems.append("S3_BUCKET: set EXHIBIT_STORE=s3 to use it, or remove it.")
            return None
        if not found.bucket:
            self.problems.append("S3_BUCKET: EXHIBIT_STORE is s3, so name the bucket of exhibits.")
        if found.endpoint and _origin(found.endpoint) != found.endpoint:
            self.problems.append(
                "S3_ENDPOINT: write scheme and host only, such as https://s3.agency.example, or "
                "leave it empty for Amazon S3."
            )
        if bool(found.access_key) != bool(found.secret_key):
            missing = "S3_SECRET_KEY" if found.access_key else "S3_ACCESS_KEY"
            self.problems.append(f"{missing}: the other one is set, so this is needed too.")
        return found

    def zone(self, name: str, default: str) -> ZoneInfo:
        """A time zone by its name in the IANA database."""
        text = self.text(name, default)
        try:
            return ZoneInfo(text)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.problems.append(
                f"{name}: {text!r} is not a time zone known here; write a name such as "
                "America/New_York."
            )
            return ZoneInfo("UTC")

    def rate(self, name: str, default: str) -> str:
        """So many requests a second, minute, hour or day."""
        text = self.text(name, default)
        count, _, period = text.partition("/")
        if count.isdecimal() and int(count) > 0 and period in ("second", "minute", "hour", "day"):
            return text
        self.problems.append(f"{name}: write <number>/<second|minute|hour|day>, not {text!r}.")
        return default

    def database(self, name: str) -> DatabaseAddress | None:
        """The address of PostgreSQL; None when not set."""
        text = self.text(name)
        try:
            return parse_database(text, name) if text else None
        except AddressError as error:
            self.problems.append(str(error))
            return None

    def redis(self, name: str) -> RedisAddress | None:
        """The address of Redis or Valkey; None when not set."""
        text = self.text(name)
        try:
            return parse_redis(text, name) if text else None
        except AddressError as error:
            self.problems.append(str(error))
            return None

    def mail(self, name: str) -> MailAddress | None:
        """The address of the server that sends e-mail; None when not set."""
        text = self.text(name)
        try:
            return parse_mail(text, name) if text else None
        except AddressError as error:
            self.problems.append(str(error))
            return None

    def scanner(self, name: str) -> str:
        """Where the ClamAV daemon answers; empty when there is none."""
        text = self.text(name)
        try:
            if text:
                Scanner.at(text)
        except ValueError as error:
            self.problems.append(f"{name}: {error}")
            return ""
        return text

    def ocr_languages(self, name: str, default: str) -> tuple[str, ...]:
        """Languages by the names tesseract has for them."""
        words = self.words(name, default)
        if unfit := [word for word in words if not re.fullmatch(r"[A-Za-z][A-Za-z_]*", word)]:
            self.problems.append(
                f"{name}: {', '.join(unfit)} is no name of tesseract's; write such as eng,chi_sim."
            )
        return words

    def origin(self, name: str) -> str:
        """Scheme and host of a web address, without a slash at its end; empty when not set."""
        text = self.text(name).rstrip("/")
        if _origin(text) != text:
            self.problems.append(
                f"{name}: write scheme and host only, such as https://casemgr.agency.example."
            )
            return ""
        return text


def _origin(address: str) -> str:
    """Scheme and host of an address; empty when it is not one of the web."""
    parts = urlsplit(address)
    known = parts.scheme in ("http", "https") and parts.hostname
    return f"{parts.scheme}://{parts.netloc}" if known else ""
