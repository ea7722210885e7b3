"""Every page but the login and the health check is for people who are signed in."""

import pytest
from django.test import Client
from django.urls import reverse

from access.words import Role
from tests.access.factories import member
from tests.web.desk import reading

PAGES = (
    "/",
    "/cases/",
    "/cases/WEB-1/",
    "/cases/WEB-1/elements/X-1a/",
    "/library/",
    "/library/shelf-list/2021/",
)


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_stranger_is_sent_to_the_login(address) -> None:
    answer = Client().get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_pages_are_read_and_never_written(address, team, case, version) -> None:
    assert reading(member(team, Role.COUNSEL)).post(address).status_code == 405
