"""A message as Outlook keeps it, written by hand ([MS-CFB], [MS-OXMSG]): no library does it."""

import struct
from dataclasses import dataclass, field

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR, _MINI = 512, 64
Streams = dict[str, "bytes | Streams"]
_TEXT, _BINARY, _NUMBER = 0x1F, 0x102, 0x03


def properties(head: int, values: dict[int, str | bytes | int], counts=(0, 0)) -> Streams:
    """The streams of properties, by their identifiers; ``head``: bytes before their table."""
    table = struct.pack("<8x4I8x", 0, 0, *counts)[:head]
    found: Streams = {}
    for pid, value in values.items():
        if isinstance(value, int):
            table += struct.pack("<HHIQ", _NUMBER, pid, 6, value)
            continue
        kind = _TEXT if isinstance(value, str) else _BINARY
        content = value.encode("utf-16-le") if isinstance(value, str) else value
        table += struct.pack("<HHIQ", kind, pid, 6, len(content) + 2)
        found[f"__substg1.0_{pid:04X}{kind:04X}"] = content
    return {"__properties_version1.0": table, **found}


def outlook(values: dict[int, str], *attached: tuple[str, bytes]) -> bytes:
    """A message with these properties and attachments."""
    whole = properties(32, dict(values), (0, len(attached)))
    for number, (name, content) in enumerate(attached):
        whole[f"__attach_version1.0_#{number:08X}"] = properties(
            8, {0x3705: 1, 0x3707: name, 0x3701: content}
        )
    return compound(whole)


@dataclass
class _Entry:
    name: str
    kind: int  # 5 root, 1 storage, 2 stream
    child: int = _FREE
    right: int = _FREE
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64sHBB3I16sI8s8sIQ", name, len(name), self.kind, 1, _FREE, self.right, self.child,
            b"", 0, b"", b"", self.start, self.size,
        )  # fmt: skip


@dataclass
class _Written:
    entries: list[_Entry] = field(default_factory=list)
    mini: bytes = b""
    minifat: list[int] = field(default_factory=list)

    def add(self, streams: Streams) -> int:
        """Write the members of a storage; the number of the first."""
        before, first = None, _FREE
        for name, content in streams.items():
            number = len(self.entries)
            entry = _Entry(name, 1 if isinstance(content, dict) else 2)
            self.entries.append(entry)
            if before is None:
                first = number
            else:
                before.right = number
            before = entry
            if isinstance(content, dict):
                entry.child = self.add(content)
                continue
            entry.start, entry.size = len(self.minifat), len(content)
            sectors = -(-len(content) // _MINI)
            self.minifat += [*range(entry.start + 1, entry.start + sectors), _END]
            self.mini += content.ljust(sectors * _MINI, b"\0")
        return first


def compound(streams: Streams) -> bytes:
    """A compound file with these streams, each smaller than 4 KiB."""
    root = _Entry("Root Entry", 5)
    written = _Written([root])
    root.child = written.add(streams)
    root.size = len(written.mini)
    table = b"".join(entry.packed() for entry in written.entries)
    minifat = struct.pack(f"<{len(written.minifat)}I", *written.minifat)
    body, fat, starts = b"", [], []
    for content, filler in ((written.mini, b"\0"), (minifat, b"\xff"), (table, b"\0")):
        sectors = -(-len(content) // _SECTOR)
        starts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + sectors), _END]
        body += content.ljust(sectors * _SECTOR, filler)
    root.start = starts[0]
    place = starts[2] * _SECTOR
    body = body[:place] + root.packed() + body[place + 128 :]
    at = len(fat)
    fat.append(_FAT)
    body += struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, starts[2], 0, 4096, starts[1], -(-len(minifat) // _SECTOR), _END, 0, at,
    )  # fmt: skip
    return head.ljust(_SECTOR, b"\xff") + body
