"""What would follow from a change before anyone makes it. Nothing is written."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from casemgr.assemble import NotPinnedError
from casemgr.review.on_a_day import reviewed_on
from casemgr.review.pressure import supposed_of
from casemgr.web.forms.what_if import TITLES, HypothesisForm, all_forms, choices_of
from casemgr.web.matrix import shape
from casemgr.web.of_case import head_of, visible_case
from casemgr.web.what_if import beside, held, of_the_decision, read, texts, written


@login_required
@require_safe
def what_if_page(request: HttpRequest, key: str) -> HttpResponse:
    """Suppose something; the supposed assessment stands beside the present one.

    The hypotheses are in the address, so that they can be kept as a bookmark or sent.
    """
    case = visible_case(request, key)
    context = head_of(case) | {"tab": "what-if"}
    hypotheses = read(request.GET)
    try:
        reviewed = reviewed_on(case, None)
    except NotPinnedError as error:
        return render(request, "casemgr/what_if.html", context | {"not_pinned": str(error)})
    forms = all_forms(reviewed.record)
    kind = request.GET.get("kind", "")
    if kind in TITLES:
        form = HypothesisForm(kind, choices_of(reviewed.record), request.GET)
        if form.is_valid():
            query = written([*hypotheses, form.stated()])
            return redirect(f"{reverse('what-if-page', args=[key])}?{query}")
        forms = [form if each.kind == kind else each for each in forms]
    context |= {"forms": forms, "hypotheses": held(hypotheses), "texts": texts(hypotheses)}
    if hypotheses:
        try:
            found = supposed_of(reviewed, hypotheses)
        except ValidationError as error:
            context["refusals"] = error.messages
        else:
            comes, goes = of_the_decision(found)
            context |= {
                "found": found,
                "shapes": (shape(found.before.grade), shape(found.after.grade)),
                "rows": beside(found, reviewed.record.authority.elements),
                "comes": comes,
                "goes": goes,
                "elsewhere": found.after.authority != found.before.authority,
                "after_rows": [(each, shape(each.grade)) for each in found.after.elements],
            }
    return render(request, "casemgr/what_if.html", context)
