"""What is attached to a message, part by part, under names that can be kept."""

import mimetypes
import re
from collections.abc import Iterator
from email.generator import BytesGenerator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from evidence.intake.mail.headers import POLICY, ids_in, plain
from evidence.intake.mail.stated import MOST_PARTS, MOST_TAKEN, Part

Piece = Any
"""A message or a part of one; the parser's own types do not say what a payload holds."""
MOST_LEAVES = 2_000
"""Parts of a message that are looked at."""

_LONGEST = 200
_SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_SAID = {
    **dict.fromkeys(_SIGNATURES, "a signature; it was not checked"),
    **dict.fromkeys(_SEALED, "S/MIME: encrypted or sealed, and not read here"),
    "application/pgp-encrypted": "a part of an encrypted message (PGP), not read here",
    "application/ms-tnef": "attachments in a form of Outlook's own (winmail.dat), not read here",
    "message/rfc822": "a message that is attached",
}
_INLINE = "an image shown within the message, which it stays part of"


def leaves(message: Piece) -> Iterator[Piece]:
    """The parts that are no containers, in their order; an attached message is one part."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_LEAVES:
        part = waiting.pop()
        seen += 1
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(reversed(inner))
        else:
            yield part


def is_body(part: Piece) -> bool:
    """Whether this is text of the message itself and nothing attached to it."""
    return (
        part.get_content_type() in ("text/plain", "text/html")
        and not _stated_name(part)
        and _disposition(part) != "attachment"
    )


def attached(message: Piece) -> Iterator[tuple[Part, bytes]]:
    """What is attached, with its bytes; none for what stays within the message."""
    number, taken = 0, 0
    for piece in leaves(message):
        if is_body(piece):
            continue
        number += 1
        content, left = _content(piece)
        if not left and (left := refused(number, len(content), taken)) == "":
            taken += len(content)
        kind = piece.get_content_type()
        name = kept_name(_stated_name(piece), number, kind)
        yield (
            Part(
                number=number,
                filename=name,
                media_type=kind[:100],
                size=len(content),
                said=_said(piece, name, kind),
                left=left,
                message_id=_id_of(piece),
            ),
            b"" if left else content,
        )


def refused(number: int, size: int, taken: int) -> str:
    """Why the ``number``-th part is not taken out; empty where it is."""
    if not size:
        return "it is empty"
    if number > MOST_PARTS:
        return f"only {MOST_PARTS} attachments of a message are taken out"
    if taken + size > MOST_TAKEN:
        return f"more than {MOST_TAKEN:,} bytes of attachments; attach it by itself"
    return ""


def kept_name(stated: str, number: int, media_type: str) -> str:
    """A name to keep a part under: the stated one without path, and nothing invisible in it.

    >>> kept_name("..\\\\..\\\\etc\\\\pass\\u202ewd.exe", 1, ""), kept_name("", 2, "image/png")
    ('passwd.exe', 'part-2.png')
    """
    name = PurePosixPath(stated.replace("\\", "/")).name
    name = " ".join("".join(each for each in name if each.isprintable() or each == " ").split())
    if name in ("", ".", ".."):
        ending = ".eml" if media_type == "message/rfc822" else mimetypes.guess_extension(media_type)
        return f"part-{number}{ending or '.bin'}"
    if len(name) > _LONGEST:
        ending = PurePosixPath(name).suffix[:20]
        name = name[: _LONGEST - len(ending)] + ending
    return name


def _said(piece: Piece, name: str, kind: str) -> str:
    if name.lower() == "winmail.dat":
        kind = "application/ms-tnef"
    said = [_SAID[kind]] if kind in _SAID else []
    return "; ".join([*said, *renamed(_stated_name(piece), name)])


def renamed(stated: str, name: str) -> list[str]:
    """That the message names a part otherwise than it is kept, if it does."""
    stated = plain(stated)
    return [f"named “{stated[:120]}” in the message"] if stated and stated != name else []


def _content(piece: Piece) -> tuple[bytes, str]:
    """The bytes of a part, and why they stay within the message."""
    if piece.get_content_maintype() == "image" and piece["Content-ID"] and (
        _disposition(piece) != "attachment"
    ):  # fmt: skip
        return _decoded(piece), _INLINE
    if piece.get_content_type() != "message/rfc822":
        return _decoded(piece), ""
    try:
        return _written(piece), ""
    except Exception:  # the standard library raises what it pleases on a broken message
        return b"", "it is a message too broken to be written out by itself"


def _decoded(piece: Piece) -> bytes:
    content = piece.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _written(piece: Piece) -> bytes:
    """An attached message by itself; its headers as they were, not folded anew."""
    inner = piece.get_payload()
    if not isinstance(inner, list) or not inner:
        return _decoded(piece)
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False, policy=POLICY).flatten(inner[0])
    return out.getvalue()


def _id_of(piece: Piece) -> str:
    inner = piece.get_payload()
    if piece.get_content_type() != "message/rfc822" or not isinstance(inner, list) or not inner:
        return ""
    return next(iter(ids_in(inner[0], "Message-ID")), "")


def _stated_name(piece: Piece) -> str:
    try:
        return str(piece.get_filename() or "")
    except Exception:  # the standard library raises what it pleases on a broken message
        found = re.search(r'name="([^"]*)"', str(piece["Content-Disposition"]))
        return found[1] if found else ""


def _disposition(piece: Piece) -> str:
    return str(piece["Content-Disposition"] or "").partition(";")[0].strip().lower()
