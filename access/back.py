"""Where a page leads back to after something was done."""

from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The address that the form or the link named as ``next``, if it is one of this service."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    if asked and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return otherwise


def telling(address: str, /, **said: str) -> str:
    """The address with each of ``said`` in its query, in place of what it said under that name.

    What is empty is left out: ``telling("/cases/", next="")`` is ``/cases/``.
    """
    parts = urlsplit(address)
    query = QueryDict(parts.query, mutable=True)
    for name, value in said.items():
        if value:
            query[name] = value
    return urlunsplit(parts._replace(query=query.urlencode()))


def by_htmx(request: HttpRequest) -> bool:
    """Whether a part of a page is asked for, to be put in the place of another."""
    return request.headers.get("HX-Request") == "true"
