"""Files: looked at on a page, handed out, attached. Every look leaves its entry in the custody."""

import base64
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from access.models import User
from access.policy import Verb
from evidence.actions import WithheldError, attach_exhibit, discard_upload, read_exhibit
from evidence.arriving import InHandError
from evidence.models import CustodyKind, EvidenceItem, Exhibit, Upload
from evidence.pictures import PictureMissingError, open_picture
from evidence.preview.contents import (
    CannotShowError,
    rows_of_csv,
    rows_of_workbook,
    text_of,
)
from evidence.preview.sniff import HEAD, Look, look_of
from evidence.search.same_text import much_the_same
from evidence.storage import BytesDifferError, BytesMissingError, StoreAwayError, exhibit_store
from evidence.web.door import allowed, reader_of, require, visible_item
from evidence.web.forms.parts import ExhibitForm

MOST_SHOWN = 50_000_000
"""Bytes of a file that is still shown; each look reads all of it, to see that it is unchanged."""

_MISSING = "A docket file named these bytes; they are not held here. Attach the file to the item."
_LOST = (
    "The stored bytes cannot be found or read, and the custody says so: tell whoever runs this "
    "service."
)
_AWAY = (
    "The store of exhibits does not answer now; that says nothing of this file. Try again in a "
    "while, and tell whoever runs this service."
)
_UNSEEN = "The file has not been inspected yet. Look again in a moment."
_DIFFERENT = (
    "The stored bytes no longer have the SHA-256 they were received with. They are not shown, and "
    "the custody says so: tell whoever runs this service."
)


@login_required
@require_safe
def exhibit_page(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What is in the file, as far as a browser can show it. The look is entered as a view."""
    user, item, exhibit = _wanted(request, key, number)
    context: dict[str, Any] = {"item": item, "exhibit": exhibit} | _shown(exhibit, user)
    if _is_part(request):
        return render(request, "evidence/_preview.html", context)
    context["same"] = much_the_same(item, [exhibit], user).get(exhibit.pk, [])
    context["may_change"] = allowed(user, "evidence", Verb.CHANGE, item.owner_team)
    return render(request, "evidence/exhibit.html", context)


@login_required
@require_safe
def exhibit_intake(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """How far the intake of the file is, as its place in the list of files."""
    user, item, exhibit = _wanted(request, key, number)
    context = {
        "item": item,
        "exhibit": exhibit,
        "same": much_the_same(item, [exhibit], user).get(exhibit.pk, []),
        "may_change": allowed(user, "evidence", Verb.CHANGE, item.owner_team),
        "may_release": allowed(user, "exhibit", Verb.DISPOSE, item.owner_team),
        "may_check": allowed(user, "exhibit", Verb.RUN, item.owner_team),
        "may_certify": allowed(user, "exhibit", Verb.EXPORT, item.owner_team),
    }
    return render(request, "evidence/_file.html", context)


@login_required
@require_safe
def exhibit_file(request: HttpRequest, key: str, number: int) -> FileResponse | HttpResponse:
    """The bytes to keep, checked against their SHA-256 and entered as downloaded."""
    user, _, exhibit = _wanted(request, key, number)
    answer = _bytes(request, exhibit, user, "exhibit downloaded", CustodyKind.EXPORTED)
    if isinstance(answer, FileResponse):
        answer.as_attachment = True
        answer["Content-Type"] = exhibit.media_type or "application/octet-stream"
        answer["Content-Disposition"] = _disposition(exhibit)
        answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@login_required
@require_safe
@xframe_options_sameorigin
def exhibit_shown(request: HttpRequest, key: str, number: int) -> FileResponse | HttpResponse:
    """The bytes of a PDF or an image, for the page that frames them and for no other."""
    user, item, exhibit = _wanted(request, key, number)
    if _unseen(exhibit):
        return _trouble(request, exhibit, _UNSEEN, 409)
    look, media_type = _look(exhibit)
    if look not in (Look.PDF, Look.IMAGE):
        return redirect("evidence-file", item.key, exhibit.pk)
    answer = _bytes(request, exhibit, user, "exhibit viewed in the browser")
    if isinstance(answer, FileResponse):
        answer["Content-Type"] = media_type
        answer["Content-Disposition"] = "inline"
        # The viewer of the browser draws with styles of its own; no script of the file runs.
        answer["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; img-src 'self'; "
            "frame-ancestors 'self'"
        )
    return answer


@login_required
@require_safe
def exhibit_picture(request: HttpRequest, key: str, number: int) -> FileResponse:
    """The small picture of a file, drawn by the intake.

    Derived and no evidence, so that no custody has it. 404 where there is none, and while the
    file is not inspected, in quarantine, or not whole.
    """
    _, _, exhibit = _wanted(request, key, number)
    intake = getattr(exhibit, "intake", None)
    if intake is None or not intake.pictured or exhibit.blob.not_whole:
        raise Http404
    try:
        answer = FileResponse(open_picture(exhibit.blob_id), content_type="image/png")
    except PictureMissingError:
        raise Http404 from None
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@login_required
@require_POST
def attach(request: HttpRequest, key: str) -> HttpResponse:
    """Attach a file to the item."""
    user = reader_of(request)
    item = visible_item(user, key)
    require(user, "exhibit", Verb.CREATE, item.owner_team)
    form = ExhibitForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            exhibit = attach_exhibit(
                item,
                file,
                file.name,
                role=form.cleaned_data["role"],
                acquired=form.cleaned_data["acquired"],
                actor=user,
                reason=form.cleaned_data["reason"] or "a file of the item came in",
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(
                request, f"{exhibit} is attached under its SHA-256 {exhibit.blob_id[:12]}…"
            )
            return redirect(f"{reverse('evidence-item', args=[item.key])}#files")
    context = {"item": item, "form": form, "title": f"Attach a file to {item.key}"}
    return render(request, "evidence/part.html", context, status=422)


@login_required
@require_POST
def upload_discarded(request: HttpRequest, key: str, upload: UUID) -> HttpResponse:
    """Give up a file that is on its way in."""
    user = reader_of(request)
    item = visible_item(user, key)
    require(user, "exhibit", Verb.CREATE, item.owner_team)
    row = get_object_or_404(Upload, item=item, key=upload)
    try:
        discard_upload(row)
    except InHandError as error:
        messages.warning(request, f"Nothing was discarded: {error}.")
    else:
        messages.success(request, f"The upload of {row} is discarded; nothing was attached.")
    return redirect(f"{reverse('evidence-item', args=[item.key])}#files")


def _wanted(request: HttpRequest, key: str, number: int) -> tuple[User, EvidenceItem, Exhibit]:
    user = reader_of(request)
    item = visible_item(user, key)
    exhibits = Exhibit.objects.select_related("blob", "item", "of_exhibit", "intake__released_by")
    return user, item, get_object_or_404(exhibits, item=item, pk=number)


def _unseen(exhibit: Exhibit) -> bool:
    intake = getattr(exhibit, "intake", None)
    return intake is not None and intake.unseen


def _is_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _look(exhibit: Exhibit) -> tuple[Look, str]:
    try:
        return look_of(exhibit_store().head(exhibit.blob_id, HEAD), exhibit.filename)
    except BytesMissingError:
        return Look.NONE, ""


def _shown(exhibit: Exhibit, user: User) -> dict[str, Any]:
    """What the page shows of the file, or why it shows nothing."""
    if exhibit.blob.size is None:
        return {"look": Look.NONE, "trouble": _MISSING}
    intake = getattr(exhibit, "intake", None)
    if intake is not None and intake.withheld:
        return {"look": Look.NONE, "trouble": str(WithheldError(intake))}
    if _unseen(exhibit):
        return {"look": Look.NONE, "trouble": _UNSEEN}
    look, _ = _look(exhibit)
    if exhibit.blob.size > MOST_SHOWN and look is not Look.NONE:
        return {
            "look": Look.NONE,
            "trouble": f"It is larger than {MOST_SHOWN:,} bytes: download it to look at it.",
        }
    if look in (Look.PDF, Look.IMAGE):
        return {"look": look}  # the browser asks for the bytes itself, and that is entered
    if look is Look.NONE:
        return {"look": look, "trouble": "A file of this kind is not shown here: download it."}
    try:
        with read_exhibit(exhibit, actor=user, reason="exhibit viewed in the browser") as file:
            match look:
                case Look.TABLE:
                    return {"look": look, "table": rows_of_csv(file)}
                case Look.WORKBOOK:
                    return {"look": look, "table": rows_of_workbook(file)}
                case _:
                    return {"look": look, "text": text_of(file)}
    except CannotShowError as error:
        return {"look": Look.NONE, "trouble": str(error)}
    except StoreAwayError:
        return {"look": Look.NONE, "trouble": _AWAY}
    except BytesMissingError:
        return {"look": Look.NONE, "trouble": _LOST}
    except BytesDifferError:
        return {"look": Look.NONE, "trouble": _DIFFERENT}


def _bytes(
    request: HttpRequest,
    exhibit: Exhibit,
    user: User,
    reason: str,
    kind: CustodyKind = CustodyKind.VIEWED,
) -> FileResponse | HttpResponse:
    try:
        stream = read_exhibit(exhibit, actor=user, reason=reason, kind=kind)
    except WithheldError as error:
        return _trouble(request, exhibit, str(error), 409)
    except StoreAwayError:
        return _trouble(request, exhibit, _AWAY, 503)
    except BytesMissingError:
        said = _MISSING if exhibit.blob.size is None else _LOST
        return _trouble(request, exhibit, said, 404)
    except BytesDifferError:
        return _trouble(request, exhibit, _DIFFERENT, 409)
    answer = FileResponse(stream)
    digest = base64.b64encode(bytes.fromhex(exhibit.blob_id)).decode()
    answer["Repr-Digest"] = f"sha-256=:{digest}:"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _trouble(request: HttpRequest, exhibit: Exhibit, said: str, status: int) -> HttpResponse:
    context = {"item": exhibit.item, "exhibit": exhibit, "look": Look.NONE, "trouble": said}
    return render(request, "evidence/exhibit.html", context, status=status)


def _disposition(exhibit: Exhibit) -> str:
    name = exhibit.filename or exhibit.blob_id
    return content_disposition_header(True, name) or "attachment"
