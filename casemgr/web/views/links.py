"""Attaching evidence to an element, saying anew why it is there, taking it away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from access.back import telling
from access.models import User
from access.policy import Verb
from casemgr.actions.links import end_link, link_evidence, restate_link
from casemgr.models import Case, Link
from casemgr.web.forms import refused
from casemgr.web.forms.links import AttachForm, PinpointForm, WithdrawForm
from casemgr.web.of_case import actor_in, head_of, visible_case
from casemgr.web.of_element import live_cards, place_of
from evidence.models import EvidenceItem
from evidence.search.words import cleaned, matching, ranked

MOST_FOUND = 25
UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attach_page(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Find an item and say how it bears on the element."""
    case = visible_case(request, key)
    actor = actor_in(request, case, "link", Verb.CREATE)
    context = head_of(case)
    place = place_of(case, context["pin"], code)
    sought = request.GET.get("q", "").replace("\x00", "").strip()
    item = _item(actor, request.GET.get("item", ""))
    initial = {"stance": request.GET.get("stance", "")}
    form = AttachForm(request.POST or None, item=item, initial=initial) if item else None
    if request.method == "POST" and item is not None and form is not None and form.is_valid():
        try:
            link_evidence(
                place.element,
                item,
                form.bearing(),
                actor=actor,
                reason=form.cleaned_data["why"],
                grant_share=form.cleaned_data["grant_share"],
            )
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, f"{item.key} is attached to {code}.")
            return redirect(f"{reverse('element-page', args=[key, code])}#item-{item.key}")
    context |= {
        "tab": "elements",
        "place": place,
        "element": place.element.element,
        "sought": sought,
        "item": item,
        "form": form,
        "found": [] if item else _found(actor, sought),
        "linked": {card.key for card in live_cards(place)},
        "log_new": telling(reverse("evidence-new"), next=_here(request, key, code)),
    }
    failed = request.method == "POST"
    return render(request, "casemgr/attach.html", context, status=UNPROCESSABLE if failed else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_page(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Say anew why an item bears on its element, and where in it."""
    case = visible_case(request, key)
    actor = actor_in(request, case, "link", Verb.CHANGE)
    link = _link(case, pk)
    pinpoint = link.pinpoints.order_by("pk").first()
    initial: dict[str, Any] = {"why": link.why}
    if pinpoint:
        initial |= {
            "exhibit": pinpoint.exhibit_id,
            "locator": pinpoint.locator,
            "quote": pinpoint.quote,
        }
    form = PinpointForm(request.POST or None, item=link.item, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            why = form.cleaned_data["why"]
            restate_link(link, why, form.pinpoints(), actor=actor, reason="said anew why")
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, f"What is said of {link.item.key} is changed.")
            return redirect(_of(link))
    return _show_link(request, case, link, {"form": form, "withdraw": WithdrawForm()})


@login_required
@require_POST
def withdraw_link(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The item no longer bears on the element; the history keeps that it did, and why not now."""
    case = visible_case(request, key)
    actor = actor_in(request, case, "link", Verb.REMOVE)
    link = _link(case, pk)
    withdraw = WithdrawForm(request.POST)
    if withdraw.is_valid():
        try:
            end_link(link, actor=actor, reason=withdraw.cleaned_data["reason"])
        except ValidationError as error:
            refused(withdraw, error)
        else:
            messages.success(request, f"{link.item.key} no longer bears on the element.")
            return redirect(reverse("element-page", args=[key, link.case_element.element.code]))
    form = PinpointForm(item=link.item, initial={"why": link.why})
    return _show_link(request, case, link, {"form": form, "withdraw": withdraw})


def _show_link(request: HttpRequest, case: Case, link: Link, forms: dict[str, Any]) -> HttpResponse:
    element = link.case_element.element
    context = head_of(case) | {"tab": "elements", "link": link, "element": element} | forms
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "casemgr/link.html", context, status=status)


def _link(case: Case, pk: int) -> Link:
    rows = Link.objects.live().filter(case_element__case=case)
    found: Link = get_object_or_404(
        rows.select_related("item__source", "case_element__element"), pk=pk
    )
    return found


def _of(link: Link) -> str:
    code = link.case_element.element.code
    address = reverse("element-page", args=[link.case_element.case.key, code])
    return f"{address}#item-{link.item.key}"


def _here(request: HttpRequest, key: str, code: str) -> str:
    """The address of this page for an item still to be logged."""
    page = reverse("attach-page", args=[key, code])
    return telling(page, stance=request.GET.get("stance", ""))


def _item(user: User, key: str) -> EvidenceItem | None:
    if not key:
        return None
    rows = EvidenceItem.objects.visible_to(user).select_related("source", "owner_team")
    found: EvidenceItem = get_object_or_404(rows, key=key.replace("\x00", ""))
    return found


def _found(user: User, sought: str) -> list[EvidenceItem]:
    """Items the user sees that the words or the key find, best match first; else the newest."""
    visible = EvidenceItem.objects.visible_to(user).filter(withdrawn_on__isnull=True)
    if words := cleaned(sought):
        found = matching(visible, words) | visible.filter(key__iexact=words)
        rows = ranked(found, words)
    else:
        rows = visible.order_by("-recorded_at", "key")
    return list(rows.select_related("source")[:MOST_FOUND])
