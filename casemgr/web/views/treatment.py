"""What a challenger would hold up against the case: stated, stated anew, and withdrawn."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access.policy import Verb
from casemgr.actions.treatment import end_row, restate
from casemgr.models import Case, CaseElement
from casemgr.models.treatment import OfCaseOrElement
from casemgr.web.facts import KINDS, Kind, live_facts
from casemgr.web.forms import refused
from casemgr.web.forms.treatment import WithdrawFactForm
from casemgr.web.of_case import actor_in, allowed, head_of, reader_of, visible_case

UNPROCESSABLE = 422
RESOURCE = "comparator"


@login_required
@require_safe
def treatment_page(request: HttpRequest, key: str) -> HttpResponse:
    """Like cases, earlier positions and known gaps of the record, each with its explanation."""
    case = visible_case(request, key)
    user = reader_of(request)
    context = head_of(case) | {
        "tab": "treatment",
        **{slug: live_facts(case, kind) for slug, kind in KINDS.items()},
        "may_add": allowed(user, case, RESOURCE, Verb.CREATE),
        "may_change": allowed(user, case, RESOURCE, Verb.CHANGE),
    }
    return render(request, "casemgr/treatment.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_fact(request: HttpRequest, key: str, what: str) -> HttpResponse:
    """State a fact of one kind."""
    case, kind = visible_case(request, key), _kind(what)
    actor = actor_in(request, case, RESOURCE, Verb.CREATE)
    head = head_of(case)
    form = kind.form(head["pin"], _sent(request), initial=_about(request, head["pin"]))
    if request.method == "POST" and form.is_valid():
        try:
            kind.adding(case, form.cleaned_data, actor, f"stated a {kind.one}")()
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, f"The {kind.one} is stated.")
            return redirect(_section(case, kind))
    return _show(request, head, kind, {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fact_page(request: HttpRequest, key: str, what: str, pk: int) -> HttpResponse:
    """State a fact anew; the one before ends today and stays in the history."""
    case, kind = visible_case(request, key), _kind(what)
    actor = actor_in(request, case, RESOURCE, Verb.CHANGE)
    row, head = _row(case, kind, pk), head_of(case)
    form = kind.form(
        head["pin"], _sent(request), initial=kind.stated(row), present=row.case_element
    )
    if request.method == "POST" and form.is_valid():
        reason = f"stated the {kind.one} anew"
        try:
            restate(
                row,
                kind.adding(case, form.cleaned_data, actor, reason),
                actor=actor,
                reason=reason,
            )
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, f"The {kind.one} is stated anew.")
            return redirect(_section(case, kind))
    return _show(request, head, kind, {"form": form, "row": row, "withdraw": WithdrawFactForm()})


@login_required
@require_POST
def withdraw_fact(request: HttpRequest, key: str, what: str, pk: int) -> HttpResponse:
    """The fact no longer holds; the history keeps that it did, and why not now."""
    case, kind = visible_case(request, key), _kind(what)
    actor = actor_in(request, case, RESOURCE, Verb.REMOVE)
    row, head = _row(case, kind, pk), head_of(case)
    withdraw = WithdrawFactForm(request.POST)
    if withdraw.is_valid():
        try:
            end_row(row, actor=actor, reason=withdraw.cleaned_data["reason"])
        except ValidationError as error:
            refused(withdraw, error)
        else:
            messages.success(request, f"The {kind.one} no longer holds; the history keeps it.")
            return redirect(_section(case, kind))
    form = kind.form(head["pin"], initial=kind.stated(row), present=row.case_element)
    return _show(request, head, kind, {"form": form, "row": row, "withdraw": withdraw})


def _show(
    request: HttpRequest, head: dict[str, Any], kind: Kind, forms: dict[str, Any]
) -> HttpResponse:
    refused_forms = [each for each in forms.values() if isinstance(each, BaseForm) and each.errors]
    status = UNPROCESSABLE if refused_forms else 200
    context = head | {"tab": "treatment", "kind": kind} | forms
    return render(request, "casemgr/treatment_form.html", context, status=status)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _kind(what: str) -> Kind:
    if what not in KINDS:
        raise Http404
    return KINDS[what]


def _row(case: Case, kind: Kind, pk: int) -> OfCaseOrElement:
    # One that ended meanwhile is found too: the action says so, and what was typed is kept.
    rows = kind.model._default_manager.filter(case=case).select_related("case_element")
    found: OfCaseOrElement = get_object_or_404(rows, pk=pk)
    return found


def _about(request: HttpRequest, pin: Any) -> dict[str, Any]:
    code = request.GET.get("element", "").replace("\x00", "")
    row = CaseElement.objects.filter(pin=pin, element__code=code).first() if pin and code else None
    return {"element": row.pk} if row else {}


def _section(case: Case, kind: Kind) -> str:
    return f"{reverse('treatment-page', args=[case.key])}#{kind.slug}"
