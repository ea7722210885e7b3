"""What every page about one case shares: the case of the address, its head, its review."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from access.models import User
from access.policy import Verb, may, roles_that_may
from casemgr.apa.posture import SENTENCE
from casemgr.clock import decision_day
from casemgr.models import Assessment, Case, CaseDependency, StaleMark
from casemgr.pins import current_pin
from casemgr.web.matrix import matrix, people_in, shape
from casemgr.web.weaknesses import weaknesses
from casemgr.words import Grade
from designations.models import AuthorityVersion
from designations.words import Posture

LAW_CHANGES_WITHIN_DAYS = 365


def reader_of(request: HttpRequest) -> User:
    """Who reads the page."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def visible_case(request: HttpRequest, key: str) -> Case:
    """The case, or 404: a case out of one's scope does not exist for one."""
    cases = (
        Case.objects.visible_to(reader_of(request))
        .with_next_deadline()
        .annotate(being_assessed=Exists(StaleMark.objects.filter(case=OuterRef("pk"))))
        .select_related("designee", "team", "lead")
    )
    return get_object_or_404(cases, key=key)


def allowed(user: User, case: Case, resource: str, verb: Verb) -> bool:
    """Whether the user may do this in the team of the case."""
    return may(user.standings_in(case.team), resource, verb)


def actor_in(request: HttpRequest, case: Case, resource: str, verb: Verb) -> User:
    """Who acts; raises PermissionDenied, saying who may, where the policy does not let them."""
    user = reader_of(request)
    if not allowed(user, case, resource, verb):
        raise PermissionDenied(
            f"This is for {roles_that_may(resource, verb)} of {case.team}: ask one of them."
        )
    return user


def head_of(case: Case) -> dict[str, Any]:
    """What every page of a case shows at its head.

    The checklist of the assessment, a large text, is read when a page asks for it.
    """
    day = decision_day()
    assessments = Assessment.objects.filter(case=case).defer("checklist")
    assessment = assessments.order_by("-seq").first()
    pin = current_pin(case, day)
    return {
        "case": case,
        "day": day,
        "assessment": assessment,
        "posture_note": SENTENCE[Posture(assessment.posture)] if assessment else "",
        "pin": pin,
        "version": pin and pin.version,
        "authority_name": "" if pin else _pinned_later(case, day),
        "changes": _changes_of_law(pin.version, day) if pin else (),
    }


def review_of(checklist: dict[str, Any]) -> dict[str, Any]:
    """The checklist arranged for reading: matrix, weaknesses, steps still ahead."""
    names = names_of(people_in(checklist))
    rows = matrix(checklist, names)
    return {
        "names": names,
        "rows": rows,
        "shape": shape(checklist["grade"]),
        "falls_first": [
            row.code
            for row in rows
            if row.path == "carrying"
            and row.grade == checklist["grade"]
            and Grade(row.grade).rank < Grade.ADEQUATE.rank
        ],
        "weaknesses": weaknesses(checklist, pending=False),
        "ahead": weaknesses(checklist, pending=True),
        "items": {
            link["item"]
            for element in checklist["elements"]
            for link in (*element["evidence_for"], *element["evidence_against"])
        },
    }


def names_of(people: Collection[str]) -> dict[str, str]:
    """What people are called, by their keys."""
    if not people:
        return {}
    found = User.objects.filter(key__in=people).order_by("key")
    return {person.key: person.get_full_name() or person.username for person in found}


def neighbors(case: Case, user: User) -> dict[str, Any]:
    """Cases this one rests on and that rest on it, as far as the reader may see them."""
    stated = CaseDependency.objects.filter(Q(case=case) | Q(on_case=case))
    found: list[CaseDependency] = []
    if ends := {pk for row in stated.values_list("case", "on_case") for pk in row}:  # few have any
        cases = Case.objects.visible_to(user).filter(pk__in=ends)
        visible = set(cases.values_list("pk", flat=True))
        stated = stated.filter(case__in=visible, on_case__in=visible)
        found = list(stated.select_related("case", "on_case", "on_element__element"))
    return {
        "rests_on": [each for each in found if each.case_id == case.pk],
        "carries": [each for each in found if each.on_case_id == case.pk],
    }


def _pinned_later(case: Case, day: date) -> str:
    """The name of the authority that the case will be under, where no pin holds today."""
    named: Any = Case.objects.filter(pk=case.pk).with_authority(day)
    return named.values_list("authority_name", flat=True).get() or ""


def _changes_of_law(version: AuthorityVersion, day: date) -> list[Any]:
    same = AuthorityVersion.objects.filter(authority=version.authority_id)
    return same.upcoming_changes(day, LAW_CHANGES_WITHIN_DAYS)
