"""Everything the service reads from its environment, parsed once at the door.

Values come from the process environment first, then from the file the local stack writes
(`.local/env`). Reading starts nothing. Every variable is documented in `.env.example`, and every
error names the variable and the fix. `NAME_FILE` gives a secret by file, as container secrets do.
"""

import os
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

PROJECT = Path(__file__).resolve().parent.parent
DEVELOPMENT_SECRET_KEY = "insecure-development-key-never-used-in-production"  # noqa: S105 - refused in production
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
FIGURES_BACKENDS = ("duckdb", "pyspark")
STANDINGS = ("analyst", "counsel", "manager", "auditor", "administrator")


class SettingsError(RuntimeError):
    """The environment cannot be used; the message lists every problem with its fix."""


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


@dataclass(frozen=True, slots=True)
class Environment:
    """The service's settings as typed values."""

    production: bool
    secret_key: str = field(repr=False)
    secret_key_former: str = field(repr=False)
    debug: bool
    allowed_hosts: tuple[str, ...]
    csrf_trusted_origins: tuple[str, ...]
    behind_tls_proxy: bool
    hsts_seconds: int
    data: Path
    static_root: Path
    s3: S3Settings | None
    database: DatabaseAddress | None
    database_embedded: bool
    database_role: str
    database_pool_size: int
    redis: RedisAddress | None
    mail: MailAddress | None
    mail_from: str
    public_origin: str
    digest_hour: int
    recheck_hour: int
    clamd: str
    ocr_languages: tuple[str, ...]
    figures_backend: str
    decision_time_zone: ZoneInfo
    session_hours: int
    second_factor_required_for: frozenset[str]
    oidc: OidcSettings | None
    token_days: int
    log_level: str
    log_json: bool
    throttles: Mapping[str, str]
    demo_password: str = field(repr=False)
    web_port: int
    web_workers: int
    worker_concurrency: int


class _Reader:
    """Takes typed values out of the variables and collects what is wrong with them."""

    def __init__(self, variables: Mapping[str, str], origin: Mapping[str, str]) -> None:
        self._variables = variables
        self._origin = origin
        self.problems: list[str] = []
        self.asked: set[str] = set()

    def text(self, name: str, default: str = "") -> str:
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
        text = self.text(name).lower()
        if text in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
            return default if not text else text in ("1", "true", "yes", "on")
        self.problems.append(f"{name}: write true or false, not {text!r}.")
        return default

    def number(self, name: str, default: int, low: int, high: int) -> int:
        text = self.text(name, str(default))
        if text.isdecimal() and low <= int(text) <= high:
            return int(text)
        self.problems.append(f"{name}: write a whole number from {low} to {high}, not {text!r}.")
        return default

    def words(self, name: str, default: str = "") -> tuple[str, ...]:
        return tuple(word.strip() for word in self.text(name, default).split(",") if word.strip())

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        text = self.text(name, default)
        if text in allowed:
            return text
        self.problems.append(f"{name}: write one of {', '.join(allowed)}; found {text!r}.")
        return default

    def standings(self, name: str, default: str) -> frozenset[str]:
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
        text = self.text(name, default)
        count, _, period = text.partition("/")
        if count.isdecimal() and int(count) > 0 and period in ("second", "minute", "hour", "day"):
            return text
        self.problems.append(f"{name}: write <number>/<second|minute|hour|day>, not {text!r}.")
        return default

    def database(self, name: str) -> DatabaseAddress | None:
        text = self.text(name)
        try:
            return parse_database(text, name) if text else None
        except AddressError as error:
            self.problems.append(str(error))
            return None

    def redis(self, name: str) -> RedisAddress | None:
        text = self.text(name)
        try:
            return parse_redis(text, name) if text else None
        except AddressError as error:
            self.problems.append(str(error))
            return None

    def mail(self, name: str) -> MailAddress | None:
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


def data_folder(variables: Mapping[str, str]) -> Path:
    """Where this installation keeps its files: CASEMGR_DATA, or `.local` beside manage.py."""
    text = variables.get("CASEMGR_DATA", "").strip()
    return Path(text).expanduser().absolute() if text else PROJECT / ".local"


def read_local(data: Path) -> dict[str, str]:
    """The variables the local stack wrote to `<data>/env`; none when it is not running."""
    try:
        lines = (data / "env").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


def read(variables: Mapping[str, str] | None = None) -> Environment:
    """Read and check the environment. Raises SettingsError with every problem found."""
    given = dict(os.environ if variables is None else variables)
    data = data_folder(given)
    mode = given.get("CASEMGR_MODE", "development").strip() or "development"
    # The file belongs to the embedded stack, which production never uses.
    local = {} if mode == "production" else read_local(data)
    taken = {
        name: value
        for name, value in local.items()
        if not given.get(name) and not given.get(f"{name}_FILE")
    }
    reader = _Reader(given | taken, taken)
    environment = _arrange(reader, data)
    problems = reader.problems
    if environment.production:
        problems = problems + production_problems(environment)
    if problems:
        raise SettingsError(
            "casemgr cannot start with these settings:\n"
            + "\n".join(f"  - {problem}" for problem in problems)
            + "\n.env.example describes every setting."
        )
    return environment


def known_variables() -> frozenset[str]:
    """The name of every variable the service reads."""
    reader = _Reader({}, {})
    _arrange(reader, data_folder({}))
    return frozenset(reader.asked | {"CASEMGR_DATA"})


def _arrange(reader: _Reader, data: Path) -> Environment:
    mode = reader.choice("CASEMGR_MODE", "development", ("development", "production"))
    production = mode == "production"
    database = reader.database("DATABASE_URL")
    return Environment(
        production=production,
        secret_key=reader.text("SECRET_KEY", DEVELOPMENT_SECRET_KEY),
        secret_key_former=reader.text("SECRET_KEY_FORMER"),
        debug=reader.flag("DEBUG", default=False),
        allowed_hosts=reader.words("ALLOWED_HOSTS", "" if production else "localhost,127.0.0.1"),
        csrf_trusted_origins=reader.words("CSRF_TRUSTED_ORIGINS"),
        behind_tls_proxy=reader.flag("BEHIND_TLS_PROXY", default=False),
        hsts_seconds=reader.number("HSTS_SECONDS", 31_536_000, 0, 126_144_000),
        data=data,
        static_root=Path(reader.text("STATIC_ROOT") or PROJECT / "staticfiles"),
        s3=reader.s3(),
        database=database,
        database_embedded=database is not None and Path(database.host) == data.resolve() / "pg",
        database_role=reader.text("DATABASE_ROLE"),
        database_pool_size=reader.number("DATABASE_POOL_SIZE", 0, 0, 80),
        redis=reader.redis("REDIS_URL"),
        mail=reader.mail("EMAIL_URL"),
        mail_from=reader.text("EMAIL_FROM", "casemgr@localhost"),
        public_origin=reader.origin("PUBLIC_ORIGIN"),
        digest_hour=reader.number("DIGEST_HOUR", 7, 0, 22),
        recheck_hour=reader.number("RECHECK_HOUR", 1, 0, 23),
        clamd=reader.scanner("CLAMD"),
        ocr_languages=reader.ocr_languages("OCR_LANGUAGES", "eng"),
        figures_backend=reader.choice("FIGURES_BACKEND", "duckdb", FIGURES_BACKENDS),
        decision_time_zone=reader.zone("DECISION_TIME_ZONE", "America/New_York"),
        session_hours=reader.number("SESSION_HOURS", 12, 1, 168),
        second_factor_required_for=reader.standings(
            "SECOND_FACTOR_REQUIRED_FOR", "administrator" if production else "none"
        ),
        oidc=reader.oidc(),
        token_days=reader.number("TOKEN_DAYS", 30, 1, 366),
        log_level=reader.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
        log_json=reader.choice("LOG_FORMAT", "json", ("json", "text")) == "json",
        throttles={
            "anonymous": reader.rate("THROTTLE_ANONYMOUS", "30/minute"),
            "member": reader.rate("THROTTLE_MEMBER", "1200/minute"),
            "auditor": reader.rate("THROTTLE_AUDITOR", "1200/minute"),
            "administrator": reader.rate("THROTTLE_ADMINISTRATOR", "600/minute"),
            "depositor": reader.rate("THROTTLE_DEPOSITOR", "120/minute"),
        },
        demo_password=reader.text("CASEMGR_DEMO_PASSWORD"),
        web_port=reader.number("WEB_PORT", 0, 0, 65535),
        web_workers=reader.number("WEB_WORKERS", 2, 1, 64),
        worker_concurrency=reader.number("WORKER_CONCURRENCY", 2, 1, 64),
    )


def production_problems(environment: Environment) -> list[str]:
    """What makes these settings unfit for production, each with its fix; empty when fit."""
    problems = []
    key = environment.secret_key
    if key == DEVELOPMENT_SECRET_KEY or "insecure" in key or len(key) < 50 or len(set(key)) < 5:
        problems.append(
            "SECRET_KEY: production needs its own random key of at least 50 characters; "
            "python -c 'import secrets; print(secrets.token_urlsafe(50))' makes one."
        )
    if environment.second_factor_required_for.isdisjoint({"administrator", "all"}):
        problems.append(
            "SECOND_FACTOR_REQUIRED_FOR: production requires one of administrators at least; "
            "add administrator, or write all."
        )
    if environment.oidc is not None and not environment.oidc.issuer.startswith("https://"):
        problems.append("OIDC_ISSUER: production signs people in over https:// only.")
    if environment.s3 is not None and environment.s3.endpoint.startswith("http://"):
        problems.append("S3_ENDPOINT: production sends exhibits over https:// only.")
    if environment.debug:
        problems.append("DEBUG: production shows no error pages to visitors; remove it.")
    if not environment.allowed_hosts:
        problems.append("ALLOWED_HOSTS: name the hosts people use, separated by commas.")
    if any("*" in host or host.startswith(".") for host in environment.allowed_hosts):
        problems.append("ALLOWED_HOSTS: wildcards are refused in production; name each host.")
    if environment.database is None:
        problems.append(
            "DATABASE_URL: production needs a PostgreSQL 15+ server; the embedded one is for "
            "development and tests only."
        )
    elif environment.database_embedded:
        problems.append(
            "DATABASE_URL: it points into the embedded stack, which production refuses; "
            "name a PostgreSQL 15+ server."
        )
    if environment.mail is not None and environment.mail_from.endswith("@localhost"):
        problems.append(
            "EMAIL_FROM: e-mail is sent (EMAIL_URL), so name whom it is from, such as "
            "casemgr@agency.example."
        )
    if environment.redis is None:
        problems.append("REDIS_URL: production needs a Redis 7+ or Valkey server.")
    return problems
