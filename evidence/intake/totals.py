"""What an archive and all archives within it come to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from evidence.intake.findings import Finding, FoundError, Limits
from evidence.intake.kinds import Kind
from evidence.intake.names import shown


@dataclass(slots=True)
class Total:
    """Entries and bytes so far; raises FoundError where a limit is passed.

    ``look_into``: the kinds that are archives, each with the check of it.
    """

    limits: Limits
    look_into: Mapping[Kind, Callable[..., Any]]
    entries: int = 0
    unpacked: int = 0

    def count(self, entries: int) -> None:
        """So many entries more."""
        self.entries += entries
        if self.entries > self.limits.entries:
            raise FoundError(
                Finding.TOO_MANY,
                f"It holds {self.entries:,} entries; at most {self.limits.entries:,} are looked "
                "through. Attach it in parts.",
            )

    def add(self, unpacked: int) -> None:
        """So many bytes more."""
        self.unpacked += unpacked
        if self.unpacked > self.limits.unpacked:
            raise FoundError(
                Finding.BOMB,
                f"It unpacks to more than {self.limits.unpacked:,} bytes.",
            )

    def compare(self, unpacked: int, *, of: int) -> None:
        """One archive of ``of`` bytes unpacks to so many so far."""
        if unpacked > self.limits.floor and unpacked > self.limits.ratio * max(of, 1):
            raise FoundError(
                Finding.BOMB,
                f"It unpacks to over {self.limits.ratio} times its size ({of:,} bytes to at least "
                f"{unpacked:,}), as a decompression bomb does.",
            )

    def deeper(self, depth: int, name: str, kind: Kind) -> None:
        """``name``, ``kind``, is an archive within the archive at ``depth``."""
        if depth >= self.limits.depth:
            raise FoundError(
                Finding.NESTED,
                f"“{shown(name)}” is {kind.value} within archives {depth} deep; at most "
                f"{self.limits.depth} levels are looked through.",
            )
