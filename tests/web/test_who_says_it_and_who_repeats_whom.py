"""The origins of an element drawn and told: how many voices, who repeats whom, who gains."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.words import Role
from casemgr.actions.cases import rest_on
from casemgr.models import Assessment, Case, Pin
from evidence.actions import withdraw
from evidence.models import Derivation, EvidenceItem
from tests.access.factories import TeamFactory, client_of, member
from tests.casemgr.factories import ItemFactory, SourceFactory, a_case, against, linked
from tests.web.desk import assessed, page, reading
from tests.web.test_case_page import row_of

pytestmark = pytest.mark.django_db
BY: dict[str, str] = {"actor": "system:test", "reason": "a test"}
ORIGINS = "/cases/WEB-1/elements/X-1a/origins/"
API = "/api/v1/cases/WEB-1/elements/X-1a/origins"


@pytest.fixture
def counsel(team):
    return reading(member(team, Role.COUNSEL))


def origins_assessed(case: Case, code: str = "X-1a") -> int:
    """How many the newest assessment counts."""
    checklist = Assessment.objects.filter(case=case).latest("seq").read_checklist()
    return next(each["origins"] for each in checklist["elements"] if each["code"] == code)


def drawn(shown) -> list[str]:
    """What the boxes of items in the drawings say."""
    return re.findall(r'<a href="[^"]*evidence[^"]*">\s*<title>(.*?)</title>', shown.html)


def test_a_paper_that_repeats_the_registry_is_no_second_voice(counsel, case) -> None:
    text = page(counsel, ORIGINS).text
    assert "For: 1 independent origin" in text
    assert "2 items say so and go back to 1 independent origin." in text
    assert "relays E-1 no origin of its own" in text
    assert "word of Company registry" in text


def test_the_drawing_counts_as_the_assessment_does(counsel, case, team) -> None:
    party = SourceFactory(interested=True, name="A competitor")
    linked(case, "X-1a", ItemFactory(owner_team=team, source=party))
    linked(case, "X-1a", ItemFactory(owner_team=team))
    assessed(case)
    answer = client_of(member(team, Role.COUNSEL)).get(API).json()
    counting = [
        node for node in answer["supports"]["nodes"] if node["kind"] == "origin" and node["counts"]
    ]
    assert len(counting) == answer["supports"]["origins"] == origins_assessed(case) == 3
    text = page(counsel, ORIGINS).text
    assert "For: 3 independent origins" in text
    assert "of which 1 gains by the finding" in text
    assert "A competitor affected party yes ◆ yes" in text


def test_a_group_shows_the_parts_that_carry_it(counsel, case) -> None:
    text = page(counsel, "/cases/WEB-1/elements/X-1/origins/").text
    assert f"For: {origins_assessed(case, 'X-1')} independent origin" in text
    assert "the parts that carry it: X-1a" in text


def test_what_cuts_the_other_way_is_drawn_apart(counsel, case) -> None:
    text = page(counsel, ORIGINS).text.partition("Against:")[2]
    assert text.strip().startswith("1 independent origin")
    assert "The company denies it." in text


def test_a_withdrawn_item_stays_in_sight_with_the_reason(counsel, case, team) -> None:
    item = ItemFactory(owner_team=team, title="Gone")
    linked(case, "X-1a", item)
    withdraw(item, item.revision, **BY)
    shown = page(counsel, ORIGINS)
    assert "1 item left out, with the reason." in shown.text
    assert any("left out: it was withdrawn on" in words for words in drawn(shown))
    assert "counts for nothing here" in shown.text


def test_every_item_drawn_is_a_link_and_says_itself_whole(counsel, case, team) -> None:
    name = "An item with a name so long that no box of any drawing could ever hold all of it"
    linked(case, "X-1a", ItemFactory(owner_team=team, title=name))
    shown = page(counsel, ORIGINS)
    assert len(drawn(shown)) == 4
    assert any(words.startswith(name) for words in drawn(shown))
    assert "An item with a name so lon…" in shown.text
    regions = [a for tag, a in shown.tags if a.get("role") == "region"]
    assert all(each["tabindex"] == "0" and each["aria-label"] for each in regions)


def test_the_matrix_and_the_element_lead_there(counsel, case) -> None:
    for address in ("/cases/WEB-1/", "/cases/WEB-1/elements/X-1a/"):
        links = [a.get("href") for tag, a in page(counsel, address).tags if tag == "a"]
        assert ORIGINS in links, address
    assert "weak 2 1 1 unanswered 1 0" in row_of(page(counsel, "/cases/WEB-1/"), "X-1a")


def test_out_of_sight_is_not_found(case) -> None:
    stranger = reading(member(TeamFactory(), Role.COUNSEL))
    for address in (ORIGINS, "/evidence/E-1/corroboration/"):
        assert stranger.get(address).status_code == 404
    assert client_of(member(TeamFactory(), Role.COUNSEL)).get(API).status_code == 404


def test_an_unknown_element_is_not_found(counsel, case, team) -> None:
    assert counsel.get("/cases/WEB-1/elements/X-99/origins/").status_code == 404
    client = client_of(member(team, Role.COUNSEL))
    assert client.get("/api/v1/cases/WEB-1/elements/X-99/origins").status_code == 404


def test_the_api_says_who_comes_from_whom(case, team) -> None:
    side = client_of(member(team, Role.COUNSEL)).get(API).json()["supports"]
    assert {"child": "E-2", "parent": "E-1", "kind": "relays", "repeats": True} in side["edges"]
    assert {"child": "E-1", "parent": "item E-1", "kind": None, "repeats": False} in side["edges"]


def test_the_api_reads_an_earlier_day(case, team) -> None:
    client = client_of(member(team, Role.COUNSEL))
    side = client.get(f"{API}?as_of=2026-01-01").json()["supports"]
    assert (side["origins"], side["nodes"]) == (0, [])


def test_beside_an_item_stand_who_confirms_and_who_repeats_it(counsel, case, team) -> None:
    other = ItemFactory(owner_team=team, title="A second registry")
    linked(case, "X-1a", other)
    text = page(counsel, "/evidence/E-1/corroboration/").text
    assert "WEB-1 X-1a did the thing" in text
    assert "1 item of other origins on its side; 1 only repeats its origin." in text
    assert f"A second registry {other.key} · other of its own no" in text
    assert "2 independent origins on its side in all, 1 on the other." in text
    places = client_of(member(team, Role.COUNSEL)).get("/api/v1/evidence/E-1/corroboration")
    (place,) = places.json()["places"]
    assert (place["confirming"], place["repeating"]) == ([other.key], ["E-2"])


@pytest.mark.parametrize("address", [ORIGINS, API, "/evidence/E-1/corroboration/"])
def test_fifty_items_cost_as_many_queries_as_one(settings, case, team, address) -> None:
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    person = member(team, Role.COUNSEL)
    reader = client_of(person) if address == API else reading(person)

    def queries() -> int:
        assert reader.get(address).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            reader.get(address)
        return len(captured)

    first = ItemFactory(owner_team=team)
    linked(case, "X-1a", first)
    with_one = queries()
    for number in range(49):
        item = ItemFactory(owner_team=team)
        Derivation.objects.create(child=item, parent_item=first, kind="relays")
        (linked if number % 2 else against)(case, "X-1a", item)
    assert queries() == with_one


def test_an_item_linked_nowhere_says_so(counsel, case, team) -> None:
    item = ItemFactory(owner_team=team)
    assert "nothing stands beside it" in page(counsel, f"/evidence/{item.key}/corroboration/").text


def test_a_case_out_of_sight_is_not_told_beside_an_item(counsel, case, team) -> None:
    Case.objects.filter(pk=case.pk).update(team=TeamFactory())
    assert "WEB-1" not in page(counsel, "/evidence/E-1/corroboration/").text


def test_a_case_pinned_to_no_version_today_is_passed_over(counsel, case, team) -> None:
    resting = a_case(team)
    rest_on(resting, case, **BY)
    linked(resting, "L-1", EvidenceItem.objects.get(key="E-1"))
    Pin.objects.filter(case=case).update(ended_on=date(2026, 1, 1), ended_on_precision="day")
    text = page(counsel, "/evidence/E-1/corroboration/").text
    assert f"{resting.key} L-1" in text
    assert "WEB-1 X-1a" not in text
