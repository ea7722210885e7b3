"""Idempotency-Key on creates: the same request sent twice acts once.

A client that lost the answer sends the request again under the same key and receives the stored
answer, marked ``Idempotency-Replayed: true``. The key belongs to one person and one route.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseBase, QueryDict
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from access.api.errors import ProblemError
from access.api.problems import Problem
from access.models import IdempotencyKey, User

REPLAYED = "Idempotency-Replayed"
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_KEPT_HEADERS = ("Location", "ETag")
# The first half of a two-part advisory lock: nothing else in the product uses this number.
_LOCK_SPACE = 0x1DE4


def once(
    request: Request,
    run: Callable[[], Response],
    remembered: Callable[[Any], Any] = lambda data: data,
) -> HttpResponseBase:
    """Run a create, or replay what it answered when it ran before.

    ``remembered`` gives the part of the answer that may be stored, for an answer that holds a
    secret. Without an Idempotency-Key header the create simply runs.

    The act and the memory of its answer are one transaction: after a crash there are both or
    neither. A refused create is not remembered; mend it and send it again under the same key.

    Raises ProblemError: 400 for a malformed key, 409 while the first request is still being
    worked on, 422 when the key was used with another body.
    """
    key, user = _key(request), request.user
    if key is None or not isinstance(user, User):
        return run()
    route = f"{request.method} {request.path}"
    digest = digest_of(request)
    with transaction.atomic():
        _take_lock(user.pk, key, route)
        known = IdempotencyKey.objects.filter(user=user, key=key, route=route).first()
        if known is not None:
            return _replay(known, digest)
        response = run()
        if 200 <= response.status_code < 300:
            IdempotencyKey.objects.create(
                user=user,
                key=key,
                route=route,
                request_digest=digest,
                status=response.status_code,
                headers={
                    name: response[name] for name in _KEPT_HEADERS if response.has_header(name)
                },
                body=json.dumps(remembered(response.data), cls=JSONEncoder),
            )
    return response


def digest_of(request: Request) -> str:
    """SHA-256 of what the request says: its query and its parsed body, files by their bytes.

    Parsed, so that a client may write the same JSON with other spaces or another key order.
    """
    said = [request.META.get("QUERY_STRING", ""), _plain(request.data)]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, UploadedFile):
        content = hashlib.sha256()
        for chunk in value.chunks():
            content.update(chunk)
        value.seek(0)
        return {"file": value.name, "sha256": content.hexdigest()}
    if isinstance(value, QueryDict):
        return {name: [_plain(inner) for inner in value.getlist(name)] for name in value}
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def _key(request: Request) -> str | None:
    header = request.headers.get("Idempotency-Key")
    if header is None:
        return None
    if not _KEY.fullmatch(header):
        detail = "Idempotency-Key is 1 to 255 visible ASCII characters; a UUID serves well."
        raise ProblemError(Problem(400, "malformed-request", detail))
    return header


def _take_lock(user_id: int, key: str, route: str) -> None:
    """Hold this key until the transaction ends, or refuse because another request does."""
    name = json.dumps([user_id, key, route]).encode()
    number = int.from_bytes(hashlib.sha256(name).digest()[:4], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (_LOCK_SPACE, number))
        taken = cursor.fetchone() == (True,)
    if not taken:
        detail = "A request with this Idempotency-Key is still being worked on; ask again shortly."
        raise ProblemError(Problem(409, "request-in-flight", detail, headers={"Retry-After": "1"}))


def _replay(known: IdempotencyKey, digest: str) -> HttpResponse:
    if known.request_digest != digest:
        detail = (
            "This Idempotency-Key was used here with another body. Nothing was done; send the "
            "same body again, or a new key for a new request."
        )
        raise ProblemError(Problem(422, "idempotency-key-reused", detail))
    return HttpResponse(
        known.body,
        status=known.status,
        content_type="application/json",
        headers={**known.headers, REPLAYED: "true"},
    )
