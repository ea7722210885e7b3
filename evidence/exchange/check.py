"""A FollowTheMoney file read and held against what is here; nothing is entered."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from access.keys import refusal_of_key
from access.models import Team, User
from designations.exchange.ftm.entities import Entity, Problem, read_lines
from designations.exchange.ftm.parties import Reading, read_entities
from designations.exchange.ftm.schemata import SANCTION
from designations.exchange.ftm.writing import key_in
from designations.exchange.matching import Proposal, proposals
from designations.models import Designee
from evidence.exchange.choices import NEW, Choices, Others
from evidence.exchange.ftm.papers import Paper, papers_of
from evidence.models import CustodyEvent, EvidenceItem
from evidence.search.duplicates import Entered, alike
from evidence.web.guess import addresses_in

READ_AS = "followthemoney"
MOST_PAPERS = 200
"""Each becomes an item that somebody must read and grade, as from a sheet."""
_NAMED = 5


class FileRefusedError(Exception):
    """The file cannot be entered as it stands; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class CheckedPaper:
    """A document or sanction, and the item here that has its words or address, if one does."""

    paper: Paper
    known: EvidenceItem | None


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file read and checked."""

    filename: str
    content: bytes
    sha256: str
    reading: Reading
    problems: tuple[Problem, ...]
    proposals: Mapping[str, tuple[Proposal, ...]]
    papers: tuple[CheckedPaper, ...]
    datasets: tuple[str, ...]
    known: EvidenceItem | None
    """The item with which the same file was entered for the team before."""

    @property
    def new_papers(self) -> list[Paper]:
        """Documents and sanctions that no item here has the words or the address of."""
        return [each.paper for each in self.papers if each.known is None]


def check_file(content: bytes, filename: str, user: User, team: Team) -> CheckedFile:
    """Read the file and hold it against what is here. Raises FtmError for what is no such file."""
    lines = read_lines(content)
    reading = read_entities(lines.entities)
    reading.left_out[:0] = lines.left_out
    sha256 = hashlib.sha256(content).hexdigest()
    papers = papers_of(reading)
    reading.left_out.sort(key=lambda each: each.line)
    return CheckedFile(
        filename,
        content,
        sha256,
        reading,
        tuple(lines.problems),
        proposals(reading.parties.values()),
        # Of more than can be entered nobody asks which are known.
        tuple(_known(papers, user))
        if len(papers) <= MOST_PAPERS
        else tuple(CheckedPaper(each, None) for each in papers),
        _datasets(lines.entities),
        read_before(sha256, user, team),
    )


def read_before(sha256: str, user: User, team: Team) -> EvidenceItem | None:
    """The item with which this file was entered for the team, if it was."""
    entered = CustodyEvent.objects.filter(
        sha256=sha256,
        detail__read_as=READ_AS,
        item__owner_team=team,
        item__in=EvidenceItem.objects.visible_to(user),
    )
    event = entered.select_related("item").order_by("pk").first()
    return event.item if event else None


def _known(papers: Sequence[Paper], user: User) -> Iterator[CheckedPaper]:
    """Each paper with the item that its id names, or that has its words or its address."""
    seen = EvidenceItem.objects.visible_to(user)
    keyed = {item.key: item for item in seen.filter(key__in=[key_in(each.id) for each in papers])}
    titled = seen.filter(title__in={paper.title for paper in papers}).order_by("-pk")
    said = {(item.title, item.summary, item.citation): item for item in titled}
    for paper in papers:
        known = keyed.get(key_in(paper.id))
        if known is not None and paper.title != (known.title or known.key):
            known = None  # the key of another installation
        known = known or said.get((paper.title, paper.summary, paper.citation))
        addresses = tuple(addresses_in(paper.citation))
        # A list that names a hundred parties has one address; its measures are no one thing.
        if known is None and addresses and paper.entity.schema != SANCTION:
            found = alike(Entered(addresses=addresses), user, closely=False)
            known = found[0].item if found else None
        yield CheckedPaper(paper, known)


def _datasets(entities: list[Entity]) -> tuple[str, ...]:
    return tuple(sorted({name for entity in entities for name in entity.datasets}))


def decided(checked: CheckedFile, choices: Choices) -> dict[str, Designee]:
    """The designee that each party is, of those that are here already.

    Raises FileRefusedError for a party that may be here and of which nobody said whether it is,
    for a key that is no designee's, and for an id that is no party's.
    """
    parties = checked.reading.parties
    if unknown := sorted(choices.same.keys() - parties.keys()):
        named = ascii(unknown[0])
        raise FileRefusedError(f"The file has no party {named}: take it out of the choices.")
    wanted = {key for key in choices.same.values() if key != NEW}
    askable = [key for key in wanted if refusal_of_key(key) is None and key.isprintable()]
    designees = {row.key: row for row in Designee.objects.filter(key__in=askable)}
    if missing := sorted(wanted - designees.keys()):
        raise FileRefusedError(f"There is no designee {missing[0]!a}.")
    found = {party: designees[key] for party, key in choices.same.items() if key != NEW}
    if choices.others is Others.NEW:
        return found
    open_ones = {
        party: offered for party, offered in checked.proposals.items() if party not in choices.same
    }
    if choices.others is Others.PROPOSED:
        found |= {
            party: offered[0].designee for party, offered in open_ones.items() if len(offered) == 1
        }
    undecided = [party for party in open_ones if party not in found]
    if undecided:
        raise FileRefusedError(_undecided(checked, undecided))
    return found


def _undecided(checked: CheckedFile, undecided: list[str]) -> str:
    named = [
        f"{party} ({checked.reading.parties[party].name}): "
        + " or ".join(f"{each.designee.key}, {each.why}" for each in checked.proposals[party])
        for party in undecided[:_NAMED]
    ]
    more = f"; and {len(undecided) - _NAMED} more" if len(undecided) > _NAMED else ""
    return (
        "Say of each party that may be here already which designee it is, or that it is new — "
        f"{'; '.join(named)}{more}."
    )
