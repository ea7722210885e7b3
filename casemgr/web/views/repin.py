"""Judging a case under a newer version of its law: what that changes, and doing it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from access.models import User
from access.policy import Verb
from casemgr.actions.pins import pin_version
from casemgr.models import Case, Pin
from casemgr.web.forms import refused
from casemgr.web.forms.repin import RepinForm
from casemgr.web.of_case import actor_in, allowed, head_of, reader_of, visible_case
from casemgr.web.repin import changes_between, last_pin, newer_versions
from designations.models import AuthorityVersion

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def repin_page(request: HttpRequest, key: str) -> HttpResponse:
    """What changes between the pinned and a newer version, and the form to pin that one."""
    case = visible_case(request, key)
    pin = last_pin(case)
    newer = list(newer_versions(pin)) if pin else []
    if request.method == "POST":
        actor = actor_in(request, case, "pin", Verb.CREATE)
        return _pinned_anew(request, case, pin, newer, actor)
    chosen = _named(newer, request.GET.get("version", "")) or (newer[0] if newer else None)
    return _show(request, case, pin, newer, chosen)


def _pinned_anew(
    request: HttpRequest, case: Case, pin: Pin | None, newer: list[AuthorityVersion], actor: User
) -> HttpResponse:
    sent = request.POST.copy()
    form = RepinForm(sent)
    chosen = _named(newer, request.POST.get("version", ""))
    if form.is_valid():
        stated = form.cleaned_data
        if pin is None or chosen is None or stated["pinned"] != pin.pk:
            form.add_error(
                None,
                "The case was pinned anew, or the version is not newer than the one pinned. "
                "Nothing was changed: read again what would change.",
            )
            chosen = chosen or (newer[0] if newer else None)
            # What is sent next speaks of what is shown now.
            sent["pinned"] = str(pin.pk) if pin else ""
            sent["version"] = str(chosen.pk) if chosen else ""
        else:
            try:
                day, reason = stated["from_day"], stated["reason"]
                pin_version(case, chosen, day, actor=actor, reason=reason)
            except ValidationError as error:
                refused(form, error, {"from": "from_day"})
            else:
                messages.success(request, f"{case.key} is judged under {chosen.name} from {day}.")
                return redirect(reverse("repin-page", args=[case.key]))
    return _show(request, case, pin, newer, chosen, form)


def _show(
    request: HttpRequest,
    case: Case,
    pin: Pin | None,
    newer: list[AuthorityVersion],
    chosen: AuthorityVersion | None,
    form: RepinForm | None = None,
) -> HttpResponse:
    context: dict[str, Any] = head_of(case)
    status = UNPROCESSABLE if form else 200
    if form is None and pin and chosen:
        form = RepinForm(initial=_first_said(pin, chosen, context["day"]))
    context |= {
        "tab": "repin",
        "last": pin,
        "newer": newer,
        "chosen": chosen,
        "compared": changes_between(pin, chosen) if pin and chosen else [],
        "form": form if chosen else None,
        "refusals": form.non_field_errors() if form and not chosen else (),
        "may_pin": allowed(reader_of(request), case, "pin", Verb.CREATE),
    }
    return render(request, "casemgr/repin.html", context, status=status)


def _first_said(pin: Pin, chosen: AuthorityVersion, day: date) -> dict[str, Any]:
    begins = max(day, chosen.in_force_from) if chosen.in_force_from else day
    return {"version": chosen.pk, "pinned": pin.pk, "from_day": begins.isoformat()}


def _named(newer: list[AuthorityVersion], said: str) -> AuthorityVersion | None:
    return next((each for each in newer if str(each.pk) == said), None)
