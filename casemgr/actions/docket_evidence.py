"""Sources and evidence of a docket into rows, a table at a time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from access.models import Team, User
from casemgr.actions.docket_conflicts import Standing
from casemgr.apa import record as apa
from evidence.models import (
    Blob,
    ChipDiversionReport,
    Claim,
    CustodyEvent,
    CustodyKind,
    Derivation,
    EvidenceItem,
    Exhibit,
    FraudulentAccountReport,
    Grading,
    Source,
)


@dataclass(frozen=True, slots=True)
class WrittenEvidence:
    """Items by key, stored before or now, and the keys of those stored now."""

    items: Mapping[str, EvidenceItem]
    added: tuple[str, ...]


def write_evidence(
    docket: apa.Docket, standing: Standing, team: Team, actor: User, reason: str
) -> WrittenEvidence:
    """Store the sources and items that are not there yet, in the caller's transaction."""
    new_sources = [each for each in docket.sources if each.key not in standing.sources]
    Source.objects.bulk_create(_source(each, team) for each in new_sources)
    named = {each.key for each in docket.sources}
    sources = {row.key: row for row in Source.objects.filter(key__in=named)}
    new = [item for item in docket.evidence if item.key not in standing.items]
    EvidenceItem.objects.bulk_create(_item(item, sources, team, reason) for item in new)
    items = {
        row.key: row
        for row in EvidenceItem.objects.filter(key__in=[each.key for each in docket.evidence])
    }
    Grading.objects.bulk_create(_gradings(new, items))
    Claim.objects.bulk_create(_claims(new, items))
    FraudulentAccountReport.objects.bulk_create(_accounts(new, items))
    ChipDiversionReport.objects.bulk_create(_chips(new, items))
    _write_exhibits(new, items)
    Derivation.objects.bulk_create(_derivations(new, items, sources))
    CustodyEvent.objects.bulk_create(
        CustodyEvent(item=items[item.key], kind=CustodyKind.LOGGED, actor=actor, why=reason)
        for item in new
    )
    return WrittenEvidence(items, tuple(item.key for item in new))


def _source(stated: apa.Source, team: Team) -> Source:
    return Source(
        key=stated.key,
        name=stated.name,
        role=stated.role.value,
        anonymous=stated.anonymous,
        of_government=stated.of_government or "",
        interest=stated.interest.value,
        owner_team=team,
    )


def _item(stated: apa.Item, sources: Mapping[str, Source], team: Team, reason: str) -> EvidenceItem:
    return EvidenceItem(
        key=stated.key,
        kind=stated.kind.value,
        source=sources[stated.source] if stated.source else None,
        summary=stated.summary,
        citation=stated.citation,
        owner_team=team,
        markings=list(stated.markings),
        privilege=stated.privilege or "",
        classified_reference=stated.classified_reference or "",
        access=stated.access or "",
        summary_given=stated.summary_given,
        occurred=stated.occurred,
        ended=stated.ended or "",
        relative_to=stated.relative.to.value if stated.relative else "",
        relative_order=stated.relative.order.value if stated.relative else "",
        dated=stated.dated_on,
        entered=stated.entered_on,
        entered_why=reason if stated.entered_on else "",
        hand=stated.hand or "",
        reliability=stated.reliability or "",
        credibility=stated.credibility,
        graded=stated.graded,
        body=stated.body,
        content=stated.content or "",
        language=stated.language or "",
        translation=stated.translation or "",
        integrity=stated.integrity or "",
        withdrawn=stated.withdrawn_on,
    )


def _gradings(new: Iterable[apa.Item], items: Mapping[str, EvidenceItem]) -> Iterator[Grading]:
    for item in new:
        for position, stated in enumerate(item.gradings):
            yield Grading(
                item=items[item.key],
                reliability=stated.reliability or "",
                credibility=stated.credibility,
                graded=stated.graded,
                position=position,
                entered=stated.entered_on,
                ended_from=stated.ended_on,
            )


def _claims(new: Iterable[apa.Item], items: Mapping[str, EvidenceItem]) -> Iterator[Claim]:
    for item in new:
        for position, stated in enumerate(item.claims):
            yield Claim(
                item=items[item.key],
                metric=stated.metric,
                comparator=stated.comparator.value,
                value=stated.value,
                check_state=stated.check or "",
                position=position,
            )


def _accounts(
    new: Iterable[apa.Item], items: Mapping[str, EvidenceItem]
) -> Iterator[FraudulentAccountReport]:
    for item in new:
        if (stated := item.fraudulent_accounts) is not None:
            yield FraudulentAccountReport(
                item=items[item.key],
                provider=stated.provider or "",
                accounts=stated.accounts,
                exchanges=stated.exchanges,
                period=stated.period,
                evasion=list(stated.evasion),
                proxy_network=stated.proxy_network or "",
                capabilities=list(stated.capabilities),
                attribution_basis=stated.attribution_basis or "",
            )


def _chips(
    new: Iterable[apa.Item], items: Mapping[str, EvidenceItem]
) -> Iterator[ChipDiversionReport]:
    for item in new:
        if (stated := item.chip_diversion) is not None:
            yield ChipDiversionReport(
                evidence_item=items[item.key],
                item=stated.item or "",
                eccn=stated.eccn or "",
                quantity=stated.quantity,
                value_usd=stated.value_usd,
                exporter=stated.exporter or "",
                consignees=list(stated.consignees),
                route=list(stated.route),
                end_user=stated.end_user or "",
                license=stated.license or "",
            )


def _write_exhibits(new: Iterable[apa.Item], items: Mapping[str, EvidenceItem]) -> None:
    """Exhibits by digest alone: their bytes come beside the file or not at all."""
    stated = [
        (item.key, position, each) for item in new for position, each in enumerate(item.exhibits)
    ]
    Blob.objects.bulk_create(
        [Blob(sha256=digest) for digest in dict.fromkeys(each.sha256 for *_, each in stated)],
        ignore_conflicts=True,
    )
    rows = Exhibit.objects.bulk_create(
        Exhibit(
            item=items[key],
            blob_id=each.sha256,
            filename=each.filename,
            role=each.role.value,
            acquired=each.acquired_on,
            position=position,
        )
        for key, position, each in stated
    )
    by_digest = {(row.item_id, row.blob_id): row for row in rows}
    versions = []
    for row, (_, _, each) in zip(rows, stated, strict=True):
        if each.of_exhibit is not None:
            row.of_exhibit = by_digest[row.item_id, each.of_exhibit]
            versions.append(row)
    Exhibit.objects.bulk_update(versions, ["of_exhibit"])


def _derivations(
    new: Iterable[apa.Item],
    items: Mapping[str, EvidenceItem],
    sources: Mapping[str, Source],
) -> Iterator[Derivation]:
    for item in new:
        for position, stated in enumerate(item.derived_from):
            yield Derivation(
                child=items[item.key],
                parent_item=items[stated.item] if stated.item else None,
                parent_source=sources[stated.source] if stated.source else None,
                kind=stated.kind.value,
                position=position,
                entered=stated.entered_on,
                ended_from=stated.ended_on,
            )
