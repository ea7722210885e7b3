"""Step 1: the docket files of one folder, read as one corpus."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import casemgr.apa
from casemgr.apa.record import Docket, Record
from casemgr.docket import DocketError, read_docket, records

SHIPPED = Path(casemgr.apa.__file__).parent / "precedents"
ENDINGS = (".json", ".yaml", ".yml")

Pair = tuple[str, str]


class BacktestError(ValueError):
    """The folder cannot be run. ``problems`` holds every reason, one line each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every case of a folder, in the order of file names, and what must grade below what."""

    records: tuple[Record, ...]
    ordering: tuple[Pair, ...]


def read_folder(folder: Path) -> Corpus:
    """Read every docket file that lies directly in ``folder``.

    Raises BacktestError listing every file that cannot be read, every key that two cases share
    (everything but case keys may repeat between files), or that there is nothing to read.
    """
    if not folder.is_dir():
        raise BacktestError((f"{folder} is not a folder — name one that holds docket files",))
    paths = sorted(
        path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in ENDINGS
    )
    if not paths:
        raise BacktestError(
            (f"{folder} holds no docket file — put {', '.join(ENDINGS)} files directly into it",)
        )
    problems: list[str] = []
    dockets: dict[Path, Docket] = {}
    for path in paths:
        try:
            dockets[path] = read_docket(path)
        except DocketError as error:
            problems += error.lines()
        except OSError as error:
            problems.append(f"{path} cannot be opened: {error.strerror}")
    problems += _shared_keys(dockets)
    if problems:
        raise BacktestError(tuple(problems))
    return Corpus(
        tuple(record for docket in dockets.values() for record in _whole(docket)),
        tuple(dict.fromkeys(pair for docket in dockets.values() for pair in docket.ordering)),
    )


def _whole(docket: Docket) -> list[Record]:
    """The records of a file. A precedent never defaults to today: it is read as a whole."""
    return [
        record if record.case.as_of else replace(record, as_of=None)
        # The first day there is: a case without a day of its own keeps the authority it names.
        for record in records(docket, today=date.min)
    ]


def _shared_keys(dockets: dict[Path, Docket]) -> list[str]:
    first: dict[str, Path] = {}
    problems = []
    for path, docket in dockets.items():
        for case in docket.cases:
            other = first.setdefault(case.key, path)
            if other != path:
                problems.append(
                    f"{path}: cases: the key {case.key!r} is also a case of {other.name} — "
                    "case keys are unique across one folder; rename one of the two"
                )
    return problems
