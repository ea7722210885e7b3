"""The page behind the ``type`` of a problem, and the sign in a browser's tab."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from access.api.problems import EXPLANATIONS, TITLES


@login_not_required
@require_safe
def problem_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What this kind of problem means and what to do; 404 for a name the API never answers."""
    if slug not in TITLES:
        raise Http404
    context = {"title": TITLES[slug], "explanation": EXPLANATIONS[slug], "slug": slug}
    return render(request, "access/problem.html", context)


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for the sign of pages that name none (the API's, the administration)."""
    return redirect(static("access/icon.svg"))
