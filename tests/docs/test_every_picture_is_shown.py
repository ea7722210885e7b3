"""docs/pages.md shows every picture that `make screenshots` takes, and none that it does not."""

import re

from config.environment import PROJECT
from tests.e2e.pages import PAGES


def test_the_page_of_pictures_shows_what_is_taken() -> None:
    text = (PROJECT / "docs" / "pages.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[([^\]]*)\]\(screenshots/([\w-]+)\.png\)", text)
    assert shown == [(picture.words, picture.name) for picture in PAGES]


def test_every_picture_is_there_and_small() -> None:
    folder = PROJECT / "docs" / "screenshots"
    taken = {file.stem: file.stat().st_size for file in folder.glob("*.png")}
    assert set(taken) == {picture.name for picture in PAGES}
    assert all(size < 400_000 for size in taken.values())
