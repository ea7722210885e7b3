"""Opening a case."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from access.models import User
from access.policy import Verb, may, roles_that_may
from casemgr.actions.cases import open_case
from casemgr.web.forms import refused
from casemgr.web.forms.case import NewCaseForm
from casemgr.web.of_case import reader_of
from designations.actions import add_designee
from designations.models import Designee
from designations.names import normalize_name


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_case_page(request: HttpRequest) -> HttpResponse:
    """Open a case under one version of the law."""
    user = reader_of(request)
    if not may(user.standings(), "case", Verb.CREATE):
        raise PermissionDenied(f"To open a case is for {roles_that_may('case', Verb.CREATE)}.")
    form = NewCaseForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                designee = _designee(form.cleaned_data["designee"], user)
                case = open_case(form.new_case(designee), actor=user, reason="opened on its page")
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, f"{case.key} is opened: attach evidence to its elements.")
            return redirect(reverse("case-page", args=[case.key]))
    status = 422 if request.method == "POST" else 200
    return render(request, "casemgr/new_case.html", {"form": form}, status=status)


def _designee(said: str, actor: User) -> Designee | None:
    """The one of this key or name; a new entity where neither is on file."""
    if not said.strip():
        return None
    found: Designee | None = Designee.objects.filter(key=said.strip()).first()
    if found is None:
        same = list(Designee.objects.filter(name_normalized=normalize_name(said))[:2])
        if len(same) > 1:
            raise ValidationError(
                {"designee": f"Several on file are called {said.strip()}: give the key of one."}
            )
        found = same[0] if same else None
    return found or add_designee(said.strip(), actor=actor, reason="a case is opened on it")
