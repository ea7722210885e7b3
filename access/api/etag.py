"""Optimistic concurrency over HTTP (RFC 9110 § 13, RFC 6585 § 3).

An answer about something editable carries its revision as ``ETag``; a change must name that
revision in ``If-Match``. 428 when it names none, 412 when it names another.
"""

import re

from django.db import models
from rest_framework.request import Request

from access.api.errors import ProblemError
from access.api.problems import Problem

_ONE_TAG = re.compile(r'"([^"]*)"')


def etag_of(row: models.Model) -> str | None:
    """The strong entity tag of an editable row; None for a row without revisions."""
    revision = getattr(row, "revision", None)
    return None if revision is None else f'"{revision}"'


def expected_revision(request: Request, row: models.Model) -> int:
    """The revision the author saw, which is still the row's.

    Raises ProblemError: 428 without If-Match or with ``*`` (which would defeat it), 400 for
    several tags, 412 when the row has another revision. The action checks again in the UPDATE.
    """
    header = request.headers.get("If-Match", "").strip()
    current = etag_of(row)
    if header in ("", "*"):
        raise ProblemError(
            Problem(
                428,
                "revision-required",
                "Read it first and send its ETag as If-Match, such as "
                f"If-Match: {current}, so that nobody's change is overwritten unseen.",
            )
        )
    found = _ONE_TAG.fullmatch(header)
    if found is None:
        raise ProblemError(
            Problem(400, "malformed-request", f"If-Match takes one quoted tag, such as {current}.")
        )
    if header != current:
        raise ProblemError(
            Problem(
                412,
                "revision-changed",
                f"You saw revision {found[1]}; it was changed since. Nothing was saved: read it "
                "again and repeat the change on what it says now.",
                headers={"ETag": current or ""},
            )
        )
    return int(found[1])
