"""What a docket file states of evidence, entered as stated.

The live actions date what they enter; a file states its own dates, and where it is silent
nothing is filled in. The checks are the same, and each entry leaves a custody event. All of a
file is entered within one transaction of the caller.
"""

from typing import Unpack

from django.core.exceptions import ValidationError

from access.actor import Actor
from access.models import Team
from designations.days import PartialDate
from evidence.actions.custody import count_up
from evidence.actions.derivation import store_derivation
from evidence.actions.exhibits import store_exhibit
from evidence.actions.fields import NewItemFields, put
from evidence.actions.items import store
from evidence.actions.recorded import recorded
from evidence.models import Blob, Derivation, EvidenceItem, Exhibit, Grading, Source
from evidence.words import DerivationKind, ExhibitRole, Reliability


def import_evidence(
    owner_team: Team,
    *,
    actor: Actor | str,
    reason: str,
    withdrawn: PartialDate | None = None,
    **stated: Unpack[NewItemFields],
) -> EvidenceItem:
    """Enter an item exactly as stated: no day of entry is assumed, a past one needs no reason.

    Raises ValidationError as ``log_evidence`` does for everything else.
    """
    item = EvidenceItem(owner_team=owner_team)
    put(item, stated)
    item.withdrawn = withdrawn
    return store(item, actor=actor, reason=reason)


def import_grading(
    item: EvidenceItem,
    *,
    actor: Actor | str,
    reason: str,
    reliability: Reliability | None = None,
    credibility: int | None = None,
    graded: bool | None = None,
    entered: PartialDate | None = None,
    ended: PartialDate | None = None,
) -> Grading:
    """Enter a grading with the days on which it held; the item's own columns stay as stated."""
    row = Grading(
        item=item,
        reliability=reliability.value if reliability else "",
        credibility=credibility,
        graded=graded,
    )
    row.entered, row.ended_from = entered, ended
    with recorded(actor, reason):
        row.position = Grading.objects.filter(item=item).count()
        row.full_clean()
        row.save()
        count_up(item)
    return row


def import_derivation(
    child: EvidenceItem,
    kind: DerivationKind,
    *,
    actor: Actor | str,
    reason: str,
    parent_item: EvidenceItem | None = None,
    parent_source: Source | None = None,
    entered: PartialDate | None = None,
    ended: PartialDate | None = None,
) -> Derivation:
    """Enter a derivation with its stated days. Raises ValidationError as ``derive`` does."""
    row = Derivation(
        child=child, parent_item=parent_item, parent_source=parent_source, kind=kind.value
    )
    row.entered, row.ended_from = entered, ended
    return store_derivation(row, actor=actor, reason=reason)


def import_exhibit(
    item: EvidenceItem,
    sha256: str,
    *,
    actor: Actor | str,
    reason: str,
    filename: str = "",
    role: ExhibitRole = ExhibitRole.ORIGINAL,
    acquired: PartialDate | None = None,
    of_exhibit: Exhibit | None = None,
) -> Exhibit:
    """Enter an exhibit by the SHA-256 of bytes that may not be here yet.

    ``attach_exhibit`` supplies the bytes when they arrive. Raises ValidationError for what is no
    SHA-256, and for an exhibit on a reference to a classified original.
    """
    if item.classified_reference:
        raise ValidationError(
            {"exhibits": f"{item.key} refers to a classified original: it can have no exhibits."}
        )
    with recorded(actor, reason):
        blob = Blob.objects.filter(pk=sha256).first()
        if blob is None:
            blob = Blob(sha256=sha256)
            blob.full_clean()
            blob.save()
        return store_exhibit(
            Exhibit(item=item, blob=blob, filename=filename, role=role.value),
            acquired=acquired,
            of_exhibit=of_exhibit,
            actor=actor,
            reason=reason,
        )
