"""FollowTheMoney entities as a file to download."""

import re

from django.http import HttpResponse

from designations.exchange.ftm.entities import write_lines
from designations.exchange.ftm.writing import Written

MEDIA = "application/json+ftm"
_TOLD = 10


def as_download(written: Written, name: str) -> HttpResponse:
    """An attachment; its header ``X-Left-Out`` names the first of what has no place in it."""
    answer = HttpResponse("".join(write_lines(written.entities)), content_type=MEDIA)
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    answer["Content-Disposition"] = f'attachment; filename="{plain}.ftm.json"'
    answer["Cache-Control"] = "private, no-store"
    if written.left_out:
        told = "; ".join(written.left_out[:_TOLD])
        more = f"; and {len(written.left_out) - _TOLD} more" if written.left_out[_TOLD:] else ""
        answer["X-Left-Out"] = re.sub(r"[^\x20-\x7e]", "?", told + more)
    return answer
