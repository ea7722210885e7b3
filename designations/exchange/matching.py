"""Which designees the parties of a file may be: proposed with the reason, never decided here."""

from collections.abc import Iterable
from dataclasses import dataclass

from designations.exchange.ftm.parties import Party
from designations.exchange.ftm.schemata import FTM_ID
from designations.exchange.ftm.writing import key_in
from designations.models import Designee, DesigneeName, Identifier
from designations.names import normalize_name


@dataclass(frozen=True, slots=True)
class Proposal:
    """A designee that a party may be, and why; ``sure`` when a number says so."""

    designee: Designee
    why: str
    sure: bool


def proposals(parties: Iterable[Party]) -> dict[str, tuple[Proposal, ...]]:
    """For each party that may be here already, by its id, whom it may be; the surest first.

    Proposed is who has a number in common, came under the same id, or has a name in common once
    case, accents and punctuation are put aside.
    """
    held = list(parties)
    whys: dict[str, dict[int, list[tuple[bool, str]]]] = {party.id: {} for party in held}
    for party, designee, why in _by_number(held):
        whys[party.id].setdefault(designee, []).append((True, why))
    for party, designee, why in _by_name(held):
        whys[party.id].setdefault(designee, []).append((False, why))
    for party, designee, why in _by_key(held):
        # Another installation writes the same keys for others: alone it says nothing.
        if designee in whys[party.id]:
            whys[party.id][designee].append((True, why))
    wanted = {designee for found in whys.values() for designee in found}
    designees = Designee.objects.in_bulk(wanted)
    return {
        identity: tuple(
            sorted(
                (
                    _proposal(designees[pk], reasons, party)
                    for pk, reasons in whys[identity].items()
                ),
                key=lambda proposal: (not proposal.sure, proposal.designee.key),
            )
        )
        for identity, party in ((party.id, party) for party in held)
        if whys[identity]
    }


def _proposal(designee: Designee, reasons: list[tuple[bool, str]], party: Party) -> Proposal:
    why = ", ".join(dict.fromkeys(words for _, words in reasons))
    if designee.type != party.type:
        why += f"; but it is {designee.get_type_display()} here, {party.type} in the file"
    return Proposal(designee, why, any(sure for sure, _ in reasons))


def _by_number(parties: list[Party]) -> Iterable[tuple[Party, int, str]]:
    values = {number.value for party in parties for number in party.numbers}
    known: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for row in Identifier.objects.filter(value__in=values):
        known.setdefault((row.scheme.casefold(), row.value), []).append(
            (row.designee_id, row.country.upper())
        )
    for party in parties:
        for number in party.numbers:
            for designee, country in known.get((number.scheme.casefold(), number.value), ()):
                if not country or not number.country or country == number.country:
                    has_it = f"has {number.scheme} {number.value}"
                    why = "came under the same id" if number.scheme == FTM_ID else has_it
                    yield party, designee, why


def _by_key(parties: list[Party]) -> Iterable[tuple[Party, int, str]]:
    keys = {key: party for party in parties if (key := key_in(party.id))}
    for pk, key in Designee.objects.filter(key__in=keys).values_list("pk", "key"):
        yield keys[key], pk, "its id names this key"


def _by_name(parties: list[Party]) -> Iterable[tuple[Party, int, str]]:
    named: dict[str, list[Party]] = {}
    for party in parties:
        for name in {party.name, *(each.name for each in party.names if not each.weak)}:
            if normalized := normalize_name(name):
                named.setdefault(normalized, []).append(party)
    here = [
        *Designee.objects.filter(name_normalized__in=named).values_list("pk", "name_normalized"),
        *DesigneeName.objects.filter(normalized__in=named).values_list("designee_id", "normalized"),
    ]
    for pk, normalized in here:
        for party in named[normalized]:
            yield party, pk, "has the same name"
