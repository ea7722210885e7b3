"""What the decision must deal with, and the way of the case from stage to stage."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from access.models import User
from access.policy import Verb, roles_that_may
from access.revision import StaleRevisionError
from casemgr.actions.stage_moves import NotReadyError, move_stage
from casemgr.actions.treatment import answer_consideration, meet_prerequisite
from casemgr.models import Case, Pin, PrerequisiteMet, Stage
from casemgr.stages import Transition, next_stages
from casemgr.web.forms import refused
from casemgr.web.forms.answers import AnswerForm, StepForm
from casemgr.web.forms.case import StageForm
from casemgr.web.of_case import actor_in, allowed, head_of, reader_of, visible_case
from casemgr.web.of_element import considerations
from casemgr.words import AnswerState, StepState
from designations.models import Prerequisite

UNPROCESSABLE = 422
Bound = Mapping[tuple[str, str], BaseForm]


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of the stage: what is missing for it, and the form where nothing is."""

    target: Stage
    missing: list[str]
    form: BaseForm | None
    whose: str  # who may, where the reader may not


@dataclass(frozen=True, slots=True)
class Step:
    """One procedural step, where it stands, and the form to say so."""

    prerequisite: Prerequisite
    met: PrerequisiteMet | None
    form: BaseForm


@login_required
@require_safe
def decision_page(request: HttpRequest, key: str) -> HttpResponse:
    """Considerations, steps, and what is missing for the next stage."""
    return _show(request, visible_case(request, key), {})


@login_required
@require_POST
def weigh(request: HttpRequest, key: str, about: str) -> HttpResponse:
    """Answer a consideration of the case."""
    case = visible_case(request, key)
    actor = actor_in(request, case, "consideration", Verb.CREATE)
    pin = _pin(case)
    row = get_object_or_404(pin.version.considerations, code=about)
    form = AnswerForm(request.POST, auto_id=f"consideration-{about}-%s")
    if form.is_valid():
        try:
            state, text = AnswerState(form.cleaned_data["state"]), form.cleaned_data["text"]
            answer_consideration(pin, row, state, text, actor=actor, reason=f"answered {about}")
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, f"{about} is answered.")
            return redirect(f"{reverse('decision-page', args=[key])}#{about}")
    return _show(request, case, {("consideration", about): form}, UNPROCESSABLE)


@login_required
@require_POST
def take_step(request: HttpRequest, key: str, about: str) -> HttpResponse:
    """State where a procedural step stands."""
    case = visible_case(request, key)
    actor = actor_in(request, case, "prerequisite", Verb.CREATE)
    pin = _pin(case)
    row = get_object_or_404(pin.version.prerequisites, code=about)
    form = StepForm(request.POST, auto_id=f"step-{about}-%s")
    if form.is_valid():
        stated = dict(form.cleaned_data)
        try:
            state = StepState(stated.pop("state"))
            meet_prerequisite(pin, row, state, actor=actor, reason=f"stated {about}", **stated)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, f"Where {about} stands is kept.")
            return redirect(f"{reverse('decision-page', args=[key])}#{about}")
    return _show(request, case, {("step", about): form}, UNPROCESSABLE)


@login_required
@require_POST
def move(request: HttpRequest, key: str) -> HttpResponse:
    """Move the case to another stage, if nothing is missing for it."""
    case = visible_case(request, key)
    actor = actor_in(request, case, "case", Verb.ADVANCE)
    wanted = request.POST.get("to", "")
    target = Stage(wanted) if wanted in Stage.values else None
    form = StageForm(request.POST, auto_id=f"to-{wanted}-%s", decides=target is Stage.DECIDED)
    if target is not None and form.is_valid():
        stated = form.cleaned_data
        try:
            move_stage(
                case,
                target,
                stated["revision"],
                actor=actor,
                reason=stated["reason"],
                decided_on=stated.get("decided_on"),
            )
        except StaleRevisionError:
            messages.error(
                request, "The case changed since you read it. Nothing was moved: read it again."
            )
            return redirect(reverse("decision-page", args=[key]))
        except NotReadyError:
            # What is missing stands on the page, beside the way that was asked for.
            messages.error(request, f"It cannot move to {target.label} yet: see what is missing.")
            return redirect(reverse("decision-page", args=[key]))
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, f"{case.key} is now in {target.label}.")
            return redirect(reverse("decision-page", args=[key]))
    return _show(request, case, {("stage", wanted): form}, UNPROCESSABLE)


def _show(request: HttpRequest, case: Case, bound: Bound, status: int = 200) -> HttpResponse:
    context = head_of(case) | {"tab": "decision"}
    pin, user = context["pin"], reader_of(request)
    context |= {
        "ways": [_way(case, user, way, missing, bound) for way, missing in next_stages(case)],
        "turns_on": [
            (each, _answer_form(bound, each)) for each in (considerations(case, pin) if pin else ())
        ],
        "steps": _steps(case, pin, bound) if pin else [],
        "may": {
            "answer": allowed(user, case, "consideration", Verb.CREATE),
            "step": allowed(user, case, "prerequisite", Verb.CREATE),
        },
    }
    return render(request, "casemgr/decision.html", context, status=status)


def _way(case: Case, user: User, way: Transition, missing: list[str], bound: Bound) -> Way:
    mine = allowed(user, case, "case", way.verb)
    form = bound.get(("stage", way.target.value)) or StageForm(
        auto_id=f"to-{way.target.value}-%s",
        decides=way.target is Stage.DECIDED and case.stage == Stage.READY,
        initial={"to": way.target.value, "revision": case.revision},
    )
    return Way(
        way.target,
        missing,
        form if mine and not missing else None,
        "" if mine else roles_that_may("case", way.verb),
    )


def _steps(case: Case, pin: Pin, bound: Bound) -> list[Step]:
    live = {
        row.prerequisite.code: row
        for row in PrerequisiteMet.objects.live()
        .filter(pin__case=case)
        .select_related("prerequisite", "item")
        .order_by("pin", "pk")
    }
    rows = Prerequisite.objects.filter(version=pin.version_id).select_related("element")
    return [
        Step(row, live.get(row.code), _step_form(bound, row.code, live.get(row.code)))
        for row in rows.order_by("position")
    ]


def _step_form(bound: Bound, code: str, met: PrerequisiteMet | None) -> BaseForm:
    initial: dict[str, Any] = {}
    if met:
        on = met.on.isoformat() if met.on else None
        due = met.due_on.isoformat() if met.due_on else None
        initial = {"state": met.state, "on": on, "due_on": due}
        initial |= {"office": met.office, "what": met.what}
    return bound.get(("step", code)) or StepForm(auto_id=f"step-{code}-%s", initial=initial)


def _answer_form(bound: Bound, each: Any) -> BaseForm:
    code, answer = each.consideration.code, each.answer
    return bound.get(("consideration", code)) or AnswerForm(
        auto_id=f"consideration-{code}-%s",
        initial={"state": answer.state, "text": answer.text} if answer else None,
    )


def _pin(case: Case) -> Pin:
    pin: Pin | None = head_of(case)["pin"]
    if pin is None:
        raise Http404
    return pin
