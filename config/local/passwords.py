"""Random passwords of the local stack, made once and kept in `<data>/secrets/servers` (0600)."""

import secrets
from dataclasses import dataclass, field

from config.local.folders import Folders, write_private

_NAMES = ("SUPERUSER_PASSWORD", "DATABASE_PASSWORD", "VALKEY_PASSWORD", "SECRET_KEY")


@dataclass(frozen=True, slots=True)
class Passwords:
    """What the servers and the web process are opened with."""

    superuser: str = field(repr=False)
    database: str = field(repr=False)
    valkey: str = field(repr=False)
    secret_key: str = field(repr=False)


def keep_passwords(folders: Folders) -> Passwords:
    """Read the passwords, making those that are missing."""
    text = folders.secrets.read_text(encoding="utf-8") if folders.secrets.exists() else ""
    known = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    missing = [name for name in _NAMES if not known.get(name)]
    if missing:
        known |= {name: secrets.token_urlsafe(48) for name in missing}
        write_private(folders.secrets, "".join(f"{name}={known[name]}\n" for name in _NAMES))
    folders.secrets.chmod(0o600)
    return Passwords(*(known[name] for name in _NAMES))
