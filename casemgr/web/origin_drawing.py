"""Who says it and who repeats whom, drawn as an indented tree: what comes of a box stands below it.

Pure: takes boxes and lines without places and gives them coordinates, which a template turns into
SVG. Each box has a row of its own and lines keep to the left of what they pass, so none runs
through a box, however many items one origin has, and a narrow screen shows most of it. Everything
drawn is also in the tables beside it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

BOX_WIDTH, LINE_HEIGHT, PADDING = 236, 18, 9
INDENT, GAP, MARGIN = 108, 12, 6
TRUNK = 18
"""From the left edge of a box to the line that goes down from it."""
LANE = 7
"""Between lines that stand side by side in the gutter."""
INSET = 12
"""From the edge of a box to its words, on either side."""
FIRST_SIZE, SIZE = 14, 12
"""Of the letters of a box's first line, and of those below."""
_WIDTHS = ((" !',.:;Iij|·’", 0.31), ("()-/1J[]flrt", 0.43), ("$023456789", 0.68), ("%@MWm—…", 1.0))


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
                _cut(text, (self.width - 2 * INSET) / (SIZE if place else FIRST_SIZE)),
                self.x + INSET,
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
    """Lay out each origin with what goes back to it below it, one step further in.

    An item that comes from several stands below the first; lines from the others come through a
    gutter at left. Lines to shapes that are not given are left out. Chains have no circles: the
    database refuses them.

    >>> drawn = sheet([Shape("v", ("An office",), voice=True), Shape("a", ("A paper",))],
    ...               [Line("a", "v", "says", False)])
    >>> [(box.shape.id, box.x, box.y) for box in drawn.boxes]
    [('v', 6, 6), ('a', 114, 54)]
    """
    known = {shape.id: shape for shape in shapes}
    drawn = [line for line in lines if line.child in known and line.parent in known]
    tree = _tree(known, drawn)
    around = [each for each in drawn if not tree[each.parent].holds(tree[each.child])]
    gutter = {parent: n for n, parent in enumerate(dict.fromkeys(each.parent for each in around))}
    left = MARGIN + (len(gutter) + 1) * LANE if gutter else MARGIN
    boxes: dict[str, Box] = {}
    bottom = MARGIN
    for shape_id, place in tree.items():
        height = 2 * PADDING + LINE_HEIGHT * max(len(known[shape_id].lines), 1)
        boxes[shape_id] = Box(known[shape_id], left + place.depth * INDENT, bottom, height)
        bottom += height + GAP
    deepest = max((place.depth for place in tree.values()), default=0)
    return Sheet(
        width=left + deepest * INDENT + BOX_WIDTH + MARGIN,
        height=max(bottom - GAP, 0) + MARGIN,
        boxes=list(boxes.values()),
        arrows=_arrows(boxes, drawn, {each: gutter[each.parent] for each in around}),
    )


@dataclass(slots=True)
class _Place:
    """A row of the tree: how far in, and the rows below that hang on it."""

    row: int
    depth: int
    last: int

    def holds(self, other: "_Place") -> bool:
        """Whether the other hangs on this, however far down."""
        return self.row < other.row <= self.last


def _tree(known: Mapping[str, Shape], lines: Sequence[Line]) -> dict[str, _Place]:
    """Every shape in the order of its row; origins first, then what nothing leads to."""
    children: dict[str, list[str]] = {}
    for line in lines:
        children.setdefault(line.parent, []).append(line.child)
    found: dict[str, _Place] = {}

    def place(shape_id: str, depth: int) -> None:
        if shape_id in found:
            return
        found[shape_id] = here = _Place(len(found), depth, 0)
        for child in children.get(shape_id, ()):
            place(child, depth + 1)
        here.last = len(found) - 1

    for shape_id, shape in known.items():
        if shape.voice:
            place(shape_id, 0)
    led_to = {line.child for line in lines}
    for shape_id in sorted(known, key=lambda each: each in led_to):
        place(shape_id, 0)
    return found


def _arrows(
    boxes: Mapping[str, Box], lines: Sequence[Line], around: Mapping[Line, int]
) -> list[Arrow]:
    arriving = Counter(line.child for line in lines)
    into: Counter[str] = Counter()
    found = []
    for line in lines:
        parent, child = boxes[line.parent], boxes[line.child]
        into[line.child] += 1
        tip, y = child.x, child.y + child.height * into[line.child] // (arriving[line.child] + 1)
        if line in around:
            lane, level = MARGIN + around[line] * LANE, parent.y + parent.height // 2
            way = f"{parent.x},{level} {lane},{level} {lane},{y} {tip - 8},{y}"
        else:
            trunk = parent.x + TRUNK
            way = f"{trunk},{parent.y + parent.height} {trunk},{y} {tip - 8},{y}"
        found.append(
            Arrow(
                line,
                points=way,
                head=f"{tip - 9},{y - 5} {tip - 9},{y + 5} {tip},{y}",
                label_x=tip - 14,
                label_y=y - 5,
            )
        )
    return found


def _cut(text: str, room: float) -> str:
    """What of the text fits into ``room``, in widths of an M of its size."""
    if sum(map(_width, text)) <= room:
        return text
    left, end = room - _width("…"), 0
    while (left := left - _width(text[end])) >= 0:
        end += 1
    return f"{text[:end].rstrip()}…"


def _width(letter: str) -> float:
    """Of a letter in the bold of the pages' font, Public Sans; hardly ever less than it takes."""
    if east_asian_width(letter) in "WF":
        return 1.0
    for letters, width in _WIDTHS:
        if letter in letters:
            return width
    return 0.78 if letter.isupper() else 0.63
