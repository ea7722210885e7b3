"""The demonstration accounts: one team, one person per role, one token each."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from access.actions import (
    add_member,
    create_account,
    create_team,
    issue_token,
    longest_token_life,
    revoke_token,
    set_password,
)
from access.models import ApiToken, Membership, Team, User
from access.words import SCOPES_OF_PEOPLE, Role, Scope

ACTOR = "system:demo"
REASON = "Demonstration accounts"
TEAM_KEY = "demo"
TEAM_NAME = "Demonstration team"
TOKEN_NAME = "Demonstration"  # noqa: S105 - the name of a token, not its value
TOKEN_LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Person:
    """One demonstration account."""

    username: str
    name: tuple[str, str]
    role: Role | None
    standing: str
    scopes: tuple[Scope, ...]
    first_call: str = "me"  # what such a person would ask the API first, under /api/v1/


# Two counsel, because the person who wrote a finding cannot be the only one to sign it.
PEOPLE = (
    Person("analyst", ("Demo", "Analyst"), Role.ANALYST, "", (Scope.READ, Scope.WRITE), "evidence"),
    Person(
        "counsel",
        ("Demo", "Counsel"),
        Role.COUNSEL,
        "",
        SCOPES_OF_PEOPLE,
        "cases/DEMO-EL-DEEPSEEK/checklist",
    ),
    Person("counsel2", ("Second", "Counsel"), Role.COUNSEL, "", SCOPES_OF_PEOPLE, "cases"),
    Person("manager", ("Demo", "Manager"), Role.MANAGER, "", SCOPES_OF_PEOPLE, "status/cases"),
    Person("auditor", ("Demo", "Auditor"), None, "auditor", (Scope.READ,), "cases"),
    Person(
        "administrator",
        ("Demo", "Administrator"),
        None,
        "administrator",
        (Scope.READ, Scope.WRITE),
        "authorities",
    ),
)


def prepare(secrets_file: Path, password: str = "") -> dict[str, dict[str, str]]:
    """Make the team, the accounts and their tokens where missing; returns what signs each in.

    Passwords and token values are kept in ``secrets_file`` (mode 0600, its folder 0700), so that a
    second run shows the same ones. ``password`` is given to every account instead of generated
    ones. A token that has ended or whose value is not in the file is replaced.

    Raises ValidationError when an account of this name exists that this function did not make.
    """
    known = read_secrets(secrets_file)
    with transaction.atomic():
        team = Team.objects.filter(key=TEAM_KEY).first() or create_team(
            TEAM_NAME, key=TEAM_KEY, actor=ACTOR, reason=REASON
        )
        signed_in = {
            person.username: _prepare_person(person, team, known.get(person.username, {}), password)
            for person in PEOPLE
        }
        # Before the commit: an account whose password nobody wrote down is worse than none.
        _write_secrets(secrets_file, signed_in)
    return signed_in


def read_secrets(secrets_file: Path) -> dict[str, dict[str, str]]:
    """What an earlier run kept; empty when there was none."""
    try:
        kept: dict[str, dict[str, str]] = json.loads(secrets_file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return kept


def _prepare_person(
    person: Person, team: Team, known: Mapping[str, str], password: str
) -> dict[str, str]:
    user = User.objects.filter(username=person.username).first()
    secret = password or known.get("password", "") or secrets.token_urlsafe(12)
    if user is None:
        first_name, last_name = person.name
        user = create_account(
            person.username,
            secret,
            actor=ACTOR,
            reason=REASON,
            standing=person.standing,
            first_name=first_name,
            last_name=last_name,
        )
    elif not known.get("password") and not password:
        raise ValidationError(
            f"An account named {person.username} exists whose password is not on file. Set "
            "CASEMGR_DEMO_PASSWORD to give the demonstration accounts a known one."
        )
    elif not user.check_password(secret):
        set_password(user, secret, actor=ACTOR, reason=REASON)
    if (
        person.role is not None
        and not Membership.objects.filter(user=user, team=team, role=person.role).exists()
    ):
        add_member(team, user, person.role, actor=ACTOR, reason=REASON)
    return {"password": secret, "token": _token(person, user, known.get("token", ""))}


def _token(person: Person, user: User, value: str) -> str:
    live = ApiToken.objects.filter(user=user, name=TOKEN_NAME).live()
    if value and any(token.opens_with(value) for token in live):
        return value
    for token in live:
        revoke_token(token, actor=ACTOR, reason="Its value is no longer on file")
    expires = timezone.now() + min(TOKEN_LIFE, longest_token_life())
    _, value = issue_token(user, TOKEN_NAME, person.scopes, expires, actor=ACTOR, reason=REASON)
    return value


def _write_secrets(secrets_file: Path, content: Mapping[str, Mapping[str, str]]) -> None:
    secrets_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Beside it and then in its place: a reader never sees half of it, and it is never readable
    # by others, not even for a moment.
    draft = secrets_file.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
    draft.replace(secrets_file)
