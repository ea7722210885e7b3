"""``manage.py demo_accounts`` makes one account per role, once, and never in production."""

import dataclasses
import json
import re
import stat
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from access.models import ApiToken, User
from access.words import Role
from tests.access.factories import client_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def secrets_folder(settings, tmp_path, monkeypatch):
    settings.LOCAL_SECRETS = tmp_path / "secrets"
    monkeypatch.delenv("CASEMGR_DEMO_PASSWORD", raising=False)
    return settings.LOCAL_SECRETS


def run() -> str:
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    return out.getvalue()


def test_there_is_one_account_per_role_and_a_second_counsel() -> None:
    run()
    roles = {user.username: set(user.standings()) for user in User.objects.all()}
    assert roles == {
        "analyst": {"analyst"},
        "counsel": {"counsel"},
        "counsel2": {"counsel"},
        "manager": {"manager"},
        "auditor": {"auditor"},
        "administrator": {"administrator"},
    }
    assert User.objects.get(username="counsel2").roles_in("demo") == {Role.COUNSEL}


def test_every_printed_curl_line_works() -> None:
    values = re.findall(r"Authorization: Bearer (\w+)", run())
    assert len(values) == 6
    names = [client_with(value).get("/api/v1/me").json()["username"] for value in values]
    assert names == ["analyst", "counsel", "counsel2", "manager", "auditor", "administrator"]


def test_every_printed_password_signs_in(client, secrets_folder) -> None:
    run()
    kept = json.loads((secrets_folder / "demo-accounts.json").read_text())
    for name, secret in kept.items():
        assert client.login(username=name, password=secret["password"])


def test_repeating_it_changes_nothing() -> None:
    first = run()
    assert run() == first
    assert ApiToken.objects.count() == 6


def test_what_it_keeps_is_for_the_owner_only(secrets_folder) -> None:
    run()
    kept = secrets_folder / "demo-accounts.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(secrets_folder.stat().st_mode) == 0o700


def test_a_given_password_serves_every_account(monkeypatch) -> None:
    run()
    monkeypatch.setenv("CASEMGR_DEMO_PASSWORD", "given for the demonstration")
    run()
    assert all(user.check_password("given for the demonstration") for user in User.objects.all())


def test_a_token_whose_value_was_lost_is_replaced(secrets_folder, monkeypatch) -> None:
    monkeypatch.setenv("CASEMGR_DEMO_PASSWORD", "given for the demonstration")
    run()
    (secrets_folder / "demo-accounts.json").unlink()
    run()
    assert ApiToken.objects.live().count() == 6
    assert ApiToken.objects.exclude(revoked_on=None).count() == 6


def test_it_leaves_a_strangers_account_of_the_same_name_alone() -> None:
    stranger = User.objects.create_user("counsel", password="their own password")
    with pytest.raises(CommandError, match="counsel exists"):
        run()
    stranger.refresh_from_db()
    assert stranger.check_password("their own password")
    assert User.objects.count() == 1


def test_it_refuses_to_run_in_production(settings) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, production=True)
    with pytest.raises(CommandError, match="refused in production"):
        run()
    assert not User.objects.exists()
