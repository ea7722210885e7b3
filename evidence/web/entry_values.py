"""What an entry form begins with: an item, one like it, or the last one's habits."""

from typing import Any

from access.models import User
from evidence.models import CustodyEvent, CustodyKind, EntryDraft, EvidenceItem
from evidence.web.forms.entry import form_for
from evidence.web.forms.fields import line_of
from evidence.words import EvidenceKind

# Of an item logged after another one much stays, and what it says does not.
_HABITS = ("team", "access", "hand", "language", "markings", "privilege")
_ITS_OWN = frozenset(
    {
        "title", "summary", "text", "citation", "key", "supersedes", "claims", "occurred_start",
        "occurred_end", "obtained", "entered", "entered_why", "classified_reference", "accounts",
        "exchanges", "quantity", "value_usd", "integrity",
    }
)  # fmt: skip


def as_typed(item: EvidenceItem) -> dict[str, Any]:
    """An item as its form would have been typed: text, and lists for choices of several."""
    occurred = item.occurred
    values: dict[str, Any] = {
        name: getattr(item, name)
        for name in (
            "citation", "title", "summary", "text", "hand", "reliability", "access", "privilege",
            "language", "translation", "content", "integrity", "entered_why",
            "classified_reference", "key",
        )
    }  # fmt: skip
    values |= {
        "source_name": (item.source.name or item.source.key) if item.source else "",
        "credibility": item.credibility or "",
        "markings": list(item.markings),
        "team": item.owner_team.key,
        "dated": _date(item.dated),
        "obtained": _date(item.obtained),
        "entered": _date(item.entered),
        "occurred_start": _date(occurred and occurred.start),
        "occurred_end": _date(occurred and occurred.end),
        "supersedes": item.supersedes.key if item.supersedes else "",
        "claims": "\n".join(line_of(claim) for claim in item.claims.order_by("position")),
    }
    if (accounts := getattr(item, "fraudulent_accounts", None)) is not None:
        period = accounts.period
        values |= {
            "provider": accounts.provider,
            "accounts": _number(accounts.accounts),
            "exchanges": _number(accounts.exchanges),
            "period_start": _date(period and period.start),
            "period_end": _date(period and period.end),
            "evasion": "\n".join(accounts.evasion),
            "proxy_network": accounts.proxy_network,
            "capabilities": "\n".join(accounts.capabilities),
            "attribution_basis": accounts.attribution_basis,
        }
    if (chips := getattr(item, "chip_diversion", None)) is not None:
        values |= {
            "diverted": chips.item,
            "eccn": chips.eccn,
            "quantity": _number(chips.quantity),
            "value_usd": "" if chips.value_usd is None else f"{chips.value_usd:,f}",
            "exporter": chips.exporter,
            "consignees": "\n".join(chips.consignees),
            "route": "\n".join(chips.route),
            "end_user": chips.end_user,
            "license": chips.license,
        }
    return values


def like(item: EvidenceItem, kind: EvidenceKind) -> dict[str, Any]:
    """What another item like this one begins with: source, grading, handling, its typed columns."""
    known = form_for(kind).base_fields
    return {
        name: value
        for name, value in as_typed(item).items()
        if name in known and name not in _ITS_OWN
    }


def habits(user: User, kind: EvidenceKind) -> dict[str, Any]:
    """What the last entry of the same person suggests: team, handling, language; of the same
    kind also the source."""
    last = (
        CustodyEvent.objects.filter(
            actor=user, kind=CustodyKind.LOGGED, item__in=EvidenceItem.objects.visible_to(user)
        )
        .select_related("item__source", "item__owner_team", "item__supersedes")
        .order_by("-pk")
        .first()
    )
    if last is None:
        return {"language": "en"}
    typed = as_typed(last.item)
    names = (*_HABITS, "source_name") if last.item.kind == kind.value else _HABITS
    return {name: typed[name] for name in names}


def from_draft(draft: EntryDraft) -> dict[str, Any]:
    """The draft as it was typed."""
    return {
        name: values if name == "markings" else (values[0] if values else "")
        for name, values in draft.fields.items()
    }


def _date(stated: Any) -> str:
    return str(stated) if stated else ""


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"
