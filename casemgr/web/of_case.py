"""What every page about one case shares: the case of the address, its head, its checklist."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from access.models import User
from access.policy import Verb, may, roles_that_may
from casemgr.clock import decision_day
from casemgr.models import Assessment, Case, CaseDependency, StaleMark
from casemgr.pins import current_pin
from casemgr.web.matrix import matrix, people_in, shape
from casemgr.web.weaknesses import weaknesses
from casemgr.words import Grade
from designations.models import AuthorityVersion

LAW_CHANGES_WITHIN_DAYS = 365


def reader_of(request: HttpRequest) -> User:
    """Who reads the page."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def visible_case(request: HttpRequest, key: str) -> Case:
    """The case, or 404: a case out of one's scope does not exist for one."""
    day = decision_day()
    cases = (
        Case.objects.visible_to(reader_of(request))
        .with_authority(day)
        .with_next_deadline()
        .annotate(being_assessed=Exists(StaleMark.objects.filter(case=OuterRef("pk"))))
        .select_related("designee", "team", "lead", "package")
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
            f"To {verb} this ({resource}) is for {roles_that_may(resource, verb)} of {case.team}."
        )
    return user


def head_of(case: Case) -> dict[str, Any]:
    """What every page of a case shows at its head, and its current checklist."""
    day = decision_day()
    assessment = Assessment.objects.filter(case=case).order_by("-seq").first()
    return {
        "case": case,
        "day": day,
        "assessment": assessment,
        "checklist": assessment.read_checklist() if assessment else None,
        "pin": (pin := current_pin(case, day)),
        "version": pin and pin.version,
        "changes": _changes_of_law(pin.version, day) if pin else (),
    }


def review_of(checklist: dict[str, Any]) -> dict[str, Any]:
    """The checklist arranged for reading: matrix, weaknesses, steps still ahead."""
    people = User.objects.filter(key__in=people_in(checklist))
    names = {person.key: person.get_full_name() or person.username for person in people}
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
    }


def neighbors(case: Case, user: User) -> dict[str, Any]:
    """Cases this one rests on and that rest on it, as far as the reader may see them."""
    visible = Case.objects.visible_to(user)
    below = CaseDependency.objects.filter(case=case, on_case__in=visible)
    above = CaseDependency.objects.filter(on_case=case, case__in=visible)
    return {
        "rests_on": list(below.select_related("on_case", "on_element__element")),
        "carries": list(above.select_related("case")),
    }


def _changes_of_law(version: AuthorityVersion, day: date) -> list[Any]:
    same = AuthorityVersion.objects.filter(authority=version.authority)
    return same.upcoming_changes(day, LAW_CHANGES_WITHIN_DAYS)
