"""The doors of providers: opened and given keys by counsel or a manager, seen by the team."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access.accounts.attributed import confirmed
from access.actions import revoke_token
from access.models import ApiToken, User
from access.policy import Verb
from evidence.actions.deliveries import accept
from evidence.actions.portals import issue_portal_key, open_portal
from evidence.models import Delivery, Portal
from evidence.web.door import allowed, reader_of, require, visible_item
from evidence.web.entry import names_of_sources
from evidence.web.forms.portal import PortalForm, PortalKeyForm

NEWEST = 50


@login_required
@require_safe
def portal_list(request: HttpRequest) -> HttpResponse:
    """Which providers deliver to the teams one works in, and what waits."""
    user = reader_of(request)
    require(user, "portal", Verb.READ)
    waiting = Q(deliveries__accepted_at=None, deliveries__item__withdrawn_on=None)
    live = ApiToken.objects.live().filter(user=OuterRef("account"))
    portals = (
        Portal.objects.visible_to(user)
        .select_related("team", "source")
        .annotate(
            delivered=Count("deliveries"),
            waits=Count("deliveries", filter=waiting),
            newest=Max("deliveries__delivered_at"),
            has_key=Exists(live),
        )
    )
    context = {"portals": portals, "may_open": allowed(user, "portal", Verb.CREATE)}
    return render(request, "evidence/portals.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def portal_new(request: HttpRequest) -> HttpResponse:
    """Open a portal; it has no key yet, so nothing comes in."""
    user = reader_of(request)
    require(user, "portal", Verb.CREATE)
    form = PortalForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            portal = open_portal(
                given["name"],
                given["team"],
                given["source_name"],
                markings=given.get("markings", ()),
                access=given["access"],
                actor=user,
                reason="opened a portal",
            )
        except ValidationError as error:
            form.refuse(error, {"__all__": "name"})
        else:
            return redirect("portal-key-new", portal.key)
    context = {"form": form, "names": names_of_sources(user)}
    return render(request, "evidence/portal_form.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def portal_page(request: HttpRequest, key: str) -> HttpResponse:
    """One portal: its keys, and what came in."""
    user = reader_of(request)
    require(user, "portal", Verb.READ)
    portal = _portal(user, key)
    keys = ApiToken.objects.filter(user=portal.account_id)
    live = keys.live().order_by("expiry", "key")
    deliveries = portal.deliveries.select_related("item", "token", "accepted_by")
    context = {
        "portal": portal,
        "live": live,
        "ended": keys.exclude(pk__in=live.values("pk"))[:NEWEST],
        "deliveries": deliveries[:NEWEST],
        "delivered": deliveries.count(),
        "may_change": allowed(user, "portal", Verb.CHANGE, portal.team),
    }
    return render(request, "evidence/portal.html", context)


@login_required
@never_cache
@sensitive_variables("value")
@require_http_methods(["GET", "POST"])
@confirmed
def portal_key_new(request: HttpRequest, key: str) -> HttpResponse:
    """Make a key; its value is on the answer to this one request and nowhere else."""
    user = reader_of(request)
    portal = _portal(user, key)
    require(user, "portal", Verb.CHANGE, portal.team)
    form = PortalKeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token, value = issue_portal_key(
                portal,
                form.cleaned_data["name"],
                form.expires(),
                actor=user,
                reason="made a key on the page of the portal",
            )
        except ValidationError as error:
            form.refuse(error, {"expires": "days"})
        else:
            context = {
                "portal": portal,
                "token": token,
                "value": value,
                "address": request.build_absolute_uri(reverse("delivery-list")),
            }
            return render(request, "evidence/portal_key_issued.html", context)
    context = {"portal": portal, "form": form}
    return render(request, "evidence/portal_key.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def portal_key_end(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Revoke a key: it opens no door from now on."""
    user = reader_of(request)
    portal = _portal(user, key)
    require(user, "portal", Verb.CHANGE, portal.team)
    found = get_object_or_404(ApiToken.objects.filter(user=portal.account_id), key=token)
    revoke_token(found, actor=user, reason="revoked on the page of the portal")
    messages.success(request, f"The key “{found.name}” is revoked: it opens no door any more.")
    return redirect("portal-page", portal.key)


@login_required
@require_POST
def delivery_accepted(request: HttpRequest, key: str) -> HttpResponse:
    """Take a delivery for the team's own; from now on nothing is added to it from outside."""
    user = reader_of(request)
    item = visible_item(user, key)
    require(user, "evidence", Verb.CHANGE, item.owner_team)
    accept(get_object_or_404(Delivery, item=item), actor=user)
    messages.success(request, f"{item.key} is accepted. Grade it, and say what it bears on.")
    return redirect("evidence-item", item.key)


def _portal(user: User, key: str) -> Portal:
    seen = Portal.objects.visible_to(user).select_related("team", "source", "account")
    return get_object_or_404(seen, key=key)
