"""Designees and stakes as FollowTheMoney entities, under ids that stay the same.

Only what the schemata have a place for; what they have none for is returned by name.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from designations.days import PartialDate, Period
from designations.exchange.ftm.entities import Entity
from designations.exchange.ftm.parties import Called, Numbered
from designations.exchange.ftm.schemata import FTM_ID, IDENTIFIERS, LANGUAGES, LEGAL
from designations.exchange.ftm.shares import UNKNOWN, written_share
from designations.words import DesigneeType

DATASET = "casemgr"
_PREFIX = "casemgr-"
_PLAIN = re.compile(r"[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?")
_OF_ANY_LEGAL = frozenset(
    {"registrationNumber", "taxNumber", "idNumber", "licenseNumber", "leiCode", "uscCode",
     "innCode", "ogrnCode", "okpoCode", "vatCode", "swiftBic", "dunsCode", "uniqueEntityId",
     "npiCode", "bvdId", "wikidataId"}
)  # fmt: skip
_OF_SCHEMA = {
    "Person": _OF_ANY_LEGAL | {"passportNumber", "socialSecurityNumber"},
    "LegalEntity": _OF_ANY_LEGAL,
    "Company": _OF_ANY_LEGAL
    | {"kppCode", "bikCode", "cageCode", "giiNumber", "cikCode", "irsCode", "isinCode", "ticker",
       "ricCode", "permId", "jibCode", "mbsCode", "voenCode", "imoNumber"},
    "Vessel": frozenset(
        {"registrationNumber", "imoNumber", "mmsi", "callSign", "crsNumber", "wikidataId"}
    ),
    "Address": frozenset({"wikidataId"}),
    "Asset": frozenset({"wikidataId"}),
}  # fmt: skip
_PROPERTY_OF = {scheme: prop for prop, scheme in IDENTIFIERS.items()}


@dataclass(frozen=True, slots=True)
class Named:
    """A designee to write."""

    key: str
    name: str
    type: DesigneeType
    names: tuple[Called, ...] = ()
    numbers: tuple[Numbered, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A stake to write, between the keys of two designees; ``papers`` are ids of documents."""

    owner: str
    owned: str
    pct_min: Decimal
    pct_max: Decimal
    held: Period | None = None
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """An item of evidence to write, as far as the outside may know it."""

    key: str
    title: str
    citation: str = ""
    dated: PartialDate | None = None
    language: str = ""
    publisher: str = ""
    press: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """The entities, and in words what has no place among them."""

    entities: tuple[Entity, ...]
    left_out: tuple[str, ...]


def id_of(key: str) -> str:
    """The id of what has this public key; ids of the format hold fewer characters than keys.

    >>> id_of("D-7K2MPQ4XAB")
    'casemgr-D-7K2MPQ4XAB'
    """
    return _PREFIX + (key if _PLAIN.fullmatch(key) else _digest(key))


def key_in(entity_id: str) -> str:
    """The public key that an id written here may stand for; empty for any other id."""
    return entity_id.removeprefix(_PREFIX) if entity_id.startswith(_PREFIX) else ""


def write(
    parties: Sequence[Named], stakes: Sequence[Held], papers: Sequence[Paper] = ()
) -> Written:
    """Everything as entities: designees, their identifications, stakes, documents."""
    left_out: list[str] = []
    owned = {stake.owned for stake in stakes}
    schema = {party.key: _schema(party, party.key in owned) for party in parties}
    entities: list[Entity] = []
    for party in parties:
        entities += _party(party, schema[party.key], left_out)
    for stake in stakes:
        if schema[stake.owner] not in LEGAL:
            left_out.append(f"{stake.owner}, which the format lets own nothing, in {stake.owned}")
        elif schema[stake.owned] not in ("Company", "Vessel", "Asset"):
            left_out.append(f"the stake of {stake.owner} in {stake.owned}, which nobody can own")
        else:
            entities.append(_stake(stake))
    entities += [_paper(paper) for paper in papers]
    return Written(tuple(entities), tuple(left_out))


def _schema(party: Named, owned: bool) -> str:
    match party.type:
        case DesigneeType.PERSON:
            return "Person"
        case DesigneeType.VESSEL:
            return "Vessel"
        case DesigneeType.ADDRESS:
            return "Address"
        case DesigneeType.OTHER:
            return "Asset"
    # What is owned must be an asset, and of legal entities only a company is one.
    return "Company" if owned else "LegalEntity"


def _party(party: Named, schema: str, left_out: list[str]) -> Iterable[Entity]:
    values: dict[str, list[str]] = {"name": [party.name]}
    if schema == "Address":
        values["full"] = [party.name]
    for called in party.names:
        values.setdefault("previousName" if called.kind == "former" else "alias", []).append(
            called.name
        )
    cards, referents = [], []
    for number in party.numbers:
        prop = _PROPERTY_OF.get(number.scheme, "")
        fits = prop in _OF_SCHEMA[schema]
        if number.scheme == FTM_ID:
            referents.append(number.value)
        elif fits:
            values.setdefault(prop, []).append(number.value)
        if number.scheme != FTM_ID and (number.country or not fits):
            if schema in LEGAL:
                cards.append(_card(party, number))
            else:
                left_out.append(f"{number.scheme} {number.value} of {party.key}")
    yield _entity(id_of(party.key), schema, values, tuple(referents))
    yield from cards


def _card(party: Named, number: Numbered) -> Entity:
    values = {
        "holder": [id_of(party.key)],
        "type": [number.scheme],
        "number": [number.value],
        "country": [number.country.lower()] if number.country else [],
    }
    identity = _PREFIX + _digest(party.key, number.scheme, number.value)
    return _entity(identity, "Identification", values)


def _stake(stake: Held) -> Entity:
    share = written_share(stake.pct_min, stake.pct_max)
    held = stake.held or Period()
    values = {
        "owner": [id_of(stake.owner)],
        "asset": [id_of(stake.owned)],
        "percentage": [share] if (stake.pct_min, stake.pct_max) != UNKNOWN else [],
        "startDate": [str(held.start)] if held.start else [],
        "endDate": [str(held.end)] if held.end else [],
        "proof": list(stake.papers),
    }
    identity = _PREFIX + _digest(stake.owner, stake.owned, share, str(held.start), str(held.end))
    return _entity(identity, "Ownership", values)


def _paper(paper: Paper) -> Entity:
    values = {
        "title": [paper.title],
        "sourceUrl": re.findall(r"https?://\S+[^\s.,;:)\]}>'\"]", paper.citation)[:1],
        "description": [paper.citation],
        "date": [str(paper.dated)] if paper.dated else [],
        "language": [_language(paper.language)],
        "publisher": [paper.publisher],
    }
    return _entity(id_of(paper.key), "Article" if paper.press else "Document", values)


def _language(tag: str) -> str:
    """The code of three letters; nothing for a tag that has none here."""
    word = tag.split("-")[0].lower()
    codes = {short: long for long, short in LANGUAGES.items()}
    return word if len(word) == 3 else codes.get(word, "")


def _entity(
    identity: str, schema: str, values: dict[str, list[str]], referents: tuple[str, ...] = ()
) -> Entity:
    kept = {
        name: tuple(dict.fromkeys(value for value in stated if value))
        for name, stated in values.items()
        if any(stated)
    }
    return Entity(identity, schema, kept, datasets=(DATASET,), referents=referents)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]
