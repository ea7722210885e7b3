"""Pages of the work: parse, read what the reader may see, render."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from access.models import User
from access.policy import Verb, may
from casemgr.clock import decision_day
from casemgr.models import Assessment, Case, CaseDependency, StaleMark
from casemgr.pins import current_pin
from casemgr.web.docket import Filters, read_docket_page
from casemgr.web.home import GRADES, desk_of
from casemgr.web.matrix import answered, evidence, matrix, people_in, shape
from casemgr.web.weaknesses import grouped, weaknesses
from casemgr.words import Grade
from designations.models import AuthorityVersion

LAW_CHANGES_WITHIN_DAYS = 365


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs the reader, and the cases of their teams by grade."""
    desk = desk_of(_reader(request), decision_day())
    grades = [(grade or "never assessed", shape(grade), grade or "") for grade in GRADES]
    return render(request, "casemgr/home.html", {"desk": desk, "grades": grades})


@login_required
@require_safe
def docket_page(request: HttpRequest) -> HttpResponse:
    """The cases one may see, by stage, grade and authority."""
    user = _reader(request)
    if not may(user.standings(), "case", Verb.READ):
        return render(request, "casemgr/no_cases.html", status=403)
    page = read_docket_page(user, Filters.read(request.GET), decision_day())
    context = {"page": page, "grades": list(Grade), "shapes": {g.value: shape(g) for g in Grade}}
    return render(request, "casemgr/docket.html", context)


@login_required
@require_safe
def case_page(request: HttpRequest, key: str) -> HttpResponse:
    """On which elements the case would stand today, and which would fall first."""
    case = _visible_case(request, key)
    return render(request, "casemgr/case.html", _of_case(case, _reader(request)))


@login_required
@require_safe
def element_page(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Why one element has its grade, what a challenger would say, and what cures it."""
    case = _visible_case(request, key)
    context = _of_case(case, _reader(request))
    elements = {each["code"]: each for each in (context["checklist"] or {}).get("elements", ())}
    if code not in elements:
        raise Http404
    element = elements[code]
    supporting = evidence(element, elements, "evidence_for")
    placed = [(code, flag) for flag in element["flags"]]
    context |= {
        "element": element,
        "row": next(row for row in context["rows"] if row.code == code),
        "parts": [row for row in context["rows"] if elements[row.code]["parent"] == code],
        "origins": [
            (group["origin"], [supporting[item] for item in group["items"] if item in supporting])
            for group in element["origin_groups"]
        ],
        "left_out": _left_out(element, supporting),
        "against": [
            (link, answered(link))
            for link in evidence(element, elements, "evidence_against").values()
        ],
        "weaknesses": grouped((place, flag) for place, flag in placed if not flag["pending"]),
        "ahead": grouped((place, flag) for place, flag in placed if flag["pending"]),
    }
    return render(request, "casemgr/element.html", context)


def _reader(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _visible_case(request: HttpRequest, key: str) -> Case:
    """The case, or 404: a case out of one's scope does not exist for one."""
    day = decision_day()
    cases = (
        Case.objects.visible_to(_reader(request))
        .with_authority(day)
        .with_next_deadline()
        .annotate(being_assessed=Exists(StaleMark.objects.filter(case=OuterRef("pk"))))
        .select_related("designee", "team", "lead", "package")
    )
    return get_object_or_404(cases, key=key)


def _of_case(case: Case, user: User) -> dict[str, Any]:
    """What every page of a case shows at its head, and its current checklist."""
    day = decision_day()
    assessment = Assessment.objects.filter(case=case).order_by("-seq").first()
    checklist = assessment.read_checklist() if assessment else None
    context: dict[str, Any] = {
        "case": case,
        "day": day,
        "assessment": assessment,
        "checklist": checklist,
        "version": (pin := current_pin(case, day)) and pin.version,
        "changes": _changes_of_law(pin.version, day) if pin else (),
        **_neighbors(case, user),
    }
    if checklist is not None:
        people = User.objects.filter(key__in=people_in(checklist))
        names = {person.key: person.get_full_name() or person.username for person in people}
        rows = matrix(checklist, names)
        context |= {
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
    return context


def _changes_of_law(version: AuthorityVersion, day: date) -> list[Any]:
    same = AuthorityVersion.objects.filter(authority=version.authority)
    return same.upcoming_changes(day, LAW_CHANGES_WITHIN_DAYS)


def _neighbors(case: Case, user: User) -> dict[str, Any]:
    """Cases this one rests on and that rest on it, as far as the reader may see them."""
    visible = Case.objects.visible_to(user)
    below = CaseDependency.objects.filter(case=case, on_case__in=visible)
    above = CaseDependency.objects.filter(on_case=case, case__in=visible)
    return {
        "rests_on": list(below.select_related("on_case", "on_element__element")),
        "carries": list(above.select_related("case")),
    }


def _left_out(element: dict[str, Any], supporting: dict[str, Any]) -> list[Any]:
    """Supporting links whose item the engine struck: in no origin, and so in no weight."""
    counted = {item for group in element["origin_groups"] for item in group["items"]}
    return [link for item, link in supporting.items() if item not in counted]
