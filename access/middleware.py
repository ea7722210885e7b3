"""What every request passes: an id of its own, a size, and an address that can name something."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from access.actor import current_request_id
from access.api.errors import too_large

# What a proxy or a client may hand us: nothing that could break a log line or a header.
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestIdMiddleware:
    """Takes ``X-Request-Id`` when it is safe, makes one otherwise, and answers with it.

    Inside the request ``access.actor.acting`` finds the id, so every changed row names the
    request that changed it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request under its id."""
        request_id = getattr(request, "request_id", "") or _chosen(request)
        request.request_id = request_id  # type: ignore[attr-defined]
        token = current_request_id.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            current_request_id.reset(token)
        response["X-Request-Id"] = request_id
        return response


class RequestSizeMiddleware:
    """Refuses a body larger than any address takes, before a byte of it is read.

    Without it such a file would be written to the disk of the web process before whatever reads
    it, the check of the form's token before all, could say that it is too large.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request, or answer 413."""
        length = request.META.get("CONTENT_LENGTH") or ""
        most = settings.MOST_BYTES_OF_A_REQUEST
        if not length.isdigit() or int(length) <= most:
            return self.get_response(request)
        return too_large(request, most)


class NamedAddressMiddleware:
    """Answers 404 where an address has a NUL: PostgreSQL keeps none, so no key has one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, given: tuple[Any, ...], named: dict[str, Any]
    ) -> None:
        """Look at what the address names before any view asks the database for it."""
        if any(isinstance(value, str) and "\x00" in value for value in (*given, *named.values())):
            raise Http404("an address with a NUL names nothing")


def _chosen(request: HttpRequest) -> str:
    given = request.headers.get("X-Request-Id", "")
    return given if _SAFE_ID.fullmatch(given) else uuid4().hex
