"""What can be wrong with bytes, and with the place where they lie."""

import errno


class EmptyFileError(ValueError):
    """There was nothing in the file."""


class FileTooLargeError(ValueError):
    """The file is larger than may be stored; reading stopped there."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"the file is larger than {limit} bytes")


class BytesMissingError(LookupError):
    """No bytes are stored under this SHA-256."""


class BytesUnreadableError(BytesMissingError):
    """Something is stored under this SHA-256, and the disk does not hand it out."""


class StoreAwayError(BytesMissingError):
    """The store itself is not there, or does not answer; that says nothing of any exhibit."""


class BytesDifferError(Exception):
    """What is stored under this SHA-256 has another one: the file was damaged or altered."""

    def __init__(self, sha256: str, found: str) -> None:
        self.found = found
        super().__init__(f"the bytes stored for {sha256} are no longer those bytes")


def says_no_room(error: OSError) -> bool:
    """Whether the disk is full, or more was written than this user or process may."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
