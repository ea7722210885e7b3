"""Writing, editing and withdrawing comments; whoever is mentioned is told."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils import timezone

from access.models import User
from access.revision import revise
from access.words import Role
from casemgr.actions.notices import tell_of_comment
from casemgr.actions.recorded import recorded
from casemgr.mentions import names_called
from casemgr.models import Case, CaseElement, Comment, Mention, NoticeKind, Task
from casemgr.people import who_see


def write_comment(
    case: Case,
    text: str,
    *,
    actor: User,
    reason: str,
    element: CaseElement | None = None,
    task: Task | None = None,
) -> Comment:
    """Say something about a case, or about one element or one task of it.

    ``@username`` tells that person, if they may see the case; other names are only words. Who
    made a task and whom it is given to are told of what is said on it. Raises ValidationError for
    an empty text, or an element or task of another case.
    """
    for name, part in (("element", element), ("task", task)):
        if part is not None and part.case_id != case.pk:
            raise ValidationError({name: "That belongs to another case."})
    with recorded(actor, reason):
        comment = Comment(case=case, case_element=element, task=task, author=actor, text=text)
        comment.full_clean()
        comment.save(force_insert=True)
        _mention(comment)
        if task is not None:
            concerned = Q(pk=task.created_by_id) | Q(pk=task.assignee_id)
            people = who_see(case).filter(concerned)
            tell_of_comment(NoticeKind.COMMENTED, comment, people)
    return comment


def edit_comment(
    comment: Comment, expected: int, text: str, *, actor: User, reason: str
) -> Comment:
    """Write one's comment anew; the history keeps what it said, and new mentions are told.

    Raises PermissionDenied for another's comment, ValidationError for a withdrawn one or an empty
    text, StaleRevisionError when it was changed meanwhile.
    """
    if comment.author_id != actor.pk:
        raise PermissionDenied("Only who wrote a comment can change its words.")
    with recorded(actor, reason):
        comment = _standing(comment)
        comment.text = text
        comment.full_clean()
        revise(comment, expected, text=text, edited_at=timezone.now())
        _mention(comment)
    return comment


def withdraw_comment(comment: Comment, expected: int, why: str, *, actor: User) -> Comment:
    """Take a comment back: it stays in its place without its words, and in the history with them.

    For its author and for managers of the team. Raises PermissionDenied for others,
    ValidationError without a reason or when it is withdrawn already, StaleRevisionError when it
    was changed meanwhile.
    """
    if comment.author_id != actor.pk and Role.MANAGER not in actor.roles_in(comment.case.team):
        raise PermissionDenied("Only who wrote a comment, or a manager, can withdraw it.")
    if not why.strip():
        raise ValidationError({"reason": "Say why the comment is withdrawn."})
    with recorded(actor, why):
        comment = _standing(comment)
        revise(comment, expected, withdrawn_at=timezone.now(), withdrawn_why=why.strip())
    return comment


def _standing(comment: Comment) -> Comment:
    rows = Comment.objects.select_for_update(of=("self",)).select_related("case__team", "author")
    comment = rows.get(pk=comment.pk)
    if comment.withdrawn_at is not None:
        raise ValidationError("This comment was withdrawn: write a new one.")
    return comment


def _mention(comment: Comment) -> None:
    """Record and tell those called in the text who may see the case, unless they were before."""
    names = names_called(comment.text)
    if not names:
        return
    known = Mention.objects.filter(comment=comment).values("person")
    people = list(who_see(comment.case).filter(username__in=names).exclude(pk__in=known))
    Mention.objects.bulk_create(Mention(comment=comment, person=person) for person in people)
    tell_of_comment(NoticeKind.MENTIONED, comment, people)
