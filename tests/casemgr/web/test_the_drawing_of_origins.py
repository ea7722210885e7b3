"""Where boxes and lines come to lie: nothing overlaps, whatever is drawn."""

from itertools import combinations, pairwise

import pytest

from casemgr.web.origin_drawing import BOX_WIDTH, Line, Shape, sheet


def voice(name: str) -> Shape:
    return Shape(name, (name, "press"), voice=True)


def item(name: str, lines: int = 2) -> Shape:
    return Shape(name, (name,) * lines, address=f"/evidence/{name}/")


def says(child: str, parent: str, word: str = "relays") -> Line:
    return Line(child, parent, word, True)


def test_thirty_items_of_one_origin_stand_below_one_another() -> None:
    shapes = [voice("v"), *(item(f"i{n}", 2 + n % 2) for n in range(30))]
    drawn = sheet(shapes, [says(f"i{n}", "v") for n in range(30)])
    assert len(drawn.boxes) == 31
    assert len(drawn.arrows) == 30
    assert drawn.width < 1.6 * BOX_WIDTH
    assert len({box.x for box in drawn.boxes}) == 2


def test_no_two_boxes_overlap_and_all_lie_on_the_sheet() -> None:
    shapes = [voice("v"), voice("w"), voice("alone"), *(item(f"i{n}", 2 + n % 2) for n in range(9))]
    lines = [
        *(says(f"i{n}", "v") for n in range(4)),
        says("i3", "w"),
        says("i4", "i3"),
        says("i5", "i4"),
        says("i6", "w"),
        says("i7", "i6"),
        says("i7", "i1"),
    ]
    drawn = sheet(shapes, lines)
    for one, other in combinations(drawn.boxes, 2):
        apart = (
            one.x + one.width <= other.x
            or other.x + other.width <= one.x
            or one.y + one.height <= other.y
            or other.y + other.height <= one.y
        )
        assert apart, (one, other)
    assert all(box.x + box.width <= drawn.width for box in drawn.boxes)
    assert all(box.y + box.height <= drawn.height for box in drawn.boxes)


def test_no_line_runs_through_a_box_it_neither_leaves_nor_reaches() -> None:
    shapes = [voice("v"), voice("w"), *(item(f"i{n}") for n in range(6))]
    lines = [
        says("i0", "v"), says("i1", "i0"), says("i2", "i1"), says("i3", "v"), says("i3", "i2"),
        says("i4", "w"), says("i4", "v"), says("i5", "i2"), says("i5", "w"),
    ]  # fmt: skip
    drawn = sheet(shapes, lines)
    for arrow in drawn.arrows:
        points = [tuple(map(int, point.split(","))) for point in arrow.points.split()]
        for (x1, y1), (x2, y2) in pairwise(points):
            for box in drawn.boxes:
                if box.shape.id in (arrow.line.child, arrow.line.parent):
                    continue
                beside = max(x1, x2) <= box.x or min(x1, x2) >= box.x + box.width
                above = max(y1, y2) <= box.y or min(y1, y2) >= box.y + box.height
                assert beside or above, (arrow.line, box)


def test_what_comes_of_a_box_stands_below_it_and_further_in() -> None:
    lines = [says("a", "v"), says("b", "a"), says("b", "v")]
    drawn = sheet([voice("v"), item("a"), item("b")], lines)
    at = {box.shape.id: (box.x, box.y) for box in drawn.boxes}
    assert at["v"] < at["a"] < at["b"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x" * 200, 23),
        ("i" * 200, 46),
        ("W" * 200, 15),
        ("電" * 200, 15),
        ("A line that fits", 16),
    ],
)
def test_what_is_too_long_is_cut_by_its_width_and_said_whole_to_who_asks(text, shown) -> None:
    (box,) = sheet([item(text)], []).boxes
    assert len(box.words[0].text) == shown
    assert text in box.name


def test_lines_to_what_is_not_given_are_left_out() -> None:
    assert sheet([item("a")], [says("a", "nobody")]).arrows == []
    assert sheet([], []).boxes == []
