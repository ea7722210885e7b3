"""What happens to stored files, on a disk or in a bucket, and a backup of them."""

import shutil
from pathlib import Path

from evidence.models import Exhibit
from evidence.storage import FileStore, exhibit_store
from tests.evidence import stores


def path_of(exhibit: Exhibit) -> Path:
    store = exhibit_store()
    assert isinstance(store, FileStore)
    return store.path(exhibit.blob_id)


def stored_bytes(exhibit: Exhibit) -> bytes:
    with exhibit_store().open(exhibit.blob_id) as file:
        return file.read()


def alter(exhibit: Exhibit) -> None:
    """Change one byte; the size stays."""
    content = bytearray(stored_bytes(exhibit))
    content[0] ^= 1
    stores.overwrite(exhibit_store(), exhibit.blob_id, bytes(content))


def lose(exhibit: Exhibit) -> None:
    """Remove the file; its folder stays, as after a repair of the file system."""
    stores.lose(exhibit_store(), exhibit.blob_id)


def block(exhibit: Exhibit) -> None:
    """Leave something that cannot be read as a file, for root neither."""
    lose(exhibit)
    path_of(exhibit).mkdir()


def restore(exhibit: Exhibit, content: bytes) -> None:
    """Put the bytes back as from a backup."""
    store = exhibit_store()
    if isinstance(store, FileStore) and path_of(exhibit).is_dir():
        shutil.rmtree(path_of(exhibit))
    stores.overwrite(store, exhibit.blob_id, content)
