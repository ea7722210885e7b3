"""Server time of the pages at 10 000 cases, against a bare template of the same size.

Every page is asked for through the whole WSGI application by a signed-in manager: middleware,
session, policy, queries, template. The bare page stands behind the same, extends the same frame
and writes as many bytes as ours, from one variable, without asking the database for anything of
the cases. Queries are counted at a tenth of the size and at the full size.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from benchmarks.filled_office import FULL, QUICK, Size, fill
from benchmarks.own_database import own_database
from benchmarks.ratios import medians

BODIES: dict[str, str] = {}
"""What the bare pages write, by name."""


@dataclass(frozen=True, slots=True)
class PageAsked:
    """A page, and what is done ``before`` every turn, so that nothing of it is remembered."""

    name: str
    path: str
    before: Callable[[str], None] = lambda path: None


def _a_case_changes(_path: str) -> None:
    """A change of any case, recorded as every change is; its millisecond counts as ours."""
    from casemgr.models import Case

    case = Case.objects.order_by("pk")[:1].get()
    Case.objects.filter(pk=case.pk).update(title=f"{case.title}.")


def _nothing_is_drawn(_path: str) -> None:
    """As after a new assessment: what was drawn of the old one is of no use."""
    from casemgr.web import kept_review

    turn = next(_TURNS)
    kept_review._looks = lambda: f"turn {turn}"  # type: ignore[assignment]


_TURNS = count()
PAGES = (
    PageAsked("my work", "/"),
    PageAsked("docket, 50 of all", "/cases/"),
    PageAsked("docket, open, by deadline", "/cases/?stage=open&sort=due"),
    PageAsked("docket, weak, 4th page", "/cases/?grade=weak&grade=unsupported&sort=flag&page=4"),
    PageAsked("board", "/board/"),
    PageAsked("status, nothing changed", "/status/"),
    PageAsked("status, after a change", "/status/", _a_case_changes),
    PageAsked("case, 200 links", "/cases/{case}/"),
    PageAsked("the same, drawn anew", "/cases/{case}/", _nothing_is_drawn),
    PageAsked("its busiest element", "/cases/{case}/elements/{element}/"),
    PageAsked("its stress and brief", "/cases/{case}/stress/"),
    PageAsked("evidence, newest 50", "/evidence/", _a_case_changes),
    PageAsked("its counts", "/evidence/?counted=1", _a_case_changes),
    PageAsked("with counts remembered", "/evidence/?counted=1"),
    PageAsked("found by a word", "/evidence/?q=laboratory"),
    PageAsked("by a word in every item", "/evidence/?q=invented"),
    PageAsked("an item of evidence", "/evidence/{item}/"),
)
ONE_LARGE = Size(cases=1, links=200, assessed=1, runs=0)


def main() -> None:
    """Fill, measure, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--quick", action="store_true", help="small sizes, for a check that it runs")
    words.add_argument("--assessed", type=int, help="cases to assess (default: 2000)")
    words.add_argument("--runs", type=int, help="turns of each measurement (default: 60)")
    chosen = words.parse_args()
    size = QUICK if chosen.quick else FULL
    if chosen.assessed is not None:
        size = replace(size, assessed=chosen.assessed)
    if chosen.runs is not None:
        size = replace(size, runs=chosen.runs)
    with own_database():
        get = _getter()
        fill(3, ONE_LARGE)
        pages = _with_addresses()
        fill(1, size.tenth)
        few = {each: _queries(get, each) for each in pages}
        fill(2, size.rest)
        _report(size, get, few)


def _with_addresses() -> list[PageAsked]:
    """The pages with the keys of the one large case, its busiest element and one of its items."""
    from django.db.models import Count

    from casemgr.models import Link

    busiest = (
        Link.objects.values("case_element__case__key", "case_element__element__code")
        .annotate(links=Count("pk"))
        .order_by("-links", "case_element__element__code")[0]
    )
    case = busiest["case_element__case__key"]
    item = Link.objects.filter(case_element__case__key=case).order_by("pk")[0].item.key
    element = busiest["case_element__element__code"]
    return [
        replace(each, path=each.path.format(case=case, element=element, item=item))
        for each in PAGES
    ]


def _report(size: Size, get: Callable[[str], bytes], few: dict[PageAsked, int]) -> None:
    print(f"\n{size.cases} cases, {size.links} links, {size.assessed} cases assessed")
    print("  median of interleaved requests; x: times what the bare page takes")
    print(
        f"  {'page':<27}{'bytes':>8}{'ours ms':>9}{'bare ms':>9}{'x':>7}"
        f"{f'queries at {size.tenth.cases}':>17}{f'at {size.cases}':>10}"
    )
    for each in few:
        body = get(each.path)
        name = each.name.replace(" ", "-").replace(",", "")
        BODIES[name] = "x" * max(0, len(body) - len(get(f"/bare/{name}")))
        ours, bare = medians(size.runs, partial(_once, get, each), partial(get, f"/bare/{name}"))
        print(
            f"  {each.name:<27}{len(body):>8}{ours * 1e3:>9.1f}{bare * 1e3:>9.1f}"
            f"{ours / bare:>7.1f}{few[each]:>17}{_queries(get, each):>10}"
        )


def _once(get: Callable[[str], bytes], each: PageAsked) -> None:
    each.before(each.path)
    get(each.path)


def _getter() -> Callable[[str], bytes]:
    """Requests as the web process serves them, with the session of a manager."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.cached_db import SessionStore
    from django.core.wsgi import get_wsgi_application
    from django.test import RequestFactory
    from django.urls import path

    import config.urls
    from access.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    # Names of style sheets as they are: nothing has to be collected first.
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    manager = User.objects.get(username="manager")
    session = SessionStore()
    session[SESSION_KEY] = str(manager.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = manager.get_session_auth_hash()
    session.save()
    config.urls.urlpatterns.append(path("bare/<str:name>", _bare))
    application = get_wsgi_application()
    cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
    requests = RequestFactory(headers={"Cookie": cookie})

    def get(address: str) -> bytes:
        parts = urlsplit(address)
        request = requests.get(parts.path, QUERY_STRING=parts.query)
        status: list[str] = []

        def start(line: str, headers: Any, error: Any = None) -> Any:
            status.append(line)

        answer: Any = application(request.environ, start)
        body = b"".join(answer)
        getattr(answer, "close", bool)()
        if not status[0].startswith("200"):
            raise RuntimeError(f"{address} answered {status[0]}: {body[:300]!r}")
        return body

    return get


_BARE = (
    '{% extends "access/base.html" %}{% block title %}Bare{% endblock %}'
    "{% block content %}<h1>Bare</h1><p>{{ body }}</p>{% endblock %}"
)


def _bare(request: Any, name: str) -> Any:
    from django.http import HttpResponse
    from django.template import engines

    # Compiled once, as a template in a file is.
    template = _COMPILED.setdefault("bare", engines["django"].from_string(_BARE))
    return HttpResponse(template.render({"body": BODIES.get(name, "")}, request))


_COMPILED: dict[str, Any] = {}


def _queries(get: Callable[[str], bytes], each: PageAsked) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    get(each.path)
    with CaptureQueriesContext(connection) as made:
        _once(get, each)
    return len(made)


if __name__ == "__main__":
    main()
