"""The page of a case."""

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casemgr.assemble import NotPinnedError
from casemgr.review.on_a_day import checklist_on
from casemgr.web.kept_review import KeptReview, ReviewOfAssessment
from casemgr.web.of_case import head_of, neighbors, reader_of, visible_case
from casemgr.web.views.history import day_in


@login_required
@require_safe
def case_page(request: HttpRequest, key: str) -> HttpResponse:
    """On which elements the case would stand today, and which would fall first.

    ``as_of`` shows the checklist of that day instead, computed and stored nowhere.
    """
    case = visible_case(request, key)
    context = head_of(case) | neighbors(case, reader_of(request)) | {"tab": "elements"}
    if assessment := context["assessment"]:
        context |= {
            "review": ReviewOfAssessment(case, assessment),
            "input_digest": assessment.input_digest,
        }
    asked = request.GET.get("as_of", "")
    day = day_in(asked)
    if day is not None and day < context["day"]:
        context |= {"as_of": day, "assessment": None}
        try:
            checklist = json.loads(checklist_on(case, day))
            context |= {
                "review": KeptReview(lambda: checklist),
                "posture_note": checklist["posture_note"],
                "input_digest": checklist["input_digest"],
            }
        except NotPinnedError as error:
            context["not_pinned"] = str(error)
    elif asked:
        context["not_past"] = asked
    return render(request, "casemgr/case.html", context)
