"""A case as a hostile reader sees it: stress, authorities compared, the gap to a grade."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from access.policy import TEAM
from casemgr.assemble import NotPinnedError
from casemgr.models import Case
from casemgr.review.pressure import compared, pressed
from casemgr.web.brief import headings
from casemgr.web.matrix import shape
from casemgr.web.of_case import head_of, reader_of, visible_case
from casemgr.web.stress import stress_table
from casemgr.words import Grade


@login_required
@require_safe
def stress_page(request: HttpRequest, key: str) -> HttpResponse:
    """What falls when less of the record counts, and what a challenger would write."""
    case = visible_case(request, key)
    context = head_of(case) | {"tab": "stress"}
    try:
        reviewed, pressure = pressed(case, None, stressed=True, briefed=True)
    except NotPinnedError as error:
        context["not_pinned"] = str(error)
    else:
        assert pressure.stress is not None  # noqa: S101 - asked for above
        context |= {
            "table": stress_table(pressure.stress, reviewed.record.authority.elements),
            "brief": headings(pressure.brief or ()),
        }
    return render(request, "casemgr/stress.html", context)


@login_required
@require_safe
def compare_page(request: HttpRequest, key: str) -> HttpResponse:
    """Under which authority the designee's record carries today, and what each other one lacks."""
    case = visible_case(request, key)
    context = head_of(case) | {"tab": "compare"}
    cases = Case.objects.visible_to(reader_of(request)).filter(designee=case.designee_id)
    try:
        found = compared(list(cases.order_by("key")) if case.designee_id else [case], None)
    except NotPinnedError as error:
        context["not_pinned"] = str(error)
    else:
        context["authorities"] = [(each, shape(each.grade)) for each in found]
    return render(request, "casemgr/compare.html", context)


@login_required
@require_safe
def gap_page(request: HttpRequest, key: str) -> HttpResponse:
    """The work that would lift the case to a grade, the most telling first."""
    case = visible_case(request, key)
    asked = request.GET.get("target", "")
    target = Grade(asked) if asked in list(Grade)[1:] else Grade.ADEQUATE
    context = head_of(case) | {
        "tab": "gap",
        "target": target,
        "targets": [(grade.value, shape(grade)) for grade in list(Grade)[1:]],
    }
    try:
        reviewed, pressure = pressed(case, None, target=target)
    except NotPinnedError as error:
        context["not_pinned"] = str(error)
    else:
        assert pressure.gap is not None  # noqa: S101 - asked for above
        grades = {each.code: each.grade for each in reviewed.report.elements}
        context |= {
            "gap": pressure.gap,
            "shape_now": shape(pressure.gap.grade),
            "may_assign": reader_of(request).standings_in(case.team) & TEAM,
            "cures": [
                (cure, grades.get(cure.element), shape(grades.get(cure.element)))
                for cure in pressure.gap.cures
            ],
        }
    return render(request, "casemgr/gap.html", context)
