"""Everything the service reads from its environment, parsed once at the door.

Values come from the process environment first, then from the file the local stack writes
(`.local/env`). Reading starts nothing. Every variable is documented in `.env.example`, and every
error names the variable and the fix. `NAME_FILE` gives a secret by file, as container secrets do.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from config.addresses import DatabaseAddress, MailAddress, RedisAddress
from config.variables import OidcSettings, S3Settings, Variables

PROJECT = Path(__file__).resolve().parent.parent
DEVELOPMENT_SECRET_KEY = "insecure-development-key-never-used-in-production"  # noqa: S105 - refused in production
FIGURES_BACKENDS = ("duckdb", "pyspark")


class SettingsError(RuntimeError):
    """The environment cannot be used; the message lists every problem with its fix."""


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
    reader = Variables(given | taken, taken)
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
    reader = Variables({}, {})
    _arrange(reader, data_folder({}))
    return frozenset(reader.asked | {"CASEMGR_DATA"})


def _arrange(reader: Variables, data: Path) -> Environment:
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
