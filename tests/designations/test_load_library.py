"""The command that loads the authority library: idempotent, and all or nothing."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from designations.actions import LibraryRefusedError, Outcome, freeze_version, load_library
from designations.library.load import AUTHORITIES, LibraryError, read_library
from designations.models import AuthorityVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A copy of the real library, to be broken."""
    return shutil.copytree(AUTHORITIES, tmp_path / "authorities")


def run(path: Path = AUTHORITIES) -> str:
    out = StringIO()
    call_command("load_library", path=path, stdout=out)
    return out.getvalue()


def test_every_version_is_stored_as_read() -> None:
    load_library()

    versions = AuthorityVersion.objects.select_related("authority").prefetch_related("statuses")
    stored = {version.name: version.as_dataclass() for version in versions}
    assert stored == {authority.name: authority for authority in read_library()}


def test_loading_again_changes_nothing() -> None:
    count = len(load_library().names(Outcome.ADDED))

    assert count > 0
    assert len(load_library().names(Outcome.UNCHANGED)) == count


def test_says_what_was_added_and_what_was_unchanged() -> None:
    names = [authority.name for authority in read_library()]

    first, second = run(), run()

    assert f"added: {len(names)}" in first
    assert all(f"  {name}\n" in first for name in names)
    assert f"unchanged: {len(names)}" in second


def test_a_broken_file_changes_nothing(library: Path) -> None:
    broken = sorted(library.glob("*.yaml"))[-1]
    broken.write_text(broken.read_text() + "\nno_such_field: 1\n")
    line = len(broken.read_text().splitlines())

    with pytest.raises(LibraryError):
        load_library(library)
    with pytest.raises(CommandError, match=rf"{broken.name}, line {line}: .*unknown field"):
        run(library)

    assert not AuthorityVersion.objects.exists()


def test_a_changed_text_of_a_pinned_version_loads_nothing_of_the_library(library: Path) -> None:
    load_library(library)
    version = AuthorityVersion.objects.named("ns-cmic@2021-06-03")
    freeze_version(version)
    element = version.elements.exclude(text="").first()
    assert element is not None
    files = {path: path.read_text() for path in library.glob("*.yaml")}
    for path, text in files.items():
        path.write_text(text.replace("threshold: substantial-evidence", "threshold: preponderance"))
    assert files != {path: path.read_text() for path in library.glob("*.yaml")}
    before = list(AuthorityVersion.objects.order_by("pk").values())

    with pytest.raises(LibraryRefusedError, match=r"ns-cmic@2021-06-03: .*add a version"):
        load_library(library)

    assert list(AuthorityVersion.objects.order_by("pk").values()) == before
