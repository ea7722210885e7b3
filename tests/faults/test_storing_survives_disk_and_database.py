"""A file is attached whole or not at all, whatever becomes of disk and database meanwhile."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from evidence.actions import attach_exhibit, log_evidence
from evidence.actions.orphans import orphans
from evidence.models import Blob, CustodyEvent, Exhibit, Intake
from tests.access.factories import TeamFactory
from tests.evidence.streams import of_bytes

pytestmark = pytest.mark.django_db(transaction=True)

BY = {"actor": "system:test", "reason": "a test"}
CONTENT = b"0123456789abcdef" * 65_536  # 1 MiB
NOW = timedelta(seconds=-1)

# Attaches the file in a process of its own, of which something goes wrong at a chosen moment.
ATTACH = """
import os, resource, sys
import django
django.setup()
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from evidence import storage
from evidence.actions import attach_exhibit, exhibits
from evidence.models import EvidenceItem

fault = sys.argv[1]
item = EvidenceItem.objects.get()

def database_goes():
    other = connection.copy()
    with connection.cursor() as mine, other.cursor() as cursor:
        mine.execute("SELECT pg_backend_pid()")
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [mine.fetchone()[0]])
    other.close()

class Stream:
    def __init__(self):
        self.left = b"0123456789abcdef" * 65536
    def read(self, size):
        piece, self.left = self.left[:10_000], self.left[10_000:]
        if fault == "database, as bytes arrive" and 500_000 < len(self.left) <= 510_000:
            database_goes()
        return piece

if fault == "disk":
    resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000))
if fault == "database, with the rows written":
    store = exhibits.store_exhibit
    def stored(*given, **named):
        store(*given, **named)
        database_goes()
    exhibits.store_exhibit = stored
if fault == "database, with the bytes named":
    keep = storage.Received.keep
    def kept(self, **how):
        keep(self, **how)
        database_goes()
    storage.Received.keep = kept
try:
    attach_exhibit(item, Stream(), "page.bin", actor="system:test", reason="a test")
except ValidationError as refused:
    print("refused", refused.message_dict)
except DatabaseError:
    print("database")
"""


@pytest.fixture(autouse=True)
def root(settings, tmp_path, environment) -> Path:
    settings.MEDIA_ROOT = tmp_path / "exhibits"
    environment["CASEMGR_DATA"] = str(tmp_path)
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    return settings.MEDIA_ROOT


@pytest.fixture
def item():
    return log_evidence(TeamFactory(), summary="what it says", **BY)


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("fault", "said", "bytes_left"),
    [
        ("disk", "no room for it", 0),
        ("database, as bytes arrive", "database", 0),
        ("database, with the rows written", "database", 0),
        ("database, with the bytes named", "database", 1),
    ],
)
def test_nothing_is_half_there_and_it_can_be_done_again(
    item, root, environment, fault, said, bytes_left
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", ATTACH, fault],
        env=environment, check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert said in ended.stdout
    for model in (Exhibit, Blob, Intake):
        assert not model.objects.exists()
    assert list(CustodyEvent.objects.values_list("kind", flat=True)) == ["logged"]
    assert len(files(root)) == bytes_left
    assert [orphan.where for orphan in orphans(NOW)] == [str(path) for path in files(root)]

    exhibit = attach_exhibit(item, of_bytes(CONTENT), "page.bin", **BY)
    assert [path.name for path in files(root)] == [exhibit.blob_id]
    assert files(root)[0].read_bytes() == CONTENT
    assert list(orphans(NOW)) == []
