"""What entities say of designees: their names and numbers, and who owns whom."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from designations.days import Period
from designations.exchange.ftm.circles import circles
from designations.exchange.ftm.entities import Entity, LeftOut
from designations.exchange.ftm.schemata import (
    ADDRESS_PARTS,
    DESIGNEES,
    FACTS,
    FTM_ID,
    IDENTIFICATION,
    IDENTIFIERS,
    LINKS,
    NAMES,
    OWNERSHIP,
    PAPER_READ,
    PAPERS,
    SANCTION,
    SANCTION_READ,
    STAKE_FACTS,
    WEAK,
)
from designations.exchange.ftm.shares import UNKNOWN, one_day, one_share, written_share
from designations.words import DesigneeType

_LONGEST_NAME = 500
_LONGEST_NUMBER = 200
_LONGEST_SCHEME = 40


@dataclass(frozen=True, slots=True)
class Called:
    """A further name, and what it is to the designee."""

    name: str
    kind: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """The number of a register; country empty where none is stated."""

    scheme: str
    value: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A designee as the file states it."""

    entity: Entity
    type: DesigneeType
    name: str
    names: tuple[Called, ...] = ()
    numbers: tuple[Numbered, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    """Property and value, for what has no column."""

    @property
    def id(self) -> str:
        """The id of its entity."""
        return self.entity.id


@dataclass(frozen=True, slots=True)
class Stake:
    """A share of one party in another; ``said`` is what of it is kept as text."""

    entity: Entity
    owner: str
    owned: str
    pct_min: Decimal
    pct_max: Decimal
    held: Period | None = None
    said: tuple[str, ...] = ()

    @property
    def share(self) -> str:
        """The share in words."""
        return written_share(self.pct_min, self.pct_max)


@dataclass(slots=True)
class Reading:
    """Everything a file says that is taken, and what is not, by name."""

    parties: dict[str, Party] = field(default_factory=dict)
    stakes: list[Stake] = field(default_factory=list)
    papers: list[Entity] = field(default_factory=list)
    sanctions: list[Entity] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unread: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often a property of a schema was stated that is not read."""
    circles: list[tuple[str, ...]] = field(default_factory=list)
    """Ids of parties that own one another, directly or through others."""


def read_entities(entities: Sequence[Entity]) -> Reading:
    """What the entities say, sorted by what becomes of it. Nothing here fails."""
    found = Reading()
    lodged = {held for entity in entities for held in entity.all("addressEntity")}
    cards: dict[str, list[Entity]] = {}
    by_id = {entity.id: entity for entity in entities}
    for entity in entities:
        if entity.schema in IDENTIFICATION:
            for holder in entity.all("holder"):
                cards.setdefault(holder, []).append(entity)
    for entity in entities:
        schema = entity.schema
        if schema == "Address" and entity.id in lodged:
            continue  # said of whoever has it
        if schema in DESIGNEES:
            _party(entity, by_id, cards.get(entity.id, ()), found)
        elif schema == SANCTION:
            found.sanctions.append(entity)
            _count(entity, SANCTION_READ, found)
        elif schema in PAPERS:
            found.papers.append(entity)
            _count(entity, PAPER_READ, found)
        elif schema not in IDENTIFICATION and schema != OWNERSHIP:
            found.left_out.append(_not_taken(entity, by_id))
    for entity in entities:
        if entity.schema == OWNERSHIP:
            found.stakes.extend(_stakes(entity, found))
        elif entity.schema in IDENTIFICATION:
            _count(entity, {"holder", "number", "passportNumber", "type", "country"}, found)
            if not found.parties.keys() & set(entity.all("holder")):
                found.left_out.append(_left(entity, schema_of(entity), "its holder is not taken"))
    found.circles = circles((stake.owner, stake.owned) for stake in found.stakes)
    return found


def schema_of(entity: Entity) -> str:
    """The entity in a word, for a list of what was left out."""
    return f"the {entity.schema}"


def _party(
    entity: Entity, by_id: Mapping[str, Entity], cards: Iterable[Entity], found: Reading
) -> None:
    names = [name for name in _names(entity, found) if name.name]
    strong = [each for each in names if not each.weak] or names
    if not strong:
        found.left_out.append(_left(entity, schema_of(entity), "it has no name that can be kept"))
        return
    chief = strong[0]
    party = Party(
        entity,
        DESIGNEES[entity.schema],
        chief.name,
        tuple(each for each in _each_once(names) if each.name != chief.name),
        tuple(_numbers(entity, cards, found)),
        tuple(_facts(entity, by_id)),
    )
    found.parties[entity.id] = party
    _count(entity, {*NAMES, *IDENTIFIERS, *FACTS, *_read_besides(entity)}, found)


def _read_besides(entity: Entity) -> tuple[str, ...]:
    return ADDRESS_PARTS if entity.schema == "Address" else ("addressEntity",)


def _names(entity: Entity, found: Reading) -> Iterator[Called]:
    for prop, kind in NAMES.items():
        for value in entity.properties.get(prop, ()):
            name = " ".join(value.split())
            if len(name) > _LONGEST_NAME:
                said = f"it has {len(name)} characters; a name has at most {_LONGEST_NAME}"
                found.left_out.append(_left(entity, f"{prop}: {name[:60]}…", said))
            else:
                yield Called(name, kind, prop in WEAK)
    if entity.schema == "Address" and not entity.properties.get("name"):
        written = address_of(entity)
        if len(written) <= _LONGEST_NAME:
            yield Called(written, "alias")


def _each_once(names: Iterable[Called]) -> Iterator[Called]:
    seen: set[str] = set()
    for each in names:
        if each.name not in seen:
            seen.add(each.name)
            yield each


def address_of(entity: Entity) -> str:
    """An address in one line."""
    full = entity.first("full", "name")
    return full or ", ".join(entity.all(*ADDRESS_PARTS[2:]))


def _numbers(entity: Entity, cards: Iterable[Entity], found: Reading) -> Iterator[Numbered]:
    stated = [
        (entity, scheme, value, "")
        for prop, scheme in IDENTIFIERS.items()
        for value in entity.properties.get(prop, ())
    ]
    for card in cards:
        default = "passport" if card.schema == "Passport" else "ID number"
        scheme = card.first("type") or default
        country = card.first("country")
        stated += [
            (card, scheme, value, country.upper() if len(country) == 2 else "")
            for value in card.all("number", "passportNumber")
        ]
    stated += [(entity, FTM_ID, value, "") for value in (entity.id, *entity.referents)]
    kept: dict[tuple[str, str], Numbered] = {}
    for of, scheme, value, country in stated:
        if len(value) > _LONGEST_NUMBER or len(scheme) > _LONGEST_SCHEME:
            said = (
                f"a number has at most {_LONGEST_NUMBER} characters, its scheme {_LONGEST_SCHEME}"
            )
            found.left_out.append(_left(of, f"{scheme[:60]}: {value[:60]}", said))
            continue
        known = kept.get((scheme, value))
        if known is None or not known.country:
            kept[scheme, value] = Numbered(scheme, value, country)
    yield from kept.values()


def _facts(entity: Entity, by_id: Mapping[str, Entity]) -> Iterator[tuple[str, str]]:
    for prop in FACTS:
        for value in entity.properties.get(prop, ()):
            yield prop, value
    for at in entity.all("addressEntity"):
        lodging = by_id.get(at)
        if lodging is not None and (written := address_of(lodging)):
            yield "address", written


def _stakes(entity: Entity, found: Reading) -> Iterator[Stake]:
    _count(
        entity,
        {"owner", "asset", "percentage", "startDate", "endDate", "proof", *STAKE_FACTS},
        found,
    )
    owners, owned = entity.all("owner"), entity.all("asset")
    if not owners or not owned:
        found.left_out.append(_left(entity, schema_of(entity), "it names no owner or no asset"))
    said: list[str] = []
    share = UNKNOWN
    if stated := entity.all("percentage"):
        read = one_share(stated)
        if read is None:
            why = "no percentage can be read from it: 0 to 100 is entered, and the text kept"
            found.left_out.append(_left(entity, f"percentage: {'; '.join(stated)[:80]}", why))
        share = read or UNKNOWN
        said.append(f"percentage as stated: {'; '.join(stated)}")
    held = _held(entity, said, found)
    said += [
        f"{prop}: {value}" for prop in STAKE_FACTS for value in entity.properties.get(prop, ())
    ]
    for owner in owners:
        for asset in owned:
            missing = [each for each in (owner, asset) if each not in found.parties]
            if missing:
                why = f"{missing[0]!r} is not taken from this file"
            elif owner == asset:
                why = "nobody owns a stake in itself"
            else:
                yield Stake(entity, owner, asset, *share, held, tuple(said))
                continue
            found.left_out.append(_left(entity, f"the stake of {owner} in {asset}", why))


def _held(entity: Entity, said: list[str], found: Reading) -> Period | None:
    ends = []
    for prop in ("startDate", "endDate"):
        stated = entity.all(prop)
        day = one_day(stated)
        if stated and day is None:
            why = "no one date can be read from it: the text is kept"
            found.left_out.append(_left(entity, f"{prop}: {'; '.join(stated)[:80]}", why))
            said.append(f"{prop} as stated: {'; '.join(stated)}")
        ends.append(day)
    start, end = ends
    if start and end and end.last() < start.first():
        why = "it ends before it begins: the text is kept"
        found.left_out.append(_left(entity, f"the dates {start} to {end}", why))
        said.append(f"held as stated: {start} to {end}")
        return None
    return Period(start, end) if start or end else None


def _not_taken(entity: Entity, by_id: Mapping[str, Entity]) -> LeftOut:
    ends = LINKS.get(entity.schema)
    if ends is None:
        return _left(entity, schema_of(entity), "this schema is not read")
    first, second = (_named(entity.first(end), by_id) for end in ends)
    words = entity.first("role", "relationship", "summary")
    link = f"{entity.schema} of {first} and {second}{f' ({words[:120]})' if words else ''}"
    return _left(entity, link, "the record has no place for this link")


def _named(identity: str, by_id: Mapping[str, Entity]) -> str:
    entity = by_id.get(identity)
    return (entity and entity.first("name")) or identity or "nobody named"


def _left(entity: Entity, what: str, why: str) -> LeftOut:
    return LeftOut(entity.line, entity.id, what, why)


def _count(entity: Entity, read: Iterable[str], found: Reading) -> None:
    for name in entity.properties.keys() - set(read):
        found.unread[entity.schema, name] += 1
