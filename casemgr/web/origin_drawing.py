"""Who says it and who repeats whom, drawn: origins at left, what goes back to them to the right.

Pure: takes boxes and lines without places and gives them coordinates, which a template turns into
SVG. Each item has a row of its own, so no line runs through a box, however many items one origin
has. Everything drawn is also in the tables beside it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BOX_WIDTH, LINE_HEIGHT, PADDING = 236, 18, 9
GAP_X, GAP_Y, MARGIN = 132, 12, 6
LONGEST = (30, 37)
"""Characters that fit the first line of a box, and each of the smaller ones below."""
_LANES = 5
"""Upright lines that stand side by side between two columns."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An origin or an item: what its box says and how it looks.

    ``voice``: an origin; ``counts``: it is weighed; ``interested``: it gains by the finding;
    ``behind``: it is not linked here itself. ``address`` empty: nothing to open.
    """

    id: str
    lines: tuple[str, ...]
    address: str = ""
    voice: bool = False
    counts: bool = True
    interested: bool = False
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The child comes from the parent in the way ``word`` says; ``repeats``: it adds no voice."""

    child: str
    parent: str
    word: str
    repeats: bool


@dataclass(frozen=True, slots=True)
class Words:
    """One line of a box, as far as the box takes it, with its place."""

    text: str
    x: int
    y: int
    first: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A shape with its place."""

    shape: Shape
    x: int
    y: int
    height: int
    width: int = BOX_WIDTH

    @property
    def name(self) -> str:
        """All it says, uncut, for those who hear it or hover."""
        return ", ".join(self.shape.lines)

    @property
    def words(self) -> list[Words]:
        """Its lines."""
        return [
            Words(
                _cut(text, LONGEST[place > 0]),
                self.x + 12,
                self.y + PADDING + 13 + place * LINE_HEIGHT,
                not place,
            )
            for place, text in enumerate(self.shape.lines)
        ]

    @property
    def radius(self) -> int:
        """Origins are round, items are not."""
        return 16 if self.shape.voice else 0

    @property
    def inner(self) -> dict[str, int]:
        """The second outline of one that gains by the finding."""
        return {
            "x": self.x + 4,
            "y": self.y + 4,
            "width": self.width - 8,
            "height": self.height - 8,
            "radius": max(self.radius - 4, 0),
        }

    @property
    def dashes(self) -> str:
        """Dashed where it does not count, dotted where it stands behind an item."""
        if not self.shape.counts:
            return "7 4"
        return "2 3" if self.shape.behind else ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line from a parent right to what came of it, with its word before the head."""

    line: Line
    points: str
    head: str
    label_x: int
    label_y: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Boxes and arrows on a sheet of this size."""

    width: int
    height: int
    boxes: Sequence[Box]
    arrows: Sequence[Arrow]


def sheet(shapes: Sequence[Shape], lines: Sequence[Line]) -> Sheet:
    """Lay out origins at left and each item one column right of the farthest it comes from.

    Lines to shapes that are not given are left out. Chains have no circles: the database refuses
    them.

    >>> drawn = sheet([Shape("v", ("An office",), voice=True), Shape("a", ("A paper",))],
    ...               [Line("a", "v", "says", False)])
    >>> [(box.shape.id, box.x, box.y) for box in drawn.boxes]
    [('v', 6, 6), ('a', 374, 6)]
    """
    known = {shape.id: shape for shape in shapes}
    drawn = [line for line in lines if line.child in known and line.parent in known]
    column = _columns(known, drawn)
    boxes: dict[str, Box] = {}
    bottom = MARGIN
    for row in _rows(known, drawn):
        tallest = 0
        for shape_id in row:
            shape = known[shape_id]
            height = 2 * PADDING + LINE_HEIGHT * len(shape.lines)
            x = MARGIN + column[shape_id] * (BOX_WIDTH + GAP_X)
            boxes[shape_id] = Box(shape, x, bottom, height)
            tallest = max(tallest, height)
        bottom += tallest + GAP_Y
    widest = max(column.values(), default=0)
    return Sheet(
        width=2 * MARGIN + (widest + 1) * BOX_WIDTH + widest * GAP_X,
        height=max(bottom - GAP_Y, 0) + MARGIN,
        boxes=list(boxes.values()),
        arrows=_arrows(boxes, drawn),
    )


def _columns(known: Mapping[str, Shape], lines: Sequence[Line]) -> dict[str, int]:
    parents: dict[str, list[str]] = {}
    for line in lines:
        parents.setdefault(line.child, []).append(line.parent)
    found: dict[str, int] = {}

    def of(shape_id: str) -> int:
        if shape_id not in found:
            above = [of(parent) + 1 for parent in parents.get(shape_id, ())]
            found[shape_id] = max(above, default=0 if known[shape_id].voice else 1)
        return found[shape_id]

    for shape_id in known:
        of(shape_id)
    return found


def _rows(known: Mapping[str, Shape], lines: Sequence[Line]) -> list[list[str]]:
    """Each item on a row of its own, under what it comes from; a voice beside its first item."""
    children: dict[str, list[str]] = {}
    for line in lines:
        children.setdefault(line.parent, []).append(line.child)
    rows: list[list[str]] = []
    placed: set[str] = set()

    def below(parent: str) -> None:
        for child in children.get(parent, ()):
            if child not in placed:
                placed.add(child)
                rows.append([child])
                below(child)

    for shape_id, shape in known.items():
        if not shape.voice:
            continue
        first = len(rows)
        below(shape_id)
        if first < len(rows):
            rows[first].insert(0, shape_id)
        else:
            rows.append([shape_id])
    rows += [[shape_id] for shape_id, s in known.items() if not s.voice and shape_id not in placed]
    return rows


def _arrows(boxes: Mapping[str, Box], lines: Sequence[Line]) -> list[Arrow]:
    arriving = Counter(line.child for line in lines)
    into: Counter[str] = Counter()
    lanes: dict[str, int] = {}
    found = []
    for line in lines:
        parent, child = boxes[line.parent], boxes[line.child]
        into[line.child] += 1
        lane = lanes.setdefault(line.parent, len(lanes) % _LANES)
        x1, y1 = parent.x + parent.width, parent.y + parent.height // 2
        y2 = child.y + child.height * into[line.child] // (arriving[line.child] + 1)
        bend = x1 + 8 + 6 * lane
        tip = child.x
        found.append(
            Arrow(
                line,
                points=f"{x1},{y1} {bend},{y1} {bend},{y2} {tip - 8},{y2}",
                head=f"{tip - 9},{y2 - 5} {tip - 9},{y2 + 5} {tip},{y2}",
                label_x=tip - 14,
                label_y=y2 - 5,
            )
        )
    return found


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
