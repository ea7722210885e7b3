"""The page of an evidence item."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from access.policy import Verb
from casemgr.web.bearing import bearings, history
from evidence.admiralty import SCALES, Degree, degree
from evidence.web.door import allowed, reader_of, visible_item
from evidence.web.forms.parts import ExhibitForm
from evidence.web.reading import read_item


@login_required
@require_safe
def evidence_item_page(request: HttpRequest, key: str) -> HttpResponse:
    """Who says so, how do they know, is it intact, what rests on it."""
    user = reader_of(request)
    item = visible_item(user, key)
    links, ended = bearings(item, user)
    team = item.owner_team
    context = {
        "item": item,
        "reading": read_item(item, user),
        "links": links,
        "ended": ended,
        "history": history(item) if allowed(user, "change", Verb.READ) else [],
        "graded": _graded(item.reliability, item.credibility),
        "attach": ExhibitForm(),
        "may_change": allowed(user, "evidence", Verb.CHANGE, team),
        "may_attach": allowed(user, "exhibit", Verb.CREATE, team) and not item.classified_reference,
        "may_release": allowed(user, "exhibit", Verb.DISPOSE, team),
        "may_check": allowed(user, "exhibit", Verb.RUN, team),
        "may_enter": allowed(user, "custody", Verb.CREATE, team),
        "may_certify": allowed(user, "exhibit", Verb.EXPORT, team),
        "may_declare": allowed(user, "dataset", Verb.CREATE, team),
        "may_compute": allowed(user, "figure", Verb.RUN, team),
        "may_link": allowed(user, "link", Verb.CREATE),
        "may_log": allowed(user, "evidence", Verb.CREATE),
    }
    return render(request, "casemgr/evidence_item.html", context)


def _graded(reliability: str, credibility: int | None) -> list[tuple[str, Degree]]:
    """The grading in the words of its scale: of the source, then of the statement."""
    values = (reliability, credibility)
    return [
        (label, found)
        for (label, scale, _), value in zip(SCALES, values, strict=True)
        if (found := degree(scale, value))
    ]
