"""Tell the media type of bytes from the bytes themselves."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import urlsplit

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
BINARY = "application/octet-stream"
_WINDOW = 4096
_ZEROS = 0.01
"""Share of zero bytes that a text may have by accident."""
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x0b\x1b")
_SIGNATURES = (
    (b"{\\rtf", RTF),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x1f\x8b", "application/gzip"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (
    ("WordDocument", DOC),
    ("EncryptedPackage", DOC),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
)
"""What a stream of a compound file is called in each kind of document; the first counts, others may be embedded."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<title>", re.IGNORECASE)
_FRAGMENT = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:div|table|h[1-6]|article|section|main|ul|ol|p|span)[\s>]", re.I | re.S
)
_TAG = re.compile(rb"<(?:p|div|table|h[1-6]|li|span)[\s>]", re.IGNORECASE)
_WEB_SUFFIXES = {".html", ".htm", ".xhtml", ".aspx", ".asp", ".php"}


def sniff_media_type(data: bytes, source: str) -> str:
    """Tell a media type: from signatures, tags and the share of control characters.

    Args:
        data: the whole file.
        source: its path or address; ``.md`` tells Markdown from plain text, and web suffixes settle fragments of HTML.
    """
    if b"%PDF-" in data[:1024]:
        return "application/pdf"
    if data.startswith(b"PK"):
        return _sniff_zip(data)
    if data.startswith(_COMPOUND):
        return next((kind for name, kind in _STREAMS if name.encode("utf-16-le") in data), DOC)
    for signature, media_type in _SIGNATURES:
        if data.startswith(signature):
            return media_type
    window = _as_bytes_of_text(data[:_WINDOW])
    if window is None:
        return BINARY
    return _sniff_text(window, data, find_suffix(source))


def find_suffix(source: str) -> str:
    """Give the suffix of a path or address in lower case, without its query."""
    path = urlsplit(source).path if "://" in source else source
    return PurePosixPath(path.replace("\\", "/")).suffix.lower()


def is_utf16_without_mark(data: bytes) -> str | None:
    """Give ``utf-16-le`` or ``utf-16-be`` where every other byte of Latin text is zero, else None."""
    head = data[:_WINDOW]
    if len(head) < 16:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.05 * half else None


def find_mark(data: bytes) -> str | None:
    """Give the encoding that a byte order mark names, or None without one."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _as_bytes_of_text(head: bytes) -> bytes | None:
    """Give the beginning of a text as single bytes, or None where it is no text."""
    encoding = find_mark(head) or is_utf16_without_mark(head)
    if encoding:
        head = head[: len(head) // 2 * 2].decode(encoding, "replace").encode("utf-8", "replace")
    control = len(head) - len(head.translate(None, _CONTROL))
    zeros = head.count(0)
    if zeros > max(1, _ZEROS * len(head)) or control - zeros > 0.02 * max(len(head), 1):
        return None
    return head.replace(b"\0", b"")


def _sniff_text(window: bytes, data: bytes, suffix: str) -> str:
    if _PAGE.search(window) or _FRAGMENT.match(window):
        return "text/html"
    if suffix in _WEB_SUFFIXES and (_TAG.search(window) or _PAGE.search(data)):
        return "text/html"
    if window.lstrip().startswith(b"<?xml"):
        return "application/xml"
    return "text/markdown" if suffix in {".md", ".markdown"} else "text/plain"


def _sniff_zip(data: bytes) -> str:
    """Tell office documents from other archives; a broken archive counts as what its first members tell."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            if any(name.startswith("word/document") for name in names):
                return DOCX
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype").decode("ascii", "replace").strip()
                return kind.removesuffix("-template") or BINARY
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, NotImplementedError):
        if ODT.encode() in data[:200]:
            return ODT
        return DOCX if b"word/" in data or b"[Content_Types].xml" in data[:200] else BINARY
    return BINARY
