"""The number of queries of every list, the checklist and the status, at one size and at three.

tests/query_counts.json holds the numbers. When one changes on purpose, write them anew:

    UPDATE_QUERY_COUNTS=1 make test PYTEST_ARGS="tests/api/test_query_counts.py"

and look at the difference before you commit it: a number never grows with the rows.
"""

import json
import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.actions import create_team
from access.models import Marking
from access.words import Role
from casemgr.actions.cases import open_package, rest_on
from casemgr.actions.comments import write_comment
from casemgr.actions.findings import Wording, write_finding
from casemgr.actions.saved_views import save_view
from casemgr.actions.tasks import NewTask, make_task
from casemgr.actions.treatment import (
    add_comparator,
    add_milestone,
    note_record_defect,
    state_prior_position,
)
from casemgr.models import Case, CaseElement, DefectKind
from casemgr.words import MilestoneKind
from designations.actions import add_name, state_ownership, verify_text
from designations.days import PartialDate
from evidence.actions import (
    StatedClaim,
    add_source,
    attach_exhibit,
    derive,
    describe_source,
    share,
    state_claims,
)
from evidence.words import DerivationKind
from tests.access.factories import client_of, member
from tests.api.endpoints import endpoints
from tests.api.world import BY, CUI, World, assessed
from tests.casemgr.factories import DesigneeFactory, ItemFactory, a_case, element_of, linked

FILE = Path(__file__).parent.parent / "query_counts.json"
FEW, MANY = 2, 6
MORE = (
    "/api/v1/cases/{case_key}/checklist",
    "/api/v1/cases/{case_key}/elements/{code}/origins",
    "/api/v1/evidence/{item_key}/corroboration",
    "/api/v1/status/cases",
)
COUNTED = sorted(
    endpoint.template
    for endpoint in endpoints()
    if endpoint.is_list or (endpoint.method == "GET" and endpoint.template in MORE)
)

pytestmark = pytest.mark.django_db


def grow(world: World, rows: int) -> None:
    """Add ``rows`` of everything that a list shows."""
    by: dict[str, Any] = {"actor": world.counsel, "reason": "a test"}
    for number in range(rows):
        create_team(f"Team {rows} {number}", **BY)
        Marking.objects.create(code=f"M-{rows}-{number}", title="A marking")
        person = member(world.team, Role.ANALYST, cleared_markings=[CUI])
        designee = DesigneeFactory()
        add_name(designee, f"Alias {rows} {number}", **BY)
        state_ownership(designee, world.designee, 1, 2, **BY)
        source = add_source(name=f"Source {number}", owner_team=world.team, **BY)
        verify_text(world.version, "element", "L-1", "verified", source="a register", **BY)
        case = a_case(world.team, version=world.version, designee=designee, actor=world.analyst,
                      lead=person)  # fmt: skip
        linked(case, "L-1", world.item)
        CaseElement.objects.filter(case=case).update(assignee=person)
        case.package = open_package(f"Package {number}", world.team, **by)
        case.save()
        assessed(case)
        rest_on(world.case, case, **by)
        item = ItemFactory(owner_team=world.team, source=source, markings=[CUI])
        linked(world.case, "L-1", item)
        derive(world.item, DerivationKind.ANALYZES, parent_item=item, **BY)
        attach_exhibit(world.item, BytesIO(f"{rows} {number}".encode()), f"{number}.txt", **BY)
        share(world.item, create_team(f"Other {rows} {number}", **BY), **BY)
        add_milestone(world.case, MilestoneKind.VOTE, PartialDate(2026, 1, 6), **by)
        add_comparator(world.case, "Another", element=element_of(world.case, "L-1"), **by)
        state_prior_position(world.case, "Otherwise", **by)
        note_record_defect(world.case, DefectKind.CITED_BUT_ABSENT, f"Letter {number}", **by)
        write_finding(element_of(case, "L-1"), Wording(text="So it is."), **by)
        new = NewTask(title="Look", element=element_of(world.case, "L-1"), assignee=person)
        make_task(world.case, new, **by)
        write_comment(world.case, f"See this, @{person} and @cora.", actor=person, reason="a test")
        save_view("docket", f"View {rows} {number}", "", team=world.team, **by)
        last = world.source.descriptors.live().get()
        describe_source(world.source, last.pk, expertise=f"{rows} {number}", **by)
    state_claims(world.item, [StatedClaim(metric=f"m{n}") for n in range(rows * 2)], **BY)
    assessed(Case.objects.get(pk=world.case.pk))


def counts(world: World) -> dict[str, int]:
    """Queries of one request to each address, by a token that has just been used."""
    client = client_of(world.counsel)
    client.get("/api/v1/me")
    found = {}
    for template in COUNTED:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(world.url(template, world.counsel))
        assert answer.status_code == 200, template
        found[f"GET {template}"] = len(queries)
    return found


def test_queries_are_as_many_as_the_file_says_and_do_not_grow_with_the_rows(world: World):
    grow(world, FEW)
    few = counts(world)
    grow(world, MANY - FEW)
    many = counts(world)
    assert {name: (few[name], many[name]) for name in few if few[name] != many[name]} == {}
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        FILE.write_text(json.dumps(few, indent=2, sort_keys=True) + "\n")
    assert json.loads(FILE.read_text()) == few
