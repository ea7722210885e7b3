"""Every figure says of a synthetic campaign what its plan says, whatever the format."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.figures import ACCOUNTS, CATALOG, EXCHANGES, Source, compute, figure_named
from evidence.synthetic import plan_campaign, truth_of, write_campaign


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_in_every_format(written, form):
    plan = plan_campaign(11, accounts=400, exchanges=90_000, days=40)
    sources = written(plan, form)
    for name, rows in truth_of(plan).items():
        assert compute(figure_named(name), sources).rows == rows, name


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    accounts=st.integers(1, 120),
    each=st.integers(1, 60),
    days=st.integers(1, 20),
)
def test_at_any_size(seed, accounts, each, days):
    plan = plan_campaign(seed, accounts, accounts * each, days)
    with tempfile.TemporaryDirectory() as folder:
        files = write_campaign(plan, Path(folder))
        sources = [
            Source(table, path, "parquet")
            for table, path in zip((ACCOUNTS, EXCHANGES), files, strict=True)
        ]
        for name, rows in truth_of(plan).items():
            if name not in ("provider-overlap", "designee-overlap"):
                assert compute(figure_named(name), sources).rows == rows, name


def test_the_truth_covers_every_figure_on_accounts_and_exchanges_but_two():
    """Period and shared means have no truth of their own; they are tested on rows by hand."""
    about = {each.name for each in CATALOG if "shipments" not in each.tables}
    plan = plan_campaign(1, accounts=3, exchanges=3, days=1)
    assert about - set(truth_of(plan)) == {"period", "shared-means"}


def test_one_seed_is_one_campaign():
    assert plan_campaign(5, 50, 500, 9) == plan_campaign(5, 50, 500, 9)
    assert plan_campaign(5, 50, 500, 9) != plan_campaign(6, 50, 500, 9)


@pytest.mark.parametrize(("accounts", "exchanges"), [(0, 0), (10, 9), (1, 100_000)])
def test_a_campaign_that_cannot_be_is_refused(accounts, exchanges):
    with pytest.raises(ValueError, match="account"):
        plan_campaign(1, accounts, exchanges, days=3)
