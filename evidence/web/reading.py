"""One item, arranged for reading: who says so, how do they know, is it intact."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from access.models import User
from designations.clock import today
from designations.exchange.ftm.shares import written_share
from designations.models import OwnershipStake
from designations.templatetags.wording import in_words
from evidence.actions.uploads import received
from evidence.lineage import with_derivatives, with_origins
from evidence.models import (
    CustodyEvent,
    Delivery,
    Derivation,
    EvidenceItem,
    Exhibit,
    Grading,
    Portal,
    Share,
    Upload,
)
from evidence.search.same_text import SameText, much_the_same
from evidence.web.chain import Drawing, Edge, Node, drawing
from evidence.web.figures import CheckedClaim, FiguresReading, checked_claims, read_figures
from evidence.words import DerivationKind, Privilege

NEWEST_EVENTS = 200
MOST_STAKES = 200


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing stated of the item; an empty value is shown as not stated."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Step:
    """One derivation in words, for the table beside the drawing."""

    row: Derivation
    child: Node
    parent: Node
    collapses: bool


@dataclass(frozen=True, slots=True)
class Arrived:
    """An upload under way, with the bytes that have come."""

    upload: Upload
    received: int


@dataclass(frozen=True, slots=True)
class ItemReading:
    """Everything the page of an item shows of the item itself."""

    item: EvidenceItem
    facts: list[Fact]
    report: list[Fact]
    claims: list[CheckedClaim]
    figures: FiguresReading
    exhibits: list[Exhibit]
    same_texts: dict[int, list[SameText]]
    uploads: list[Arrived]
    gradings: list[Grading]
    custody: list[CustodyEvent]
    shares: list[Share]
    steps: list[Step]
    chain: Drawing
    superseded_by: list[EvidenceItem]
    delivery: Delivery | None
    stakes: list[tuple[OwnershipStake, str]]
    """Each with its share in words."""

    @property
    def files(self) -> list[tuple[Exhibit, list[SameText]]]:
        """The files, each with those of other items whose text is much the same."""
        return [(exhibit, self.same_texts.get(exhibit.pk, [])) for exhibit in self.exhibits]

    @property
    def not_whole(self) -> list[Exhibit]:
        """Files whose stored bytes are not what was received."""
        return [exhibit for exhibit in self.exhibits if exhibit.blob.not_whole]


def read_item(item: EvidenceItem, user: User) -> ItemReading:
    """Read an item with its parts, in a number of queries that does not grow with them."""
    visible = EvidenceItem.objects.visible_to(user)
    steps, nodes = _lineage(item, visible)
    edges = [
        Edge(step.child.id, step.parent.id, step.row.get_kind_display(), step.collapses)
        for step in steps
    ]
    exhibits = list(
        item.exhibits.select_related("blob", "of_exhibit", "intake__released_by").order_by(
            "position", "pk"
        )
    )
    events = item.custody.select_related("actor", "exhibit").order_by("-pk")
    return ItemReading(
        item=item,
        facts=facts_of(item),
        report=report_of(item),
        claims=checked_claims(item),
        figures=read_figures(item, user),
        exhibits=exhibits,
        same_texts=much_the_same(item, exhibits, user),
        uploads=[
            Arrived(upload, received(upload))
            for upload in item.uploads.filter(exhibit=None).select_related("begun_by")
        ],
        gradings=list(item.gradings.order_by("-position", "-pk")),
        custody=list(events[:NEWEST_EVENTS]),
        shares=list(item.shares.select_related("team")),
        steps=steps,
        chain=drawing(nodes, edges),
        superseded_by=list(visible.filter(supersedes=item)),
        stakes=[
            (stake, written_share(stake.pct_min, stake.pct_max))
            for stake in OwnershipStake.objects.filter(supports__item=item).select_related(
                "owner", "owned"
            )[:MOST_STAKES]
        ],
        delivery=Delivery.objects.select_related("portal", "token", "accepted_by")
        .filter(item=item, portal__in=Portal.objects.visible_to(user))
        .first(),
    )


def facts_of(item: EvidenceItem) -> list[Fact]:
    """What is stated of the item beside its words; empty values are shown as not stated."""
    row: Any = item
    period = item.occurred
    return [
        Fact("Happened", _period(period)),
        Fact("Made", _date(item.dated)),
        Fact("Obtained", _date(item.obtained)),
        Fact("Entered the record", _date(item.entered)),
        Fact("How close its source is", row.get_hand_display()),
        Fact("Who may read it", row.get_access_display()),
        Fact(
            "Privilege claimed",
            row.get_privilege_display() if item.privilege != Privilege.NONE else "none",
        ),
        Fact("Language", item.language),
        Fact("Translation", row.get_translation_display()),
        Fact("State of bytes and custody", row.get_integrity_display()),
        Fact("What it says was", row.get_content_display()),
    ]


def report_of(item: EvidenceItem) -> list[Fact]:
    """The typed columns of a report, in the order of its form; none where it has none."""
    if (accounts := getattr(item, "fraudulent_accounts", None)) is not None:
        return [
            Fact("Provider", accounts.provider),
            Fact("Accounts", _number(accounts.accounts)),
            Fact("Exchanges", _number(accounts.exchanges)),
            Fact("Period", _period(accounts.period)),
            Fact("Methods of evasion", "; ".join(accounts.evasion)),
            Fact("Proxy network", accounts.proxy_network),
            Fact("Capabilities targeted", "; ".join(accounts.capabilities)),
            Fact("Basis of attribution", accounts.attribution_basis),
        ]
    if (chips := getattr(item, "chip_diversion", None)) is not None:
        value = f"{chips.value_usd:,} US dollars" if chips.value_usd is not None else ""
        return [
            Fact("What was diverted", chips.item),
            Fact("ECCN", chips.eccn),
            Fact("Quantity", _number(chips.quantity)),
            Fact("Value", value),
            Fact("Exporter", chips.exporter),
            Fact("Consignees", "; ".join(chips.consignees)),
            Fact("Route", " → ".join(chips.route)),
            Fact("End user", chips.end_user),
            Fact("License status", chips.license),
        ]
    return []


def _lineage(item: EvidenceItem, visible: QuerySet[EvidenceItem]) -> tuple[list[Step], list[Node]]:
    """All that the item comes from and all that comes from it, today.

    A parent that the reader may not see is drawn as something withheld, without a name; what else
    came of items in sight, out of sight, is not drawn.
    """
    up, down = with_origins([item.pk]), with_derivatives([item.pk])
    rows = list(
        Derivation.objects.as_of(today())
        .filter(Q(child__in=up) | Q(parent_item__in=down))
        .select_related("child", "parent_item", "parent_source")
        .order_by("pk")
    )
    ids = {pk for row in rows for pk in (row.child_id, row.parent_item_id) if pk}
    seen = {each.pk: each for each in visible.filter(pk__in=ids | {item.pk})}
    nodes: dict[str, Node] = {}

    def of_item(pk: int) -> Node:
        shown = seen.get(pk)
        if shown is None:
            return nodes.setdefault(f"i{pk}", Node(f"i{pk}", "an item withheld from you", "item"))
        address = "" if pk == item.pk else reverse("evidence-item", args=[shown.key])
        label = shown.title or shown.key
        node = Node(f"i{pk}", label, shown.get_kind_display(), address, focus=pk == item.pk)
        return nodes.setdefault(f"i{pk}", node)

    of_item(item.pk)
    steps = []
    for row in rows:
        if row.child_id not in seen:
            continue
        if row.parent_item_id is not None:
            parent = of_item(row.parent_item_id)
        else:
            source = row.parent_source
            parent = Node(f"s{row.parent_source_id}", str(source), "source outside the record")
            parent = nodes.setdefault(parent.id, parent)
        kind = DerivationKind(row.kind)
        steps.append(Step(row, of_item(row.child_id), parent, kind.collapses))
    return steps, list(nodes.values())


def _date(stated: Any) -> str:
    return in_words(stated)


def _period(period: Any) -> str:
    if period is None:
        return ""
    start, end = _date(period.start), _date(period.end)
    if start and end:
        return start if start == end else f"{start} to {end}"
    return f"from {start}" if start else f"until {end}"


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"
