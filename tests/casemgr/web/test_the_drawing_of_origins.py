"""Where boxes and lines come to lie: nothing overlaps, whatever is drawn."""

from itertools import combinations

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
    assert drawn.width < 2 * BOX_WIDTH + 200
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


def test_no_line_runs_level_through_a_box() -> None:
    shapes = [voice("v"), *(item(f"i{n}") for n in range(4))]
    lines = [says("i0", "v"), says("i1", "i0"), says("i2", "i1"), says("i3", "v"), says("i3", "i2")]
    drawn = sheet(shapes, lines)
    for arrow in drawn.arrows:
        points = [tuple(map(int, point.split(","))) for point in arrow.points.split()]
        (x1, y), (x2, _) = points[-2:]
        for box in drawn.boxes:
            if box.shape.id not in (arrow.line.child, arrow.line.parent):
                inside = box.y < y < box.y + box.height and x1 < box.x + box.width and box.x < x2
                assert not inside, (arrow.line, box)


def test_an_item_lies_right_of_all_it_comes_from() -> None:
    drawn = sheet(
        [voice("v"), item("a"), item("b")], [says("a", "v"), says("b", "a"), says("b", "v")]
    )
    x = {box.shape.id: box.x for box in drawn.boxes}
    assert x["v"] < x["a"] < x["b"]


def test_what_is_too_long_is_cut_and_said_whole_to_who_asks() -> None:
    (box,) = sheet([item("x" * 200)], []).boxes
    assert len(box.words[0].text) == 30
    assert "x" * 200 in box.name


def test_lines_to_what_is_not_given_are_left_out() -> None:
    assert sheet([item("a")], [says("a", "nobody")]).arrows == []
    assert sheet([], []).boxes == []
