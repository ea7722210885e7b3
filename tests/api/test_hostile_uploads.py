"""The whole corpus of hostile files, uploaded: refused or kept, and never an error of ours."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evidence.models import Intake, IntakeState
from tests.api.world import World, clients
from tests.evidence.intake.test_hostile_files_are_set_aside import HOSTILE
from tests.evidence.intake.working import taken_in

pytestmark = pytest.mark.django_db


def test_each_is_kept_taken_in_and_shown_where_it_stands(world: World):
    client = clients(world)["analyst"]
    url = f"/api/v1/evidence/{world.item.key}/exhibits"
    for name, content, _ in HOSTILE:
        answer = client.post(url, {"file": SimpleUploadedFile(name, content)}, format="multipart")
        assert answer.status_code == 201, name
    assert taken_in() == len(HOSTILE)
    assert not Intake.objects.filter(state=IntakeState.WAITING).exists()
    for exhibit in client.get(f"{url}?page_size=200").json()["results"]:
        intake = exhibit["intake"]
        assert (intake["state"] == "quarantined") == bool(intake["said"]), exhibit["filename"]
        answer = client.get(f"{url}/{exhibit['id']}/file")
        assert answer.status_code == (409 if intake["said"] else 200), exhibit["filename"]
        if answer.status_code == 200:
            b"".join(answer)  # to its end, which closes the file


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\run.bat", "/etc/passwd"])
def test_a_name_that_leaves_its_folder_is_cut_to_its_last_part(world: World, name: str):
    file = SimpleUploadedFile("x", b"words")
    file._name = name
    url = f"/api/v1/evidence/{world.item.key}/exhibits"
    answer = clients(world)["analyst"].post(url, {"file": file}, format="multipart")
    assert answer.status_code == 201
    assert answer.json()["filename"] in ("passwd", "run.bat")


def test_nothing_is_no_evidence(world: World):
    url = f"/api/v1/evidence/{world.item.key}/exhibits"
    file = SimpleUploadedFile("nothing.pdf", b"")
    answer = clients(world)["analyst"].post(url, {"file": file}, format="multipart")
    assert answer.status_code == 400
    assert "The file is empty" in answer.json()["errors"][0]["detail"]
