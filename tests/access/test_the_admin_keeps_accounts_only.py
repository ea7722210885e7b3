"""The admin site is for administrators, shows no token values, and removes nobody."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from access.models import ApiToken, Marking, User
from access.words import Role
from tests.access.factories import MarkingFactory, UserFactory, member, token_for

pytestmark = pytest.mark.django_db
PAGES = ("user", "team", "marking", "apitoken")


@pytest.fixture
def administrator(client):
    user = UserFactory(administrator=True)
    client.force_login(user)
    return client


@pytest.mark.parametrize("page", PAGES)
def test_an_administrator_opens_every_page_of_accounts(administrator, page) -> None:
    token_for(UserFactory())
    MarkingFactory()
    assert administrator.get(f"/admin/access/{page}/").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_staff_without_that_standing_opens_none(client, team, page) -> None:
    client.force_login(member(team, Role.MANAGER, is_staff=True))
    assert client.get(f"/admin/access/{page}/").status_code == 403


def test_no_digest_and_no_part_of_a_value_is_shown(administrator) -> None:
    token, value = token_for(UserFactory())
    for page in ("", f"{token.pk}/change/"):
        text = administrator.get(f"/admin/access/apitoken/{page}").content.decode()
        shown = text.replace(f"/admin/access/apitoken/{token.pk}/", "")
        assert value not in shown
        assert token.token_key not in shown


def test_tokens_are_revoked_there_and_not_removed(administrator) -> None:
    token, _ = token_for(UserFactory())
    asked = {"action": "revoke", "_selected_action": [token.pk]}
    administrator.post("/admin/access/apitoken/", asked)
    token.refresh_from_db()
    assert timezone.now() - token.revoked_on < timedelta(minutes=1)
    removal = administrator.post(f"/admin/access/apitoken/{token.pk}/delete/", {"post": "yes"})
    assert removal.status_code == 403
    assert ApiToken.objects.filter(pk=token.pk).exists()


def test_a_marking_is_added(administrator) -> None:
    asked = {"code": "CUI", "title": "Controlled unclassified", "rank": "0", "notes": ""}
    assert administrator.post("/admin/access/marking/add/", asked).status_code == 302
    assert Marking.objects.get().code == "CUI"


def test_people_are_never_removed_there(administrator) -> None:
    user = UserFactory()
    assert administrator.post(f"/admin/access/user/{user.pk}/delete/").status_code == 403
    assert User.objects.filter(pk=user.pk).exists()


def test_nobody_raises_their_own_clearance(administrator) -> None:
    MarkingFactory(code="CUI")
    user = User.objects.get(is_administrator=True)
    page = administrator.get(f"/admin/access/user/{user.pk}/change/").content.decode()
    assert 'name="cleared_markings"' not in page
    other = UserFactory()
    page = administrator.get(f"/admin/access/user/{other.pk}/change/").content.decode()
    assert 'name="cleared_markings"' in page


def test_its_own_login_leads_to_ours(client) -> None:
    answer = client.get("/admin/login/?next=/admin/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_a_change_there_names_the_administrator_and_the_request(administrator) -> None:
    asked = {"code": "CUI", "title": "Controlled unclassified", "rank": "0", "notes": ""}
    headers = {"HTTP_X_REQUEST_ID": "from-the-admin-1"}
    administrator.post("/admin/access/marking/add/", asked, **headers)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor, request, reason FROM casemgr_change WHERE \"table\" = 'access_marking'"
        )
        recorded = cursor.fetchall()
    user = User.objects.get(is_administrator=True)
    assert recorded == [(user.key, "from-the-admin-1", "Changed in the admin site")]


def test_nobody_sets_the_password_of_another_there(administrator) -> None:
    user = UserFactory()
    before = user.password
    given = {"password1": "a much longer one", "password2": "a much longer one"}
    answer = administrator.post(f"/admin/access/user/{user.pk}/password/", given)
    assert answer["Location"] == f"/people/{user.key}/"
    page = administrator.get(f"/admin/access/user/{user.pk}/change/").content.decode()
    assert 'name="password' not in page
    assert 'name="is_active"' not in page
    user.refresh_from_db()
    assert user.password == before


def test_people_are_invited_and_not_added_there(administrator) -> None:
    assert administrator.get("/admin/access/user/add/")["Location"] == "/people/invite/"


@pytest.mark.parametrize("page", ["mfa/authenticator", "socialaccount/socialapp"])
def test_the_secrets_of_factors_are_not_shown_there(administrator, page) -> None:
    assert administrator.get(f"/admin/{page}/").status_code in (403, 404)
