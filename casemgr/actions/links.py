"""Linking evidence to elements, ending links, and answering what cuts the other way."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from access.models import User
from casemgr.actions.cases import raise_markings
from casemgr.actions.recorded import recorded
from casemgr.clock import decision_day
from casemgr.models import CaseElement, Link, Pinpoint
from casemgr.words import AnswerState, Attribution, BearsOn, Directness, Stance
from designations.days import PartialDate
from designations.models.stated_dates import to_columns
from evidence.actions import open_lineage, record_custody
from evidence.models import CustodyKind, EvidenceItem, Exhibit
from evidence.words import Interest


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPinpoint:
    """Where in an exhibit the words stand."""

    locator: str = ""
    quote: str = ""
    exhibit: Exhibit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """How an item bears on an element; None means not stated."""

    stance: Stance = Stance.SUPPORTS
    directness: Directness | None = None
    attribution: Attribution | None = None
    interest: Interest = Interest.DEFAULT
    bears_on: BearsOn | None = None
    why: str = ""
    pinpoints: Sequence[NewPinpoint] = ()


def link_evidence(
    element: CaseElement,
    item: EvidenceItem,
    bearing: Bearing,
    *,
    actor: User,
    reason: str,
    grant_share: bool = False,
) -> Link:
    """Link an item to an element of a case, from today on.

    The case's team must hold the item and everything it comes from, or have it shared;
    ``grant_share`` shares what is lacking, if the actor may. The case takes on the markings of
    all of it. Shares and the link leave custody events. Raises ValidationError when the actor
    cannot see all of it, the team does not have it, or the same item already bears on the
    element that way.
    """
    case = element.case
    if not EvidenceItem.objects.visible_to(actor).filter(pk=item.pk).exists():
        raise ValidationError({"item": f"No evidence item {item.key} that you may see."})
    _same_live_link(element, item, bearing)
    _in_item(bearing.pinpoints, item.pk)
    with recorded(actor, reason):
        lineage = open_lineage(item, case.team, actor=actor, reason=reason, grant=grant_share)
        raise_markings(case, [code for each in lineage for code in each.markings])
        link = Link(
            case_element=element,
            item=item,
            stance=bearing.stance.value,
            directness=bearing.directness or "",
            attribution=bearing.attribution or "",
            interest=bearing.interest.value,
            bears_on=bearing.bears_on or "",
            why=bearing.why,
            **to_columns("entered_on", PartialDate.of(decision_day())),
        )
        link.full_clean()
        link.save()
        _place(link, bearing.pinpoints)
        record_custody(
            item,
            CustodyKind.LINKED,
            actor=actor,
            reason=reason,
            detail={"case": case.key, "element": element.element.code},
        )
    return link


def end_link(link: Link, *, actor: User, reason: str) -> Link:
    """The item no longer bears on the element, from today on. It stays in the history."""
    with recorded(actor, reason):
        link = Link.objects.select_for_update().get(pk=link.pk)
        if link.ended_on is not None:
            raise ValidationError(f"This link ended on {link.ended_on}: nothing to end.")
        link.ended_from = PartialDate.of(decision_day())
        link.save(update_fields=["ended_on", "ended_on_precision"])
    return link


def answer_contrary(link: Link, state: AnswerState, text: str, *, actor: User, reason: str) -> Link:
    """Say what the decision says to an item that cuts the other way.

    A first answer is entered on the link; a second one ends the link and begins it anew with the
    new answer, so that the record of an earlier day keeps the earlier one. Raises ValidationError
    unless the link contradicts, is live, and an answer has words.
    """
    if link.stance != Stance.CONTRADICTS:
        raise ValidationError({"link": "Only evidence that contradicts an element is answered."})
    if state is AnswerState.ANSWERED and not text.strip():
        raise ValidationError({"text": "Write the answer: on what ground does the element stand?"})
    with recorded(actor, reason):
        link = Link.objects.select_for_update().get(pk=link.pk)
        if link.ended_on is not None:
            raise ValidationError(f"This link ended on {link.ended_on}: nothing to answer.")
        today = PartialDate.of(decision_day())
        if link.answer_state in (AnswerState.ANSWERED, AnswerState.IRRELEVANT):
            link = _begun_anew(link)
        link.answer_state, link.answer_text, link.answered = state.value, text, today
        link.full_clean()
        link.save()
    return link


def restate_link(
    link: Link, why: str, pinpoints: Sequence[NewPinpoint], *, actor: User, reason: str
) -> Link:
    """Say anew why an item bears on the element, and where in it.

    The link ends and begins anew, its answer with it, so that the record of an earlier day keeps
    what was said then. Raises ValidationError for a link that has ended, or without a why.
    """
    if not why.strip():
        raise ValidationError({"why": "Say why the item bears on the element."})
    _in_item(pinpoints, link.item_id)
    with recorded(actor, reason):
        link = Link.objects.select_for_update().get(pk=link.pk)
        if link.ended_on is not None:
            raise ValidationError(f"This link ended on {link.ended_on}: nothing to restate.")
        _end(link)
        link.why = why
        _begin(link)
        _place(link, pinpoints)
    return link


def _begun_anew(link: Link) -> Link:
    """The same link from today on, in the caller's transaction; the earlier row has ended."""
    pinpoints = list(link.pinpoints.order_by("pk"))
    _end(link)
    _begin(link)
    for pinpoint in pinpoints:
        pinpoint.pk = None
        pinpoint._state.adding = True
        pinpoint.link = link
        pinpoint.save()
    return link


def _end(link: Link) -> None:
    today = PartialDate.of(decision_day())
    Link.objects.filter(pk=link.pk).update(ended_on=today.last(), ended_on_precision="day")


def _begin(link: Link) -> None:
    link.pk = None
    link._state.adding = True
    link.entered = PartialDate.of(decision_day())
    link.full_clean()
    link.save()


def _place(link: Link, pinpoints: Sequence[NewPinpoint]) -> None:
    for pinpoint in pinpoints:
        row = Pinpoint(
            link=link, exhibit=pinpoint.exhibit, locator=pinpoint.locator, quote=pinpoint.quote
        )
        row.full_clean()
        row.save()


def _in_item(pinpoints: Sequence[NewPinpoint], item_id: int) -> None:
    for pinpoint in pinpoints:
        if pinpoint.exhibit is not None and pinpoint.exhibit.item_id != item_id:
            raise ValidationError({"pinpoints": "A pinpoint is in an exhibit of the linked item."})


def _same_live_link(element: CaseElement, item: EvidenceItem, bearing: Bearing) -> None:
    same = Link.objects.live().filter(
        case_element=element,
        item=item,
        stance=bearing.stance.value,
        bears_on=bearing.bears_on or "",
    )
    if same.exists():
        raise ValidationError(
            {"item": f"{item.key} already bears on {element.element.code} that way: end that link."}
        )


def link_all(
    elements: Sequence[CaseElement],
    items: Sequence[EvidenceItem],
    bearing: Bearing,
    *,
    actor: User,
    reason: str,
    grant_share: bool = False,
) -> list[Link]:
    """Link each item to each element in the same way, or none of them.

    Raises ValidationError as ``link_evidence`` does, naming the item and element it is about.
    """
    made = []
    with recorded(actor, reason):
        for element in elements:
            for item in items:
                try:
                    made.append(
                        link_evidence(
                            element,
                            item,
                            bearing,
                            actor=actor,
                            reason=reason,
                            grant_share=grant_share,
                        )
                    )
                except ValidationError as error:
                    where = f"{item.key} on {element.case.key} / {element.element.code}"
                    said = " ".join(error.messages)
                    raise ValidationError(f"{where}: {said} Nothing was linked.") from error
    return made
