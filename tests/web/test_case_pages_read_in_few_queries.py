"""The pages of a case cost as many queries with much evidence as with little."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.words import Role
from casemgr.actions.links import Bearing, answer_contrary, link_evidence
from casemgr.models import CaseElement, Link
from casemgr.words import AnswerState, Stance
from evidence.models import Derivation
from tests.access.factories import member
from tests.casemgr.factories import ItemFactory
from tests.web.desk import assessed, page, reading

pytestmark = pytest.mark.django_db
MOST = {
    "/cases/WEB-1/": 12,
    "/cases/WEB-1/elements/X-1a/": 23,
    "/cases/WEB-1/elements/X-1a/origins/": 35,
    "/cases/WEB-1/elements/X-1/origins/": 35,
    "/evidence/E-1/corroboration/": 35,
    "/cases/WEB-1/elements/X-1a/finding/": 29,
    "/cases/WEB-1/elements/X-1a/attach/": 14,
    "/cases/WEB-1/decision/": 22,
    "/cases/WEB-1/treatment/": 18,
    "/cases/WEB-1/law/": 18,
    "/cases/WEB-1/stress/": 36,
    "/cases/WEB-1/compare/": 38,
    "/cases/WEB-1/gap/": 36,
    "/cases/WEB-1/what-if/": 37,
    "/cases/WEB-1/chronology/": 19,
    "/cases/WEB-1/changes/": 24,
    "/cases/WEB-1/?as_of=2026-03-05": 46,
}


def more_evidence(case, counsel, count: int) -> None:
    """Items for and against, some copies of others, some answered."""
    element = CaseElement.objects.select_related("case__team", "element").get(
        case=case, element__code="X-1a"
    )
    first = None
    for number in range(count):
        item = ItemFactory(owner_team=case.team)
        stance = Stance.CONTRADICTS if number % 3 else Stance.SUPPORTS
        bearing = Bearing(stance=stance, why="it bears on it")
        link = link_evidence(element, item, bearing, actor=counsel, reason="it bears on it")
        if stance is Stance.CONTRADICTS and number % 2:
            answer_contrary(link, AnswerState.ANSWERED, "No.", actor=counsel, reason="answered")
        if stance is Stance.SUPPORTS:
            if first is not None:
                Derivation.objects.create(child=item, parent_item=first, kind="relays")
            first = first or item


@pytest.fixture
def counsel(team):
    return member(team, Role.COUNSEL)


@pytest.mark.parametrize("address", MOST)
def test_the_number_of_queries_does_not_grow_with_the_evidence(
    settings, case, counsel, address
) -> None:
    # A session kept in the cache costs a query whenever the cache forgets it.
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    reader = reading(counsel)

    def queries() -> int:
        page(reader, address)
        with CaptureQueriesContext(connection) as captured:
            page(reader, address)
        return len(captured)

    more_evidence(case, counsel, 4)
    assessed(case)
    few = queries()
    assert few <= MOST[address], few
    more_evidence(case, counsel, 24)
    assessed(case)
    assert Link.objects.count() == 31
    assert queries() == few
