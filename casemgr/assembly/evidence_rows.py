"""Evidence items and sources from their rows, with everything that hangs on them.

One query a table, however many items there are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import F

from casemgr.apa import record as apa
from designations.models import DatedRow
from evidence.models import (
    BytesState,
    ChipDiversionReport,
    Claim,
    Derivation,
    EvidenceItem,
    Exhibit,
    FraudulentAccountReport,
    Grading,
    Source,
    SourceDescriptor,
)
from evidence.words import (
    Access,
    ClaimState,
    Comparator,
    Content,
    DerivationKind,
    Ended,
    EvidenceKind,
    ExhibitRole,
    Hand,
    Integrity,
    Interest,
    Order,
    Privilege,
    RelativeTo,
    Reliability,
    SourceRole,
    Translation,
)


def read_items(item_ids: Collection[int]) -> dict[str, apa.Item]:
    """The items of these ids as the engine reads them, by key, in the order of entry."""
    ids = list(item_ids)
    gradings = _grouped(Grading.objects.filter(item__in=ids).order_by("position", "pk"), "item_id")
    derivations = _grouped(
        Derivation.objects.filter(child__in=ids)
        .select_related("parent_item", "parent_source")
        .order_by("position", "pk"),
        "child_id",
    )
    claims = _grouped(Claim.objects.filter(item__in=ids).order_by("position", "pk"), "item_id")
    exhibits = _grouped(
        Exhibit.objects.filter(item__in=ids)
        .select_related("of_exhibit", "blob")
        .order_by("position", "pk"),
        "item_id",
    )
    accounts = {row.pk: row for row in FraudulentAccountReport.objects.filter(pk__in=ids)}
    chips = {row.pk: row for row in ChipDiversionReport.objects.filter(pk__in=ids)}
    rows = EvidenceItem.objects.filter(pk__in=ids).select_related("source").order_by("pk")
    return {
        row.key: _item(
            row,
            gradings=tuple(_grading(each) for each in gradings[row.pk]),
            derived_from=tuple(
                _derivation(each) for each in derivations[row.pk] if _ever_held(each)
            ),
            claims=tuple(_claim(each) for each in claims[row.pk]),
            exhibits=tuple(_exhibit(each) for each in exhibits[row.pk]),
            integrity=_integrity(row, exhibits[row.pk]),
            fraudulent_accounts=_accounts(accounts.get(row.pk)),
            chip_diversion=_chips(chips.get(row.pk)),
        )
        for row in rows
    }


def read_sources(items: Iterable[apa.Item]) -> dict[str, apa.Source]:
    """The sources that the items name, themselves or by derivation, by key, in order of entry."""
    keys = {item.source for item in items} | {
        derivation.source for item in items for derivation in item.derived_from
    }
    rows = Source.objects.filter(key__in=[key for key in keys if key]).order_by("pk")
    return {row.key: source(row) for row in rows}


def described(sources: Iterable[apa.Source]) -> dict[str, apa.Source]:
    """The sources, by key, with what was said of their quality: for files, never for the engine."""
    known = {each.key: each for each in sources}
    rows = _grouped(
        SourceDescriptor.objects.filter(source__key__in=known)
        .annotate(of=F("source__key"))
        .order_by("position", "pk"),
        "of",
    )
    return {
        key: replace(each, descriptors=tuple(_descriptor(row) for row in rows[key]))
        if key in rows
        else each
        for key, each in known.items()
    }


def _descriptor(row: SourceDescriptor) -> apa.Descriptor:
    return apa.Descriptor(**row.factors, entered_on=row.entered, ended_on=row.ended_from)


def source(row: Source) -> apa.Source:
    """One source as a docket file states it, without its descriptors (see `described`)."""
    return apa.Source(
        key=row.key,
        name=row.name,
        role=SourceRole(row.role),
        anonymous=row.anonymous,
        of_government=row.of_government or None,
        interest=Interest(row.interest),
    )


def _item(row: EvidenceItem, **parts: Any) -> apa.Item:
    return apa.Item(
        key=row.key,
        kind=EvidenceKind(row.kind),
        source=row.source.key if row.source else None,
        title=row.title,
        summary=row.summary,
        citation=row.citation,
        dated_on=row.dated,
        occurred=row.occurred,
        ended=Ended(row.ended) if row.ended else None,
        relative=(
            apa.Relative(to=RelativeTo(row.relative_to), order=Order(row.relative_order))
            if row.relative_to
            else None
        ),
        entered_on=row.entered,
        hand=Hand(row.hand) if row.hand else None,
        reliability=Reliability(row.reliability) if row.reliability else None,
        credibility=row.credibility,
        graded=row.graded,
        body=row.body,
        content=Content(row.content) if row.content else None,
        access=Access(row.access) if row.access else None,
        summary_given=row.summary_given,
        language=row.language or None,
        translation=Translation(row.translation) if row.translation else None,
        markings=tuple(row.markings),
        privilege=Privilege(row.privilege) if row.privilege else None,
        classified_reference=row.classified_reference or None,
        withdrawn_on=row.withdrawn,
        **parts,
    )


def _integrity(row: EvidenceItem, exhibits: Iterable[Exhibit]) -> Integrity | None:
    """What is stated of the item, or what the newest reading of its files found if that is worse.

    Other bytes in place of a file of the item: nobody can say what it rests on. Bytes that are
    gone, or another version (a translation, an extract) that differs: that much of it is lost.
    """
    stated = Integrity(row.integrity) if row.integrity else None
    found = {
        Integrity.MISMATCH
        if each.blob.state == BytesState.DIFFERS and each.of_exhibit_id is None
        else Integrity.LOST
        for each in exhibits
        if each.blob.not_whole
    }
    if Integrity.MISMATCH in found or stated is Integrity.MISMATCH:
        return Integrity.MISMATCH
    return Integrity.LOST if found else stated


def _grading(row: Grading) -> apa.Grading:
    return apa.Grading(
        reliability=Reliability(row.reliability) if row.reliability else None,
        credibility=row.credibility,
        graded=row.graded,
        entered_on=row.entered,
        ended_on=row.ended_from,
    )


def _derivation(row: Derivation) -> apa.Derivation:
    return apa.Derivation(
        kind=DerivationKind(row.kind),
        item=row.parent_item.key if row.parent_item else None,
        source=row.parent_source.key if row.parent_source else None,
        entered_on=row.entered,
        ended_on=row.ended_from,
    )


def _claim(row: Claim) -> apa.Claim:
    return apa.Claim(
        metric=row.metric,
        comparator=Comparator(row.comparator),
        value=row.value,
        check=ClaimState(row.check_state) if row.check_state else None,
        tolerance=row.tolerance,
    )


def _exhibit(row: Exhibit) -> apa.Exhibit:
    return apa.Exhibit(
        sha256=row.blob_id,
        filename=row.filename,
        role=ExhibitRole(row.role),
        acquired_on=row.acquired,
        of_exhibit=row.of_exhibit.blob_id if row.of_exhibit else None,
    )


def _accounts(row: FraudulentAccountReport | None) -> apa.FraudulentAccounts | None:
    if row is None:
        return None
    return apa.FraudulentAccounts(
        provider=row.provider or None,
        accounts=row.accounts,
        exchanges=row.exchanges,
        period=row.period,
        evasion=tuple(row.evasion),
        proxy_network=row.proxy_network or None,
        capabilities=tuple(row.capabilities),
        attribution_basis=row.attribution_basis or None,
    )


def _chips(row: ChipDiversionReport | None) -> apa.ChipDiversion | None:
    if row is None:
        return None
    return apa.ChipDiversion(
        item=row.item or None,
        eccn=row.eccn or None,
        quantity=row.quantity,
        value_usd=row.value_usd,
        exporter=row.exporter or None,
        consignees=tuple(row.consignees),
        route=tuple(row.route),
        end_user=row.end_user or None,
        license=row.license or None,
    )


def _ever_held(row: DatedRow) -> bool:
    return row.ended_on is None or row.ended_on != row.entered_on


def _grouped(rows: Iterable[Any], by: str) -> defaultdict[Any, list[Any]]:
    found: defaultdict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, by)].append(row)
    return found
