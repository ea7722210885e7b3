"""Where a page leads back to after something was done."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The address that the form or the link named as ``next``, if it is one of this service."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    if asked and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return otherwise


def by_htmx(request: HttpRequest) -> bool:
    """Whether a part of a page is asked for, to be put in the place of another."""
    return request.headers.get("HX-Request") == "true"
