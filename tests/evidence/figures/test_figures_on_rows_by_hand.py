"""What each figure counts, on a handful of rows that can be counted with the eye."""

from datetime import date, datetime

import pytest

from evidence.figures import ACCOUNTS, EXCHANGES, SHIPMENTS, Source, compute, figure_named
from evidence.figures.infrastructure import connected


@pytest.fixture
def accounts(csv_file):
    path = csv_file(
        "account_id,provider,payment_id,device_id,proxy_id,asn,declared_country",
        "a,P1,card-1,dev-1,,64512,US",
        "b,P2,card-1,dev-2,,64512,US",
        "c,P1,card-2,dev-2,,64513,CN",
        "d,P1,card-3,dev-3,,,SG",
        name="accounts.csv",
    )
    return Source(ACCOUNTS, path, "csv")


@pytest.fixture
def exchanges(csv_file):
    path = csv_file(
        "account_id,at,country",
        "a,2026-01-01 23:59:59,CN",
        "a,2026-01-02 00:00:00,US",
        "b,2026-01-04 12:00:00,CN",
        "c,2026-01-04 12:00:01,CN",
        name="exchanges.csv",
    )
    return Source(EXCHANGES, path, "csv")


def rows(name, *sources, **parameters):
    return compute(figure_named(name), sources, parameters).rows


def test_the_period_counts_both_ends(exchanges):
    assert rows("period", exchanges) == (
        (datetime(2026, 1, 1, 23, 59, 59), datetime(2026, 1, 4, 12, 0, 1), 4),
    )


def test_days_without_an_exchange_are_not_listed(exchanges):
    assert rows("volume-by-day", exchanges) == (
        (date(2026, 1, 1), 1, 1),
        (date(2026, 1, 2), 1, 1),
        (date(2026, 1, 4), 2, 2),
    )


def test_shared_means_name_what_more_than_one_account_uses(accounts):
    assert rows("shared-means", accounts) == (
        ("asn", "64512", 2),
        ("device", "dev-2", 2),
        ("payment", "card-1", 2),
    )


def test_accounts_hang_together_through_different_means(accounts):
    assert rows("clusters", accounts) == ((1, 3, 3),)
    assert rows("clusters", accounts, by=("payment",)) == ((1, 2, 2),)


def test_evasion_leaves_out_accounts_that_declared_the_restricted_country(accounts, exchanges):
    assert rows("geographic-evasion", accounts, exchanges) == ((2, 2),)
    assert rows("geographic-evasion", accounts, exchanges, restricted=("SG",)) == ((0, 0),)


def test_a_means_used_at_two_providers_is_counted_once_a_pair(accounts):
    assert rows("provider-overlap", accounts) == (
        ("P1", "P2", "device", 1),
        ("P1", "P2", "payment", 1),
    )


def test_the_busiest_accounts_are_rounded_up(exchanges):
    assert rows("concentration", exchanges, percent=34) == ((2, 3, 4),)


def test_union_find_joins_chains_whatever_their_order():
    chain = [(name, "payment", str(n // 2)) for n, name in enumerate("abbccd")]
    assert connected(chain) == connected(reversed(chain)) == [4]


@pytest.fixture
def shipments(csv_file):
    path = csv_file(
        "shipment_id,shipped_at,eccn,quantity,value_usd,consignee,origin,destination,transit,license",
        "s1,2025-01-01 00:00:00,3A090,10,300000,Old Co,US,SG,,L-1",
        "s2,2026-01-01 00:00:00,3A090,20,600000,Old Co,US,SG,,L-1",
        "s3,2026-01-01 00:00:00,3A090,30,900000,New Co,US,KR,MY>HK,",
        "s4,2026-01-01 00:00:00,EAR99,5,100,Shop,US,DE,,none",
        name="shipments.csv",
    )
    return Source(SHIPMENTS, path, "csv")


def test_value_and_quantity_by_classification_and_license(shipments):
    assert rows("shipments-by-eccn", shipments) == (
        ("3A090", 3, 60, 1_800_000),
        ("EAR99", 1, 5, 100),
    )
    assert rows("shipments-by-license", shipments)[0] == ("L-1", 2, 30, 900_000)
    assert ("not stated", 1, 30, 900_000) in rows("shipments-by-license", shipments)


def test_red_flags_are_new_consignees_reached_through_a_hub(shipments):
    assert rows("red-flag-routes", shipments) == (
        ("New Co", 1, 30, 900_000),
        ("Old Co", 1, 10, 300_000),
    )
    assert rows("red-flag-routes", shipments, hubs=("HK",)) == (("New Co", 1, 30, 900_000),)
