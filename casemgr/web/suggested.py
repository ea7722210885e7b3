"""Elements to offer for an item: of the cases that the analyst works on or the item names."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Length, Lower, StrIndex

from access.models import User
from casemgr.clock import decision_day
from casemgr.models import Case, CaseElement, Link
from casemgr.suggestions import Candidate, Ranked, rank
from designations.models import DesigneeName
from evidence.models import EvidenceItem

MOST_CASES = 30
MOST_OFFERED = 12
_READ = 20_000
"""Characters of an item that are compared; what it is about stands at its beginning."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One element that may be chosen, and what speaks for it."""

    element: CaseElement
    why: str
    linked: str  # how the item bears on it already

    @property
    def value(self) -> str:
        """What the form sends for it."""
        return str(self.element.pk)


def offers(item: EvidenceItem, user: User, sought: str = "") -> list[Offer]:
    """Elements for the item, best first; with ``sought``, of the cases it names.

    The number of queries depends on nothing.
    """
    day = decision_day()
    words = _words_of(item)
    cases = _sought(user, sought) if sought else _likely(user, words)
    named = {case.pk for case in cases if getattr(case, "named", False)}
    elements = {element.pk: element for element in _elements(cases, day)}
    links = list(
        Link.objects.live()
        .filter(case_element__in=elements)
        .values_list("case_element", "item", "item__kind", "item__title", "item__summary", "stance")
    )
    evidence: dict[int, list[str]] = {}
    kinds: Counter[int] = Counter()
    already: dict[int, str] = {}
    for element_id, item_id, kind, title, summary, stance in links:
        if item_id == item.pk:
            already[element_id] = stance
            continue
        evidence.setdefault(element_id, []).append(f"{title} {summary[:1000]}")
        kinds[element_id] += kind == item.kind
    candidates = [
        Candidate(
            id=pk,
            law=_law(element),
            evidence=" ".join(evidence.get(pk, ())),
            named=element.case_id in named,
            same_kind=kinds[pk],
        )
        for pk, element in elements.items()
    ]
    most = len(candidates) if sought else MOST_OFFERED
    ranked = rank(words, candidates, most)
    offered = [
        Offer(elements[each.candidate.id], _why(each), already.get(each.candidate.id, ""))
        for each in ranked
    ]
    if sought:
        # Whoever names a case chooses among all of its elements.
        shown = {offer.element.pk for offer in offered}
        offered += [
            Offer(element, "", already.get(pk, ""))
            for pk, element in elements.items()
            if pk not in shown
        ]
    return offered


def linkable(user: User, pks: list[str]) -> list[CaseElement]:
    """The elements of these ids in cases the user sees."""
    numbers = [int(pk) for pk in pks if pk.isdigit() and len(pk) < 19]
    return list(
        CaseElement.objects.filter(pk__in=numbers, case__in=Case.objects.visible_to(user))
        .select_related("case__team", "case__designee", "element")
        .order_by("pk")
    )


def _words_of(item: EvidenceItem) -> str:
    report: Any = getattr(item, "fraudulent_accounts", None) or getattr(
        item, "chip_diversion", None
    )
    parts = [item.title, item.summary, item.text]
    if report is not None:
        for field in report._meta.concrete_fields:
            value = getattr(report, field.attname)
            if isinstance(value, str):
                parts.append(value)
            elif isinstance(value, list):
                parts += value
    return " ".join(parts)[:_READ]


def _likely(user: User, words: str) -> list[Any]:
    """Open cases whose designee the words name, then those the user works on or linked to last."""
    said = Value(words.lower())
    names = DesigneeName.objects.annotate(
        at=StrIndex(said, Lower("name")), long=Length("name")
    ).filter(at__gt=0, long__gte=3, designee=OuterRef("designee"))
    cases = (
        Case.objects.visible_to(user)
        .in_progress()
        .annotate(at=StrIndex(said, Lower("designee__name")), long=Length("designee__name"))
        .annotate(named=Q(at__gt=0, long__gte=3) | Exists(names))
    )
    mine = Q(lead=user) | Exists(CaseElement.objects.filter(case=OuterRef("pk"), assignee=user))
    found = list(
        cases.filter(Q(named=True) | mine)
        .select_related("designee", "team")
        .order_by("-named", "key")[:MOST_CASES]
    )
    if len(found) < MOST_CASES:
        known = [case.pk for case in found]
        found += list(
            cases.exclude(pk__in=known)
            .select_related("designee", "team")
            .order_by("-opened_on", "key")[: MOST_CASES - len(found)]
        )
    return found


def _sought(user: User, sought: str) -> list[Any]:
    words = Q()
    for word in sought.split()[:6]:
        words &= (
            Q(key__icontains=word)
            | Q(title__icontains=word)
            | Q(designee__name__icontains=word)
            | Q(designee__names__name__icontains=word)
        )
    matching = Case.objects.filter(words).values("pk")
    return list(
        Case.objects.visible_to(user)
        .in_progress()
        .filter(pk__in=matching)
        .select_related("designee", "team")
        .order_by("key")[:MOST_CASES]
    )


def _elements(cases: list[Any], day: date) -> list[CaseElement]:
    """The elements, no groups, of the pin that holds on the day."""
    rows = (
        CaseElement.objects.filter(
            Q(pin__entered_on__isnull=True) | Q(pin__entered_on__lte=day),
            Q(pin__ended_on__isnull=True) | Q(pin__ended_on__gt=day),
            case__in=[case.pk for case in cases],
            element__join="",
        )
        .select_related("element", "case__designee", "case__team")
        .prefetch_related("element__considerations")
        .order_by("case__key", "element__position")
    )
    order = {case.pk: place for place, case in enumerate(cases)}
    return sorted(rows, key=lambda row: order[row.case_id])


def _law(element: CaseElement) -> str:
    law: Any = element.element
    considerations = " ".join(each.text for each in law.considerations.all())
    terms = " ".join(law.undefined_terms)
    return f"{law.title} {law.text} {terms} {considerations}"


def _why(each: Ranked) -> str:
    parts = []
    if each.candidate.named:
        parts.append("it names the designee")
    if each.terms:
        parts.append(f"shared words: {', '.join(each.terms)}")
    if each.candidate.same_kind:
        parts.append("evidence of this kind bears on it already")
    return "; ".join(parts)
