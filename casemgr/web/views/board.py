"""The docket as a board."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from access.policy import Verb, may
from casemgr.clock import decision_day
from casemgr.docketing.board import read_board
from casemgr.docketing.query import DocketQuery
from casemgr.web.docket import narrowings_of, options_for
from casemgr.web.of_case import reader_of


@login_required
@require_safe
def board_page(request: HttpRequest) -> HttpResponse:
    """A column a stage; a case is moved from its card, as far as its stage allows."""
    user = reader_of(request)
    if not may(user.standings(), "case", Verb.READ):
        return render(request, "casemgr/no_cases.html", status=403)
    asked = DocketQuery.read(request.GET)
    options = options_for(user, decision_day())
    context = {
        "columns": read_board(user, asked, decision_day()),
        "asked": asked,
        "options": options,
        "narrowings": narrowings_of(asked, options),
        "today": decision_day(),
        "may_move": may(user.standings(), "case", Verb.ADVANCE),
    }
    return render(request, "casemgr/board.html", context)
