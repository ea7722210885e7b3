"""The comments of a page: what was said on a case, an element or a task, and the field to answer.

A page includes ``casemgr/_comments.html`` with what ``comments_on`` gives.
"""

from typing import Any

from django.db.models import Prefetch, QuerySet

from access.models import User
from access.policy import Verb, may
from access.words import Role
from casemgr.models import Case, CaseElement, Comment, Mention, Task
from casemgr.web.forms.comments import CommentForm


def comments_on(
    case: Case,
    user: User,
    *,
    element: CaseElement | str | None = None,
    task: Task | None = None,
    back: str = "",
    form: CommentForm | None = None,
) -> dict[str, Any]:
    """Context for ``casemgr/_comments.html``: two queries, however much was said.

    Without ``element`` and ``task``: what was said on the case itself. ``element`` is a case
    element or its code, so that words said under an earlier pin stay with the element. ``back`` is
    the address to return to; ``form`` one that was refused.
    """
    code = element if isinstance(element, str) else element.element.code if element else ""
    initial = {"element": code, "task": task.key if task else "", "next": back}
    rows = list(_said_on(case, code, task))
    manages = Role.MANAGER in user.roles_in(case.team)
    may_write = may(user.standings_in(case.team), "comment", Verb.CREATE)
    form = form or CommentForm(initial=initial, auto_id="comment_%s")
    return {
        "comments": [
            {
                "row": row,
                "mine": row.author_id == user.pk,
                "may_withdraw": may_write and (row.author_id == user.pk or manages),
                "told": {mention.person.username for mention in row.mentions.all()},
            }
            for row in rows
        ],
        "comments_case": case,
        "comment_form": (form or CommentForm(initial=initial, auto_id="comment_%s"))
        if may_write
        else None,
    }


def _said_on(case: Case, code: str, task: Task | None) -> QuerySet[Comment]:
    mentions = Prefetch("mentions", queryset=Mention.objects.select_related("person"))
    rows = Comment.objects.filter(case=case).select_related("author").prefetch_related(mentions)
    if task is not None:
        return rows.filter(task=task)
    if code:
        return rows.filter(case_element__element__code=code)
    return rows.filter(task__isnull=True, case_element__isnull=True)
