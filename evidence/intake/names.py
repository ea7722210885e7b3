"""Names of entries that would be unpacked outside their folder."""

import re

from evidence.intake.findings import Finding, FoundError

_DRIVE = re.compile(r"^[A-Za-z]:")


def escapes(path: str) -> bool:
    """Whether a path leaves the folder it is unpacked in, on any system.

    >>> [escapes(path) for path in ("a/b.txt", "../b", "a/../../b", "C:\\\\b", "/etc/b", "a\\\\..\\\\..\\\\b")]
    [False, True, True, True, True, True]
    """  # noqa: E501 - one table of cases
    plain = path.replace("\\", "/")
    if plain.startswith("/") or _DRIVE.match(plain):
        return True
    depth = 0
    for part in plain.split("/"):
        depth += -1 if part == ".." else part not in ("", ".")
        if depth < 0:
            return True
    return False


def check_name(name: str) -> None:
    """Raise FoundError for the name of an entry that leaves its folder."""
    if escapes(name):
        raise FoundError(
            Finding.OUTSIDE,
            f"An entry is named “{shown(name)}”: unpacking it would write outside its folder.",
        )


def check_link(name: str, target: str, folder: str) -> None:
    """Raise FoundError for a link out of the archive; ``target`` counts from ``folder``."""
    if escapes(target) or escapes(f"{folder}/{target}" if folder else target):
        raise FoundError(
            Finding.LINK,
            f"The entry “{shown(name)}” is a link to “{shown(target)}”, outside the archive.",
        )


def shown(name: str) -> str:
    """A name as it may stand in a sentence."""
    return "".join(each if each.isprintable() else "\ufffd" for each in name)[:120]
