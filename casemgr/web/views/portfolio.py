"""Portfolio runs: the list, starting one, following it, stopping it and taking it up again."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access.models import User
from access.policy import Verb, may
from casemgr.reassess.portfolio import outcome_of, start_portfolio_run
from casemgr.web.forms import refused
from casemgr.web.forms.portfolio import CancelRunForm, NewRunForm, ResumeRunForm
from casemgr.web.of_case import reader_of
from casemgr.web.portfolio import (
    MOST_SHOWN,
    Progress,
    changed_cases,
    runs_of,
    shown_moves,
    summed,
)
from evidence.jobs.keeping import NotNowError, cancel_job, resume_job
from evidence.models import Job
from evidence.web.door import allowed, require

RUNS_A_PAGE = 50
UNNOTICED_AFTER = 60
"""Seconds. A run that no worker took up by then has perhaps no worker: the page says so."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def portfolio_runs_page(request: HttpRequest) -> HttpResponse:
    """All runs one sees, and a form to start another for those who may."""
    user = reader_of(request)
    if not may(user.standings(), "portfolio-run", Verb.READ):
        return render(request, "casemgr/no_cases.html", status=403)
    form, status = None, 200
    if request.method == "POST":
        require(user, "portfolio-run", Verb.CREATE)
        form = NewRunForm(user, request.POST)
        run, status = _started(form, user)
        if run is not None:
            messages.success(request, f"{run.key} is started: {_cases(run.total)} to assess.")
            return redirect("portfolio-run-page", key=run.key)
    elif allowed(user, "portfolio-run", Verb.CREATE):
        form = NewRunForm(user)
    page = Paginator(runs_of(user), RUNS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"run": run, "progress": Progress.of(run)} for run in page],
        "form": form,
    }
    return render(request, "casemgr/portfolio_runs.html", context, status=status)


@login_required
@require_safe
def portfolio_run_page(request: HttpRequest, key: str) -> HttpResponse:
    """How far a run is, what it moved, and what failed."""
    user = reader_of(request)
    return render(request, "casemgr/portfolio_run.html", _of_run(_visible_run(user, key), user))


@login_required
@require_safe
def portfolio_run_progress(request: HttpRequest, key: str) -> HttpResponse:
    """The part of the page that moves while the run does; asked for again and again.

    ``told`` is the tenth that was last said aloud: the same is not said twice.
    """
    user = reader_of(request)
    run = _visible_run(user, key)
    # What stands below moves only once, when the run ends: until then it is left alone.
    context = _how_far(run, user) if run.is_active else _of_run(run, user)
    told = request.GET.get("told") == str(context["progress"].tenth)
    context |= {"asked_again": True, "news": not run.is_active or not told}
    return render(request, "casemgr/_portfolio_progress.html", context)


@login_required
@require_POST
def portfolio_run_cancel(request: HttpRequest, key: str) -> HttpResponse:
    """Stop the run; parts in hand are still brought to their end."""
    return _moved(request, key, CancelRunForm(request.POST), cancel_job, "is cancelled")


@login_required
@require_POST
def portfolio_run_resume(request: HttpRequest, key: str) -> HttpResponse:
    """Go on where a cancelled run stopped, and try again what failed."""
    return _moved(request, key, ResumeRunForm(request.POST), resume_job, "goes on")


def _started(form: NewRunForm, user: User) -> tuple[Job | None, int]:
    """The run that the form asks for; without one, the form says why and the status which."""
    if not form.is_valid():
        return None, 422
    team, reason = form.cleaned_data["team"], form.cleaned_data["reason"]
    try:
        return start_portfolio_run(team, actor=user, reason=reason), 200
    except NotNowError as error:
        refused(form, error)
        return None, 409
    except ValidationError as error:
        refused(form, error)
        return None, 422


def _moved(
    request: HttpRequest, key: str, form: forms.Form, act: Callable[..., Job], now: str
) -> HttpResponse:
    user = reader_of(request)
    run = _visible_run(user, key)
    require(user, "portfolio-run", Verb.CHANGE, run.team)
    status = 422
    if form.is_valid():
        try:
            act(run, actor=user, reason=form.cleaned_data["reason"])
        except NotNowError as error:
            refused(form, error)
            status = 409
        else:
            messages.success(request, f"{run.key} {now}.")
            return redirect("portfolio-run-page", key=run.key)
    # Read again: what stood in the way may be that the run has ended meanwhile.
    context = _of_run(_visible_run(user, key), user, form)
    return render(request, "casemgr/portfolio_run.html", context, status=status)


def _visible_run(user: User, key: str) -> Job:
    """The run, or 404: one out of one's scope does not exist for one."""
    run: Job = get_object_or_404(runs_of(user), key=key)
    return run


def _how_far(run: Job, user: User) -> dict[str, Any]:
    outcome = outcome_of(run, user)
    moves = shown_moves(outcome.moves)
    waited = (timezone.now() - run.asked_at).total_seconds()
    return {
        "run": run,
        "progress": Progress.of(run),
        "moves": moves,
        "sums": summed(moves),
        "outcome": outcome,
        "unnoticed": run.started_at is None and run.is_active and waited > UNNOTICED_AFTER,
    }


def _of_run(run: Job, user: User, sent: forms.Form | None = None) -> dict[str, Any]:
    context = _how_far(run, user)
    outcome, changed = context["outcome"], changed_cases(run, user)
    offered = _offered(run, context["progress"], user)
    form = sent if offered is not None and isinstance(sent, offered) else offered and offered()
    return context | {
        "changed": changed[:MOST_SHOWN],
        "more_changed": len(changed) > MOST_SHOWN,
        "failures": outcome.failures[:MOST_SHOWN],
        "more_failures": max(0, len(outcome.failures) - MOST_SHOWN),
        "form": form,
        "resumes": offered is ResumeRunForm,
        "not_done": None if sent is form else sent,
    }


def _offered(run: Job, progress: Progress, user: User) -> type[forms.Form] | None:
    """The form of what the user may do to the run as it stands."""
    if not allowed(user, "portfolio-run", Verb.CHANGE, run.team):
        return None
    if run.is_active:
        return CancelRunForm
    return ResumeRunForm if progress.open else None


def _cases(number: int) -> str:
    return f"{number} case{'' if number == 1 else 's'}"
