"""Text, and HTML as the text a reader sees."""

from html.parser import HTMLParser
from typing import BinaryIO

from evidence.intake.text.passages import MOST, Passages

_UNSEEN = frozenset({"script", "style", "template", "noscript"})
_BLOCK_TAGS = """
address article aside blockquote br dd div dl dt figcaption footer h1 h2 h3 h4 h5 h6 header hr
li main nav ol option p pre section table td th title tr ul
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())


def read_plain(stream: BinaryIO, passages: Passages) -> None:
    """Text in UTF-8, UTF-16 or, where it is neither, Windows-1252."""
    passages.add("", decoded(stream.read(4 * MOST)))


def read_html(stream: BinaryIO, passages: Passages) -> None:
    """What a reader of the page would see; no script runs and nothing is fetched."""
    passages.add("", text_of_html(decoded(stream.read(4 * MOST))))


def decoded(content: bytes) -> str:
    """The text of the bytes; a few broken characters are shown as the replacement character.

    >>> decoded("Gerät".encode("latin-1")), decoded(b"caf\\xc3\\xa9 " * 200 + b"\\xff")[-2:]
    ('Gerät', ' \ufffd')
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    text = content.decode("utf-8-sig", "replace")
    broken = text.count("\ufffd")
    if broken * 100 > len(text):
        return content.decode("cp1252", "replace")
    return text


def text_of_html(html: str) -> str:
    """The text of a page, one block a line."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._unseen and tag in _UNSEEN:
            self._unseen = tag
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)
