"""One act on the cases chosen in the docket: who leads them, or where they go."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from access.models import User
from access.policy import Verb, may
from casemgr.actions.bulk import (
    MOST_AT_ONCE,
    Chosen,
    Outcome,
    give_leads,
    move_stages,
    would_move,
)
from casemgr.clock import decision_day
from casemgr.docketing.narrow import cases_asked_for, ordered
from casemgr.docketing.query import DocketQuery
from casemgr.models import Case, Stage
from casemgr.stages import next_stages, transition
from casemgr.web.forms.bulk import LeadForm, ReasonForm, StageForm
from casemgr.web.of_case import reader_of

FEW = 5
"""Cases for which every way out is shown with what is missing, before one is chosen."""
_VERBS = {"lead": Verb.CHANGE, "stage": Verb.ADVANCE, "undo": Verb.CHANGE}


@dataclass(frozen=True, slots=True)
class _Asked:
    """The cases named in the form, as the reader saw them; and what to put back."""

    chosen: list[Chosen]
    leads: dict[str, str]
    gone: int
    undoes: bool = False

    @property
    def values(self) -> list[str]:
        """What the form sends back: key, revision and, to undo, the lead to put back."""
        return [
            f"{each.case.key}@{each.revision}"
            + (f"@{self.leads[each.case.key]}" if self.undoes else "")
            for each in self.chosen
        ]

    @property
    def cases(self) -> list[Case]:
        """The cases alone."""
        return [each.case for each in self.chosen]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bulk_page(request: HttpRequest) -> HttpResponse:
    """Ask what to do with the chosen cases; do it, and say what became of each."""
    user = reader_of(request)
    sent = request.POST if request.method == "POST" else request.GET
    act = sent.get("act", "")
    if act not in _VERBS or not may(user.standings(), "case", Verb.READ):
        raise Http404
    if not may(user.standings(), "case", _VERBS[act]):
        return render(request, "casemgr/bulk.html", {"act": act, "refused": True}, status=403)
    asked = _chosen(user, request)
    context: dict[str, Any] = {
        "act": act,
        "asked": asked,
        "most": MOST_AT_ONCE,
        "few": FEW,
        "back": sent.get("back", "").replace("\x00", ""),
    }
    if not asked.chosen or len(asked.chosen) > MOST_AT_ONCE:
        return render(request, "casemgr/bulk.html", context | {"wrong_number": True}, status=422)
    form = _form(act, asked, sent)
    context["form"] = form
    checking = act == "stage" and "check" in sent
    if request.method == "POST" and not checking and form.is_valid():
        return _did(request, user, act, asked, form, context)
    if act == "stage":
        context |= _ahead(user, asked, sent.get("to", ""))
    return render(request, "casemgr/bulk.html", context, status=422 if form.errors else 200)


def _chosen(user: User, request: HttpRequest) -> _Asked:
    """From the docket by key, or all that fit; from the form with revision and, to undo, lead."""
    visible = Case.objects.visible_to(user).select_related("team", "lead", "designee")
    if request.method != "POST":
        if request.GET.get("every"):
            query, today = DocketQuery.read(request.GET), decision_day()
            fitting = ordered(cases_asked_for(user, query, today), query, today)
            cases = list(fitting.select_related("team", "lead", "designee")[: MOST_AT_ONCE + 1])
            return _Asked([Chosen(case, case.revision) for case in cases], {}, 0)
        keys = list(dict.fromkeys(request.GET.getlist("case")))[: MOST_AT_ONCE + 1]
        found = list(visible.filter(key__in=[key for key in keys if "\x00" not in key]))
        found.sort(key=lambda case: keys.index(case.key))
        return _Asked([Chosen(case, case.revision) for case in found], {}, len(keys) - len(found))
    stated: dict[str, tuple[int, str]] = {}
    for value in request.POST.getlist("case")[: MOST_AT_ONCE + 1]:
        key, _, rest = value.replace("\x00", "").rpartition("@")
        if request.POST.get("act") == "undo":
            lead = rest
            key, _, rest = key.rpartition("@")
            stated[key] = (_number(rest), lead)
        else:
            stated[key] = (_number(rest), "")
    cases = list(visible.filter(key__in=stated))
    cases.sort(key=lambda case: list(stated).index(case.key))
    return _Asked(
        [Chosen(case, stated[case.key][0]) for case in cases],
        {case.key: stated[case.key][1] for case in cases},
        len(stated) - len(cases),
        undoes=request.POST.get("act") == "undo",
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _form(act: str, asked: _Asked, sent: Any) -> Any:
    # Only asked what is missing: a reason is not yet due.
    data = sent if "reason" in sent and "check" not in sent else None
    initial = {name: sent.get(name, "") for name in ("to", "lead", "reason")}
    if act == "lead":
        return LeadForm(asked.cases, data, initial=initial)
    if act == "stage":
        return StageForm(asked.cases, data, initial=initial)
    return ReasonForm(data, initial=initial)


def _ahead(user: User, asked: _Asked, to: str) -> dict[str, Any]:
    """What is missing: for the stage that was named, or for every way out of a few cases."""
    if to in Stage.values:
        target = Stage(to)
        return {"target": target, "would": would_move(asked.chosen, target, actor=user)}
    if len(asked.chosen) > FEW:
        return {}
    ways = [
        (case, [(way.target, missing) for way, missing in next_stages(case)])
        for case in asked.cases
    ]
    return {"ways": ways}


def _did(
    request: HttpRequest, user: User, act: str, asked: _Asked, form: Any, context: dict[str, Any]
) -> HttpResponse:
    by: dict[str, Any] = {"actor": user, "reason": form.cleaned_data["reason"]}
    if act == "stage":
        target = Stage(form.cleaned_data["to"])
        outcomes = move_stages(asked.chosen, target, **by)
        context |= {"target": target, "way_back": _way_back(outcomes, target)}
    elif act == "lead":
        lead = form.cleaned_data["lead"]
        outcomes = give_leads([(chosen, lead) for chosen in asked.chosen], **by)
    else:
        people = {
            person.key: person for person in User.objects.filter(key__in=asked.leads.values())
        }
        outcomes = give_leads(
            [(chosen, people.get(asked.leads[chosen.case.key])) for chosen in asked.chosen], **by
        )
    context |= {"outcomes": outcomes, "done": [each for each in outcomes if each.done]}
    return render(request, "casemgr/bulk_done.html", context)


def _way_back(outcomes: Sequence[Outcome], target: Stage) -> Stage | None:
    """The stage that all moved cases came from, if the table leads back to it and asks nothing."""
    before = {each.before for each in outcomes if each.done}
    if len(before) != 1:
        return None
    way = transition(target, before.pop())
    return way.target if way is not None and not way.guards else None
