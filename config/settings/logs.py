"""Logs: one JSON line per event on standard error, with no personal data in it."""

import logging.config
from typing import Any

import structlog

from config.environment import Environment

# Names that could carry personal data or a secret, whoever logs them.
_WITHHELD = frozenset(
    {"authorization", "cookie", "email", "name", "password", "query", "token", "username"}
)


def withhold(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Replace values that must not be in a log, by the name they are given."""
    return {key: "[withheld]" if key.lower() in _WITHHELD else event[key] for key in event}


def logging_for(environment: Environment) -> None:
    """Configure structlog and the standard library's logging to write the same lines."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        withhold,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    render = (
        structlog.processors.JSONRenderer()
        if environment.log_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "event": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        render,
                    ],
                },
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "event"}},
            "root": {"handlers": ["stderr"], "level": environment.log_level},
            "loggers": {
                # Django's own lines repeat the path with its query string; ours do not.
                "django.request": {"level": "ERROR"},
                "django.server": {"level": "WARNING"},
            },
        }
    )
