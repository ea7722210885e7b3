"""The derivation of an item, drawn: who told whom, origins on top.

Pure: takes who comes from whom and gives boxes and lines with coordinates, which a template turns
into SVG. Everything drawn is also in a table beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BOX_WIDTH, BOX_HEIGHT = 208, 54
GAP_X, GAP_Y = 28, 58
MARGIN = 8
LINE = 27
"""Characters of a label that fit a box."""


@dataclass(frozen=True, slots=True)
class Node:
    """One item or source. ``address`` empty: nothing to open."""

    id: str
    label: str
    kind: str
    address: str = ""
    focus: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """The child comes from the parent, in the way ``kind`` says; collapsed copies are no origin."""

    child: str
    parent: str
    kind: str
    collapses: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A node with its place."""

    node: Node
    x: int
    y: int

    @property
    def text_x(self) -> int:
        """Where its words begin."""
        return self.x + 10

    @property
    def first_line(self) -> int:
        """The base of its first line."""
        return self.y + 22

    @property
    def second_line(self) -> int:
        """The base of its second line."""
        return self.y + 41

    @property
    def short(self) -> str:
        """Its label as far as the box takes it."""
        label = self.node.label
        return label if len(label) <= LINE else f"{label[: LINE - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line from a parent down to what came of it, with its word beside it."""

    edge: Edge
    x1: int
    y1: int
    x2: int
    y2: int

    @property
    def label_x(self) -> int:
        """Beside the lower end, where lines from one parent have parted."""
        return self.x1 + (self.x2 - self.x1) * 2 // 3 + 6

    @property
    def label_y(self) -> int:
        """At two thirds of the way."""
        return self.y1 + (self.y2 - self.y1) * 2 // 3

    @property
    def head(self) -> str:
        """The points of the arrow head."""
        return f"{self.x2 - 5},{self.y2 - 9} {self.x2 + 5},{self.y2 - 9} {self.x2},{self.y2}"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and arrows on a sheet of this size."""

    width: int
    height: int
    boxes: Sequence[Box]
    arrows: Sequence[Arrow]


def drawing(nodes: Sequence[Node], edges: Sequence[Edge]) -> Drawing:
    """Lay out a derivation in rows: each node one row below the lowest of its parents.

    Edges to nodes that are not given are left out. Chains have no circles: the database refuses
    them.

    >>> sheet = drawing([Node("a", "An office", "source"), Node("b", "A paper", "item")],
    ...                 [Edge("b", "a", "relays")])
    >>> [(box.node.id, box.y) for box in sheet.boxes]
    [('a', 8), ('b', 120)]
    """
    known = {node.id for node in nodes}
    drawn = [edge for edge in edges if edge.child in known and edge.parent in known]
    depth = _depths(nodes, drawn)
    rows: dict[int, list[Node]] = {}
    for node in nodes:
        rows.setdefault(depth[node.id], []).append(node)
    widest = max((len(row) for row in rows.values()), default=0)
    width = 2 * MARGIN + widest * BOX_WIDTH + max(widest - 1, 0) * GAP_X
    boxes = {}
    for level, row in rows.items():
        taken = len(row) * BOX_WIDTH + (len(row) - 1) * GAP_X
        left = (width - taken) // 2
        for place, node in enumerate(row):
            boxes[node.id] = Box(
                node, left + place * (BOX_WIDTH + GAP_X), MARGIN + level * (BOX_HEIGHT + GAP_Y)
            )
    arrows = [
        Arrow(
            edge,
            boxes[edge.parent].x + BOX_WIDTH // 2,
            boxes[edge.parent].y + BOX_HEIGHT,
            boxes[edge.child].x + BOX_WIDTH // 2,
            boxes[edge.child].y,
        )
        for edge in drawn
    ]
    height = 2 * MARGIN + len(rows) * BOX_HEIGHT + max(len(rows) - 1, 0) * GAP_Y
    return Drawing(width, height, list(boxes.values()), arrows)


def _depths(nodes: Sequence[Node], edges: Sequence[Edge]) -> Mapping[str, int]:
    """Of each node the length of the longest way down to it from an origin."""
    parents: dict[str, list[str]] = {}
    for edge in edges:
        parents.setdefault(edge.child, []).append(edge.parent)
    depth: dict[str, int] = {}

    def of(node: str) -> int:
        if node not in depth:
            depth[node] = max((of(parent) + 1 for parent in parents.get(node, ())), default=0)
        return depth[node]

    for node in nodes:
        of(node.id)
    return depth
