"""The first page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from access.policy import Verb, may
from casemgr.actions.notices import note_visit
from casemgr.clock import decision_day
from casemgr.web.home import GRADES, desk_of
from casemgr.web.matrix import shape
from casemgr.web.of_case import reader_of


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs the reader, and the cases of their teams by grade."""
    user, day = reader_of(request), decision_day()
    desk = desk_of(user, day, note_visit(user))
    grades = [(grade or "never assessed", shape(grade)) for grade in GRADES]
    context = {
        "desk": desk,
        "grades": grades,
        "day": day,
        "may_log": may(user.standings(), "evidence", Verb.CREATE),
    }
    return render(request, "casemgr/home.html", context)
