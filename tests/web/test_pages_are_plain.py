"""Rules of every page: nothing inline, headings in order, labels, a constant number of queries."""

from itertools import pairwise

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.words import Role
from casemgr.models import Case
from tests.access.factories import member
from tests.web.desk import more_cases, page, reading

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "/",
    "/cases/",
    "/cases/?stage=open&due_from=2026-01-01&sort=-grade",
    "/board/",
    "/status/",
    "/docket/change/?act=stage&case=WEB-1",
    "/docket/change/?act=lead&case=WEB-1",
    "/cases/WEB-1/",
    "/cases/WEB-1/stress/",
    "/cases/WEB-1/compare/",
    "/cases/WEB-1/gap/",
    "/cases/WEB-1/what-if/",
    "/cases/WEB-1/decision/",
    "/cases/WEB-1/treatment/",
    "/cases/WEB-1/law/",
    "/cases/WEB-1/treatment/comparators/new/",
    "/cases/WEB-1/treatment/positions/new/",
    "/cases/WEB-1/treatment/gaps/new/",
    "/cases/WEB-1/chronology/",
    "/cases/WEB-1/changes/",
    "/cases/WEB-1/elements/X-1/",
    "/cases/WEB-1/elements/X-1a/",
    "/cases/WEB-1/elements/X-1a/assignment/",
    "/cases/WEB-1/elements/X-1a/origins/",
    "/cases/WEB-1/elements/X-1/origins/",
    "/evidence/E-1/corroboration/",
    "/sources/S-PAPER/",
    "/sources/S-PAPER/description/",
    "/cases/WEB-1/tasks/",
    "/cases/WEB-1/tasks/new",
    "/tasks/",
    "/notifications/",
    "/views/",
    "/portfolio-runs/",
    "/designees/ftm/",
    "/library/",
    "/library/shelf-list/2021/",
)


@pytest.fixture
def counsel(team, case, version):
    return reading(member(team, Role.COUNSEL))


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(counsel, address) -> None:
    shown = page(counsel, address)
    for tag, attributes in shown.tags:
        assert tag not in ("style", "iframe", "object", "embed"), tag
        assert tag != "script" or (attributes.get("src") or "").startswith("/static/"), attributes
        assert "style" not in attributes, (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        for name in ("href", "src", "action"):
            value = attributes.get(name) or ""
            assert not value.startswith(("http:", "https:", "//", "javascript:")), value


@pytest.mark.parametrize("address", ADDRESSES)
def test_headings_begin_with_one_h1_and_skip_no_level(counsel, address) -> None:
    levels = page(counsel, address).headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_tag_is_closed_and_every_id_is_there_once(counsel, address) -> None:
    shown = page(counsel, address)
    assert shown.unclosed == []
    ids = [attributes["id"] for _, attributes in shown.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    for _, attributes in shown.tags:
        for named in (attributes.get("aria-labelledby") or "").split():
            assert named in ids


@pytest.mark.parametrize("address", ADDRESSES)
def test_fields_have_labels_and_header_cells_a_scope(counsel, address) -> None:
    shown = page(counsel, address)
    labeled = {attributes.get("for") for tag, attributes in shown.tags if tag == "label"}
    for tag, attributes in shown.tags:
        if tag in ("select", "input") and attributes.get("type") != "hidden":
            assert attributes.get("aria-label") or attributes["id"] in labeled
        if tag == "th":
            assert attributes.get("scope") in ("col", "row", "rowgroup")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_to_ourselves_leads_somewhere(counsel, address) -> None:
    links = {
        (attributes["href"] or "").partition("#")[0]
        for tag, attributes in page(counsel, address).tags
        if tag == "a" and (attributes["href"] or "").startswith(("/cases", "/library"))
    }
    for link in links:
        assert counsel.get(link).status_code == 200, link


@pytest.mark.parametrize("address", ("/", "/cases/", "/cases/WEB-1/", "/tasks/", "/library/"))
def test_the_number_of_queries_does_not_grow_with_the_cases(
    settings, counsel, case, address
) -> None:
    # A session kept in the cache costs a query whenever the cache forgets it.
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"

    def queries() -> int:
        caches["optional"].clear()
        with CaptureQueriesContext(connection) as captured:
            assert counsel.get(address).status_code == 200
        return len(captured)

    few = queries()
    more_cases(case, 20)
    assert Case.objects.count() == 21
    assert queries() == few
