"""What a person may not see answers exactly as what does not exist."""

import pytest

from access.words import Role, Scope
from tests.access.factories import TeamFactory, UserFactory, client_of, member
from tests.access.notes import Note

pytestmark = pytest.mark.django_db


def test_a_note_of_another_team_is_a_404(team) -> None:
    foreign = Note.objects.create(team=TeamFactory(), text="theirs")
    client = client_of(member(team, Role.MANAGER))
    assert client.get(f"/api/v1/notes/{foreign.key}").status_code == 404
    patched = client.patch(f"/api/v1/notes/{foreign.key}", {"text": "ours"}, HTTP_IF_MATCH='"1"')
    assert patched.status_code == 404
    assert client.post(f"/api/v1/notes/{foreign.key}/decision").status_code == 404
    assert client.get("/api/v1/notes").json()["results"] == []


def test_the_answer_is_the_same_as_for_what_does_not_exist(team) -> None:
    foreign = Note.objects.create(team=TeamFactory(), text="theirs")
    client = client_of(member(team, Role.MANAGER))
    answers = [client.get(f"/api/v1/notes/{key}").json() for key in (foreign.key, "N-NONE")]
    for answer in answers:
        del answer["instance"], answer["request_id"]
    assert answers[0] == answers[1]


def test_a_marking_one_is_not_cleared_for_hides_the_note(team) -> None:
    Note.objects.create(team=team, text="marked", markings=["CUI", "PROPIN"])
    half = member(team, Role.COUNSEL, cleared_markings=["CUI"])
    whole = member(team, Role.COUNSEL, cleared_markings=["CUI", "PROPIN"])
    assert client_of(half).get("/api/v1/notes").json()["results"] == []
    assert len(client_of(whole).get("/api/v1/notes").json()["results"]) == 1


def test_an_auditor_reads_all_teams_but_needs_the_markings_too(team) -> None:
    Note.objects.create(team=team, text="open")
    Note.objects.create(team=TeamFactory(), text="marked", markings=["CUI"])
    texts = [
        [row["text"] for row in client_of(auditor).get("/api/v1/notes").json()["results"]]
        for auditor in (
            UserFactory(auditor=True),
            UserFactory(auditor=True, cleared_markings=["CUI"]),
        )
    ]
    assert texts[0] == ["open"]
    assert sorted(texts[1]) == ["marked", "open"]


@pytest.mark.parametrize("trait", ["administrator", "superuser"])
def test_whoever_keeps_accounts_sees_no_case_content(team, trait) -> None:
    note = Note.objects.create(team=team, text="content")
    client = client_of(member(team, Role.MANAGER, **{trait: True}))
    assert client.get("/api/v1/notes").status_code == 403
    assert client.get(f"/api/v1/notes/{note.key}").status_code == 403


def test_nobody_sees_anything_without_signing_in(anonymous, team) -> None:
    note = Note.objects.create(team=team, text="content")
    answer = anonymous.get(f"/api/v1/notes/{note.key}")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_create_in_a_team_one_does_not_work_in_is_refused(team) -> None:
    other = TeamFactory()
    client = client_of(member(team, Role.ANALYST))
    answer = client.post("/api/v1/notes", {"team": other.key, "text": "no"})
    assert answer.status_code == 403
    assert not Note.objects.exists()


def test_a_role_counts_only_in_its_team(team) -> None:
    other = TeamFactory()
    user = member(team, Role.MANAGER)
    user.memberships.create(team=other, role=Role.ANALYST)
    ours = Note.objects.create(team=team, text="ours")
    theirs = Note.objects.create(team=other, text="theirs")
    client = client_of(user, Scope.READ, Scope.SUBMIT)
    assert client.post(f"/api/v1/notes/{ours.key}/decision").status_code == 200
    assert client.post(f"/api/v1/notes/{theirs.key}/decision").status_code == 403
