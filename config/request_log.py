"""One log line per request, with the id that joins it to the change table."""

import time
from collections.abc import Callable
from typing import cast

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("casemgr.request")


class RequestLogMiddleware:
    """Logs route, status and duration of every request, under the id that access gave it.

    The route's pattern is logged, never the path or the query string: both may hold names.
    People appear by primary key only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request inside its log context."""
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=getattr(request, "request_id", None))
        started = time.perf_counter()
        response = self.get_response(request)
        log.info(
            "request",
            method=request.method,
            route=request.resolver_match.route if request.resolver_match else None,
            status=response.status_code,
            milliseconds=round((time.perf_counter() - started) * 1000, 1),
            user=_primary_key(request),
        )
        return response


def _primary_key(request: HttpRequest) -> int | None:
    user = getattr(request, "user", None)
    return cast(int | None, user.pk) if user is not None and user.is_authenticated else None
