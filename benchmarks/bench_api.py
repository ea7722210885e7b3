"""Case list, checklist and status of an office with 10 000 cases, against bare views.

A bare view is a DRF view behind the same middleware, authentication, permission and throttle that
answers, without asking the database for anything of the cases, the same bytes: once from memory
as they are, once by rendering the values to JSON, and for lists once by serializing rows that it
holds. Queries are counted at a tenth of the size and at the full size.
"""

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from benchmarks.filled_office import FULL, QUICK, fill
from benchmarks.own_database import own_database
from benchmarks.ratios import medians

STORED: dict[str, bytes] = {}
"""What our endpoints answered, by name: the bare views hand it out again."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What is asked for, under which name the bare view answers the same."""

    name: str
    path: str
    lists: bool = False
    """A page of cases, which a bare view can serialize from rows."""


ENDPOINTS = (
    Endpoint("case list, 50 rows", "/api/v1/cases", lists=True),
    Endpoint("case list, 200 rows", "/api/v1/cases?limit=200", lists=True),
    Endpoint("checklist", "/api/v1/cases/MADE-UP-1-00003/checklist"),
    Endpoint("status, 200 rows", "/api/v1/status/cases"),
)


def main() -> None:
    """Seed, measure, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--quick", action="store_true", help="small sizes, for a check that it runs")
    words.add_argument("--assessed", type=int, help="cases to assess (default: 2000)")
    chosen = words.parse_args()
    size = QUICK if chosen.quick else FULL
    if chosen.assessed is not None:
        size = replace(size, assessed=chosen.assessed)
    with own_database() as token:
        get = _getter(token)
        fill(1, size.tenth)
        few = {each: _queries(get, each.path) for each in ENDPOINTS}
        fill(2, size.rest)
        print(f"\n{size.cases} cases, {size.links} links, {size.assessed} cases assessed")
        print("  median of interleaved requests; x: times what the bare view takes")
        print(
            f"  {'':<21}{'':>8}{'ours':>9}{'bytes':>9}{'':>7}{'JSON':>9}{'':>7}{'rows':>9}"
            f"{'':>7}{'queries':>9}{'queries':>9}"
        )
        print(
            f"  {'endpoint':<21}{'bytes':>8}{'ms':>9}{'ms':>9}{'x':>7}{'ms':>9}{'x':>7}{'ms':>9}"
            f"{'x':>7}{f'at {size.tenth.cases}':>9}{f'{size.cases}':>9}"
        )
        for each in ENDPOINTS:
            STORED[_slug(each)] = get(each.path)
            bare = [f"/bare/{way}/{_slug(each)}" for way in ("bytes", "json", "rows")]
            paths = [each.path, *(bare if each.lists else bare[:2])]
            if any(get(path) != get(each.path) for path in paths):
                raise RuntimeError(f"{each.name}: a bare view answers other bytes than ours")
            ours, *floors = medians(size.runs, *(partial(get, path) for path in paths))
            cells = "".join(f"{floor * 1e3:>9.2f}{ours / floor:>7.2f}" for floor in floors)
            print(
                f"  {each.name:<21}{len(STORED[_slug(each)]):>8}{ours * 1e3:>9.2f}{cells:<48}"
                f"{few[each]:>9}{_queries(get, each.path):>9}"
            )


def _getter(token: str) -> Callable[[str], bytes]:
    """Requests as the web process serves them: the WSGI application with all its middleware."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.test import RequestFactory
    from django.urls import path
    from rest_framework.settings import api_settings

    import config.urls

    # The throttle counts as ever; only its limit is out of reach.
    rates: dict[str, Any] = api_settings.DEFAULT_THROTTLE_RATES
    rates["member"] = "100000000/minute"
    config.urls.urlpatterns.append(path("bare/<str:way>/<str:name>", _bare_view()))
    application = get_wsgi_application()
    settings.ALLOWED_HOSTS = ["testserver"]
    requests = RequestFactory(headers={"Authorization": f"Bearer {token}"})

    def get(address: str) -> bytes:
        parts = urlsplit(address)
        request = requests.get(parts.path, QUERY_STRING=parts.query)
        status: list[str] = []

        def start(line: str, headers: Any, error: Any = None) -> Any:
            status.append(line)

        answer: Iterable[bytes] = application(request.environ, start)
        body = b"".join(answer)
        getattr(answer, "close", bool)()
        if not status[0].startswith("200"):
            raise RuntimeError(f"{address} answered {status[0]}: {body[:300]!r}")
        return body

    return get


def _bare_view() -> Any:
    import json

    from django.http import HttpResponse
    from rest_framework.request import Request
    from rest_framework.response import Response
    from rest_framework.views import APIView

    from casemgr.api.serializers.cases import CaseSerializer
    from casemgr.api.views.cases import whole
    from casemgr.models import Case

    held: dict[str, Any] = {}

    def values(name: str) -> Any:
        if name not in held:
            held[name] = json.loads(STORED[name])
        return held[name]

    def rows(name: str) -> list[Case]:
        if f"rows of {name}" not in held:
            number = len(values(name)["results"])
            held[f"rows of {name}"] = list(whole(Case.objects.all()).order_by("key")[:number])
        found: list[Case] = held[f"rows of {name}"]
        return found

    class Bare(APIView):
        """The same bytes again, to those who may read cases."""

        resource = "case"

        def get(self, request: Request, way: str, name: str) -> HttpResponse:
            """In the way that the address names."""
            if way == "bytes":
                return HttpResponse(STORED[name], content_type="application/json")
            if way == "json":
                return Response(values(name))
            return Response({**values(name), "results": CaseSerializer(rows(name), many=True).data})

    return Bare.as_view()


def _slug(each: Endpoint) -> str:
    return each.name.replace(" ", "-").replace(",", "")


def _queries(get: Callable[[str], bytes], path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    get(path)  # the use of the token is noted once a minute, in queries of its own
    with CaptureQueriesContext(connection) as made:
        get(path)
    return len(made)


if __name__ == "__main__":
    main()
