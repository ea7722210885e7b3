"""What a person decides before the parties of a file are entered: who is whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

NEW = "new"
"""Stands where a key would: the party is a designee of its own."""


class Others(StrEnum):
    """What becomes of parties that may be here already and that nobody spoke of."""

    ASK = "ask"
    NEW = "new"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Choices:
    """``same`` gives for the id of a party the key of the designee it is, or ``NEW``."""

    same: Mapping[str, str] = field(default_factory=dict)
    others: Others = Others.ASK
    papers: bool = True
    """Whether documents and sanctions become items of evidence."""
