"""A setup code sets a password once; no administrator ever knows the password."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from access.actions import close_account, issue_setup_code, use_setup_code
from access.actions.codes import REFUSED
from access.models import SetupCode, User
from casemgr.ledger.change import Change
from tests.accounts.door import is_in, signed_in, with_app

pytestmark = pytest.mark.django_db
NEW = "a new and longer one"
BY = {"actor": "system:test", "reason": "test"}


def given(user: User) -> str:
    return issue_setup_code(user, SetupCode.Purpose.RECOVERY, **BY)[1]


def used(username: str, code: str, password: str = NEW, again: str = NEW):
    asked = {"username": username, "code": code, "password": password, "again": again}
    return Client().post(reverse("account_setup"), asked)


def test_an_invited_person_chooses_the_password(administrator) -> None:
    asked = {"username": "newcomer", "reason": "joins", "standing": "", "email": ""}
    answer = signed_in(administrator).post(reverse("people_invite"), asked)
    assert "no-store" in answer["Cache-Control"]
    code = re.search(r'<code id="setup-code">([^<]+)</code>', answer.content.decode())
    user = User.objects.get(username="newcomer")
    assert not user.has_usable_password()
    assert used("newcomer", code[1])["Location"] == reverse("account_login")
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_it_works_once(analyst) -> None:
    code = given(analyst)
    assert used(analyst.username, code).status_code == 302
    assert "was used or has ended" in used(analyst.username, code).content.decode()


def test_spaces_case_and_hyphens_do_not_matter(analyst) -> None:
    code = given(analyst)
    assert used(analyst.username, f" {code.lower().replace('-', ' ')} ").status_code == 302


def test_it_ends(analyst) -> None:
    code = given(analyst)
    SetupCode.objects.update(
        created_at=timezone.now() - timedelta(days=2), expires=timezone.now() - timedelta(minutes=1)
    )
    with pytest.raises(ValidationError, match="has ended"):
        use_setup_code(analyst.username, code, NEW)


def test_a_new_one_ends_the_one_before(analyst) -> None:
    first, second = given(analyst), given(analyst)
    assert used(analyst.username, first).status_code == 200
    assert used(analyst.username, second).status_code == 302


def test_an_unknown_account_and_a_wrong_code_are_told_the_same(analyst) -> None:
    code = given(analyst)
    for pair in ((analyst.username, "AAAAA-AAAAA-AAAAA-AAAAA"), ("nobody", code)):
        form = used(*pair).context["form"]
        assert form.errors == {"code": [REFUSED]}
        assert REFUSED in used(*pair).content.decode()


def test_it_does_not_open_the_door_nor_touch_second_factors(analyst) -> None:
    with_app(analyst)
    client = Client()
    asked = {"username": analyst.username, "code": given(analyst), "password": NEW, "again": NEW}
    client.post(reverse("account_setup"), asked)
    assert not is_in(client)
    answer = client.post(reverse("account_login"), {"login": analyst.username, "password": NEW})
    assert answer["Location"] == reverse("mfa_authenticate")


def test_using_it_ends_the_sessions(analyst) -> None:
    client = signed_in(analyst)
    use_setup_code(analyst.username, given(analyst), NEW)
    assert client.get(reverse("account_profile")).status_code == 302


def test_the_old_password_works_until_then(analyst) -> None:
    given(analyst)
    assert is_in(signed_in(analyst))


@pytest.mark.parametrize(
    ("password", "again", "complaint"),
    [("short", "short", "at least 12"), (NEW, NEW + "!", "two passwords differ")],
)
def test_a_refused_password_leaves_the_code_usable(analyst, password, again, complaint) -> None:
    code = given(analyst)
    assert complaint in used(analyst.username, code, password, again).content.decode()
    assert used(analyst.username, code).status_code == 302


def test_a_closed_account_gets_none_and_uses_none(analyst) -> None:
    code = given(analyst)
    close_account(analyst, **BY)
    assert used(analyst.username, code).status_code == 200
    with pytest.raises(ValidationError, match="is closed"):
        given(analyst)


def test_guessing_is_stopped(analyst) -> None:
    for _ in range(10):
        used(analyst.username, "AAAAA-AAAAA-AAAAA-AAAAA")
    assert used(analyst.username, given(analyst)).status_code == 429


def test_neither_table_nor_history_holds_the_code(analyst) -> None:
    code = given(analyst)
    kept = SetupCode.objects.get().__dict__
    history = [str(change.payload) for change in Change.objects.filter(table="access_setupcode")]
    assert len(history) == 1
    for text in (str(kept), *history):
        assert code not in text
        assert code.replace("-", "") not in text
    assert kept["digest"] not in history[0]
