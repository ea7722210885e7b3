"""Exhibits as objects on S3, or on a server that speaks its protocol: ``<prefix>ab/cd/abcd…``.

Bytes arrive in the spool and are sent when they are whole. S3 shows an object under its key when
all of it has come, never before; and equal bytes have the same key, so two that are sent at once
leave one, whole. The connection is that of django-storages (``STORAGES["exhibits"]``).
"""

import base64
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO, cast

from boto3.exceptions import S3UploadFailedError
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.storage import storages

from evidence.storage.errors import BytesDifferError, BytesMissingError, StoreAwayError
from evidence.storage.spool import Spool
from evidence.storage.store import CHUNK, ExhibitStore, Stored, key_of, misplaced, see_same

_ALIAS = "exhibits"
_NO_KEY = ("NoSuchKey", "404", "NotFound")
_DENIED = (
    "403", "AccessDenied", "AllAccessDisabled", "ExpiredToken", "InvalidAccessKeyId",
    "SignatureDoesNotMatch",
)  # fmt: skip
_QUICK = Config(connect_timeout=2, read_timeout=2, retries={"total_max_attempts": 1})


class ObjectStore(ExhibitStore):
    """The bytes in one bucket, of which ``spool`` holds what is on its way in or being read."""

    kind = "s3"

    def __init__(self, spool: Spool) -> None:
        self.spool = spool
        self._storage = cast(Any, storages[_ALIAS])
        self._bucket = str(self._storage.bucket_name)
        self._prefix = str(self._storage.location)

    def holds(self, sha256: str) -> bool:
        """Whether bytes are stored under this SHA-256. Raises StoreAwayError."""
        with self._told():
            return bool(self._storage.exists(key_of(sha256)))

    def open(self, sha256: str) -> BinaryIO:
        """The bytes, fetched into a file without a name. Raises BytesMissingError."""
        return self._opened(sha256)[0]

    def open_verified(self, sha256: str) -> BinaryIO:
        """As ``open``; what was fetched is what was stored. Raises BytesDifferError too."""
        file, found = self._opened(sha256)
        try:
            see_same(sha256, found)
        except BytesDifferError:
            file.close()
            raise
        return file

    def head(self, sha256: str, most: int) -> bytes:
        """The first bytes, without fetching the rest. Raises BytesMissingError."""
        with self._told(sha256):
            return bytes(self._body(sha256, Range=f"bytes=0-{most - 1}").read())

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        """The bytes, fetched for as long as the block lasts. Raises BytesMissingError."""
        with self.spool.file() as (path, file):
            self._fetch(sha256, file)
            yield path

    @contextmanager
    def local_verified(self, sha256: str) -> Iterator[Path]:
        """As ``local``, if they are still the same. Raises BytesDifferError too."""
        with self.spool.file() as (path, file):
            see_same(sha256, self._fetch(sha256, file))
            yield path

    def read_again(self, sha256: str, alive: Callable[[], None]) -> str:
        """The SHA-256 of what is stored under this one; nothing of it is kept here.

        ``alive`` is called after every piece. Raises BytesMissingError, and StoreAwayError where
        the bytes are missing because everything is.
        """
        digest = hashlib.sha256()
        try:
            for chunk in self._pieces(sha256):
                digest.update(chunk)
                alive()
        except StoreAwayError:
            raise
        except BytesMissingError:
            if not self.is_there():
                raise StoreAwayError(f"no exhibit at all is stored in {self}") from None
            raise
        return digest.hexdigest()

    def is_there(self) -> bool:
        """Whether the bucket answers and anything lies in it."""
        try:
            with self._told():
                return bool(self._listed(MaxKeys=1)["KeyCount"])
        except StoreAwayError:
            return False

    def stored(self) -> Iterator[Stored]:
        """Every object under the prefix, in the order of names. Raises StoreAwayError."""
        more: dict[str, str] = {}
        while True:
            with self._told():
                page = self._listed(**more)
            for each in page.get("Contents", ()):
                key = each["Key"].removeprefix(self._prefix)
                yield Stored(
                    name=key.rpartition("/")[2],
                    where=f"s3://{self._bucket}/{each['Key']}",
                    size=each["Size"],
                    since=each["LastModified"],
                    misplaced=misplaced(key),
                )
            if not page["IsTruncated"]:
                return
            more = {"ContinuationToken": page["NextContinuationToken"]}

    def remove(self, sha256: str) -> None:
        """Remove the object; an earlier version stays where the bucket keeps versions."""
        with self._told():
            self._storage.delete(key_of(sha256))

    def trouble(self) -> str:
        """Why the bucket does not answer; empty where it does."""
        options = settings.STORAGES[_ALIAS]["OPTIONS"]
        config = self._storage.client_config.merge(_QUICK)
        quick = type(self._storage)(**options | {"client_config": config})
        try:
            with self._told():
                try:
                    quick.connection.meta.client.head_bucket(Bucket=self._bucket)
                except ClientError as error:
                    if _code(error) in _NO_KEY:
                        raise StoreAwayError(self._no_bucket()) from error
                    raise
        except StoreAwayError as error:
            return str(error)
        return ""

    def _publish(self, path: Path, sha256: str, size: int, *, anew: bool) -> None:
        if not anew and self._size(sha256) == size:
            return
        config = self._storage.transfer_config
        checked = {"ChecksumAlgorithm": "SHA256"}
        if size < config.multipart_threshold:
            # The server itself then refuses bytes that are not those of the name.
            checked = {"ChecksumSHA256": base64.b64encode(bytes.fromhex(sha256)).decode()}
        with self._told():
            self._client.upload_file(
                str(path), self._bucket, self._key(sha256), ExtraArgs=checked, Config=config
            )
        if (kept := self._size(sha256)) != size:
            raise StoreAwayError(f"{self} has {kept} of {size} bytes of {sha256}")

    def _size(self, sha256: str) -> int | None:
        with self._told():
            try:
                return int(self._storage.size(key_of(sha256)))
            except FileNotFoundError:
                return None

    def _opened(self, sha256: str) -> tuple[BinaryIO, str]:
        self.spool.sweep()
        file = TemporaryFile(dir=self.spool.folder)  # noqa: SIM115 - the caller closes it
        try:
            found = self._fetch(sha256, file)
        except BaseException:
            file.close()
            raise
        return file, found

    def _fetch(self, sha256: str, file: BinaryIO) -> str:
        """Write the object into the file; the SHA-256 of what came."""
        digest = hashlib.sha256()
        for chunk in self._pieces(sha256):
            digest.update(chunk)
            with self._written():
                file.write(chunk)
        with self._written():
            file.seek(0)
        return digest.hexdigest()

    @contextmanager
    def _written(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            said = f"{self.spool.folder} cannot take what is fetched: {error.strerror}"
            raise StoreAwayError(said) from error

    def _pieces(self, sha256: str) -> Iterator[bytes]:
        with self._told(sha256):
            body = self._body(sha256)
        while True:
            with self._told(sha256):
                chunk = body.read(CHUNK)
            if not chunk:
                return
            yield chunk

    def _body(self, sha256: str, **how: str) -> Any:
        return self._client.get_object(Bucket=self._bucket, Key=self._key(sha256), **how)["Body"]

    def _listed(self, **how: Any) -> Any:
        return self._client.list_objects_v2(Bucket=self._bucket, Prefix=self._prefix, **how)

    def _key(self, sha256: str) -> str:
        return f"{self._prefix}{key_of(sha256)}"

    @property
    def _client(self) -> Any:
        return self._storage.connection.meta.client

    @contextmanager
    def _told(self, sha256: str = "") -> Iterator[None]:
        """Say what S3 and the network say, in words for whoever runs this service."""
        try:
            yield
        except S3UploadFailedError as error:
            cause = error.__context__
            raise self._said(cause if isinstance(cause, ClientError) else error, "") from error
        except (ClientError, BotoCoreError) as error:
            raise self._said(error, sha256) from error

    def _said(self, error: Exception, sha256: str) -> BytesMissingError:
        if not isinstance(error, ClientError):
            return StoreAwayError(f"{self} does not answer: {error}")
        code = _code(error)
        if code == "NoSuchBucket":
            return StoreAwayError(self._no_bucket())
        if sha256 and code in _NO_KEY:
            return BytesMissingError(f"no bytes are stored for {sha256}")
        if code in _DENIED:
            return StoreAwayError(
                f"{self} refuses ({code}): the key or role must exist and may list the bucket, "
                "and get, put and delete objects"
            )
        return StoreAwayError(f"{self} answers {code}: {error.response['Error'].get('Message')}")

    def _no_bucket(self) -> str:
        return f"{self} does not exist: make it, or set S3_BUCKET to the right name"

    def _settle(self, file: BinaryIO) -> None:
        """Nothing: what is here after a power cut is not yet an exhibit, and is removed."""

    def __str__(self) -> str:
        where = self._storage.endpoint_url or "Amazon S3"
        return f"the bucket {self._bucket} at {where}"


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
