"""Who answers for a case is told that a file it rests on is not whole, once until they read it."""

import pytest
from django.db import IntegrityError, transaction

from casemgr.actions.links import end_link
from casemgr.actions.notices import mark_read
from casemgr.models import Notification
from casemgr.reassess.drain import drain_all
from casemgr.web.notices import notices_of
from evidence.actions import attach_exhibit
from evidence.actions.integrity import read_sample
from evidence.models import Exhibit
from tests.access.factories import client_of
from tests.casemgr.factories import ItemFactory, a_case, linked
from tests.evidence.conftest import BY
from tests.evidence.integrity.damage import alter, lose, restore
from tests.evidence.streams import of_bytes


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "exhibits"


@pytest.fixture
def exhibit(desk) -> Exhibit:
    """A file of an item on which two elements rest."""
    item = ItemFactory(owner_team=desk.case.team, key="E-FILE", title="A letter")
    exhibit = attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY)
    linked(desk.case, "L-1", item)
    linked(desk.case, "L-2", item)
    desk.case.lead = desk.ana
    desk.case.save()
    drain_all()
    return exhibit


def found() -> None:
    """What a reading finds is followed."""
    read_sample()
    drain_all()


def told(person) -> list[str]:
    return [row.kind for row in Notification.objects.visible_to(person).unread()]


def test_the_lead_and_counsel_are_told_once_until_they_read_it(desk, exhibit):
    found()
    assert not Notification.objects.exists()
    alter(exhibit)
    found()
    found()
    lose(exhibit)
    found()
    assert (told(desk.ana), told(desk.cora), told(desk.mona)) == (["not-whole"], ["not-whole"], [])
    mark_read(desk.cora)
    restore(exhibit, b"page")
    found()
    assert told(desk.cora) == []
    alter(exhibit)
    found()
    assert (told(desk.ana), told(desk.cora)) == (["not-whole"], ["not-whole"])


def test_of_an_item_on_which_several_cases_rest_one_is_told_once(desk, exhibit):
    other = a_case(desk.case.team, actor=desk.ana, version=desk.case.pins.get().version)
    linked(other, "L-1", exhibit.item)
    drain_all()
    alter(exhibit)
    found()
    assert (told(desk.ana), told(desk.cora)) == (["not-whole"], ["not-whole"])


def test_it_leads_to_the_item_and_is_from_the_service(desk, exhibit):
    alter(exhibit)
    found()
    notice = notices_of(desk.cora, unread=True, most=5)[0]
    assert (notice.who, notice.address) == ("The service", "/evidence/E-FILE/#files")
    row = client_of(desk.cora).get("/api/v1/notifications").json()["results"][0]
    assert (row["kind"], row["by"], row["item"], row["task"]) == ("not-whole", None, "E-FILE", None)


def test_a_link_that_ended_tells_no_one(desk, exhibit):
    for link in exhibit.item.links.all():
        end_link(link, actor=desk.ana, reason="It bears on something else")
    drain_all()
    alter(exhibit)
    found()
    assert not Notification.objects.exists()


def test_the_database_wants_the_item_and_nobody_who_did_it(desk, exhibit):
    alter(exhibit)
    found()
    for change in ({"item": None}, {"by": desk.mona}, {"kind": "assigned"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notification.objects.update(**change)
