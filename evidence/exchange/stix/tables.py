"""Observables as tables: one of accounts with the columns of a dataset, one of all others."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC

from evidence.exchange.stix.reading import StixObject, clean, moment
from evidence.exchange.stix.saying import ids_in, name_of, text_in

# A spreadsheet takes a cell that begins like this for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TABLED = (
    "ipv4-addr", "ipv6-addr", "domain-name", "email-addr", "url", "autonomous-system",
    "network-traffic", "mac-addr", "file", "user-account", "software", "x509-certificate",
)  # fmt: skip
# ``account_id`` and ``created_at`` are columns of the dataset of accounts (docs/figures.md).
_ACCOUNT = (
    "account_id", "created_at", "account_login", "account_type", "display_name", "is_disabled",
    "stix_id",
)  # fmt: skip
_OBSERVABLE = (
    "type", "value", "detail", "first_observed", "last_observed", "number_observed", "stix_id",
)  # fmt: skip


def tables_of(objects: Sequence[StixObject]) -> tuple[tuple[str, str], ...]:
    """File name and CSV text of each table that has a row."""
    known = {each.id: each for each in objects}
    seen: dict[str, StixObject] = {}
    for each in objects:
        if each.type == "observed-data":
            seen |= dict.fromkeys(ids_in(each.data, "object_refs"), each)
    found = []
    accounts = [each for each in objects if each.type == "user-account"]
    if accounts:
        found.append(("accounts.csv", _csv(_ACCOUNT, map(_account, accounts))))
    others = [each for each in objects if each.type in _TABLED and each.type != "user-account"]
    if others:
        rows = (_observable(each, known, seen.get(each.id)) for each in others)
        found.append(("observables.csv", _csv(_OBSERVABLE, rows)))
    return tuple(found)


def _account(each: StixObject) -> Sequence[str]:
    data = each.data
    login = text_in(data, "account_login")
    disabled = data.get("is_disabled")
    return (
        text_in(data, "user_id") or login or text_in(data, "display_name") or each.id,
        _plain_time(data.get("account_created")),
        login,
        text_in(data, "account_type"),
        text_in(data, "display_name"),
        str(disabled).lower() if isinstance(disabled, bool) else "",
        each.id,
    )


def _observable(
    each: StixObject, known: Mapping[str, StixObject], observed: StixObject | None
) -> Sequence[str]:
    data = observed.data if observed is not None else {}
    number = data.get("number_observed")
    value, detail = name_of(each), ""
    if each.type == "network-traffic":
        value = " to ".join(
            ", ".join(
                name_of(known[ref]) if ref in known else ref for ref in ids_in(each.data, end)
            )
            or "not stated"
            for end in ("src_ref", "dst_ref")
        )
        protocols = each.data.get("protocols")
        detail = " ".join(map(str, protocols)) if isinstance(protocols, list) else ""
        if port := each.data.get("dst_port"):
            detail = f"{detail} port {port}".strip()
    elif each.type == "autonomous-system":
        value, detail = f"AS{each.data.get('number', '')}", text_in(each.data, "name")
    elif isinstance(each.data.get("hashes"), dict):
        detail = " ".join(f"{kind}:{value}" for kind, value in each.data["hashes"].items())
    return (
        each.type,
        value,
        clean(detail),
        text_in(data, "first_observed"),
        text_in(data, "last_observed"),
        str(number) if isinstance(number, int) else "",
        each.id,
    )


def _plain_time(stated: object) -> str:
    """As datasets write times: UTC, without a zone."""
    found = moment(stated)
    return found.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if found else ""


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([[_cell(cell) for cell in row] for row in rows])
    return written.getvalue()


def _cell(cell: str) -> str:
    plain = re.sub(r"[\r\n]+", " ", cell)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
