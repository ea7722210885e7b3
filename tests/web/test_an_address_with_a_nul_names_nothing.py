"""An address that no database can hold names nothing, on every page alike."""

import pytest

from access.words import Role
from tests.access.factories import member
from tests.web.desk import reading

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/cases/%00/",
        "/cases/WEB-1/elements/%00/",
        "/evidence/%00/",
        "/evidence/%00/corroboration/",
        "/evidence/%00/exhibits/1/",
        "/evidence/%00/stix.json",
        "/evidence/new/%00/",
        "/library/%00/1/",
        "/portals/%00/",
        "/sources/%00/",
        "/tasks/%00/",
    ],
)
def test_it_is_not_found(case, team, address) -> None:
    assert reading(member(team, Role.COUNSEL)).get(address).status_code == 404
