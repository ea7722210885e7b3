"""Writing a finding beside its evidence, and signing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from access.models import User
from access.policy import Verb
from access.revision import StaleRevisionError
from casemgr.actions.desk import discard_draft, save_draft
from casemgr.actions.findings import sign_finding, write_finding
from casemgr.clock import decision_day
from casemgr.models import Case, Finding, FindingDraft
from casemgr.pins import current_pin
from casemgr.signoff import counting_findings
from casemgr.web.cites import parts, unknown
from casemgr.web.differences import differences
from casemgr.web.forms import refused
from casemgr.web.forms.finding import STATED, FindingForm, said_in
from casemgr.web.of_case import actor_in, visible_case
from casemgr.web.of_element import Place, live_cards, place_of, with_targets
from casemgr.web.views.element import show_element
from evidence.models import EvidenceItem

CONFLICT, UNPROCESSABLE = 409, 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding_page(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """The element's page with the finding open for writing; a draft is taken up where it was."""
    case = visible_case(request, key)
    actor = actor_in(request, case, "finding", Verb.CHANGE)
    place = _place(case, code)
    finding = counting_findings(case).get(place.element.pk)
    if request.method == "POST":
        return _saved(request, case, place, finding, actor)
    draft = FindingDraft.objects.filter(case_element=place.element, author=actor).first()
    initial = said_in(finding) | {"draft": 0}
    if draft:
        initial |= {**draft.stated, "text": draft.text, "base": draft.base}
        initial["draft"] = draft.revision
    form = FindingForm(initial=initial)
    return _editor(request, place, form, finding, draft=draft)


@login_required
@require_POST
def draft_finding(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Keep what is written so far, and show it as it will read. Sent while one types."""
    case = visible_case(request, key)
    actor = actor_in(request, case, "finding", Verb.CHANGE)
    place = _place(case, code)
    finding = counting_findings(case).get(place.element.pk)
    form = FindingForm(request.POST)
    base, seen = _number(request, "base"), _number(request, "draft")
    text = _said(request, "text")
    context: dict[str, Any] = _preview(place, text, finding, base)
    try:
        draft = save_draft(
            place.element, text, _stated(request), base=base, expected=seen, author=actor
        )
    except StaleRevisionError as error:
        # Kept in another window meanwhile: neither is thrown away, the writer chooses.
        context |= {"draft": error.row, "other_window": True}
    else:
        context["draft"] = draft
    if request.headers.get("HX-Request"):
        return render(request, "casemgr/_draft.html", context)
    return _editor(request, place, form, finding, **context)


@login_required
@require_POST
def discard(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Throw one's draft away."""
    case = visible_case(request, key)
    actor = actor_in(request, case, "finding", Verb.CHANGE)
    discard_draft(_place(case, code).element, actor)
    messages.success(request, "The draft is thrown away; the finding is as it was.")
    return redirect(f"{reverse('element-page', args=[key, code])}#finding")


@login_required
@require_POST
def sign(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Sign the wording that was read, on the record as it is."""
    case = visible_case(request, key)
    actor = actor_in(request, case, "signature", Verb.SIGN)
    finding = counting_findings(case).get(_place(case, code).element.pk)
    if finding is None:
        raise Http404
    try:
        sign_finding(finding, _number(request, "revision"), actor=actor, reason=f"signed {code}")
    except StaleRevisionError:
        messages.error(
            request, "It was worded anew since you read it. Nothing was signed: read it again."
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"You signed the finding on {code}.")
    return redirect(f"{reverse('element-page', args=[key, code])}#finding")


def _saved(
    request: HttpRequest, case: Case, place: Place, finding: Finding | None, actor: User
) -> HttpResponse:
    code = place.element.element.code
    form = FindingForm(request.POST)
    if not form.is_valid():
        return _editor(request, place, form, finding, status=UNPROCESSABLE)
    known = keys_on(case)
    own = finding if finding and finding.case_element_id == place.element.pk else None
    base = form.cleaned_data["base"]
    try:
        if (finding.revision if finding else 0) != base:
            raise StaleRevisionError(finding or Finding(case_element=place.element), base)
        write_finding(
            place.element,
            form.wording(known, finding),
            actor=actor,
            reason=f"wrote the finding on {code}",
            expected=own.revision if own else None,
        )
    except StaleRevisionError:
        return _conflict(request, case, place, actor)
    except ValidationError as error:
        refused(form, error)
        return _editor(request, place, form, finding, status=UNPROCESSABLE)
    discard_draft(place.element, actor)
    if absent := unknown(form.cleaned_data["text"], known):
        messages.warning(
            request,
            f"{', '.join(absent)} reads like evidence but is not linked to this case, so it stands "
            "in the text as plain words. Attach it, or mend the id.",
        )
    messages.success(request, f"The finding on {code} is saved. Someone else signs it.")
    return redirect(f"{reverse('element-page', args=[case.key, code])}#finding")


def _conflict(request: HttpRequest, case: Case, place: Place, actor: User) -> HttpResponse:
    """Someone else wrote meanwhile: both texts stand side by side, and nothing is lost."""
    finding = counting_findings(case).get(place.element.pk)
    text = _said(request, "text")
    mine = FindingDraft.objects.filter(case_element=place.element, author=actor).first()
    draft = save_draft(
        place.element,
        text,
        _stated(request),
        base=_number(request, "base"),
        expected=mine.revision if mine else 0,
        author=actor,
    )
    # Saving again is saving on top of what the writer now sees.
    now = {"base": str(finding.revision if finding else 0), "draft": str(draft.revision)}
    form = FindingForm({**request.POST.dict(), **now})
    return _editor(
        request, place, form, finding, status=CONFLICT, draft=draft, theirs=finding, mine=text,
        between=differences(finding.text if finding else "", text),
    )  # fmt: skip


def _editor(
    request: HttpRequest,
    place: Place,
    form: FindingForm,
    finding: Finding | None,
    *,
    status: int = 200,
    **further: Any,
) -> HttpResponse:
    text = str(form["text"].value() or "")
    base = _whole(str(form["base"].value() or ""))
    shown = _preview(place, text, finding, base) | further
    case, code = place.element.case, place.element.element.code
    return show_element(request, case, code, status=status, writing=True, editor=form, **shown)


def _preview(place: Place, text: str, finding: Finding | None, base: int) -> dict[str, Any]:
    known = keys_on(place.element.case)
    return {
        "preview": with_targets(parts(text, known), live_cards(place)),
        "unknown": unknown(text, known),
        "overtaken": finding if finding and finding.revision != base else None,
    }


def keys_on(case: Case) -> set[str]:
    """Keys of the items linked to the case, which a finding may cite."""
    rows = EvidenceItem.objects.filter(links__case_element__case=case)
    return set(rows.values_list("key", flat=True))


def _place(case: Case, code: str) -> Place:
    return place_of(case, current_pin(case, decision_day()), code)


def _stated(request: HttpRequest) -> dict[str, str]:
    return {name: said for name in STATED if (said := _said(request, name))}


def _said(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "").replace("\r\n", "\n")


def _number(request: HttpRequest, name: str) -> int:
    return _whole(request.POST.get(name, ""))


def _whole(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
