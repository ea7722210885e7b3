"""RFC 9457: the kinds of problem the API answers with, and how one is written."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

MEDIA_TYPE = "application/problem+json"

TITLES: Mapping[str, str] = {
    "malformed-request": "The request could not be read",
    "validation-failed": "Some values are not acceptable",
    "not-authenticated": "Sign in first",
    "permission-denied": "You may not do this",
    "not-found": "There is nothing here that you can see",
    "method-not-allowed": "This address does not offer that method",
    "not-acceptable": "None of the wanted formats is available",
    "conflict": "This contradicts what is already recorded",
    "request-in-flight": "The same request is still being worked on",
    "idempotency-key-reused": "This Idempotency-Key belongs to another request",
    "revision-changed": "Someone else changed this meanwhile",
    "revision-required": "Say which revision you saw",
    "payload-too-large": "The request is too large",
    "unsupported-media-type": "This kind of content is not accepted here",
    "too-many-requests": "Too many requests",
    "server-error": "The service failed; nothing was saved",
    "unavailable": "What this needs does not answer now",
}
"""The slug of every kind of problem, and its title. The slug ends the problem's ``type``."""

EXPLANATIONS: Mapping[str, str] = {
    "malformed-request": "The request is not well formed: its JSON, a header or a parameter. "
    "The detail says which.",
    "validation-failed": "The request was understood and nothing was saved. Each entry of "
    "`errors` has a JSON Pointer to the value and says what is acceptable.",
    "not-authenticated": "Send a live API token as a bearer token, or sign in.",
    "permission-denied": "The detail names who may, or the scope that the token lacks.",
    "not-found": "Nothing with this address exists, or it belongs to a team or carries a marking "
    "outside what you may see. The service does not say which.",
    "method-not-allowed": "The Allow header lists the methods this address offers.",
    "not-acceptable": "Ask for application/json, or leave the Accept header out.",
    "conflict": "What is already recorded contradicts the request. The detail says how.",
    "request-in-flight": "A request with the same Idempotency-Key has not been answered yet. "
    "Send it again after the time in Retry-After.",
    "idempotency-key-reused": "An Idempotency-Key stands for one request. Send the same body "
    "again, or choose a new key.",
    "revision-changed": "The revision in If-Match is no longer the current one. Read it again, "
    "and repeat the change on what it says now.",
    "revision-required": "A change must say in If-Match which revision its author saw: the ETag "
    "of the answer to a GET.",
    "payload-too-large": "The request is larger than this address accepts.",
    "unsupported-media-type": "Send the content type that the description of the API names.",
    "too-many-requests": "Wait for the time in Retry-After.",
    "server-error": "A defect of the service, recorded under the request id. Nothing was saved; "
    "trying again is safe.",
    "unavailable": "What the service rests on, such as the store of exhibits, has no room or does "
    "not answer. The detail says what became of the request; wait for the time in Retry-After.",
}
"""What each kind means and what to do, for the page behind its ``type``."""

SLUG_OF_STATUS: Mapping[int, str] = {
    400: "malformed-request",
    401: "not-authenticated",
    403: "permission-denied",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    409: "conflict",
    412: "revision-changed",
    413: "payload-too-large",
    415: "unsupported-media-type",
    428: "revision-required",
    429: "too-many-requests",
    500: "server-error",
    503: "unavailable",
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one value; ``pointer`` is a JSON Pointer into the request's body."""

    pointer: str
    detail: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, in words that let the reader mend it."""

    status: int
    slug: str
    detail: str
    errors: tuple[FieldError, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self, request: HttpRequest) -> HttpResponse:
        """The answer as ``application/problem+json``, whatever format was asked for."""
        body: dict[str, Any] = {
            "type": f"/problems/{self.slug}",
            "title": TITLES.get(self.slug, HTTPStatus(self.status).phrase),
            "status": self.status,
            "detail": self.detail,
            "instance": request.path,
            "request_id": getattr(request, "request_id", ""),
        }
        if self.errors:
            body["errors"] = [
                {"pointer": error.pointer, "detail": error.detail} for error in self.errors
            ]
        return HttpResponse(
            json.dumps(body), status=self.status, content_type=MEDIA_TYPE, headers=self.headers
        )


def pointed(detail: Any, pointer: str = "#") -> Iterator[FieldError]:
    """Flatten nested messages, as serializers and models raise them, into pointers.

    >>> [(e.pointer, e.detail) for e in pointed({"names": [{}, {"text": ["Too long."]}]})]
    [('#/names/1/text', 'Too long.')]
    """
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            whole = name in ("non_field_errors", "__all__")
            yield from pointed(inner, pointer if whole else f"{pointer}/{_escaped(str(name))}")
    elif isinstance(detail, list | tuple):
        for position, inner in enumerate(detail):
            nested = isinstance(inner, Mapping | list | tuple)
            yield from pointed(inner, f"{pointer}/{position}" if nested else pointer)
    else:
        yield FieldError(pointer, str(detail))


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
