"""Entering a FollowTheMoney file: parties, stakes and items, all of it or nothing."""

from dataclasses import dataclass, field
from io import BytesIO

from django.core.exceptions import ValidationError
from django.db import connection

from access.actor import Actor
from access.models import Team, User
from designations.actions.exchange import Brought, bring_in
from designations.models import Designee
from evidence.actions.custody import record_custody
from evidence.actions.exhibits import attach_exhibit
from evidence.actions.items import log_evidence
from evidence.actions.recorded import recorded
from evidence.actions.sources import add_source
from evidence.exchange.check import (
    MOST_PAPERS,
    READ_AS,
    CheckedFile,
    FileRefusedError,
    decided,
    read_before,
)
from evidence.exchange.choices import Choices
from evidence.exchange.ftm.papers import Paper
from evidence.models import CustodyKind, EvidenceItem, Exhibit, Source, StakeSupport
from evidence.web.forms.parts import named_source
from evidence.words import EvidenceKind

_LOCK = 0x0F74
"""First half of an advisory lock: of two who enter the same file at once, one waits."""


@dataclass(slots=True)
class Entered:
    """What became of a file. ``before``: it had been entered already, and nothing was done."""

    item: EvidenceItem
    before: bool = False
    brought: Brought = field(default_factory=Brought)
    items: list[EvidenceItem] = field(default_factory=list)


def enter_file(
    checked: CheckedFile,
    choices: Choices,
    *,
    team: Team,
    actor: User,
    source: Source | None = None,
) -> Entered:
    """Enter everything that was taken from a checked file; the file itself is kept as an exhibit.

    Each stake is supported by the item that has the file, and by the documents it names. Raises
    FileRefusedError, with nothing entered, when a line is wrong, when it is open who a party is,
    and for more documents than can be read.
    """
    if checked.problems:
        first = checked.problems[0]
        raise FileRefusedError(f"Line {first.line}: {first.said}")
    new = checked.new_papers if choices.papers else []
    if len(new) > MOST_PAPERS:
        raise FileRefusedError(
            f"The file has {len(new)} documents and sanctions; at most {MOST_PAPERS} become items "
            "at once. Leave them out, or divide the file."
        )
    reason = f"read from {checked.filename}, SHA-256 {checked.sha256}"
    try:
        with recorded(actor, reason):
            _take_lock(checked.sha256)
            if before := read_before(checked.sha256, actor, team):
                return Entered(before, before=True)
            same = decided(checked, choices)
            return _enter(checked, new, same, team, actor, source, reason)
    except ValidationError as error:
        raise FileRefusedError(" ".join(error.messages)) from error


def _enter(
    checked: CheckedFile,
    new: list[Paper],
    same: dict[str, Designee],
    team: Team,
    actor: User,
    source: Source | None,
    reason: str,
) -> Entered:
    entered = Entered(
        log_evidence(
            team,
            actor=actor,
            reason=reason,
            kind=EvidenceKind.OTHER.value,
            source=source,
            title=f"FollowTheMoney file {checked.filename}"[:300],
            summary=_summary(checked),
        )
    )
    entered.brought = bring_in(
        checked.reading.parties, checked.reading.stakes, same, actor=actor, reason=reason
    )
    items = {each.paper.id: each.known for each in checked.papers if each.known is not None}
    sources: dict[str, Source] = {}
    for paper in new:
        item = _log(paper, sources, team, actor, reason)
        items[paper.id] = item
        entered.items.append(item)
    _support(entered, items)
    exhibit = attach_exhibit(
        entered.item, BytesIO(checked.content), checked.filename, actor=actor, reason=reason
    )
    _note(entered, exhibit, actor, reason)
    return entered


def _summary(checked: CheckedFile) -> str:
    reading = checked.reading
    counts = (
        f"{len(reading.parties)} parties, {len(reading.stakes)} stakes, "
        f"{len(checked.papers)} documents and sanctions"
    )
    of = f", of {', '.join(checked.datasets)}" if checked.datasets else ""
    return f"States {counts}{of}."


def _log(
    paper: Paper, sources: dict[str, Source], team: Team, actor: User, reason: str
) -> EvidenceItem:
    source = None
    if paper.source:
        mark = paper.source.casefold()
        if mark not in sources:
            sources[mark] = named_source(actor, paper.source) or add_source(
                owner_team=team,
                actor=actor,
                reason=reason,
                name=paper.source,
                role=paper.role.value,
                of_government=paper.of_government,
            )
        source = sources[mark]
    return log_evidence(
        team,
        actor=actor,
        reason=f"{reason}, line {paper.entity.line}, entity {paper.id}",
        kind=paper.kind.value,
        source=source,
        title=paper.title,
        summary=paper.summary,
        text=paper.text,
        citation=paper.citation,
        dated=paper.dated,
        language=paper.language,
    )


def _support(entered: Entered, items: dict[str, EvidenceItem]) -> None:
    pairs = {(row.pk, entered.item.pk) for _, row in entered.brought.stakes} | {
        (row.pk, items[proof].pk)
        for stake, row in entered.brought.stakes
        for proof in stake.entity.all("proof")
        if proof in items
    }
    rows = [StakeSupport(stake_id=stake, item_id=item) for stake, item in sorted(pairs)]
    StakeSupport.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _note(entered: Entered, exhibit: Exhibit, actor: Actor | str, reason: str) -> None:
    brought = entered.brought
    record_custody(
        entered.item,
        CustodyKind.READ,
        actor=actor,
        reason=reason,
        exhibit=exhibit,
        sha256=exhibit.blob_id,
        detail={
            "read_as": READ_AS,
            "designees": len(brought.designees),
            "designees_added": len(brought.added),
            "stakes_added": brought.stakes_added,
            "items": [item.key for item in entered.items],
        },
    )


def _take_lock(sha256: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)",
            (_LOCK, int.from_bytes(bytes.fromhex(sha256[:8]), signed=True)),
        )
