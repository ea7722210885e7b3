"""What does this bear on? Elements ranked for one item; and many items linked to one element."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from access.models import User
from access.policy import Verb, may, roles_that_may
from casemgr.actions.links import link_all
from casemgr.models import CaseElement
from casemgr.web.forms import refused
from casemgr.web.forms.links import AttachForm
from casemgr.web.suggested import Offer, linkable, offers
from evidence.models import EvidenceItem
from evidence.web.door import reader_of, require, visible_item, visible_items

MOST_AT_ONCE = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bears_page(request: HttpRequest, key: str) -> HttpResponse:
    """The last question of every entry, and the one asked of any item later."""
    user = reader_of(request)
    item = visible_item(user, key)
    require(user, "link", Verb.CREATE)
    sought = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    chosen = request.POST.getlist("element")
    form = AttachForm(request.POST or None, item=item, initial={"stance": "supports"})
    if request.method == "POST":
        elements = linkable(user, chosen)
        form.full_clean()
        if not elements:
            form.add_error(None, "Choose at least one element.")
        if form.is_valid() and _linked(form, user, elements, [item]):
            many = f"{len(elements)} elements" if len(elements) > 1 else str(elements[0].element)
            messages.success(request, f"{item.key} is linked to {many}; the case is assessed anew.")
            return redirect("evidence-item", item.key)
    context = {
        "item": item,
        "form": form,
        "offers": _with_chosen(offers(item, user, sought), linkable(user, chosen)),
        "chosen": chosen,
        "sought": sought,
        "logged": request.GET.get("logged"),
    }
    return render(request, "casemgr/bears.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_many_page(request: HttpRequest) -> HttpResponse:
    """Link the items marked in the list to one element, each of them or none."""
    user = reader_of(request)
    require(user, "link", Verb.CREATE)
    asked = request.POST if request.method == "POST" else request.GET
    keys = list(dict.fromkeys(asked.getlist("item")))[:MOST_AT_ONCE]
    wanted = visible_items(user).filter(key__in=[key.replace("\x00", "") for key in keys])
    items = list(wanted.select_related("source", "owner_team").order_by("key"))
    if not items:
        messages.info(request, "Mark the items to link first.")
        return redirect("evidence-list")
    sought = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    chosen = request.POST.getlist("element")
    form = AttachForm(request.POST or None, initial={"stance": "supports"})
    for name in ("exhibit", "locator", "quote"):  # each item has its own
        form.fields[name].widget = form.fields[name].hidden_widget()
    if request.method == "POST":
        elements = linkable(user, chosen)[:1]
        form.full_clean()
        if not elements:
            form.add_error(None, "Choose the element.")
        if form.is_valid() and _linked(form, user, elements, items):
            at = elements[0]
            what = items[0].key + " is" if len(items) == 1 else f"{len(items)} items are"
            messages.success(request, f"{what} linked to {at.element}.")
            return redirect("element-page", at.case.key, at.element.code)
    context = {
        "items": items,
        "form": form,
        "offers": _with_chosen(offers(items[0], user, sought), linkable(user, chosen)),
        "chosen": chosen,
        "sought": sought,
    }
    return render(request, "casemgr/link_many.html", context, status=_status(form))


def _linked(
    form: AttachForm, user: User, elements: list[CaseElement], items: list[EvidenceItem]
) -> bool:
    for element in elements:
        if not may(user.standings_in(element.case.team), "link", Verb.CREATE):
            raise PermissionDenied(
                f"To link evidence in {element.case.key} is for "
                f"{roles_that_may('link', Verb.CREATE)} of {element.case.team}."
            )
    try:
        link_all(
            elements,
            items,
            form.bearing(),
            actor=user,
            reason=form.cleaned_data["why"],
            grant_share=form.cleaned_data["grant_share"],
        )
    except ValidationError as error:
        refused(form, error)
        return False
    return True


def _with_chosen(offered: list[Offer], chosen: list[CaseElement]) -> list[Offer]:
    """What was chosen stays in sight, whatever is offered now."""
    shown = {offer.element.pk for offer in offered}
    return [*(Offer(each, "chosen", "") for each in chosen if each.pk not in shown), *offered]


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200
