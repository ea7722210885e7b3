"""A case over time: its dates in one line, and what changed since one last looked."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from access.policy import Verb
from casemgr.actions.desk import set_bookmark
from casemgr.models import Bookmark, Change
from casemgr.review.changes import changes_of_case
from casemgr.web.chronology import KINDS, chronology, is_ahead
from casemgr.web.of_case import actor_in, head_of, reader_of, visible_case
from casemgr.web.told import told

CHANGES_A_PAGE = 100


@login_required
@require_safe
def chronology_page(request: HttpRequest, key: str) -> HttpResponse:
    """What happened, what came before the agency and what was done, by its day."""
    case = visible_case(request, key)
    kind = request.GET.get("of", "")
    context = head_of(case) | {"tab": "chronology", "kinds": KINDS.items(), "kind": kind}
    events = chronology(case, kind if kind in KINDS else "")
    context["events"] = [(event, is_ahead(event, context["day"])) for event in events]
    return render(request, "casemgr/chronology.html", context)


@login_required
@require_safe
def changes_page(request: HttpRequest, key: str) -> HttpResponse:
    """What moved, newest first: since a day, since the reader's bookmark, or of all time."""
    case = visible_case(request, key)
    bookmark = Bookmark.objects.filter(case=case, reader=reader_of(request)).first()
    asked, before = request.GET.get("since", ""), request.GET.get("before", "")
    since = day_in(asked)
    rows = Change.objects.filter(changes_of_case(case))
    newest = rows.aggregate(newest=Max("seq"))["newest"] or 0
    everything = "all" in request.GET
    if since is not None:
        start = datetime.combine(since, time(), ZoneInfo(settings.DECISION_TIME_ZONE))
        rows = rows.filter(at__gte=start)
    elif bookmark is not None and not everything:
        rows = rows.filter(seq__gt=bookmark.change_seq)
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(seq__lt=int(before))
    shown = list(rows.order_by("-seq")[: CHANGES_A_PAGE + 1])
    query = request.GET.copy()
    if len(shown) > CHANGES_A_PAGE:
        query["before"] = str(shown[CHANGES_A_PAGE - 1].seq)
    context = head_of(case) | {
        "tab": "changes",
        "bookmark": bookmark,
        "since": since,
        "not_a_day": bool(asked) and since is None,
        "everything": everything,
        "newest": newest,
        "told": told(case, shown[:CHANGES_A_PAGE]),
        "following": query.urlencode() if len(shown) > CHANGES_A_PAGE else "",
    }
    return render(request, "casemgr/changes.html", context)


@login_required
@require_POST
def mark_read(request: HttpRequest, key: str) -> HttpResponse:
    """The reader has seen everything up to the change named."""
    case = visible_case(request, key)
    reader = actor_in(request, case, "change", Verb.READ)
    seq = request.POST.get("newest", "")
    if seq.isascii() and seq.isdigit() and len(seq) < 19:
        set_bookmark(case, int(seq), reader=reader)
        messages.success(request, "Marked as read up to here; what comes later is shown next time.")
    return redirect(reverse("changes-page", args=[key]))


def day_in(text: str) -> date | None:
    """A day as forms send it; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
