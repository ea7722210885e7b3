"""A store of the test's own, and files in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evidence.actions import attach_exhibit
from evidence.models import EvidenceItem, Exhibit
from tests.evidence.conftest import BY
from tests.evidence.streams import of_bytes


@pytest.fixture(autouse=True)
def root(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "exhibits"
    return settings.MEDIA_ROOT


@pytest.fixture
def attached(item: EvidenceItem) -> Callable[..., Exhibit]:
    """Attach a file to the item, or to another one."""

    def make(content: bytes = b"page", name: str = "page.txt", to: EvidenceItem = item) -> Exhibit:
        return attach_exhibit(to, of_bytes(content), name, **BY)

    return make
