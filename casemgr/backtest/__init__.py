"""The back-test: what the review engine says of grounds that courts have decided.

The steps are the files: ``folder`` (docket files to one corpus) → ``ground`` (each decided ground
beside the engine's grade) → ``null_model`` (what the encoder alone would give away) → ``score``
(recall, false alarms, ordering) → ``as_json``, ``as_text``, ``as_markdown``. Pure Python: no
Django, no database. What the figures mean and do not mean: docs/backtest.md.
"""

from casemgr.backtest.folder import SHIPPED, BacktestError, Corpus, read_folder
from casemgr.backtest.ground import Ground, Verdict, decided_grounds
from casemgr.backtest.score import Score, score

__all__ = [
    "SHIPPED",
    "BacktestError",
    "Corpus",
    "Ground",
    "Score",
    "Verdict",
    "decided_grounds",
    "read_folder",
    "score",
]
