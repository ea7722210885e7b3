"""Hand-overs and seals of originals are entered by whoever saw to them, whole and for good."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from designations.clock import today
from designations.days import PartialDate
from evidence.actions import attach_exhibit, certify, enter_by_hand
from evidence.models import CustodyEvent, CustodyKind
from tests.evidence.certificate.test_making_one import text_of
from tests.evidence.conftest import BY
from tests.evidence.streams import of_bytes

pytestmark = pytest.mark.django_db
DAY = PartialDate(2026, 3, 4)


def test_it_says_what_when_who_and_why_and_stands_on_the_certificate(item, analyst) -> None:
    exhibit = attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY)
    event = enter_by_hand(
        item, CustodyKind.SEALED, "The drive, bag 4711", on=DAY, exhibit=exhibit,
        actor=analyst, reason="It came by courier",
    )  # fmt: skip
    assert (event.actor, event.why) == (analyst, "It came by courier")
    assert event.detail == {"what": "The drive, bag 4711", "on": "2026-03-04"}
    text = text_of(certify(exhibit, actor=analyst, reason="For the hearing").pdf)
    assert "sealed on 2026-03-04: The drive, bag 4711" in text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": CustodyKind.VERIFIED}, "kind"),
        ({"what": " "}, "what"),
        ({"reason": " "}, "reason"),
        ({"on": PartialDate(today().year + 1)}, "on"),
    ],
)
def test_what_is_not_so_is_refused_at_its_field(item, analyst, wrong, field) -> None:
    said = {"kind": CustodyKind.TRANSFERRED, "what": "To the court", "on": DAY, "reason": "Asked"}
    said |= wrong
    with pytest.raises(ValidationError) as refused:
        enter_by_hand(item, said.pop("kind"), said.pop("what"), actor=analyst, **said)
    assert list(refused.value.message_dict) == [field]
    assert not CustodyEvent.objects.exclude(kind="logged").exists()


def test_a_file_of_another_item_is_refused(item, logged, analyst) -> None:
    other = attach_exhibit(logged("E-2"), of_bytes(b"page"), "page.txt", **BY)
    with pytest.raises(ValidationError, match="is none of"):
        enter_by_hand(
            item, CustodyKind.SEALED, "Bag 1", on=DAY, exhibit=other, actor=analyst, reason="x"
        )


def test_the_database_wants_who_and_what(item, analyst) -> None:
    for half in ({"actor": None, "detail": {"what": "x"}}, {"actor": analyst, "detail": {}}):
        with pytest.raises(IntegrityError, match="by_hand_whole"), transaction.atomic():
            CustodyEvent.objects.create(item=item, kind="sealed", why="x", **half)
