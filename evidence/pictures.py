"""Small pictures of files, beside the exhibits and no part of them.

``<root>/derived/pictures/ab/cd/abcd….png`` is drawn from the bytes of that SHA-256. Nothing here
is evidence: no custody speaks of it, no reading checks it, no backup needs it. What is lost is
drawn again (``manage.py take_in_again draw``).
"""

import os
from io import BufferedReader
from pathlib import Path

from django.conf import settings

from evidence.storage import key_of


class PictureMissingError(LookupError):
    """No picture lies there."""


def keep_picture(sha256: str, png: bytes) -> None:
    """Keep the picture of these bytes, in place of the one there was; whole or not at all."""
    path = _path(sha256)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(png)
    unfinished.replace(path)


def open_picture(sha256: str) -> BufferedReader:
    """The picture, for reading. Raises PictureMissingError."""
    try:
        return _path(sha256).open("rb")
    except OSError as error:
        raise PictureMissingError(sha256) from error


def _path(sha256: str) -> Path:
    root = Path(settings.MEDIA_ROOT) / "derived" / "pictures"
    return root / f"{key_of(sha256)}.png"
