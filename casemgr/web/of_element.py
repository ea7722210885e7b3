"""One element of a case as counsel works on it: what the checklist says, and what stands now.

Grades, flags and derivation are those of the current assessment. Links, answers, the finding and
its signatures are read as they are, so that what one has just written is there at once, even
while the assessment that weighs it is on its way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.urls import reverse

from casemgr.models import (
    Assessment,
    Case,
    CaseElement,
    ConsiderationAnswer,
    Finding,
    FindingRevision,
    Link,
    Pin,
    Signature,
)
from casemgr.review.since_signed import changed_beneath
from casemgr.signoff import SignOff, counting_findings, current_signatures, sign_off
from casemgr.web.cites import Part
from casemgr.web.differences import Stretch, differences
from casemgr.words import AnswerState, Stance
from designations.models import Consideration
from evidence.models import Derivation, descriptors_today

ANSWERED = (AnswerState.ANSWERED, AnswerState.IRRELEVANT)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case element stands: under which pin, and which earlier ones it carries."""

    element: CaseElement
    pin: Pin
    chain: tuple[int, ...]  # itself first, then what it carries, newest first


def place_of(case: Case, pin: Pin | None, code: str) -> Place:
    """The element of this code under the pin; raises Http404 where there is none."""
    rows = CaseElement.objects.filter(case=case).select_related("element", "assignee")
    of_case = {row.pk: row for row in rows}
    found = next(
        (
            row
            for row in of_case.values()
            if pin and row.pin_id == pin.pk and row.element.code == code
        ),
        None,
    )
    if pin is None or found is None:
        raise Http404
    found.case = case
    chain = [found.pk]
    while (carried := of_case[chain[-1]].carries_id) is not None:
        chain.append(carried)
    return Place(found, pin, tuple(chain))


@dataclass(slots=True)
class Card:
    """One link as it is now, with what the page shows of its item."""

    link: Link
    copies: list["Card"] = field(default_factory=list)
    because: str = ""  # why it is folded under another

    @property
    def item(self) -> Any:
        """The evidence item."""
        return self.link.item

    @property
    def key(self) -> str:
        """The short id by which findings cite it."""
        return str(self.link.item.key)

    @property
    def answered(self) -> bool:
        """Whether somebody wrote an answer to what cuts the other way."""
        return self.link.answer_state in ANSWERED

    @property
    def address(self) -> str:
        """The page of the item."""
        return reverse("evidence-item", args=[self.key])


@dataclass(frozen=True, slots=True)
class Origin:
    """One origin of supporting evidence with what goes back to it."""

    label: str
    cards: tuple[Card, ...]  # each with its copies folded under it
    items: int


def live_cards(place: Place) -> list[Card]:
    """Links on the element and on what it carries that nothing has ended, oldest first."""
    rows = (
        Link.objects.live()
        .filter(case_element__in=place.chain)
        .select_related("item__source")
        .prefetch_related("pinpoints__exhibit", descriptors_today("item__source"))
        .order_by("pk")
    )
    return [Card(row) for row in rows]


def by_origin(cards: Iterable[Card], groups: Iterable[Mapping[str, Any]]) -> list[Origin]:
    """Supporting cards under the origins that the assessment found, copies folded under."""
    of_key: dict[str, Card] = {}
    for card in cards:
        of_key.setdefault(card.key, card)
    derived = _derivations(card.item.pk for card in of_key.values())
    origins = []
    for group in groups:
        items = [of_key[key] for key in group["items"] if key in of_key]
        if not items:
            continue
        names = {card.item.source.key: card.item.source.name for card in items if card.item.source}
        origins.append(Origin(_named(group["origin"], names), _folded(items, derived), len(items)))
    return origins


def _folded(items: list[Card], derived: Mapping[str, list[Derivation]]) -> tuple[Card, ...]:
    """The items that stand for the origin; each further one under the first, with its reason."""
    here = {card.key for card in items}
    for card in items:
        for row in derived.get(card.key, ()):
            parent = row.parent_item.key if row.parent_item else None
            if parent in here or (row.parent_source and not card.because):
                name = parent or (row.parent_source.name if row.parent_source else "")
                card.because = f"{card.key} {row.kind.replace('-', ' ')} {name}"
    head = next((card for card in items if not card.because), items[0])
    rest = [card for card in items if card is not head]
    for card in rest:
        card.because = card.because or f"{card.key} comes from the same origin as {head.key}"
    head.copies = rest
    return (head,)


def _derivations(items: Iterable[int]) -> dict[str, list[Derivation]]:
    found: dict[str, list[Derivation]] = {}
    rows = (
        Derivation.objects.live()
        .filter(child__in=list(items))
        .select_related("child", "parent_item", "parent_source")
    )
    for row in rows:
        found.setdefault(row.child.key, []).append(row)
    return found


def _named(label: str, names: Mapping[str, str]) -> str:
    """The engine names a source by its key; people by its name."""
    for key, name in names.items():
        if label == key:
            return name
        if label.startswith(f"{key}: "):
            return f"{name}: {label.removeprefix(f'{key}: ')}"
    return label


@dataclass(frozen=True, slots=True)
class Turning:
    """A consideration on which the element turns, with the decision's answer to it."""

    consideration: Consideration
    answer: ConsiderationAnswer | None

    @property
    def answered(self) -> bool:
        """Whether the decision deals with it."""
        return self.answer is not None and self.answer.state in ANSWERED


def considerations(case: Case, pin: Pin, **which: Any) -> list[Turning]:
    """Considerations of the pinned version, narrowed by ``which``, with their live answers."""
    answers = {
        row.consideration.code: row
        for row in ConsiderationAnswer.objects.live()
        .filter(pin__case=case)
        .select_related("consideration")
        .order_by("pin", "pk")
    }
    rows = Consideration.objects.filter(version=pin.version_id, **which).order_by("position")
    return [Turning(row, answers.get(row.code)) for row in rows.select_related("element")]


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of the finding, with its signatures and what it changed of the one before."""

    revision: FindingRevision
    signatures: tuple[Signature, ...]
    changes: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The finding that counts on the element, and where its sign-off stands."""

    finding: Finding | None
    state: SignOff
    signatures: tuple[tuple[Signature, bool], ...]  # under the present wording; whether current
    since_signed: tuple[str, ...]  # what changed beneath it, where it is stale


def written_on(case: Case, place: Place, digest: str, assessment: Assessment | None) -> Written:
    """The finding, as it is now. ``digest`` is the element's in the current ``assessment``."""
    finding = counting_findings(case).get(place.element.pk)
    under = current_signatures(case).get(finding.pk, []) if finding else []
    state = sign_off(finding, under, digest)
    since: list[str] = []
    if state is SignOff.STALE and assessment is not None:
        record = assessment.snapshot.record  # the whole case: read only where it is compared
        newest = Signature.objects.select_related("snapshot").get(pk=under[-1].pk)
        since = changed_beneath(newest.snapshot.record, record, place.element.element.code)
    return Written(
        finding,
        state,
        tuple((row, row.element_digest == digest) for row in under),
        tuple(since),
    )


def history(finding: Finding | None) -> list[Wording]:
    """Every wording, newest first, each against the one before."""
    if finding is None:
        return []
    rows = list(
        finding.revisions.select_related("author")
        .prefetch_related("signatures__signer")
        .order_by("number")
    )
    before = ["", *(row.text for row in rows)]
    return [
        Wording(
            row,
            tuple(row.signatures.all()),
            tuple(differences(earlier, row.text)) if earlier else (),
        )
        for row, earlier in zip(rows, before, strict=False)
    ][::-1]


@dataclass(frozen=True, slots=True)
class Cited:
    """A stretch of a finding, with the place its citation leads to; empty for plain words."""

    text: str
    address: str


def with_targets(parts: Iterable[Part], cards: Iterable[Card]) -> list[Cited]:
    """Citations lead to the place in the item where one is stated, else to its card here.

    What is on the case and not on this element leads to its own page.
    """
    here: dict[tuple[str, str], str] = {}
    for card in cards:
        here.setdefault((card.key, ""), f"#item-{card.key}")
        for pinpoint in card.link.pinpoints.all():
            here.setdefault((card.key, pinpoint.locator), f"#pinpoint-{pinpoint.pk}")
    return [Cited(part.text, _target(part, here)) for part in parts]


def _target(part: Part, here: Mapping[tuple[str, str], str]) -> str:
    if not part.key or not part.known:
        return ""
    found = here.get((part.key, part.at)) or here.get((part.key, ""))
    return found or reverse("evidence-item", args=[part.key])


def stance_of(cards: Iterable[Card], stance: Stance) -> list[Card]:
    """Those that cut this way."""
    return [card for card in cards if card.link.stance == stance]
