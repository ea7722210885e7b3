"""misquoted-standard: a decision that rests on the wrong text rests on an error of law.

SEC v. Chenery Corp., 318 U.S. 80 (1943), on action resting on a wrong view of the law; Xiaomi Corp.
v. Dep't of Defense, No. 21-280 (D.D.C. Mar. 12, 2021), remarking that a misquoted statute undercuts
confidence in the care taken.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from casemgr.apa.report import Flag
from casemgr.apa.view import ElementView
from casemgr.words import Difference, Severity

AUTHORITIES = (
    "SEC v. Chenery Corp., 318 U.S. 80 (1943)",
    "Xiaomi Corp. v. Dep't of Defense, No. 21-280 (D.D.C. Mar. 12, 2021) (remark)",
)
_MARKS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
_ELLIPSIS = re.compile(r"\.\.\.|…|\[[^\]]*\]")


def misquoted_standard(view: ElementView) -> Iterator[Flag]:
    """Raised when the standard the finding quotes is not in the pinned operative text.

    Letters, quotation marks and spaces are compared loosely; an ellipsis or brackets may stand for
    what is left out. Advisory where the difference is stated to be immaterial. Cured by correcting
    the quotation and deciding again under the right text.
    """
    quoted = view.finding.quoted_standard if view.finding else None
    if not quoted or not view.element.text:
        return
    pinned = _plain(view.element.text)
    wrong = [part for part in _parts(quoted) if part not in pinned]
    if not wrong:
        return
    applied = view.finding.applied if view.finding else None
    immaterial = applied is not None and applied.difference is Difference.IMMATERIAL
    yield Flag(
        doctrine="misquoted-standard",
        severity=Severity.ADVISORY if immaterial else Severity.SERIOUS,
        statement=(
            f"{view.where}: the finding quotes the standard as “{wrong[0]}”, which is not in the "
            f"pinned text: {_difference(wrong[0].split(), pinned.split())}."
        ),
        authorities=AUTHORITIES,
        cures=("Quote the pinned text and reconsider the finding under it.",),
    )


def _plain(text: str) -> str:
    return " ".join(text.translate(_MARKS).casefold().replace('"', "").split()).strip(" .;,")


def _parts(quoted: str) -> list[str]:
    return [part for piece in _ELLIPSIS.split(quoted) if (part := _plain(piece))]


def _difference(quoted: list[str], pinned: list[str]) -> str:
    """What the quotation changes, word by word, against the passage most like it."""
    matcher = SequenceMatcher(None, pinned, quoted, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if sum(block.size for block in blocks) * 2 < len(quoted):
        return "nothing like it stands there"
    first, last = blocks[0], blocks[-1]
    start = max(0, first.a - first.b)
    end = last.a + last.size + len(quoted) - last.b - last.size
    passage = pinned[start:end]
    changes = [
        _change(" ".join(passage[i1:i2]), " ".join(quoted[j1:j2]))
        for tag, i1, i2, j1, j2 in SequenceMatcher(
            None, passage, quoted, autojunk=False
        ).get_opcodes()
        if tag != "equal"
    ]
    return "; ".join(changes)


def _change(reads: str, quoted: str) -> str:
    if not quoted:
        return f"it leaves out “{reads}”"
    if not reads:
        return f"it adds “{quoted}”"
    return f"it has “{quoted}” where the text has “{reads}”"
