"""Tasks: the list, one task, a new one, and what becomes of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access.back import by_htmx, way_back
from access.models import User
from access.policy import Verb, may
from access.revision import StaleRevisionError
from casemgr.actions.tasks import NEXT_STATES, NewTask, amend_task, make_task, move_task
from casemgr.clock import decision_day
from casemgr.models import Case, CaseElement, Task, TaskState, TrackedFlag
from casemgr.pins import current_pin
from casemgr.web.comments import comments_on
from casemgr.web.forms import refused
from casemgr.web.forms.tasks import AmendTaskForm, MoveTaskForm, NewTaskForm
from casemgr.web.of_case import actor_in, allowed, head_of, reader_of, visible_case
from casemgr.web.saved_views import default_address, saved_views_of
from casemgr.web.task_list import TaskFilters, csv_lines, read_task_list, shown

from casemgr.web.task_list import DUE, STATES  # isort: skip

_ON_PAGE = "through the page"


@login_required
@require_safe
def task_list(request: HttpRequest) -> HttpResponseBase:
    """What is to be done, by me or by my team; the filters are in the address."""
    user = reader_of(request)
    if not may(user.standings(), "task", Verb.READ):
        return render(request, "casemgr/no_cases.html", status=403)
    if address := default_address(user, "tasks", request):
        return HttpResponseRedirect(address)
    filters, day = TaskFilters.read(request.GET), decision_day()
    if request.GET.get("format") == "csv":
        tasks = filters.narrow(Task.objects.visible_to(user), user, day)
        answer = StreamingHttpResponse(
            csv_lines(tasks), content_type="text/csv; charset=utf-8; header=present"
        )
        answer["Content-Disposition"] = f'attachment; filename="tasks-{day.isoformat()}.csv"'
        answer["Cache-Control"] = "private, no-store"
        return answer
    found = read_task_list(user, filters, request.GET.get("page", "1"), day)
    context = {
        "list": found,
        "page": found.page,
        "rows": [_row(task, user) for task in found.page],
        "day": day,
        "whose": [
            (value, label, count, filters.address(whose=value))
            for value, label, count in found.whose
        ],
        "as_csv": f"{filters.address()}&format=csv",
        "narrowed": filters != TaskFilters(whose=filters.whose),
        "here": request.get_full_path(),
        "states": STATES.items(),
        "due": DUE.items(),
        **saved_views_of(user, "tasks", request),
    }
    return render(request, "casemgr/tasks.html", context)


@login_required
@require_safe
def case_tasks(request: HttpRequest, key: str) -> HttpResponse:
    """The tasks of one case, and what was said on it."""
    case, user = visible_case(request, key), reader_of(request)
    tasks = shown(Task.objects.filter(case=case).with_flag_cleared().soonest_due_first())
    rows = [_row(task, user) for task in tasks]
    context = head_of(case) | {
        "tab": "tasks",
        "here": request.path,
        "rows": [row for row in rows if not row["task"].is_finished],
        "finished": [row for row in rows if row["task"].is_finished],
        "may_add": allowed(user, case, "task", Verb.CREATE),
        **comments_on(case, user, back=reverse("case-tasks", args=[case.key])),
    }
    return render(request, "casemgr/case_tasks.html", context)


@login_required
@require_safe
def task_page(request: HttpRequest, key: str) -> HttpResponse:
    """One task: where it stands, the flag it came from, and what was said on it."""
    user = reader_of(request)
    task = _visible_task(user, key)
    return render(request, "casemgr/task.html", _of_task(task, user))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task_new(request: HttpRequest, key: str) -> HttpResponse:
    """Add a task to a case; the address may bring the cure of a flag along."""
    case = visible_case(request, key)
    user = actor_in(request, case, "task", Verb.CREATE)
    elements = _elements(case)
    back = way_back(request, reverse("case-tasks", args=[case.key]))
    if request.method == "POST":
        form = NewTaskForm(case, list(elements.values()), request.POST)
        if form.is_valid():
            try:
                task = make_task(
                    case,
                    _new_task(form.cleaned_data, elements),
                    actor=user,
                    reason=f"add a task {_ON_PAGE}",
                )
            except ValidationError as error:
                _refuse(form, error)
            else:
                messages.success(request, f"“{task.title}” is added{_given(task)}.")
                return HttpResponseRedirect(back)
    else:
        form = NewTaskForm(case, list(elements.values()), initial=_stated(request, case, back))
    context = {"case": case, "form": form, "back": back, **_flag_of(form)}
    status = 422 if form.is_bound else 200
    return render(request, "casemgr/task_new.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what is to be done, by whom or until when."""
    task = _visible_task(reader_of(request), key)
    user = actor_in(request, task.case, "task", Verb.CHANGE)
    stated = {name: getattr(task, name) for name in ("title", "note", "assignee", "due_on")}
    form = AmendTaskForm(
        task.case, request.POST or None, initial=stated | {"revision": task.revision}
    )
    status, now = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            changes = {name: form.cleaned_data[name] for name in stated}
            expected = form.cleaned_data["revision"]
            try:
                amend_task(
                    task, expected, **changes, actor=user, reason=f"change a task {_ON_PAGE}"
                )
            except ValidationError as error:
                refused(form, error)
            except StaleRevisionError:
                status = 409
                form.add_error(None, _moved(task))
                # What it says now is shown beside the form, which from then on answers to that.
                now = _visible_task(user, key)
                form.data = {**request.POST.dict(), "revision": str(now.revision)}
            else:
                messages.success(request, f"{task.key} is changed.")
                return redirect("task-page", key=task.key)
    context = {"task": task, "case": task.case, "form": form, "now": now}
    return render(request, "casemgr/task_edit.html", context, status=status)


@login_required
@require_POST
def task_move(request: HttpRequest, key: str) -> HttpResponse:
    """Begin, finish, drop or reopen a task."""
    task = _visible_task(reader_of(request), key)
    user = actor_in(request, task.case, "task", Verb.CHANGE)
    form = MoveTaskForm(request.POST)
    wrong = ""
    if not form.is_valid():
        wrong = "The request names no state that a task can have. Nothing was changed."
    else:
        to = TaskState(form.cleaned_data["to"])
        try:
            move_task(
                task,
                form.cleaned_data["revision"],
                to,
                why=form.cleaned_data["why"],
                actor=user,
                reason=f"{to.label} {_ON_PAGE}",
            )
        except ValidationError as error:
            wrong = " ".join(error.messages)
        except StaleRevisionError:
            wrong = _moved(task)
    task = _visible_task(user, key)
    if by_htmx(request):
        context = {"each": _row(task, user), "wrong": wrong, "day": decision_day()}
        status = 409 if wrong else 200
        return render(request, "casemgr/_task_row.html", context, status=status)
    if wrong:
        messages.error(request, wrong)
    else:
        messages.success(request, f"{task.key} is {task.get_state_display()}.")
    return HttpResponseRedirect(way_back(request, reverse("task-page", args=[task.key])))


def _visible_task(user: User, key: str) -> Task:
    """The task, or 404: a task of a case out of one's scope does not exist for one."""
    return get_object_or_404(shown(Task.objects.visible_to(user)).with_flag_cleared(), key=key)


def _row(task: Task, user: User) -> dict[str, Any]:
    may_change = allowed(user, task.case, "task", Verb.CHANGE)
    ways = NEXT_STATES[TaskState(task.state)] if may_change else ()
    return {
        "task": task,
        "may_change": may_change,
        # What needs no reason; dropping is done on the task's own page.
        "ways": [
            (way, "Put back" if way is TaskState.OPEN and not task.is_finished else _SAID[way])
            for way in ways
            if way is not TaskState.DROPPED
        ],
        "may_drop": TaskState.DROPPED in ways,
    }


_SAID = {TaskState.OPEN: "Open again", TaskState.DOING: "Begin", TaskState.DONE: "Done"}


def _of_task(task: Task, user: User) -> dict[str, Any]:
    back = reverse("task-page", args=[task.key])
    return {
        **_row(task, user),
        "case": task.case,
        "day": decision_day(),
        **comments_on(task.case, user, task=task, back=back),
    }


def _elements(case: Case) -> dict[str, CaseElement]:
    pin = current_pin(case, decision_day()) or current_pin(case, None)
    rows = CaseElement.objects.filter(pin=pin).select_related("element").order_by("pk")
    return {row.element.code: row for row in rows}


def _stated(request: HttpRequest, case: Case, back: str) -> dict[str, str]:
    """What the address says of the task: the form shows it and the reader may change it.

    A flag that is not raised cannot be cured: the work that was named is then a task of its own.
    """
    asked = {
        name: request.GET.get(name, "").replace("\x00", "")
        for name in ("element", "doctrine", "subject", "cure", "title", "note")
    }
    asked["title"] = asked["title"] or asked["cure"][:300]
    raised = TrackedFlag.objects.filter(
        case=case,
        doctrine=asked["doctrine"],
        element_code=asked["element"],
        cleared_on__isnull=True,
    )
    if not asked["doctrine"] or not raised.exists():
        asked["doctrine"] = asked["subject"] = asked["cure"] = ""
    return asked | {"next": back}


def _refuse(form: NewTaskForm, error: ValidationError) -> None:
    """What is said of a hidden field stands above the form."""
    if not hasattr(error, "error_dict"):
        refused(form, error)
        return
    for name, messages_of_it in error.message_dict.items():
        shown_field = name in form.fields and not form[name].is_hidden
        form.add_error(name if shown_field else None, messages_of_it)


def _new_task(stated: dict[str, Any], elements: dict[str, CaseElement]) -> NewTask:
    return NewTask(
        title=stated["title"],
        note=stated["note"],
        element=elements.get(stated["element"]),
        assignee=stated["assignee"],
        due_on=stated["due_on"],
        doctrine=stated["doctrine"],
        subject=stated["subject"] if stated["doctrine"] else "",
        cure=stated["cure"] if stated["doctrine"] else "",
    )


def _flag_of(form: NewTaskForm) -> dict[str, Any]:
    return {name: form[name].value() or "" for name in ("doctrine", "cure")}


def _given(task: Task) -> str:
    if task.assignee is None:
        return ""
    return f" and given to {task.assignee.get_full_name() or task.assignee.username}"


def _moved(task: Task) -> str:
    return (
        f"{task.key} was changed by someone else meanwhile. Nothing of yours is saved: look at "
        "what it says now and send it again."
    )
