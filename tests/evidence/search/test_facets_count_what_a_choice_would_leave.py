"""Facets: counted once over what the reader may see, each under the choices in the others."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from access.models import User
from designations.days import PartialDate
from evidence.actions import StatedClaim, add_source, attach_exhibit, state_claims, withdraw
from evidence.search.asked import Asked
from evidence.search.facets import BY_NAME, FACETS, choices, counts
from evidence.words import ClaimState
from tests.evidence.conftest import BY
from tests.evidence.intake.working import taken_in
from tests.evidence.streams import of_bytes

pytestmark = pytest.mark.django_db


def asked(query: str = "") -> Asked:
    return Asked.read(QueryDict(query))


def listed(user: User, query: str = "") -> set[str]:
    return {item.key for item in asked(query).rows(user)}


def counted(user: User, query: str = "") -> dict[str, dict[str, int]]:
    question = asked(query)
    return counts(question.base(user), question.chosen)


@pytest.fixture
def shelf(logged, markings):
    press = add_source(name="A paper", role="press", **BY)
    first = logged("E-1", kind="press-report", source=press, dated=PartialDate.parse("2026-02"))
    second = logged("E-2", kind="court-filing", access="public", privilege="deliberative")
    third = logged("E-3", kind="press-report", markings=["CUI"], supersedes=first)
    attach_exhibit(second, of_bytes(b"text"), "a.txt", **BY)
    state_claims(
        first,
        [
            StatedClaim(metric="accounts", check=ClaimState.CONTRADICTED),
            StatedClaim(metric="exchanges"),
        ],
        **BY,
    )
    withdraw(third, third.revision, **BY)


@pytest.fixture
def cleared(person, team, shelf) -> User:
    return person("cleared", team, markings=("CUI",))


def test_each_facet_says_what_each_choice_would_leave(cleared) -> None:
    found = counted(cleared)
    assert found[""] == {"": 3}
    assert found["kind"] == {"press-report": 2, "court-filing": 1}
    assert found["role"] == {"press": 1, "not-stated": 2}
    assert found["link"] == {"unlinked": 3}
    assert found["exhibit"] == {"file": 1, "waiting": 1, "citation": 2}
    assert found["claims"] == {"contradicted": 1, "never": 1, "none": 2}
    assert found["access"] == {"public": 1, "not-stated": 2}
    assert found["privilege"] == {"deliberative": 1, "not-stated": 2}
    assert found["marking"] == {"CUI": 1, "not-stated": 2}
    assert found["status"] == {"superseded": 1, "current": 1, "withdrawn": 1}
    assert found["year"] == {"2026": 1, "not-stated": 2}


def test_files_in_quarantine_are_found(analyst, logged) -> None:
    logged("E-CITATION")
    attach_exhibit(logged("E-WHOLE"), of_bytes(b"text"), "a.txt", **BY)
    attach_exhibit(logged("E-QUARANTINE"), of_bytes(b"text"), "a.png", **BY)
    taken_in()
    assert counted(analyst)["exhibit"] == {"file": 2, "citation": 1, "quarantined": 1}
    assert listed(analyst, "exhibit=quarantined") == {"E-QUARANTINE"}


def test_every_count_is_the_number_of_rows_that_the_choice_lists(cleared) -> None:
    for facet in FACETS:
        for value, number in counted(cleared)[facet.name].items():
            assert len(listed(cleared, f"{facet.name}={value}")) == number, (facet.name, value)


def test_a_choice_narrows_the_other_facets_and_not_its_own(cleared) -> None:
    found = counted(cleared, "kind=court-filing")
    assert found["kind"] == {"press-report": 2, "court-filing": 1}
    assert found["exhibit"] == {"file": 1, "waiting": 1}
    assert found[""] == {"": 1}


def test_two_values_of_one_facet_are_alternatives(cleared) -> None:
    assert listed(cleared, "kind=court-filing&kind=press-report") == {"E-1", "E-2", "E-3"}
    assert listed(cleared, "kind=court-filing&exhibit=citation") == set()


def test_what_the_reader_may_not_see_is_neither_listed_nor_counted(
    analyst, shelf, person, other_team
) -> None:
    assert listed(analyst) == {"E-1", "E-2"}
    assert "CUI" not in counted(analyst)["marking"]
    # E-3, which supersedes E-1, is beyond the reader's sight: not even that it is there is said.
    assert counted(analyst)["status"] == {"current": 2}
    stranger = person("stranger", other_team)
    assert counted(stranger) == {"": {"": 0}, **{facet.name: {} for facet in FACETS}}


def test_dates_words_and_order_come_from_the_address(cleared) -> None:
    assert listed(cleared, "from=2026-02-28&to=2026-02-28") == {"E-1"}
    assert [item.key for item in asked("sort=key").rows(cleared)] == ["E-1", "E-2", "E-3"]
    assert asked("q=a&sort=nonsense").sort == "best"
    assert asked("from=nonsense").dated_from is None


def test_an_address_says_the_whole_question_again() -> None:
    query = "q=chips&kind=press-report&kind=other&from=2026-01-01&sort=title"
    question = asked(query)
    assert asked(question.address()) == question
    assert question.address(without=("kind", "other")) == query.replace("&kind=other", "")
    assert "q=" not in question.address(q="")


def test_a_value_chosen_that_no_item_has_is_still_offered_to_be_taken_back() -> None:
    offered = choices(BY_NAME["kind"], {"other": 2}, ["press-report"], {})
    assert [(each.value, each.items, each.chosen) for each in offered] == [
        ("press-report", 0, True),
        ("other", 2, False),
    ]


def test_all_counts_take_one_query(cleared) -> None:
    question = asked("q=paper&kind=press-report")
    base = question.base(cleared)
    with CaptureQueriesContext(connection) as queries:
        counts(base, question.chosen)
    assert sum("evidence_evidenceitem" in query["sql"] for query in queries) == 1
