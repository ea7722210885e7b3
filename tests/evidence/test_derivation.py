"""Where items come from: one parent each time, and never in a circle."""

import threading
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from designations.clock import today
from designations.days import PartialDate
from evidence.actions import add_source, derive, end_derivation, import_derivation
from evidence.models import Derivation, EvidenceItem
from evidence.words import DerivationKind

BY = {"actor": "system:test", "reason": "a test"}
Logged = Callable[..., EvidenceItem]


def test_an_item_may_come_from_an_item_and_from_a_source(logged: Logged) -> None:
    article, report, source = logged(), logged(), add_source(name="an official", **BY)

    derive(article, DerivationKind.RELAYS, parent_item=report, **BY)
    derive(article, DerivationKind.SUMMARIZES, parent_source=source, **BY)

    rows = article.derived_from.as_of(today())
    assert [(row.position, row.kind) for row in rows] == [(0, "relays"), (1, "summarizes")]
    article.refresh_from_db()
    assert article.revision == 3


@pytest.mark.parametrize("parents", [(), ("item", "source")])
def test_none_or_two_parents_are_refused(logged: Logged, parents: tuple[str, ...]) -> None:
    given = {"item": logged(), "source": add_source(name="S", **BY)}
    with pytest.raises(ValidationError, match="exactly one parent"):
        derive(
            logged(),
            DerivationKind.RELAYS,
            **{f"parent_{name}": given[name] for name in parents},
            **BY,
        )


def test_an_item_cannot_come_from_itself(logged: Logged) -> None:
    item = logged()

    with pytest.raises(ValidationError, match="from itself"):
        derive(item, DerivationKind.COPIES, parent_item=item, **BY)


def test_a_circle_is_refused_and_named(logged: Logged) -> None:
    chain = [logged(f"E-{number}") for number in range(1, 5)]
    for parent, child in pairwise(chain):
        derive(child, DerivationKind.RELAYS, parent_item=parent, **BY)

    with pytest.raises(ValidationError) as refusal:
        derive(chain[0], DerivationKind.RELAYS, parent_item=chain[3], **BY)

    assert (
        "E-1 comes from E-4 comes from E-3 comes from E-2 comes from E-1"
        in refusal.value.message_dict["parent_item"][0]
    )
    assert Derivation.objects.count() == 3


def test_two_ways_to_one_origin_are_no_circle(logged: Logged) -> None:
    origin, left, right, end = (logged() for _ in range(4))
    derive(left, DerivationKind.RELAYS, parent_item=origin, **BY)
    derive(right, DerivationKind.RELAYS, parent_item=origin, **BY)
    derive(end, DerivationKind.SUMMARIZES, parent_item=left, **BY)

    derive(end, DerivationKind.SUMMARIZES, parent_item=right, **BY)

    assert end.derived_from.count() == 2


def test_an_ended_derivation_closes_no_circle(logged: Logged) -> None:
    one, other = logged(), logged()
    row = derive(one, DerivationKind.COPIES, parent_item=other, **BY)
    end_derivation(row, **BY)

    derive(other, DerivationKind.COPIES, parent_item=one, **BY)

    assert Derivation.objects.as_of(today()).count() == 1


def test_an_imported_derivation_without_days_lives_as_long_as_its_items(
    logged: Logged,
) -> None:
    one, other = logged(), logged()
    undated = import_derivation(one, DerivationKind.COPIES, parent_item=other, **BY)
    dated = import_derivation(
        one,
        DerivationKind.VERIFIES,
        parent_item=logged(),
        entered=PartialDate.parse("2020-02"),
        **BY,
    )

    assert undated.entered is None
    assert str(dated.entered) == "2020-02"
    with pytest.raises(ValidationError, match="closes a circle"):
        import_derivation(other, DerivationKind.COPIES, parent_item=one, **BY)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("by_action", [True, False], ids=["by the action", "by raw rows"])
def test_two_transactions_cannot_close_a_circle_between_them(
    logged: Logged, by_action: bool
) -> None:
    """Each sees no circle of its own; together they would make one."""
    one, other = logged("E-1"), logged("E-2")
    first_has_written, second_is_waiting = threading.Event(), threading.Event()
    refused: list[str] = []

    def write(child: EvidenceItem, parent: EvidenceItem) -> None:
        if by_action:
            derive(child, DerivationKind.COPIES, parent_item=parent, **BY)
        else:
            Derivation.objects.create(child=child, parent_item=parent, kind="copies")

    def second() -> None:
        try:
            first_has_written.wait(10)
            with transaction.atomic():
                second_is_waiting.set()
                write(other, one)
        except (ValidationError, IntegrityError) as error:
            refused.append(str(error))
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic():
        write(one, other)
        first_has_written.set()
        second_is_waiting.wait(10)
        thread.join(0.3)
        assert thread.is_alive(), "the second writer did not wait for the first"
    thread.join(10)

    assert len(refused) == 1
    assert "closes a circle" in refused[0]
    assert Derivation.objects.get().child == one
