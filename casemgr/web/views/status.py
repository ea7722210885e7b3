"""The status page: figures over the cases one sees, as charts and as tables."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from access.policy import Verb, may
from casemgr.clock import decision_day
from casemgr.dashboard.charts import lengths, over_time, shares
from casemgr.dashboard.figures import dashboard_of
from casemgr.dashboard.history import WEEKS
from casemgr.docketing.query import DocketQuery
from casemgr.web.docket import narrowings_of, options_for
from casemgr.web.of_case import reader_of

SPANS = {"13": "a quarter", "26": "half a year", "52": "a year"}
# How dense the ink of each part is: later stages, weaker grades and older cases are darker.
_STAGES = (0, 1, 2, 3, 5)
_GRADES = (0, 5, 4, 3, 2, 1)
_AGES = (0, 1, 2, 3, 5)


@login_required
@require_safe
def status_page(request: HttpRequest) -> HttpResponse:
    """Which cases are ready, which are stuck, on whom, since when."""
    user = reader_of(request)
    if not may(user.standings(), "status", Verb.READ):
        return render(request, "casemgr/no_cases.html", status=403)
    asked = DocketQuery.read(request.GET)
    weeks = request.GET.get("weeks", "")
    weeks = weeks if weeks in SPANS else str(WEEKS)
    narrow = DocketQuery(team=asked.team, authority=asked.authority, package=asked.package)
    today = decision_day()
    shown = dashboard_of(user, narrow, today, int(weeks))
    options = options_for(user, decision_day())
    context = {
        "dashboard": shown,
        "asked": narrow,
        "options": options,
        "narrowings": narrowings_of(narrow, options),
        "today": today,
        "weeks": weeks,
        "spans": SPANS.items(),
        "stages_chart": over_time("stages", "Open cases by stage", shown.stages, _STAGES),
        "grades_chart": over_time("grades", "Open cases by grade", shown.grades, _GRADES),
        "ageing_chart": shares("ageing", "Open cases by days in stage", shown.ageing, _AGES),
        "deadlines_chart": lengths(
            "deadlines", "Open cases by next deadline", shown.deadlines, part=1
        ),
        "workload_chart": lengths("workload", "Open cases by lead", shown.workload, part=2),
    }
    return render(request, "casemgr/status.html", context)
