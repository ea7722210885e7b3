"""Entering what a file says of many designees, in as many queries for one as for a thousand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from access.actor import Actor, acting
from access.revision import revise
from designations.clock import today
from designations.days import PartialDate
from designations.exchange.ftm.parties import Called, Numbered, Party, Stake
from designations.exchange.ftm.schemata import FTM_ID
from designations.exchange.ftm.writing import key_in
from designations.models import Designee, DesigneeName, Identifier, OwnershipStake
from designations.models.stated_dates import to_columns

_BATCH = 500


@dataclass(slots=True)
class Brought:
    """What was entered, and what was here already."""

    designees: dict[str, Designee] = field(default_factory=dict)
    """The designee that each party now is, by the party's id."""
    added: list[Designee] = field(default_factory=list)
    names: int = 0
    numbers: int = 0
    stakes: list[tuple[Stake, OwnershipStake]] = field(default_factory=list)
    stakes_added: int = 0
    beside: list[str] = field(default_factory=list)
    """In words, stakes that stand beside one stated otherwise before."""
    within_one: list[Stake] = field(default_factory=list)
    """Stakes between two parties that are one designee, and so none."""


def bring_in(
    parties: Mapping[str, Party],
    stakes: Sequence[Stake],
    same: Mapping[str, Designee],
    *,
    actor: Actor | str,
    reason: str,
) -> Brought:
    """Enter parties and stakes; ``same`` says which party is a designee that is here already.

    Of a designee that is here already nothing is changed: it gets the names and numbers it did
    not have. A stake stated word for word before is that one; another is entered beside it.
    """
    brought = Brought()
    with transaction.atomic(), acting(actor, reason):
        _designees(parties, same, brought)
        _parts(parties, same, brought)
        _stakes(stakes, brought, reason)
    return brought


def _designees(
    parties: Mapping[str, Party], same: Mapping[str, Designee], brought: Brought
) -> None:
    for identity, party in parties.items():
        known = same.get(identity)
        if known is None:
            notes = "\n".join(f"{name}: {value}" for name, value in party.facts)
            known = Designee(name=party.name, type=party.type.value, notes=notes)
            brought.added.append(known)
        brought.designees[identity] = known
    Designee.objects.bulk_create(brought.added, batch_size=_BATCH)


def _parts(parties: Mapping[str, Party], same: Mapping[str, Designee], brought: Brought) -> None:
    here = {designee.pk: designee for designee in same.values()}
    called: set[tuple[int, str]] = set(
        DesigneeName.objects.filter(designee__in=here).values_list("designee_id", "name")
    )
    called |= {(pk, designee.name) for pk, designee in here.items()}
    numbered: set[tuple[int, str, str]] = set(
        Identifier.objects.filter(designee__in=here).values_list("designee_id", "scheme", "value")
    )
    names: list[DesigneeName] = []
    numbers: list[Identifier] = []
    for identity, party in parties.items():
        designee = brought.designees[identity]
        own = [Called(party.name, "alias")] if identity in same else []
        for each in (*own, *party.names):
            if (designee.pk, each.name) not in called:
                called.add((designee.pk, each.name))
                names.append(DesigneeName(designee=designee, name=each.name, kind=each.kind))
        for number in party.numbers:
            mark = (designee.pk, number.scheme, number.value)
            if mark not in numbered and not _is_ours(number, designee):
                numbered.add(mark)
                numbers.append(
                    Identifier(
                        designee=designee,
                        scheme=number.scheme,
                        value=number.value,
                        country=number.country,
                    )
                )
    DesigneeName.objects.bulk_create(names, batch_size=_BATCH)
    Identifier.objects.bulk_create(numbers, batch_size=_BATCH)
    brought.names, brought.numbers = len(names), len(numbers)
    grown = {row.designee_id for row in names} | {row.designee_id for row in numbers}
    for pk in grown & here.keys():
        revise(here[pk], here[pk].revision)


def _is_ours(number: Numbered, designee: Designee) -> bool:
    """Whether it is the id under which this very designee is written out."""
    return number.scheme == FTM_ID and key_in(number.value) == designee.key


def _stakes(stakes: Sequence[Stake], brought: Brought, reason: str) -> None:
    entered = to_columns("entered_on", PartialDate.of(today()))
    known = _known_stakes(brought.designees.values())
    new: list[OwnershipStake] = []
    for stake in stakes:
        owner, owned = brought.designees[stake.owner], brought.designees[stake.owned]
        if owner.pk == owned.pk:
            brought.within_one.append(stake)
            continue
        row = OwnershipStake(
            owner=owner,
            owned=owned,
            pct_min=stake.pct_min,
            pct_max=stake.pct_max,
            why="; ".join((f"{reason}, entity {stake.entity.id}", *stake.said)),
            **entered,
        )
        row.held = stake.held
        beside = known.setdefault((owner.pk, owned.pk), {})
        mark = _mark(row)
        if mark not in beside:
            if any(other.pk for other in beside.values()):
                brought.beside.append(f"{owner} in {owned}")
            beside[mark] = row
            new.append(row)
        brought.stakes.append((stake, beside[mark]))
    OwnershipStake.objects.bulk_create(new, batch_size=_BATCH)
    brought.stakes_added = len(new)


def _known_stakes(
    designees: Iterable[Designee],
) -> dict[tuple[int, int], dict[tuple[Any, ...], OwnershipStake]]:
    known: dict[tuple[int, int], dict[tuple[Any, ...], OwnershipStake]] = {}
    for row in OwnershipStake.objects.live().filter(owner__in={each.pk for each in designees}):
        known.setdefault((row.owner_id, row.owned_id), {})[_mark(row)] = row
    return known


def _mark(row: OwnershipStake) -> tuple[Any, ...]:
    return (row.pct_min, row.pct_max, row.held)
