"""FollowTheMoney files: checked first, then entered as they were checked; and written out."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from access.models import User
from access.policy import Verb
from designations.exchange.ftm.entities import MOST_BYTES, MOST_ENTITIES, FtmError
from designations.exchange.ftm.parties import Party, Stake
from designations.exchange.matching import Proposal
from designations.models import Designee
from evidence.actions.exchange import Entered, enter_file
from evidence.exchange.check import MOST_PAPERS, CheckedFile, FileRefusedError, check_file
from evidence.exchange.choices import NEW
from evidence.exchange.download import as_download
from evidence.exchange.write import NetworkTooLargeError, written_out
from evidence.web.door import reader_of, require
from evidence.web.forms.ftm import CHOICE, FtmForm, FtmOutForm

_KEPT_SECONDS = 3600
_SHOWN = 200
_GONE = "The file is kept for an hour between checking and entering. Choose it again."


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A party that may be here already, what it may be, and what is chosen."""

    party: Party
    offered: tuple[Proposal, ...]
    chosen: str

    @property
    def field(self) -> str:
        """The name of its field."""
        return f"{CHOICE}{self.party.id}"


@login_required
@require_http_methods(["GET", "POST"])
def ftm_page(request: HttpRequest) -> HttpResponse:
    """Choose a file; read what it would bring; say who is whom; enter all of it, or nothing."""
    user = reader_of(request)
    for resource in ("designee", "ownership", "evidence"):
        require(user, resource, Verb.CREATE)
    form = FtmForm(request.POST or None, request.FILES or None, user=user)
    checked = _checked(request, form, user) if form.is_bound and form.is_valid() else None
    if checked is None or request.POST.get("then") != "enter":
        return _shown(request, form, checked)
    team = form.cleaned_data["team"]
    for resource in ("designee", "ownership", "evidence"):
        require(user, resource, Verb.CREATE, team)
    try:
        entered = enter_file(
            checked,
            form.choices(),
            team=team,
            actor=user,
            source=form.cleaned_data["source"],
        )
    except FileRefusedError as error:
        form.add_error(None, f"{error} Nothing was entered.")
        return _shown(request, form, checked)
    cache.delete(_place(user, checked.sha256))
    messages.success(request, _said(checked, entered))
    return redirect(reverse("evidence-item", args=[entered.item.key]))


@login_required
@require_safe
def selection_file(request: HttpRequest) -> HttpResponse:
    """Designees by their keys, with their network, as a file."""
    user = reader_of(request)
    require(user, "designee", Verb.READ)
    form = FtmOutForm(request.GET)
    if form.is_valid():
        wanted = form.wanted()
        found = list(Designee.objects.filter(key__in=wanted))
        missing = set(wanted) - {designee.key for designee in found}
        if missing:
            form.add_error("keys", f"There is no designee {', '.join(sorted(missing))}.")
        else:
            try:
                return as_download(written_out(found, user), "designees")
            except NetworkTooLargeError as error:
                form.add_error("keys", str(error))
    return render(request, "evidence/ftm.html", _context(None, None, form), status=422)


@login_required
@require_safe
def designee_file(request: HttpRequest, key: str) -> HttpResponse:
    """One designee with its network, as a file."""
    user = reader_of(request)
    require(user, "designee", Verb.READ)
    if "\x00" in key:
        raise Http404  # no database can be asked for it
    designee = get_object_or_404(Designee, key=key)
    try:
        return as_download(written_out([designee], user), designee.key)
    except NetworkTooLargeError as error:
        form = FtmOutForm({"keys": key})
        form.add_error("keys", str(error))
        return render(request, "evidence/ftm.html", _context(None, None, form), status=422)


def _checked(request: HttpRequest, form: FtmForm, user: User) -> CheckedFile | None:
    """The file sent, or the one that was checked before; the form says why there is none."""
    upload = form.cleaned_data["file"]
    if upload is not None and upload.size > MOST_BYTES:
        form.add_error("file", f"The file is larger than {MOST_BYTES:,} bytes: divide it.")
        return None
    kept = None if upload else cache.get(_place(user, request.POST.get("sha256", "")))
    if upload is None and kept is None:
        form.add_error("file", _GONE if request.POST.get("sha256") else "Choose a file.")
        return None
    name, content = kept or (PurePath(upload.name).name, upload.read())
    try:
        checked = check_file(content, name, user, form.cleaned_data["team"])
    except FtmError as error:
        form.add_error("file", str(error))
        return None
    cache.set(_place(user, checked.sha256), (name, content), _KEPT_SECONDS)
    return checked


def _place(user: User, sha256: str) -> str:
    return f"ftm-file:{user.pk}:{re.sub('[^0-9a-f]', '', sha256)[:64]}"


def _said(checked: CheckedFile, entered: Entered) -> str:
    if entered.before:
        return f"{checked.filename} was entered before, with this item: nothing was done."
    brought = entered.brought
    parts = [
        f"{len(brought.added)} new designees",
        f"{brought.names} names and {brought.numbers} identifiers",
        f"{brought.stakes_added} stakes",
        f"{len(entered.items)} items of evidence",
    ]
    beside = (
        f" Beside a stake stated otherwise before: {'; '.join(brought.beside[:10])}."
        if brought.beside
        else ""
    )
    return f"Entered from {checked.filename}: {', '.join(parts)}.{beside}"


def _shown(request: HttpRequest, form: FtmForm, checked: CheckedFile | None) -> HttpResponse:
    context = _context(form, checked, FtmOutForm())
    return render(request, "evidence/ftm.html", context, status=422 if form.errors else 200)


def _context(
    form: FtmForm | None, checked: CheckedFile | None, out_form: FtmOutForm
) -> dict[str, object]:
    return {
        "form": form,
        "out_form": out_form,
        "checked": checked,
        "doubts": list(_doubts(checked, form))[:_SHOWN] if checked and form else [],
        "stakes": _stakes(checked) if checked else [],
        "unread": checked.reading.unread.most_common(_SHOWN) if checked else [],
        "others": form.choices().others.value if checked and form else "",
        "new": NEW,
        "shown": _SHOWN,
        "most_entities": f"{MOST_ENTITIES:,}",
        "most_papers": MOST_PAPERS,
    }


def _doubts(checked: CheckedFile, form: FtmForm) -> list[_Doubt]:
    chosen = form.choices().same
    return [
        _Doubt(checked.reading.parties[party], offered, chosen.get(party, ""))
        for party, offered in checked.proposals.items()
    ]


def _stakes(checked: CheckedFile) -> list[tuple[Stake, str, str]]:
    """The first stakes with the names of their two ends."""
    parties = checked.reading.parties
    return [
        (stake, parties[stake.owner].name, parties[stake.owned].name)
        for stake in checked.reading.stakes[:_SHOWN]
    ]
