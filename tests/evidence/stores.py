"""What lies in a store, and how it comes to harm: in a folder and in a bucket alike."""

from pathlib import Path

from evidence.storage import ExhibitStore, FileStore
from evidence.storage.objects import ObjectStore
from evidence.storage.store import key_of


def names(store: ExhibitStore) -> list[str]:
    return [stored.name for stored in store.stored()]


def under_way(store: ExhibitStore) -> list[Path]:
    folder = store.spool.folder
    return sorted(folder.iterdir()) if folder.exists() else []


def overwrite(store: ExhibitStore, sha256: str, content: bytes) -> None:
    """Other bytes under the name, as whoever has the disk or the bucket could leave them."""
    put(store, key_of(sha256), content)


def put(store: ExhibitStore, key: str, content: bytes) -> None:
    if isinstance(store, FileStore):
        path = store.root / key
        path.unlink(missing_ok=True)
        path.write_bytes(content)
    else:
        assert isinstance(store, ObjectStore)
        store._client.put_object(Bucket=store._bucket, Key=f"{store._prefix}{key}", Body=content)


def lose(store: ExhibitStore, sha256: str) -> None:
    if isinstance(store, FileStore):
        store.path(sha256).unlink()
    else:
        assert isinstance(store, ObjectStore)
        store._client.delete_object(Bucket=store._bucket, Key=store._key(sha256))
