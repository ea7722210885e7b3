"""The rows of a plan as files: accounts one by one, exchanges unfolded by DuckDB."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from evidence.synthetic.plan import CAPABILITIES, Account, Plan

OPTIONS = {
    "parquet": "FORMAT parquet, COMPRESSION zstd",
    "csv": "FORMAT csv, HEADER",
    "jsonl": "FORMAT json",
}
COLUMNS = (
    *("account_id", "provider", "designee", "created_at", "declared_country"),
    *("payment_id", "device_id", "proxy_id", "asn"),
)
PLANNED = ("number", "exchanges", "first_day", "days", "automated", "evading", "evades_from")


def write_campaign(plan: Plan, folder: Path, form: str = "parquet") -> tuple[Path, Path]:
    """Write ``accounts`` and ``exchanges`` into ``folder``; the paths of both.

    ``form`` is parquet, csv or jsonl. Memory stays below a gibibyte whatever the size.
    """
    accounts, exchanges = folder / f"accounts.{form}", folder / f"exchanges.{form}"
    with TemporaryDirectory() as drafts, duckdb.connect(":memory:") as connection:
        connection.execute("SET memory_limit = '1GB'")
        connection.execute("SET preserve_insertion_order = true")
        planned = Path(drafts) / "plan.csv"
        with planned.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow([*COLUMNS, *PLANNED])
            rows.writerows(_row(account) for account in plan.accounts)
        connection.execute("CREATE TABLE plan AS SELECT * FROM read_csv(?)", [str(planned)])
        connection.execute(
            f"COPY (SELECT {', '.join(COLUMNS)} FROM plan ORDER BY number) "
            f"TO {_text(accounts)} ({OPTIONS[form]})"
        )
        connection.execute(f"COPY ({_exchanges(plan)}) TO {_text(exchanges)} ({OPTIONS[form]})")
    return accounts, exchanges


def _row(account: Account) -> list[object]:
    return [
        "" if value is None else value
        for value in (getattr(account, name) for name in (*COLUMNS, *PLANNED))
    ]


def _exchanges(plan: Plan) -> str:
    turns = ", ".join(f"'{name}'" for name in CAPABILITIES)
    return f"""
SELECT account_id,
       TIMESTAMP '{plan.start:%Y-%m-%d %H:%M:%S}' + to_seconds(
           (first_day + k % days) * 86400
           + (CASE WHEN automated THEN k // days % 24 ELSE 9 + k // days % 8 END) * 3600
           + (CASE WHEN automated THEN k // days // 24 ELSE k // days // 8 END) % 60 * 60
           + number % 60) AS at,
       [{turns}][1 + k % {len(CAPABILITIES)}] AS capability,
       CASE WHEN k < evading THEN evades_from ELSE declared_country END AS country,
       asn, proxy_id, 200 + k % 800 AS input_tokens, 900 + k % 3000 AS output_tokens
  FROM (SELECT *, unnest(range(exchanges)) AS k FROM plan ORDER BY number)
"""


def _text(path: Path) -> str:
    escaped = str(path).replace("'", "''")
    return f"'{escaped}'"
