"""Counsel's answers, each sent from where the question stands."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from access.policy import Verb
from casemgr.actions.flags import dispose_flag
from casemgr.actions.links import answer_contrary
from casemgr.actions.treatment import answer_consideration
from casemgr.clock import decision_day
from casemgr.models import DispositionState, Link, TrackedFlag
from casemgr.pins import current_pin
from casemgr.web.forms import refused
from casemgr.web.forms.answers import AnswerForm, DispositionForm
from casemgr.web.of_case import actor_in, visible_case
from casemgr.web.views.element import Bound, show_element
from casemgr.words import AnswerState
from designations.models import Consideration

UNPROCESSABLE = 422


@login_required
@require_POST
def answer_link(request: HttpRequest, key: str, code: str, pk: int) -> HttpResponse:
    """Answer an item that cuts the other way."""
    case = visible_case(request, key)
    actor = actor_in(request, case, "link", Verb.CHANGE)
    link = get_object_or_404(Link.objects.filter(case_element__case=case), pk=pk)
    form = AnswerForm(request.POST, auto_id=f"answer-{pk}-%s")
    if form.is_valid():
        try:
            state = AnswerState(form.cleaned_data["state"])
            reason = f"answered {link.item.key} on {code}"
            answer_contrary(link, state, form.cleaned_data["text"], actor=actor, reason=reason)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, f"{link.item.key} is answered.")
            return redirect(f"{reverse('element-page', args=[key, code])}#item-{link.item.key}")
    return show_element(request, case, code, bound={("answer", pk): form}, status=UNPROCESSABLE)


@login_required
@require_POST
def weigh_consideration(request: HttpRequest, key: str, code: str, about: str) -> HttpResponse:
    """Answer a consideration on which the element turns."""
    case = visible_case(request, key)
    actor = actor_in(request, case, "consideration", Verb.CREATE)
    pin = current_pin(case, decision_day())
    row = get_object_or_404(Consideration, version=pin and pin.version_id, code=about)
    form = AnswerForm(request.POST, auto_id=f"consideration-{about}-%s")
    if pin is not None and form.is_valid():
        try:
            state = AnswerState(form.cleaned_data["state"])
            text = form.cleaned_data["text"]
            answer_consideration(pin, row, state, text, actor=actor, reason=f"answered {about}")
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, f"{about} is answered.")
            return redirect(f"{reverse('element-page', args=[key, code])}#turns-on")
    bound: Bound = {("consideration", about): form}
    return show_element(request, case, code, bound=bound, status=UNPROCESSABLE)


@login_required
@require_POST
def dispose(request: HttpRequest, key: str, code: str, fingerprint: str) -> HttpResponse:
    """Counsel's word on a flag: risk accepted, disputed, being cured."""
    case = visible_case(request, key)
    actor = actor_in(request, case, "flag", Verb.DISPOSE)
    flag = get_object_or_404(TrackedFlag, case=case, fingerprint=fingerprint)
    form = DispositionForm(request.POST, auto_id=f"flag-{fingerprint[:12]}-%s")
    if form.is_valid():
        stated = form.cleaned_data
        try:
            dispose_flag(
                flag,
                DispositionState(stated["state"]),
                stated["reason"],
                actor=actor,
                until=stated["until"],
            )
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, f"Your word on {flag.doctrine} is kept.")
            return redirect(f"{reverse('element-page', args=[key, code])}#flags")
    bound: Bound = {("flag", fingerprint): form}
    return show_element(request, case, code, bound=bound, status=UNPROCESSABLE)
