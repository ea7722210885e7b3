"""Items of evidence as a bundle of STIX 2.1. Nothing of grades, flags or findings is in it.

An item that came from STIX goes out as the objects it was made of, letter for letter; any other
as a report by its source. Identifiers are made of the key and the moment of recording, so the same
item has the same one in every bundle.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import stix2
from django.db.models import Max

from access.models import Marking, User
from evidence.actions.exhibits import WithheldError, read_exhibit
from evidence.exchange.stix.checking import item_id, source_id
from evidence.exchange.stix.reading import MOST_BYTES
from evidence.exchange.stix.words import OURS, TLP, TLP_2_EXTENSION, code_of, own_id
from evidence.models import CustodyEvent, CustodyKind, EvidenceItem, Exhibit, Source
from evidence.storage import BytesDifferError, BytesMissingError
from evidence.web.guess import addresses_in, is_address
from evidence.words import Access, EvidenceKind, Privilege

MOST_ITEMS = 500
_SAID_SO = "given out as STIX 2.1"
_CHANGES = (
    CustodyKind.LOGGED, CustodyKind.AMENDED, CustodyKind.NAMED, CustodyKind.RECEIVED,
    CustodyKind.WITHDRAWN,
)  # fmt: skip
_HELD_BACK = (Access.PRIVILEGED, Access.CLASSIFIED, Access.WITHHELD)
# Markings have no day; STIX wants one, and a marking cannot have versions.
_MARKED = "2026-01-01T00:00:00.000Z"

Objects = dict[tuple[str, str], dict[str, Any]]


class HeldBackError(Exception):
    """Something of it may not or cannot go out; the message names the items and why."""


def held_back(item: EvidenceItem) -> str:
    """Why an item does not go out; empty where it does."""
    if item.privilege not in ("", Privilege.NONE):
        return f"privilege is claimed for it ({item.privilege})"
    if item.classified_reference or item.access in _HELD_BACK:
        return f"access to it is {item.access or Access.CLASSIFIED}"
    return ""


def bundle_of(items: Sequence[EvidenceItem], *, actor: User) -> dict[str, Any]:
    """The items, which the actor may see, as a bundle; each item's custody says so.

    Raises HeldBackError for items that do not go out, and for a file that cannot be read.
    """
    if kept := [f"{item.key}: {why}" for item in items if (why := held_back(item))]:
        raise HeldBackError(f"Not everything may go out. {'; '.join(kept)}.")
    objects: Objects = {}
    files: dict[str, Mapping[str, Any]] = {}
    for item in items:
        came_as = Exhibit.objects.filter(item=item, stix_objects__isnull=False).distinct()
        written = [each for exhibit in came_as for each in _originals(exhibit, files, actor)]
        for each in written or _written(item):
            objects.setdefault((each["id"], str(each.get("modified", ""))), each)
        CustodyEvent.objects.create(
            item=item, kind=CustodyKind.EXPORTED, actor=actor, why=_SAID_SO, detail={"as": "STIX"}
        )
    for tie in _ties(items):
        objects.setdefault((tie["id"], tie["modified"]), tie)
    name = "\n".join(sorted(f"{key} {version}" for key, version in objects))
    # STIX has no empty lists: a bundle of nothing has no list.
    listed = {"objects": list(objects.values())} if objects else {}
    return {"type": "bundle", "id": own_id("bundle", name), **listed}


def written_out(bundle: Mapping[str, Any]) -> str:
    """The bundle as its file."""
    return json.dumps(bundle, ensure_ascii=False, indent=2) + "\n"


def _originals(
    exhibit: Exhibit, files: dict[str, Mapping[str, Any]], actor: User
) -> Iterator[dict[str, Any]]:
    """The objects an item was made of, with their authors and markings, as they stand there."""
    if exhibit.blob_id not in files:
        try:
            file = read_exhibit(exhibit, actor=actor, reason=_SAID_SO, kind=CustodyKind.EXPORTED)
        except (WithheldError, BytesMissingError, BytesDifferError) as error:
            said = f"{exhibit.item.key}: its bundle cannot be read. {error}"
            raise HeldBackError(said) from error
        with file:
            files[exhibit.blob_id] = json.loads(file.read(MOST_BYTES))
    there: dict[str, list[dict[str, Any]]] = {}
    for each in files[exhibit.blob_id]["objects"]:
        if isinstance(each, dict) and isinstance(each.get("id"), str):
            there.setdefault(each["id"], []).append(each)
    for row in exhibit.stix_objects.order_by("pk"):
        # Of several versions in the file the newest was read.
        versions = there.get(row.object_id, ())
        for each in sorted(versions, key=lambda one: str(one.get("modified", "")))[-1:]:
            yield from (found for ref in _around(each) for found in there.get(ref, ())[-1:])
            yield each


def _around(each: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(author := each.get("created_by_ref"), str):
        yield author
    marked = each.get("object_marking_refs")
    yield from (ref for ref in (marked if isinstance(marked, list) else ()) if isinstance(ref, str))
    parts = each.get("granular_markings")
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, dict) and isinstance(part.get("marking_ref"), str):
            yield part["marking_ref"]


def _written(item: EvidenceItem) -> Iterator[dict[str, Any]]:
    """An item of ours: its source, its files, what its kind has a word for, and the report."""
    markings = list(_markings(item))
    marked = {"object_marking_refs": [each["id"] for each in markings]} if markings else {}
    yield from markings
    source = _identity(item.source)
    yield source
    times = _times(item)
    held = [source, *_files(item)]
    by = {"created_by_ref": source["id"]} if item.source else {}
    if item.kind == EvidenceKind.PROXY_SERVICE_REPORT:
        held.append(
            _plain(
                stix2.v21.Infrastructure(
                    id=own_id("infrastructure", item.key, item.recorded_at.isoformat()),
                    name=item.title or item.key,
                    infrastructure_types=["anonymization"],
                    **times,
                    **marked,
                    **by,
                )
            )
        )
    if numbers := list(_numbers(item)):
        held.append(
            _plain(
                stix2.v21.Note(
                    id=own_id("note", item.key, item.recorded_at.isoformat()),
                    abstract="Stated in numbers",
                    content="\n".join(numbers),
                    object_refs=[source["id"]],
                    **times,
                    **marked,
                    **by,
                )
            )
        )
    yield from held[1:]
    yield _plain(
        stix2.v21.Report(
            id=item_id(item),
            name=item.title or item.summary[:100] or item.key,
            description="\n\n".join(_description(item)) or None,
            report_types=[item.kind],
            published=item.dated.first() if item.dated else item.recorded_at,
            object_refs=[each["id"] for each in held],
            external_references=list(_references(item)),
            revoked=bool(item.withdrawn_on) or None,
            lang=item.language or None,
            **times,
            **marked,
            **by,
        )
    )


def _plain(made: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(made.serialize())
    return plain


def _times(item: EvidenceItem) -> dict[str, datetime]:
    changed = item.custody.filter(kind__in=_CHANGES).aggregate(last=Max("at"))["last"]
    return {
        "created": item.recorded_at,
        "modified": max(changed or item.recorded_at, item.recorded_at),
    }


def _identity(source: Source | None) -> dict[str, Any]:
    if source is None:
        return _plain(
            stix2.v21.Identity(
                id=own_id("identity", "not stated"),
                name="Source not stated",
                identity_class="unknown",
                created=_MARKED,
                modified=_MARKED,
            )
        )
    # A source has no day of change: each revision counts as a millisecond.
    modified = source.recorded_at + timedelta(milliseconds=source.revision - 1)
    return _plain(
        stix2.v21.Identity(
            id=source_id(source),
            name=source.name or "Unnamed source",
            identity_class="unknown",
            roles=[source.role],
            external_references=[{"source_name": OURS, "external_id": source.key}],
            created=source.recorded_at,
            modified=modified,
        )
    )


def _files(item: EvidenceItem) -> Iterator[dict[str, Any]]:
    for exhibit in item.exhibits.select_related("blob").order_by("position", "pk"):
        yield _plain(
            stix2.v21.File(
                name=exhibit.filename or None,
                size=exhibit.blob.size,
                mime_type=exhibit.media_type or None,
                hashes={"SHA-256": exhibit.blob_id},
            )
        )


def _markings(item: EvidenceItem) -> Iterator[dict[str, Any]]:
    titles = dict(Marking.objects.filter(code__in=item.markings).values_list("code", "title"))
    levels = {code_of(level): marking for marking, level in reversed(list(TLP.items()))}
    for code in item.markings:
        marking = levels.get(code.replace("/", "-"))
        if marking is not None:
            yield _tlp(marking)
        else:
            title = titles.get(code, code)
            yield _stated_marking(own_id("marking-definition", code, title), f"{code}: {title}")
    if item.access in (Access.CUI, Access.PROPRIETARY):
        said = f"Access stated: {item.access}"
        yield _stated_marking(own_id("marking-definition", said), said)


def _tlp(marking: str) -> dict[str, Any]:
    level = TLP[marking]
    for each in (stix2.TLP_WHITE, stix2.TLP_GREEN, stix2.TLP_AMBER, stix2.TLP_RED):
        if each.id == marking:
            return {**_plain(each), "spec_version": "2.1"}
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": marking,
        "created": "2022-10-01T00:00:00.000Z",
        "name": f"TLP:{level}",
        "extensions": {
            TLP_2_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": level.lower()}
        },
    }


def _stated_marking(marking: str, said: str) -> dict[str, Any]:
    return _plain(
        stix2.v21.MarkingDefinition(
            id=marking,
            created=_MARKED,
            definition_type="statement",
            definition=stix2.v21.StatementMarking(said),
        )
    )


def _description(item: EvidenceItem) -> Iterator[str]:
    yield from (each for each in (item.summary, item.text) if each)
    if item.dated is None:
        yield "No date is stated; that of publication is when it was recorded."
    elif item.dated.precision != "day":
        yield f"Dated {item.dated}; no day is stated."
    if item.occurred:
        yield f"Of the time from {item.occurred.start or '…'} to {item.occurred.end or '…'}."


def _references(item: EvidenceItem) -> Iterator[dict[str, str]]:
    yield {"source_name": OURS, "external_id": item.key}
    if item.citation:
        address = next(filter(is_address, addresses_in(item.citation)), None)
        yield {
            "source_name": "citation",
            "description": item.citation,
            **({"url": address} if address else {}),
        }


def _numbers(item: EvidenceItem) -> Iterator[str]:
    for name, labels in (
        ("fraudulent_accounts", ("provider", "accounts", "exchanges", "proxy_network")),
        ("chip_diversion", ("item", "eccn", "quantity", "value_usd", "exporter", "end_user")),
    ):
        report = getattr(item, name, None)
        for label in labels if report is not None else ():
            if (value := getattr(report, label)) not in (None, ""):
                said = f"{value:,}" if isinstance(value, int) else value
                yield f"{label.replace('_', ' ')}: {said}"
    for claim in item.claims.order_by("position"):
        value = "a number not stated" if claim.value is None else f"{claim.value:,f}"
        yield f"claimed: {claim.metric} {claim.comparator.replace('-', ' ')} {value}"


def _ties(items: Iterable[EvidenceItem]) -> Iterator[dict[str, Any]]:
    """That one item of the bundle comes from another, where both are reports of ours."""
    ours = {item.pk: item for item in items if not item.exhibits.filter(stix_objects__isnull=False)}
    for item in ours.values():
        for row in item.derived_from.filter(parent_item__in=ours, ended_on=None):
            parent = ours[row.parent_item_id or 0]
            on = datetime.combine(row.entered_on or item.recorded_at, datetime.min.time(), UTC)
            yield _plain(
                stix2.v21.Relationship(
                    id=own_id("relationship", item_id(item), item_id(parent), row.kind),
                    relationship_type="related-to" if row.kind == "verifies" else "derived-from",
                    source_ref=item_id(item),
                    target_ref=item_id(parent),
                    description=f"The first {row.kind.replace('-', ' ')} the second.",
                    created=on,
                    modified=on,
                )
            )
