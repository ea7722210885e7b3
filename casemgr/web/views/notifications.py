"""What the reader was told, and how they want to be told."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from access.policy import Verb, may
from casemgr.actions.notices import mark_read, set_digest
from casemgr.models import DigestRhythm, NoticeSetting, Notification
from casemgr.web.notices import address_of, notices_of
from casemgr.web.of_case import reader_of
from evidence.web.door import require

MOST_SHOWN = 200


@login_required
@require_safe
def notifications_page(request: HttpRequest) -> HttpResponse:
    """The newest notifications, unread ones apart."""
    user = reader_of(request)
    if not may(user.standings(), "notification", Verb.READ):
        return render(request, "casemgr/no_cases.html", status=403)
    notices = notices_of(user, unread=False, most=MOST_SHOWN)
    setting = NoticeSetting.objects.filter(person=user).first() or NoticeSetting()
    context = {
        "unread": [notice for notice in notices if notice.row.read_at is None],
        "earlier": [notice for notice in notices if notice.row.read_at is not None],
        "most": MOST_SHOWN if len(notices) == MOST_SHOWN else None,
        "rhythm": setting.digest,
        "rhythms": DigestRhythm.choices,
    }
    return render(request, "casemgr/notifications.html", context)


@login_required
@require_GET
def notification_open(request: HttpRequest, number: int) -> HttpResponse:
    """Go to what the notification is about; it is read then."""
    user = reader_of(request)
    rows = Notification.objects.visible_to(user).select_related(
        "case", "item", "task", "comment__case", "comment__task", "comment__case_element__element"
    )
    row = get_object_or_404(rows, pk=number)
    mark_read(user, [row.pk])
    return HttpResponseRedirect(address_of(row))


@login_required
@require_POST
def notifications_read(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    user = reader_of(request)
    require(user, "notification", Verb.CHANGE)
    count = mark_read(user)
    messages.success(request, f"{count} marked as read." if count else "Nothing was unread.")
    return redirect("notifications-page")


@login_required
@require_POST
def notification_settings(request: HttpRequest) -> HttpResponse:
    """Choose whether to be written to."""
    user = reader_of(request)
    require(user, "notification", Verb.CHANGE)
    asked = request.POST.get("digest", "")
    if asked not in DigestRhythm.values:
        messages.error(request, "Choose daily or off. Nothing was changed.")
    else:
        rhythm = DigestRhythm(asked)
        set_digest(user, rhythm, reason="choose how to be told, through the page")
        messages.success(request, f"You are written to {rhythm.label}.")
    return redirect("notifications-page")
