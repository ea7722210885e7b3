"""Shared infrastructure: accounts that hang together by payment, device, proxy or network."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import ibis
from ibis import _

from evidence.figures.figure import Figure, Parameter, Parameters, Row, Tables

MEANS = {"payment": "payment_id", "device": "device_id", "proxy": "proxy_id", "asn": "asn"}


def _shared(tables: Tables, parameters: Parameters) -> Any:
    return (
        _used(tables, MEANS)
        .group_by("kind", "value")
        .aggregate(accounts=_.account_id.nunique())
        .filter(_.accounts > 1)
        .order_by(ibis.desc("accounts"), "kind", "value")
    )


def _used(tables: Tables, means: Iterable[str]) -> Any:
    accounts = tables["accounts"]
    return ibis.union(
        *(
            accounts.filter(accounts[MEANS[kind]].notnull()).select(
                kind=ibis.literal(kind),
                value=accounts[MEANS[kind]].cast("string"),
                account_id=accounts.account_id,
            )
            for kind in means
        )
    )


SHARED_MEANS = Figure(
    name="shared-means",
    question="Which payments, devices, proxies and networks serve more than one account?",
    tables=("accounts",),
    needs=(),
    build=_shared,
    columns=("kind", "value", "accounts"),
)


def _edges(tables: Tables, parameters: Parameters) -> Any:
    """Each account with each means it used; a means of one account ties nobody."""
    used = _used(tables, parameters["by"])
    shared = used.group_by("kind", "value").aggregate(accounts=_.account_id.nunique())
    return (
        used.inner_join(shared.filter(shared.accounts > 1), ["kind", "value"])
        .select("account_id", "kind", "value")
        .distinct()
        .order_by("kind", "value", "account_id")
    )


def connected(edges: Iterable[Row]) -> list[int]:
    """Sizes of the connected components of accounts tied by shared means, largest first.

    ``edges`` are (account, kind, value); union-find with path halving.
    """
    parent: dict[str, str] = {}

    def root(account: str) -> str:
        while parent[account] != account:
            parent[account] = parent[parent[account]]
            account = parent[account]
        return account

    first_of: dict[tuple[str, str], str] = {}
    for account, kind, value in edges:
        parent.setdefault(account, account)
        first = first_of.setdefault((kind, value), account)
        one, other = root(account), root(first)
        if one != other:
            parent[max(one, other)] = min(one, other)
    return sorted(Counter(root(account) for account in parent).values(), reverse=True)


def _clusters(rows: list[Row], parameters: Parameters) -> list[Row]:
    sizes = connected(rows)
    return [(len(sizes), sum(sizes), sizes[0] if sizes else 0)]


def _cluster_sizes(rows: list[Row], parameters: Parameters) -> list[Row]:
    counted = Counter(connected(rows))
    return [(size, counted[size]) for size in sorted(counted, reverse=True)]


_BY = {
    "by": Parameter(
        default=("payment", "device", "proxy"),
        meaning="what ties two accounts: payment, device, proxy, asn",
        among=tuple(MEANS),
    )
}

CLUSTERS = Figure(
    name="clusters",
    question="Into how many clusters do accounts fall that share means with another?",
    tables=("accounts",),
    needs=(),
    build=_edges,
    finish=_clusters,
    columns=("clusters", "accounts", "largest"),
    metrics=("clusters", "accounts"),
    parameters=_BY,
)
CLUSTER_SIZES = Figure(
    name="cluster-sizes",
    question="How large are the clusters?",
    tables=("accounts",),
    needs=(),
    build=_edges,
    finish=_cluster_sizes,
    columns=("accounts", "clusters"),
    parameters=_BY,
)
