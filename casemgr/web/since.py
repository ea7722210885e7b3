"""What moved on the cases one works on since one was last here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
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
    mine = _my_cases(user)
    said = {
        key: found for key, now, then in _assessed(mine, moment) if (found := _judged(now, then))
    }
    for words, counts in _done_by_others(user, mine.values("pk"), moment):
        for key, count in counts.items():
            said.setdefault(key, []).append(f"{count} {words[count > 1]}")
    # Somebody may lead thousands of cases: only those that are shown are read.
    shown = Case.objects.filter(pk__in=said).select_related("designee").order_by("key")
    return [CaseSince(case, tuple(said[case.pk])) for case in shown[:MOST_SHOWN]]


def _my_cases(user: User) -> QuerySet[Case]:
    elements = CaseElement.objects.filter(case=OuterRef("pk"), assignee=user)
    tasks = Task.objects.unfinished().filter(case=OuterRef("pk"), assignee=user)
    visible = Case.objects.visible_to(user).in_progress()
    return visible.filter(Q(lead=user) | Exists(elements) | Exists(tasks)).order_by()


def _assessed(cases: QuerySet[Case], moment: datetime) -> Iterator[tuple[int, Any, Any]]:
    """The cases assessed since, each with the figures of now and of then."""
    judged = Assessment.objects.filter(case=OuterRef("pk")).order_by("-seq")
    figures = JSONObject(grade="grade", fatal="fatal_flags", serious="serious_flags")
    rows = cases.filter(Exists(judged.filter(assessed_at__gt=moment))).annotate(
        now=Subquery(judged.values(json=figures)[:1]),
        then=Subquery(judged.filter(assessed_at__lte=moment).values(json=figures)[:1]),
    )
    yield from rows.values_list("pk", "now", "then")


def _judged(now: Any, then: Any) -> list[str]:
    """What the engine says otherwise than it did."""
    if then is None:
        return [f"assessed for the first time: {now['grade']}"]
    said = []
    if now["grade"] != then["grade"]:
        said.append(f"from {then['grade']} to {now['grade']}")
    for severity in (Severity.FATAL.value, Severity.SERIOUS.value):
        more = now[severity] - then[severity]
        if more:
            word = "more" if more > 0 else "fewer"
            said.append(f"{abs(more)} {severity} flag{'s' if abs(more) > 1 else ''} {word}")
    return said


def _done_by_others(
    user: User, cases: QuerySet[Case, Any], moment: datetime
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
