"""Made-up sources, and the evidence of one case with where each item comes from."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from access.models import Team, User
from casemgr.seeding import invented
from casemgr.seeding.copying import Rows
from casemgr.seeding.plan import Plan, SizedCase
from designations.days import PartialDate
from designations.models.stated_dates import to_columns
from evidence.models import (
    ChipDiversionReport,
    Claim,
    CustodyEvent,
    CustodyKind,
    Derivation,
    EvidenceItem,
    FraudulentAccountReport,
    Grading,
    Source,
)
from evidence.words import (
    Access,
    Comparator,
    DerivationKind,
    EvidenceKind,
    Hand,
    Integrity,
    Reliability,
    SourceRole,
)

_ROLES = {
    SourceRole.PRESS: 32,
    SourceRole.COMMERCIAL: 15,
    SourceRole.US_GOVERNMENT: 14,
    SourceRole.AFFECTED_PARTY: 11,
    SourceRole.PUBLIC_RECORD: 9,
    SourceRole.ACADEMIC: 6,
    SourceRole.COURT: 4,
    SourceRole.FOREIGN_GOVERNMENT: 4,
    SourceRole.RESPONDENT: 3,
    SourceRole.OTHER: 2,
}
_SOURCES = 400
# Most of what relays is press; a check by the government and an analysis are rarer.
_DERIVED = {
    DerivationKind.RELAYS: 12,
    DerivationKind.SUMMARIZES: 6,
    DerivationKind.COPIES: 3,
    DerivationKind.SAME_TEXT: 3,
    DerivationKind.TRANSLATES: 2,
    DerivationKind.ANALYZES: 5,
    DerivationKind.VERIFIES: 3,
}
_DERIVED_SHARE = 0.34
_FROM_OUTSIDE = 0.1
"""Of the derived items, those whose parent is a source outside the record."""


@dataclass(frozen=True, slots=True)
class Item:
    """What links and findings need to know of an item that was made."""

    pk: int
    key: str
    entered: date


def stated(column: str, day: date | None) -> dict[str, date | str | None]:
    """The values of a date column and its precision for a day that is fully known."""
    return to_columns(column, PartialDate.of(day) if day else None)


def make_sources(plan: Plan, team: Team, rows: Rows) -> list[int]:
    """The sources on which every case of the set draws, as a real office's do; their ids."""
    ids = []
    chance = plan.chance("sources")
    for number in range(min(_SOURCES, plan.cases * 4)):
        role = chance.choices(list(_ROLES), list(_ROLES.values()))[0]
        row = Source(
            key=f"{plan.prefix}S-{number:04d}",
            name=invented.source_name(role, number),
            role=role.value,
            anonymous=role in (SourceRole.PRESS, SourceRole.OTHER) and chance.random() < 0.2,
            owner_team=team,
        )
        rows.add(row)
        ids.append(row.pk)
    return ids


class EvidenceMaker:
    """Makes the evidence of cases, in the name of one person of one team."""

    def __init__(self, plan: Plan, team: Team, actor: User, sources: list[int], rows: Rows) -> None:
        self.plan = plan
        self.team = team
        self.actor = actor
        self.sources = sources
        self.rows = rows

    def make(self, case: SizedCase, opened: date, number: int) -> list[Item]:
        """``number`` items for the case; about a third come from an earlier one of them."""
        chance = self.plan.chance(f"evidence/{case.number}")
        made: list[Item] = []
        for place in range(number):
            item = self._item(case, place, opened, chance)
            if chance.random() < _DERIVED_SHARE:
                self._derive(item, made, chance)
            made.append(Item(item.pk, item.key, item.entered_on or opened))
        return made

    def _item(self, case: SizedCase, place: int, opened: date, chance: Random) -> EvidenceItem:
        kind = chance.choice(list(invented.SAYS))
        entered = min(opened + timedelta(days=chance.randrange(0, 240)), self.plan.day)
        dated = entered - timedelta(days=chance.randrange(0, 200))
        occurred = dated - timedelta(days=chance.randrange(10, 300))
        # A day not stated counts as the last of its month, and nothing is dated after its entry.
        vague = (dated.year, dated.month) < (entered.year, entered.month) and chance.random() < 0.2
        row = EvidenceItem(
            key=f"{self.plan.prefix}E-{case.number:05d}-{place:04d}",
            kind=kind.value,
            source_id=chance.choice(self.sources),
            title=f"Made-up item {place} of case {case.number}",
            summary=invented.what_it_says(kind, place, chance),
            citation=f"Made-up Report {case.number}-{place} ({dated:%b. %Y})",
            owner_team=self.team,
            access=chance.choices(
                (Access.PUBLIC.value, Access.CUI.value, Access.PROPRIETARY.value, ""), (6, 2, 1, 1)
            )[0],
            **to_columns(
                "dated_on", PartialDate(dated.year, dated.month, None if vague else dated.day)
            ),
            **stated("entered_on", entered),
            **stated("occurred_start", occurred),
            **stated("occurred_end", occurred + timedelta(days=30)),
            hand=chance.choices((Hand.FIRST.value, Hand.SECOND.value, ""), (5, 4, 1))[0],
            reliability=chance.choices([word.value for word in Reliability], (4, 6, 4, 2, 1, 1))[0],
            credibility=chance.choices((1, 2, 3, 4, 5, 6), (4, 6, 4, 2, 1, 1))[0],
            language="en",
            integrity=chance.choices(
                (Integrity.INTACT.value, Integrity.CITATION_ONLY.value, Integrity.GAP.value),
                (8, 3, 1),
            )[0],
        )
        self.rows.add(row)
        self._parts(row, kind, entered, chance)
        return row

    def _parts(self, row: EvidenceItem, kind: EvidenceKind, entered: date, chance: Random) -> None:
        count = chance.randrange(10, 400) * 100
        if kind is EvidenceKind.FRAUDULENT_ACCOUNT_REPORT:
            self.rows.add(
                FraudulentAccountReport(
                    item=row,
                    provider="Invented Developer (made up)",
                    accounts=count,
                    exchanges=count * chance.randrange(50, 900),
                    evasion=chance.sample(invented.FRAUD_EVASION, 2),
                    capabilities=chance.sample(invented.CAPABILITIES, 2),
                    attribution_basis="shared payment instruments, as made up",
                )
            )
            self.rows.add(
                Claim(item=row, metric="accounts", comparator=Comparator.AT_LEAST, value=count)
            )
        if kind is EvidenceKind.CHIP_DIVERSION_REPORT:
            self.rows.add(
                ChipDiversionReport(
                    evidence_item=row,
                    item="accelerator boards (made up)",
                    quantity=count,
                    exporter="Invented Exporter (made up)",
                    consignees=["Invented Broker 1 (made up)", "Invented Broker 2 (made up)"],
                    route=["port one", "port two"],
                )
            )
        if chance.random() < 0.1:
            self.rows.add(
                Grading(
                    item=row,
                    reliability=row.reliability,
                    credibility=row.credibility,
                    **stated("entered_on", entered),
                    why="graded on receipt",
                )
            )
        self.rows.add(
            CustodyEvent(item=row, kind=CustodyKind.LOGGED, actor=self.actor, why=invented.WHY)
        )

    def _derive(self, child: EvidenceItem, earlier: list[Item], chance: Random) -> None:
        outside = not earlier or chance.random() < _FROM_OUTSIDE
        self.rows.add(
            Derivation(
                child=child,
                parent_item_id=None if outside else chance.choice(earlier[-12:]).pk,
                parent_source_id=chance.choice(self.sources) if outside else None,
                kind=chance.choices(list(_DERIVED), list(_DERIVED.values()))[0].value,
            )
        )
