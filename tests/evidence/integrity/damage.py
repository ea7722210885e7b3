"""What happens to files on a disk, and a backup of them."""

import shutil
from pathlib import Path

from evidence.models import Exhibit
from evidence.storage import exhibit_store


def path_of(exhibit: Exhibit) -> Path:
    return exhibit_store().path(exhibit.blob_id)


def alter(exhibit: Exhibit) -> None:
    """Change one byte on the disk; the size stays."""
    path = path_of(exhibit)
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)


def lose(exhibit: Exhibit) -> None:
    """Remove the file; its folder stays, as after a repair of the file system."""
    path_of(exhibit).unlink()


def block(exhibit: Exhibit) -> None:
    """Leave something that cannot be read as a file, for root neither."""
    lose(exhibit)
    path_of(exhibit).mkdir()


def restore(exhibit: Exhibit, content: bytes) -> None:
    """Put the bytes back as from a backup."""
    path = path_of(exhibit)
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.write_bytes(content)
