"""Whose work an element is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from access.policy import Verb
from casemgr.actions.cases import assign_element
from casemgr.web.forms import refused
from casemgr.web.forms.assignment import AssignmentForm
from casemgr.web.of_case import actor_in, head_of, visible_case
from casemgr.web.of_element import place_of

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_page(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Give the work on the element to someone of the team, or to no one."""
    case = visible_case(request, key)
    actor = actor_in(request, case, "case", Verb.CHANGE)
    context = head_of(case)
    element = place_of(case, context["pin"], code).element
    due = element.due_on.isoformat() if element.due_on else None
    form = AssignmentForm(
        case,
        request.POST if request.method == "POST" else None,
        initial={"assignee": element.assignee_id, "due_on": due},
    )
    if request.method == "POST" and form.is_valid():
        person, due_on = form.cleaned_data["assignee"], form.cleaned_data["due_on"]
        try:
            assign_element(
                element, person, due_on=due_on, actor=actor, reason="assigned on its page"
            )
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, f"{code} is {'assigned' if person else 'given to no one'}.")
            return redirect(reverse("element-page", args=[key, code]))
    status = UNPROCESSABLE if form.errors else 200
    context |= {"tab": "elements", "element": element.element, "form": form}
    return render(request, "casemgr/assignment.html", context, status=status)
