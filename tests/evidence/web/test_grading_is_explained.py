"""What a letter or a number means is said where one chooses it: form, entry and API alike."""

import pytest
from drf_spectacular.generators import SchemaGenerator

from evidence.admiralty import CREDIBILITY, OF_THE_SOURCE, OF_THE_STATEMENT, RELIABILITY, degree
from evidence.words import Reliability
from tests.web.desk import page

pytestmark = pytest.mark.django_db
FORMS = ("/evidence/E-REPORT/grading/", "/evidence/new/press-report/")


def test_every_letter_and_number_has_one_meaning() -> None:
    assert [each.code for each in RELIABILITY] == list(Reliability)
    assert [each.code for each in CREDIBILITY] == list(range(1, 7))
    assert [each.label for each in RELIABILITY] == [
        "completely reliable", "usually reliable", "fairly reliable", "not usually reliable",
        "unreliable", "reliability cannot be judged",
    ]  # fmt: skip
    assert len({each.meaning for each in (*RELIABILITY, *CREDIBILITY)}) == 12
    assert degree(RELIABILITY, "") is None


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize(
    ("field", "rule", "scale"),
    [
        ("reliability", OF_THE_SOURCE, RELIABILITY),
        ("credibility", OF_THE_STATEMENT, CREDIBILITY),
    ],
)
def test_the_rule_is_announced_at_the_field_and_every_choice_says_what_it_means(
    browser, report, address, field, rule, scale
) -> None:
    shown = page(browser, address)
    control = next(a for tag, a in shown.tags if tag == "select" and a.get("name") == field)
    assert control["aria-describedby"] == f"id_{field}_helptext"
    assert any(a.get("id") == control["aria-describedby"] for _, a in shown.tags)
    assert rule in shown.text
    for each in scale:
        assert each.choice in shown.text
        assert each.meaning in shown.text, "the whole scale stands beside the form too"


def test_an_amendment_does_not_ask_for_the_grading_again(browser, report) -> None:
    assert OF_THE_SOURCE not in page(browser, "/evidence/E-REPORT/amend/").text


@pytest.mark.parametrize("shape", ["Grading", "NewGradingRequest", "NewItemRequest", "Item"])
def test_the_description_of_the_api_says_it_too(shape) -> None:
    shapes = SchemaGenerator().get_schema(public=True)["components"]["schemas"]
    fields = shapes[shape]["properties"]
    for field, scale in (("reliability", RELIABILITY), ("credibility", CREDIBILITY)):
        assert all(each.choice in fields[field]["description"] for each in scale)
