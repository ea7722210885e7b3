"""Pages of the authority library. Reference data: everyone who is signed in reads all of it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from designations.clock import today
from designations.models import AuthorityVersion, Origin
from designations.web.reading import read_version, shelves

CHANGES_WITHIN_DAYS = 365


@login_required
@require_safe
def library_page(request: HttpRequest) -> HttpResponse:
    """Every authority with its versions, and what of the law changes within a year."""
    day = today()
    context = {
        "shelves": shelves(day),
        "day": day,
        "changes": AuthorityVersion.objects.filter(
            authority__origin=Origin.LIBRARY
        ).upcoming_changes(day, CHANGES_WITHIN_DAYS),
    }
    return render(request, "designations/library.html", context)


@login_required
@require_safe
def version_page(request: HttpRequest, slug: str, label: str) -> HttpResponse:
    """What exactly one version of an authority requires, and who has checked its words."""
    version = get_object_or_404(
        AuthorityVersion.objects.select_related("authority").prefetch_related("statuses"),
        authority__slug=slug,
        authority__origin=Origin.LIBRARY,
        label=label,
    )
    day = today()
    context = {"reading": read_version(version, day), "version": version, "day": day}
    return render(request, "designations/version.html", context)
