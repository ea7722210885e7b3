"""Web and worker own no table: everything they do must work without owning one."""

from collections.abc import Iterator

import pytest
from django.db import connection

from casemgr.actions.links import end_link
from casemgr.ledger.change import Change
from casemgr.ledger.grants import ROLE
from casemgr.models import Assessment, Case
from casemgr.reassess.sweep import sweep
from tests.access.factories import MarkingFactory
from tests.casemgr.factories import ItemFactory, a_case, linked, people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def as_the_service() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_from_opening_a_case_to_its_assessment(as_the_service):
    MarkingFactory(code="CUI")
    case = a_case()
    item = ItemFactory(owner_team=case.team)
    link = linked(case, "L-1", item)
    item.markings = ["CUI"]
    item.save()
    end_link(link, actor=people(case.team)[0], reason="another entity")
    assert sweep() == 1
    assert Assessment.objects.get(case=case).grade == "unsupported"
    assert Case.objects.get(pk=case.pk).markings == ["CUI"]
    assert Change.objects.of(link).count() == 2
