"""The REST API's defaults: closed unless a view opens it."""

from collections.abc import Mapping
from typing import Any

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "access.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["access.api.permissions.PolicyPermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["access.api.parsers.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "access.api.negotiation.Negotiation",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "designations.api.schema.ApiSchema",
    "DEFAULT_PAGINATION_CLASS": "access.api.pagination.KeyCursor",
    "PAGE_SIZE": 50,
    "EXCEPTION_HANDLER": "access.api.errors.problem_handler",
    "DEFAULT_THROTTLE_CLASSES": ["access.api.throttles.RoleThrottle"],
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "COERCE_DECIMAL_TO_STRING": True,
}

KNOX_TOKEN_MODEL = "access.ApiToken"  # noqa: S105 - a model's name
REST_KNOX: dict[str, Any] = {
    "TOKEN_MODEL": KNOX_TOKEN_MODEL,
    "AUTH_HEADER_PREFIX": "Bearer",
    "AUTO_REFRESH": False,
    "TOKEN_LIMIT_PER_USER": 20,
}

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "casemgr API",
    "DESCRIPTION": (
        "Evidentiary-record case management for restricted-party listings. The service assists "
        "counsel; it gives no legal advice and takes no position on whether anyone should be "
        "listed."
    ),
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "PATH_CONVERTER_OVERRIDES": {"key": str},
    # Closed lists stand where they are used; the package would have to name each of them.
    "POSTPROCESSING_HOOKS": ["designations.api.schema.with_problems"],
    # The page and its script come from this server: it must work without the Internet.
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "validatorUrl": None},
}


def throttled(framework: dict[str, Any], rates: Mapping[str, str]) -> dict[str, Any]:
    """The framework's defaults with the rate of each kind of account."""
    return framework | {"DEFAULT_THROTTLE_RATES": dict(rates)}
