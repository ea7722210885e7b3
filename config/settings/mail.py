"""E-mail: by the server that is named, to the log in development, else not at all."""

from typing import Any

from config.environment import Environment

_BACKENDS = "django.core.mail.backends"
_TIMEOUT_SECONDS = 20


def mail_for(environment: Environment) -> dict[str, Any]:
    """Django's mail settings, by name."""
    settings: dict[str, Any] = {
        "DEFAULT_FROM_EMAIL": environment.mail_from,
        "EMAIL_TIMEOUT": _TIMEOUT_SECONDS,
    }
    server = environment.mail
    if server is None:
        # Production without a server sends nothing; on one's own machine the log shows it.
        kind = "dummy" if environment.production else "console"
        return settings | {"EMAIL_BACKEND": f"{_BACKENDS}.{kind}.EmailBackend"}
    return settings | {
        "EMAIL_BACKEND": f"{_BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": server.host,
        "EMAIL_PORT": server.port,
        "EMAIL_HOST_USER": server.user,
        "EMAIL_HOST_PASSWORD": server.password,
        "EMAIL_USE_TLS": server.security == "starttls",
        "EMAIL_USE_SSL": server.security == "tls",
    }
