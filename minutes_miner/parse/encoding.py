"""Turn bytes into characters and say when that could not be done cleanly."""

from __future__ import annotations

import html
import re
import unicodedata

from charset_normalizer import from_bytes

from minutes_miner.domain.source import Notice
from minutes_miner.domain.vocabulary import WarningCode
from minutes_miner.parse.sniff import find_mark, is_utf16_without_mark

_ENTITY = re.compile(r"&(?:amp;)*(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
_CONTROL = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200c\u2060\ufeff\u00ad\ufffe\u202a-\u202e\u2066-\u2069]"
)
"""Characters that show nothing: controls, invisible spaces and hyphens, and turns of the writing's direction."""
_BULLET = re.compile("[\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d\uf0a8\uf06e\uf0d2]")
"""Bullets as symbol fonts have them, in the private use area."""


def decode(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """Decode a text: byte order mark, UTF-8, UTF-16, else the encoding that reads most like text.

    Args:
        data: the whole file.

    Returns:
        The characters, and a notice where some bytes had to be replaced.
    """
    declared = find_mark(data) or is_utf16_without_mark(data) or "utf-8"
    try:
        return data.decode(declared), ()
    except UnicodeDecodeError:
        pass
    text = _decode_nearly(data, declared)
    if "\ufffd" in text:
        message = f"{text.count(chr(0xFFFD))} bytes are not valid in the text's encoding and were replaced"
        return text, (Notice(WarningCode.ENCODING, message),)
    return text, ()


def _decode_nearly(data: bytes, declared: str) -> str:
    """Decode bytes that break their encoding: UTF-8 with few flaws stays UTF-8, else a guess."""
    text = data.decode(declared, "replace")
    wide = sum(ord(ch) > 127 and ch != "\ufffd" for ch in text)
    if declared != "utf-8" or wide > 3 * text.count("\ufffd"):
        return text
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        best = from_bytes(data).best()
        return str(best) if best is not None else data.decode("cp1252", "replace")


def unescape(text: str) -> str:
    """Turn stray entities into characters, also those escaped twice, and drop control characters."""
    for _ in range(2):
        if not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda match: html.unescape(match.group().replace("&amp;", "&")), text)
    return tidy(text)


def tidy(text: str) -> str:
    """Compose accents, spell out ligatures and drop characters that show nothing."""
    text = _CONTROL.sub("", text)
    text = _BULLET.sub("\u2022", text)
    if not text.isascii():
        text = re.sub("[\ufb00-\ufb06]", lambda match: unicodedata.normalize("NFKC", match.group()), text)
        text = unicodedata.normalize("NFC", text)
    return text
