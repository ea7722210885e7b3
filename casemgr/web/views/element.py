"""The page of one element of a case: it reads down like an argument."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from access.policy import Verb
from casemgr.models import Case
from casemgr.web.cites import parts
from casemgr.web.comments import comments_on
from casemgr.web.forms.answers import AnswerForm
from casemgr.web.of_case import allowed, head_of, reader_of, review_of, visible_case
from casemgr.web.of_element import (
    by_origin,
    considerations,
    history,
    live_cards,
    place_of,
    stance_of,
    with_targets,
    written_on,
)
from casemgr.web.remedies import flags_of
from casemgr.words import Stance
from designations.web.marks import checks_of, mark_of_part
from designations.web.reading import Text

Bound = Mapping[tuple[str, str | int], BaseForm]
"""Forms that were sent and refused, by what they are and what they are about."""


@login_required
@require_safe
def element_page(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Why one element has its grade, what a challenger would say, and what cures it."""
    return show_element(request, visible_case(request, key), code)


def show_element(
    request: HttpRequest,
    case: Case,
    code: str,
    *,
    bound: Bound | None = None,
    status: int = 200,
    **further: Any,
) -> HttpResponse:
    """The page, with what was refused in its place."""
    context = element_context(request, case, code, bound or {}) | further
    return render(request, "casemgr/element.html", context, status=status)


def element_context(request: HttpRequest, case: Case, code: str, bound: Bound) -> dict[str, Any]:
    """Everything the page shows."""
    context = head_of(case)
    place = place_of(case, context["pin"], code)
    assessment = context["assessment"]
    checklist = assessment.read_checklist() if assessment else None
    rows = {each["code"]: each for each in checklist["elements"]} if checklist else {}
    row = rows.get(code)
    cards = live_cards(place)
    supporting = stance_of(cards, Stance.SUPPORTS)
    origins = by_origin(supporting, row["origin_groups"]) if row else []
    grouped = {card.key for origin in origins for head in origin.cards for card in _all(head)}
    weighed = {link["item"] for link in row["evidence_for"]} if row else set()
    element = place.element.element
    written = written_on(case, place, row["digest"] if row else "", assessment)
    user = reader_of(request)
    known = {card.key for card in cards}
    if written.finding:
        known |= set(written.finding.cites or ())
    context |= {
        "tab": "elements",
        "place": place,
        "element": element,
        "checklist_row": row,
        "law": Text(element, mark_of_part("element", element, checks_of(place.pin.version))),
        "turns_on": [
            (each, _answer_form(bound, "consideration", each.consideration.code, each.answer))
            for each in considerations(case, place.pin, element=element)
        ],
        "origins": origins,
        "not_weighed": [card for card in supporting if card.key not in weighed],
        "left_out": [card for card in supporting if card.key in weighed - grouped],
        "against": [
            (card, _link_answer_form(bound, card)) for card in stance_of(cards, Stance.CONTRADICTS)
        ],
        "context_cards": stance_of(cards, Stance.CONTEXT),
        "written": written,
        "finding_parts": (
            with_targets(parts(written.finding.text, known), cards) if written.finding else ()
        ),
        "history": history(written.finding),
        "flags": flags_of(row, bound, pending=False) if row else [],
        "ahead_here": flags_of(row, bound, pending=True) if row else [],
        "may": {
            "link": allowed(user, case, "link", Verb.CREATE),
            "answer": allowed(user, case, "consideration", Verb.CREATE),
            "write": allowed(user, case, "finding", Verb.CHANGE),
            "treat": allowed(user, case, "comparator", Verb.CHANGE),
            "sign": allowed(user, case, "signature", Verb.SIGN),
            "dispose": allowed(user, case, "flag", Verb.DISPOSE),
            "give": allowed(user, case, "case", Verb.CHANGE),
            "assign": allowed(user, case, "task", Verb.CREATE),
        },
        "signed_by_me": any(each.signer_id == user.pk for each, _ in written.signatures),
        "alone": bool(
            written.finding and written.finding.author_id == user.pk and not written.signatures
        ),
    }
    context |= comments_on(
        case, user, element=code, back=reverse("element-page", args=[case.key, code])
    )
    if checklist:
        context |= review_of(checklist)
        shown = next((each for each in context["rows"] if each.code == code), None)
        context |= {
            "row": shown,
            "parts": [each for each in context["rows"] if rows[each.code]["parent"] == code],
        }
    return context


def _all(card: Any) -> list[Any]:
    return [card, *card.copies]


def _answer_form(bound: Bound, kind: str, about: str | int, answer: Any) -> BaseForm:
    return bound.get((kind, about)) or AnswerForm(
        auto_id=f"{kind}-{about}-%s",
        initial={"state": answer.state, "text": answer.text} if answer else None,
    )


def _link_answer_form(bound: Bound, card: Any) -> BaseForm:
    return bound.get(("answer", card.link.pk)) or AnswerForm(
        auto_id=f"answer-{card.link.pk}-%s",
        initial=(
            {"state": card.link.answer_state, "text": card.link.answer_text}
            if card.answered
            else None
        ),
    )
