"""What is wrong with a docket file, said so that it can be mended without asking."""

from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, where it stands, and what would mend it.

    ``path`` names the place as in ``cases[0].links[3].item``; ``line`` counts from 1 and is
    None where the text has no usable lines (a JSON file that is not readable as YAML too).
    """

    path: str
    message: str
    fix: str = ""
    line: int | None = None

    def __str__(self) -> str:
        where = self.path or "docket file"
        return f"{where}: {self.message}" + (f" — {self.fix}" if self.fix else "")


class DocketError(ValueError):
    """A docket file cannot be used. ``errors`` holds every problem found, in file order."""

    def __init__(self, errors: tuple[Problem, ...], filename: str = "") -> None:
        self.errors = errors
        self.filename = filename
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """One line per problem: ``FILE:LINE: path: message``."""
        name = self.filename or "docket"
        return [
            f"{name}:{problem.line}: {problem}" if problem.line else f"{name}: {problem}"
            for problem in self.errors
        ]


def dotted(path: Path) -> str:
    """The path as people write it.

    >>> dotted(("cases", 0, "links", 3, "item"))
    'cases[0].links[3].item'
    """
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text
