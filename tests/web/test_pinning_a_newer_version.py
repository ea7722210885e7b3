"""A case moves to a newer version of its law by someone who saw what that changes."""

from dataclasses import replace
from datetime import date

import pytest

from access.words import Role
from casemgr.actions.findings import Wording, write_finding
from casemgr.models import CaseElement, Pin
from casemgr.web.remedies import REPIN, flags_of
from designations.actions import load_authority
from designations.days import PartialDate, Period
from designations.models import Origin
from tests.access.factories import TeamFactory, UserFactory, member
from tests.casemgr.factories import LIST, a_case, element_of, law
from tests.web.desk import Page, page, reading

pytestmark = pytest.mark.django_db


def newer(label: str, begins: str, **changed: str):
    """The small list from a later day: L-1 as it was, L-2 in other words, one more, one less."""
    kept = [
        replace(each, text=changed.get(each.code, each.text))
        for each in LIST.elements
        if changed.get(each.code) != ""
    ]
    more = replace(next(each for each in LIST.elements if not each.join), code="L-9", text="is new")
    return law(
        replace(
            LIST,
            version=label,
            in_force=Period(PartialDate.parse(begins), None),
            elements=(*kept, more),
        )
    )


@pytest.fixture
def case(team):
    return a_case(team)


@pytest.fixture
def counsel(case, team):
    return reading(member(team, Role.COUNSEL))


@pytest.fixture
def address(case):
    return f"/cases/{case.key}/law/"


@pytest.fixture
def version(case):
    return newer("2026-12", "2026-12-18", **{"L-2": "is owned or controlled from abroad"})


def sending(case, version, **more):
    pin = case.pins.latest("pk")
    sent = {"version": version.pk, "pinned": pin.pk, "from_day": "2026-12-18", "reason": "Rule."}
    return sent | more


def test_without_a_newer_version_the_page_says_so(counsel, address) -> None:
    assert "The library holds no newer version of it." in page(counsel, address).text


def test_each_element_says_whether_it_changes_and_whether_its_finding_goes_along(
    case, team, counsel, address, version
) -> None:
    for code in ("L-1", "L-2"):
        write_finding(
            element_of(case, code),
            Wording(text="It is so."),
            actor=member(team, Role.ANALYST),
            reason="written",
        )
    shown = page(counsel, address)
    first = shown.text.partition("L-1 ")[2].partition("L-2 ")[0]
    second = shown.text.partition("L-2 ")[2].partition("L-9 ")[0]
    third = shown.text.partition("L-9 ")[2]
    assert "reads the same" in first and "Its finding is carried." in first
    assert "changed" in second and "Its finding is not carried." in second
    assert "added" in third and "Nothing is carried to it." in third
    assert "ins" in [tag for tag, _ in shown.tags]


def test_an_element_that_the_newer_version_drops_is_shown_as_removed(
    case, counsel, address
) -> None:
    newer("2027", "2027-01-01", **{"L-2": ""})
    assert "removed" in page(counsel, address).text.partition("L-2 ")[2]


def test_pinned_with_a_day_and_a_reason_what_reads_the_same_is_carried(
    case, counsel, address, version
) -> None:
    done = counsel.post(address, sending(case, version))
    assert done["Location"] == address
    pin = Pin.objects.latest("pk")
    assert (pin.version, pin.entered_on) == (version, date(2026, 12, 18))
    carried = CaseElement.objects.filter(pin=pin, carries__isnull=False)
    codes = set(carried.values_list("element__code", flat=True))
    assert "L-1" in codes
    assert not codes & {"L-2", "L-9"}


@pytest.mark.parametrize("left_out", ["reason", "from_day"])
def test_it_is_not_pinned_without_a_day_and_a_reason(
    case, counsel, address, version, left_out
) -> None:
    answer = counsel.post(address, sending(case, version, **{left_out: ""}))
    assert answer.status_code == 422
    assert "This field is required." in Page(answer.content.decode()).text
    assert case.pins.count() == 1


def test_what_the_action_refuses_is_said_at_the_day(case, counsel, address, version) -> None:
    counsel.post(address, sending(case, version))
    later = newer("2027", "2027-01-01")
    answer = counsel.post(address, sending(case, later, from_day="2026-12-01"))
    assert answer.status_code == 422
    assert "choose a later day" in answer.content.decode()
    assert 'id="id_from_day_error"' in answer.content.decode()
    assert case.pins.count() == 2


def test_a_comparison_read_before_another_pin_pins_nothing(case, counsel, address, version) -> None:
    stale = sending(case, version)
    counsel.post(address, stale)
    later = newer("2027", "2027-01-01")
    answer = counsel.post(address, stale | {"version": later.pk, "from_day": "2027-01-01"})
    assert answer.status_code == 422
    assert "The case was pinned anew" in answer.content.decode()
    assert case.pins.count() == 2


def test_only_a_newer_version_of_the_same_law_in_the_library_is_offered(
    case, counsel, address, version
) -> None:
    other = load_authority(
        replace(LIST, slug="another", version="2030"), Origin.LIBRARY, actor="t", reason="t"
    ).version
    assert "another" not in page(counsel, address).text
    answer = counsel.post(address, sending(case, other))
    assert answer.status_code == 422
    assert case.pins.count() == 1


@pytest.mark.parametrize("role", list(Role))
def test_whoever_keeps_the_pins_of_the_team_may_pin(case, team, address, version, role) -> None:
    assert reading(member(team, role)).post(address, sending(case, version)).status_code == 302


def test_an_auditor_reads_it_and_pins_nothing_and_a_stranger_finds_nothing(
    case, address, version
) -> None:
    auditor = reading(UserFactory(auditor=True))
    assert "textarea" not in [tag for tag, _ in page(auditor, address).tags]
    assert "Judge the case under" not in page(auditor, address).text
    assert auditor.post(address, sending(case, version)).status_code == 403
    stranger = reading(member(TeamFactory(), Role.COUNSEL))
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, sending(case, version)).status_code == 404
    assert case.pins.count() == 1


def test_the_flag_on_superseded_law_leads_here() -> None:
    flag = {
        "doctrine": "superseded-law",
        "severity": "serious",
        "statement": "X-1: it applied another version.",
        "pending": False,
        "fingerprint": "f" * 64,
    }
    (remedy,) = flags_of({"code": "X-1", "flags": [flag]}, {}, pending=False)
    assert REPIN in remedy.ways
