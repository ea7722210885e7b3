"""Items to look at, and people who look."""

from typing import Any

import pytest
from django.test import Client

from access.models import Team, User
from access.words import Role
from evidence.actions import add_source, attach_exhibit, derive, state_fraudulent_accounts
from evidence.models import EvidenceItem
from evidence.words import DerivationKind
from tests.access.factories import member
from tests.evidence.conftest import BY
from tests.evidence.intake.working import taken_in
from tests.evidence.streams import of_bytes


@pytest.fixture
def desk(team: Team) -> User:
    """An analyst of the team."""
    return member(team, Role.ANALYST)


@pytest.fixture
def browser(desk: User) -> Client:
    """A browser in which the analyst is signed in."""
    client = Client()
    client.force_login(desk)
    return client


@pytest.fixture
def report(logged: Any) -> EvidenceItem:
    """A report with one of everything."""
    source = add_source(name="A provider", role="affected-party", **BY)
    letter = logged("E-LETTER", title="A letter", source=source)
    item: EvidenceItem = logged(
        "E-REPORT",
        kind="fraudulent-account-report",
        title="Accounts under false names",
        summary="Accounts were opened. <b>Not bold</b>",
        citation="https://reports.example.org/2026/accounts",
        source=source,
    )
    state_fraudulent_accounts(item, provider="A provider", accounts=24000, **BY)
    derive(item, DerivationKind.RELAYS, parent_item=letter, **BY)
    attach_exhibit(item, of_bytes(b"account,day\n1,2026-02-01\n"), "accounts.csv", **BY)
    taken_in()
    return item
