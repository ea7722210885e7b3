"""Writing a comment, changing one's own, and taking one back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from access.back import by_htmx, way_back
from access.models import User
from access.policy import Verb
from access.revision import StaleRevisionError
from casemgr.actions.comments import edit_comment, withdraw_comment, write_comment
from casemgr.mentions import names_called
from casemgr.models import CaseElement, Comment, Task
from casemgr.web.comments import comments_on
from casemgr.web.forms import refused
from casemgr.web.forms.comments import CommentForm, EditCommentForm, WithdrawCommentForm
from casemgr.web.notices import address_of_comment
from casemgr.web.of_case import actor_in, reader_of, visible_case

_MEANWHILE = (
    "The comment was changed meanwhile. Nothing of yours is saved: read it again and repeat it."
)


@login_required
@require_POST
def comment_new(request: HttpRequest, key: str) -> HttpResponse:
    """Say something on the case, or on an element or a task of it."""
    case = visible_case(request, key)
    user = actor_in(request, case, "comment", Verb.CREATE)
    form = CommentForm(request.POST, auto_id="comment_%s")
    code, task_key = request.POST.get("element", ""), request.POST.get("task", "")
    task = get_object_or_404(Task, case=case, key=task_key) if task_key else None
    element = None
    if code and task is None:
        rows = CaseElement.objects.filter(case=case, element__code=code).order_by("-pin", "-pk")
        element = get_object_or_404(rows.select_related("element")[:1])
    said = None
    if form.is_valid():
        try:
            said = write_comment(
                case,
                form.cleaned_data["text"],
                actor=user,
                reason="comment through the page",
                element=element,
                task=task,
            )
        except ValidationError as error:
            refused(form, error)
    if said is not None:
        _say_who_was_not_told(request, said)
        if not by_htmx(request):
            otherwise = address_of_comment(said).partition("#")[0]
            return HttpResponseRedirect(f"{way_back(request, otherwise)}#comment-{said.pk}")
    context = comments_on(
        case, user, element=element, task=task, back=request.POST.get("next", ""),
        form=None if said else form,
    )  # fmt: skip
    template = "casemgr/_comments.html" if by_htmx(request) else "casemgr/comment_refused.html"
    context |= {"case": case, "fresh": True}
    return render(request, template, context, status=200 if said else 422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change the words of one's own comment."""
    comment = _visible_comment(reader_of(request), number)
    user = actor_in(request, comment.case, "comment", Verb.CHANGE)
    form = EditCommentForm(
        request.POST or None, initial={"text": comment.text, "revision": comment.revision}
    )
    if request.method == "POST" and form.is_valid():
        try:
            said = edit_comment(
                comment,
                form.cleaned_data["revision"],
                form.cleaned_data["text"],
                actor=user,
                reason="edit a comment through the page",
            )
        except ValidationError as error:
            refused(form, error)
        except StaleRevisionError:
            form.add_error(None, _MEANWHILE)
        else:
            _say_who_was_not_told(request, said)
            return HttpResponseRedirect(address_of_comment(comment))
    context = {"comment": comment, "case": comment.case, "form": form, "does": "Save",
               "title": "Edit a comment", "back": address_of_comment(comment)}  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "casemgr/comment_form.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a comment back, with a reason."""
    comment = _visible_comment(reader_of(request), number)
    user = actor_in(request, comment.case, "comment", Verb.CHANGE)
    form = WithdrawCommentForm(request.POST or None, initial={"revision": comment.revision})
    if request.method == "POST" and form.is_valid():
        expected, why = form.cleaned_data["revision"], form.cleaned_data["reason"]
        try:
            withdraw_comment(comment, expected, why, actor=user)
        except ValidationError as error:
            refused(form, error)
        except StaleRevisionError:
            form.add_error(None, _MEANWHILE)
        else:
            messages.success(request, "The comment is withdrawn.")
            return HttpResponseRedirect(address_of_comment(comment))
    context = {"comment": comment, "case": comment.case, "form": form, "does": "Withdraw",
               "title": "Withdraw a comment", "back": address_of_comment(comment)}  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "casemgr/comment_form.html", context, status=status)


def _visible_comment(user: User, number: int) -> Comment:
    """A comment that still says something, or 404."""
    rows = Comment.objects.visible_to(user).filter(withdrawn_at__isnull=True)
    rows = rows.select_related("case__team", "case__designee", "author", "task",
                               "case_element__element")  # fmt: skip
    return get_object_or_404(rows, pk=number)


def _say_who_was_not_told(request: HttpRequest, comment: Comment) -> None:
    told = set(comment.mentions.values_list("person__username", flat=True))
    others = [name for name in names_called(comment.text) if name not in told]
    if others:
        named = ", ".join(f"@{name}" for name in others)
        messages.warning(
            request, f"Nobody was told as {named}: no one of that name may see this case."
        )
