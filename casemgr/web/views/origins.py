"""Who says it independently and who repeats whom: of an element, and around an item."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casemgr.assemble import NotPinnedError
from casemgr.review.beside import corroborated, graph_of
from casemgr.web.of_case import head_of, reader_of, visible_case
from casemgr.web.of_element import place_of
from casemgr.web.of_origins import Names, arranged
from evidence.web.door import visible_item


@login_required
@require_safe
def origins_page(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """How many independent voices say this, and who merely repeats whom."""
    case = visible_case(request, key)
    context = head_of(case)
    place = place_of(case, context["pin"], code)
    context |= {"tab": "elements", "element": place.element.element}
    try:
        reviewed, graph = graph_of(case, code, None)
    except NotPinnedError as error:
        context["not_pinned"] = str(error)
    else:
        if graph is None:
            raise Http404
        names = Names(reviewed.record.sources, [graph], reader_of(request))
        report = next(each for each in reviewed.report.elements if each.code == code)
        context |= {"sides": arranged(graph, names), "carried_by": report.carried_by}
    return render(request, "casemgr/origins.html", context)


@login_required
@require_safe
def corroboration_page(request: HttpRequest, key: str) -> HttpResponse:
    """What confirms an item with a voice of its own, and what only repeats the same."""
    user = reader_of(request)
    item = visible_item(user, key)
    found = corroborated(item, user)
    names = Names(found.sources, [place.graph for place in found.places], user)
    context = {
        "item": item,
        "left_out": found.left_out,
        "places": [
            {
                "place": place,
                "confirming": [(each, names.item(each.key)) for each in place.confirming],
                "repeating": [(each, names.item(each.key)) for each in place.repeating],
            }
            for place in found.places
        ],
    }
    return render(request, "casemgr/corroboration.html", context)
