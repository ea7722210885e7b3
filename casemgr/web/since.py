"""What moved on the cases one works on since one was last here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from access.models import User
from casemgr.models import (
    Assessment,
    Case,
    CaseElement,
    Comment,
    FindingRevision,
    Signature,
    Task,
)
from casemgr.words import Severity

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class CaseSince:
    """One case, and what others did on it."""

    case: Case
    news: tuple[str, ...]


def since(user: User, moment: datetime | None) -> list[CaseSince]:
    """The open cases one leads, has an element or a task of, on which something happened.

    Six queries, however much happened. Nothing for someone who was never here before: everything
    would be new.
    """
    if moment is None:
        return []
    cases = {case.pk: case for case in _my_cases(user, moment)}
    said = {key: list(_judged(case)) for key, case in cases.items()}
    for words, counts in _done_by_others(user, list(cases), moment):
        for key, count in counts.items():
            said[key].append(f"{count} {words[count > 1]}")
    found = [CaseSince(case, tuple(said[key])) for key, case in cases.items() if said[key]]
    return found[:MOST_SHOWN]


def _my_cases(user: User, moment: datetime) -> Iterator[Any]:
    elements = CaseElement.objects.filter(case=OuterRef("pk"), assignee=user)
    tasks = Task.objects.unfinished().filter(case=OuterRef("pk"), assignee=user)
    judged = Assessment.objects.filter(case=OuterRef("pk")).order_by("-seq")
    figures = JSONObject(grade="grade", fatal="fatal_flags", serious="serious_flags")
    cases: Any = (
        Case.objects.visible_to(user)
        .in_progress()
        .filter(Q(lead=user) | Exists(elements) | Exists(tasks))
        .select_related("designee")
        .annotate(
            now=Subquery(judged.values(json=figures)[:1]),
            then=Subquery(judged.filter(assessed_at__lte=moment).values(json=figures)[:1]),
        )
    )
    yield from cases.order_by("key")


def _judged(case: Any) -> Iterator[str]:
    """What the engine says otherwise than it did."""
    now, then = case.now, case.then
    if now is None or now == then:
        return
    if then is None:
        yield f"assessed for the first time: {now['grade']}"
        return
    if now["grade"] != then["grade"]:
        yield f"from {then['grade']} to {now['grade']}"
    for severity in (Severity.FATAL.value, Severity.SERIOUS.value):
        more = now[severity] - then[severity]
        if more:
            word = "more" if more > 0 else "fewer"
            yield f"{abs(more)} {severity} flag{'s' if abs(more) > 1 else ''} {word}"


def _done_by_others(
    user: User, cases: list[int], moment: datetime
) -> Iterator[tuple[tuple[str, str], dict[int, int]]]:
    """What others did, in words for one and for many, with how often on which case."""
    comments = Comment.objects.filter(
        case__in=cases, written_at__gt=moment, withdrawn_at__isnull=True
    )
    path = "finding__case_element__case"
    wordings = FindingRevision.objects.filter(
        **{f"{path}__in": cases}, recorded_at__gt=moment, written_on__isnull=False
    )
    signed = Signature.objects.filter(**{f"revision__{path}__in": cases}, signed_at__gt=moment)
    tasks = Task.objects.filter(case__in=cases, created_at__gt=moment)
    wordings, signed = wordings.exclude(author=user), signed.exclude(signer=user)
    tasks, comments = tasks.exclude(created_by=user), comments.exclude(author=user)
    yield ("wording of a finding", "wordings of findings"), _by_case(wordings, path)
    yield ("signature", "signatures"), _by_case(signed, f"revision__{path}")
    yield ("new task", "new tasks"), _by_case(tasks, "case")
    yield ("comment", "comments"), _by_case(comments, "case")


def _by_case(rows: Any, path: str) -> dict[int, int]:
    counted = rows.order_by().values_list(path).annotate(count=Count("pk"))
    return dict(counted.values_list(path, "count"))
