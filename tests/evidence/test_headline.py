"""What a reader knows an item by."""

from evidence.models import EvidenceItem


def test_its_title_comes_first() -> None:
    item = EvidenceItem(key="E-1", title="Detecting attacks", summary="Three laboratories …")
    assert item.headline == "Detecting attacks"


def test_without_a_title_how_what_it_says_begins_cut_between_words() -> None:
    item = EvidenceItem(key="E-1", summary="The company\nsays  " + "very much " * 30)
    assert item.headline.startswith("The company says very much")
    assert item.headline.endswith("much …") or item.headline.endswith("very …")
    assert len(item.headline) <= 110


def test_and_with_neither_its_key() -> None:
    assert EvidenceItem(key="E-1").headline == "E-1"
