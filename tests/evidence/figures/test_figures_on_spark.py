"""The same figures on Spark: the expressions are compiled for it and it runs them, in local mode.

Needs Java and the packages of requirements-spark.txt (`make test-spark`); left out, with the
reason, where either is missing.
"""

import importlib.util
import shutil
from datetime import datetime, timedelta
from random import Random

import duckdb
import pytest

from evidence.figures import (
    ACCOUNTS,
    CATALOG,
    EXCHANGES,
    SHIPMENTS,
    FigureError,
    Source,
    compute,
    compute_in,
    engine_named,
    figure_named,
)
from evidence.figures.compute import checked
from evidence.synthetic import plan_campaign, truth_of

MISSING = [
    *([] if importlib.util.find_spec("pyspark") else ["the package pyspark"]),
    *([] if shutil.which("java") else ["Java"]),
]
pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"NOT PROVEN ON SPARK: {' and '.join(MISSING)} missing: make test-spark"
)
ON_ACCOUNTS = [figure for figure in CATALOG if "shipments" not in figure.tables]
ON_SHIPMENTS = [figure for figure in CATALOG if "shipments" in figure.tables]


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    """Spark as its own configuration says: where it runs, and in how few parts for so few rows."""
    folder = tmp_path_factory.mktemp("conf")
    settings = "spark.master local[2]\nspark.sql.shuffle.partitions 2\n"
    (folder / "spark-defaults.conf").write_text(settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(folder))
        yield engine_named("pyspark")


def same_on_both(spark, figures, sources):
    """The rows by figure, after DuckDB and Spark gave the same ones of the same Python types."""
    found = {}
    with engine_named("duckdb").opened(sources) as duck, spark.opened(sources) as opened:
        for figure in figures:
            here, there = compute_in(duck, figure), compute_in(opened, figure)
            assert repr(there.rows) == repr(here.rows), figure.name
            assert there.parameters == here.parameters == checked(figure, {})
            assert there.engine.startswith("spark ")
            found[figure.name] = here.rows
    return found


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_every_figure_of_a_campaign_is_that_of_duckdb_and_of_the_generator(spark, written, form):
    plan = plan_campaign(11, accounts=400, exchanges=90_000, days=40)
    found = same_on_both(spark, ON_ACCOUNTS, written(plan, form))
    truth = truth_of(plan)
    assert {name: found[name] for name in truth} == truth


@pytest.fixture
def shipments(csv_file):
    dice = Random(5)  # noqa: S311 - reproducible, not secret
    lines = [
        "shipment_id,shipped_at,eccn,quantity,value_usd,consignee,origin,destination,transit,license"
    ]
    for number in range(500):
        at = datetime(2025, 1, 1) + timedelta(minutes=dice.randrange(700_000))
        lines.append(
            f"s-{number // 2},{at},{dice.choice(['3A090', '4A090', ''])},{dice.randrange(90)},"
            f"{dice.choice(['', dice.randrange(9_000_000)])},"
            f"{dice.choice(['Süd Ltd', 'Co %', 'éa', ''])},"
            f"US,{dice.choice(['SG', 'DE', ''])},{dice.choice(['', 'MY>HK', 'KR'])},"
            f"{dice.choice(['', 'NAC', 'none'])}"
        )
    return Source(SHIPMENTS, csv_file(*lines, name="shipments.csv"), "csv")


def test_every_figure_of_shipments_is_that_of_duckdb(spark, shipments):
    found = same_on_both(spark, ON_SHIPMENTS, [shipments])
    assert all(found.values())


def test_words_and_times_that_engines_treat_differently(spark, csv_file):
    """Case, accents, quotes, empty and missing words, both ends of a day, years far off."""
    accounts = csv_file(
        "account_id,provider,payment_id,device_id,created_at,declared_country,asn,designee",
        'a,P1,"x, ""y""",D,2026-01-01 23:59:59.999999,US,-1,D',
        "A,P2,x,d,2026-01-01T23:30:00+02:00,us,9223372036854775807,d",
        "á,p1,É,É,1969-12-31 23:59:59,,64512,",
        "b,,É,\\N,9999-12-31 00:00:00,CN,64512,É",
        "B,ß,' OR 1=1 --,É,,CN,,e",
        name="accounts.csv",
    )
    exchanges = csv_file(
        "account_id,at,country,capability",
        "a,2026-03-08 02:30:00,CN,B",
        "A,2026-11-01 01:30:00,HK,a",
        "á,,CN,á",
        "b,1969-12-31 23:59:59,CN,",
        name="exchanges.csv",
    )
    sources = [Source(ACCOUNTS, accounts, "csv"), Source(EXCHANGES, exchanges, "csv")]
    same_on_both(spark, ON_ACCOUNTS, sources)
    for parameters in ({"at_least": 2}, {"at_least": 3}):
        figure = figure_named("creation-bursts")
        assert compute(figure, sources, parameters, spark).rows == (
            compute(figure, sources, parameters).rows
        )


def test_several_files_of_a_table_and_what_is_stated_of_them(spark, csv_file):
    one = csv_file("account_id,payment_id", "a,card", name="one.csv")
    other = csv_file("id,payment_id", "b,card", name="other.csv")
    sources = [
        Source(ACCOUNTS, one, "csv", stated={"provider": "North"}),
        Source(ACCOUNTS, other, "csv", {"account_id": "id"}, {"provider": "South"}),
    ]
    found = same_on_both(spark, [figure_named("provider-overlap")], sources)
    assert found["provider-overlap"] == (("North", "South", "payment", 1),)


def test_a_parquet_file_of_other_types_is_read_as_duckdb_reads_it(spark, tmp_path):
    path = tmp_path / "ex {1}.parquet"
    duckdb.sql("SET TimeZone = 'America/New_York'")
    duckdb.sql(
        "COPY (SELECT 1.5 AS who, TIMESTAMPTZ '2026-01-01 23:30:00-05' AS \"at\""
        f" UNION ALL SELECT 2, NULL) TO '{path}' (FORMAT parquet)"
    )
    source = Source(EXCHANGES, path, "parquet", {"account_id": "who"})
    found = same_on_both(spark, [figure_named("period"), figure_named("exchanges")], [source])
    assert found["period"][0][0] == datetime(2026, 1, 2, 4, 30)


def test_a_sum_too_large_is_said_and_not_wrapped_around(spark, csv_file):
    lines = ("shipment_id,eccn,quantity", "a,3A090,9223372036854775807", "b,3A090,1")
    source = Source(SHIPMENTS, csv_file(*lines), "csv")
    with pytest.raises(FigureError, match="Spark could not compute it"):
        compute(figure_named("shipments-by-eccn"), [source], engine=spark)


def test_it_runs_where_the_configuration_of_spark_says(spark, csv_file):
    with spark.opened([Source(EXCHANGES, csv_file("account_id", "a"), "csv")]) as opened:
        asked = "SET spark.sql.shuffle.partitions"
        assert opened.rows(asked) == [("spark.sql.shuffle.partitions", "2")]


def test_a_column_that_holds_nothing_is_an_error_there_too(spark, csv_file):
    source = Source(EXCHANGES, csv_file("account_id,at", "a,"), "csv")
    with pytest.raises(FigureError, match=r"needs exchanges\.at"):
        compute(figure_named("period"), [source], engine=spark)
