"""Logging what a bundle of STIX holds: checked first, then entered as it was checked."""

import re
import zlib
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from access.models import User
from access.policy import Verb
from designations.clock import today
from evidence.actions.stix import BundleRefusedError, enter_bundle
from evidence.exchange.stix.checking import CheckedBundle, check_bundle
from evidence.exchange.stix.outgoing import (
    MOST_ITEMS,
    HeldBackError,
    bundle_of,
    written_out,
)
from evidence.exchange.stix.reading import MOST_BYTES, BundleError
from evidence.models import EvidenceItem
from evidence.search.asked import Asked
from evidence.web.door import reader_of, require, visible_item
from evidence.web.forms.stix import BundleForm, roles_of

_KEPT_SECONDS = 3600
_GONE = "The bundle is kept for an hour between checking and entering. Choose it again."
_TOO_LARGE = f"The file is larger than {MOST_BYTES // 1024**2} MiB: divide the bundle."


@login_required
@require_http_methods(["GET", "POST"])
def stix(request: HttpRequest) -> HttpResponse:
    """Choose a bundle; read what it would become; log all that is new, or nothing."""
    user = reader_of(request)
    require(user, "evidence", Verb.CREATE)
    form = BundleForm(request.POST or None, request.FILES or None, user=user)
    read = _checked(request, form, user) if form.is_bound and form.is_valid() else None
    if read is None or request.POST.get("then") != "enter":
        return _shown(request, form, read[0] if read else None)
    checked, content = read
    require(user, "evidence", Verb.CREATE, checked.choices.team)
    try:
        confirmed = request.POST.get("confirmed") == "on"
        items = enter_bundle(checked, content, actor=user, confirmed=confirmed)
    except BundleRefusedError as error:
        form.add_error(None, f"{error} Nothing was logged.")
        return _shown(request, form, checked)
    cache.delete(_place(user, checked.sha256))
    if not items:
        form.add_error(None, "All of it is in the record already: nothing was logged.")
        return _shown(request, form, checked)
    many_or_one = "1 item is" if len(items) == 1 else f"{len(items)} items are"
    messages.success(
        request,
        f"{many_or_one} logged from {checked.filename}: the newest below. Each can be withdrawn.",
    )
    return redirect(reverse("evidence-list"))


@login_required
@require_safe
def item_as_stix(request: HttpRequest, key: str) -> HttpResponse:
    """The item as a bundle to download."""
    user = reader_of(request)
    require(user, "evidence", Verb.READ)
    item = visible_item(user, key)
    return _given_out([item], request, str(item.pk), reverse("evidence-item", args=[key]))


@login_required
@require_safe
def list_as_stix(request: HttpRequest) -> HttpResponse:
    """The items marked in the list, or all that the same question lists, as one bundle."""
    user = reader_of(request)
    require(user, "evidence", Verb.READ)
    asked = QueryDict(request.GET.get("list", ""))
    back = reverse("evidence-list") + (f"?{asked.urlencode()}" if asked else "")
    if request.GET.get("of") == "marked":
        items = EvidenceItem.objects.visible_to(user).select_related("source", "owner_team")
        marked = [key for key in request.GET.getlist("item") if "\x00" not in key]
        rows: Any = items.filter(key__in=marked).order_by("key")
    else:
        rows = Asked.read(asked).rows(user)
    found = list(rows[: MOST_ITEMS + 1])
    if not found:
        messages.error(request, "Mark the items that are to go out, then download them.")
        return redirect(back)
    if len(found) > MOST_ITEMS:
        messages.error(
            request, f"At most {MOST_ITEMS} items go out at once: narrow the list or mark some."
        )
        return redirect(back)
    return _given_out(found, request, f"evidence-{today().isoformat()}", back)


def _given_out(
    items: Sequence[EvidenceItem], request: HttpRequest, name: str, back: str
) -> HttpResponse:
    """The items as a file; back to where they were asked for, saying why, where they stay."""
    try:
        text = written_out(bundle_of(items, actor=reader_of(request)))
    except HeldBackError as error:
        messages.error(request, str(error))
        return redirect(back)
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{name}.stix.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _checked(
    request: HttpRequest, form: BundleForm, user: User
) -> tuple[CheckedBundle, bytes] | None:
    """The bundle sent, or the one that was checked before; the form says why there is none."""
    upload = form.cleaned_data["file"]
    if upload is not None and upload.size > MOST_BYTES:
        form.add_error("file", _TOO_LARGE)
        return None
    kept = None if upload else cache.get(_place(user, request.POST.get("sha256", "")))
    if upload is None and kept is None:
        form.add_error("file", _GONE if request.POST.get("sha256") else "Choose a file.")
        return None
    if kept is not None:
        name, content = kept[0], zlib.decompress(kept[1])
    else:
        name, content = PurePath(upload.name).name, upload.read()
    try:
        checked = check_bundle(content, name, user, form.choices())
    except BundleError as error:
        form.add_error("file", str(error))
        return None
    cache.set(_place(user, checked.sha256), (name, zlib.compress(content)), _KEPT_SECONDS)
    return checked, content


def _place(user: User, sha256: str) -> str:
    return f"evidence-stix:{user.pk}:{re.sub('[^0-9a-f]', '', sha256)[:64]}"


def _shown(request: HttpRequest, form: BundleForm, checked: CheckedBundle | None) -> HttpResponse:
    context = {
        "form": form,
        "checked": checked,
        "sources": [(each, roles_of(each)) for each in checked.new_sources] if checked else [],
    }
    return render(request, "evidence/stix.html", context, status=422 if form.errors else 200)
