"""Break text into lines that fit a column, in a typeface that comes with the package."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
PLAIN, BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"

MISSING = "\ufffd"
"""Stands for a letter that the typeface has not."""

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Categories of what has no look of its own: signs of control, and those that turn the direction of writing."""


@dataclass(frozen=True, slots=True)
class Style:
    """Say how text looks: typeface, size and leading in points, and colour as red, green and blue up to 1."""

    font: str
    size: float
    leading: float
    colour: tuple[float, float, float]


@cache
def widths_of(font: str) -> Mapping[int, float]:
    """Give the width of each sign that a typeface has, in thousandths of its size."""
    from reportlab.pdfbase.ttfonts import TTFontFile

    face = TTFontFile(str(FONTS / f"{font}.ttf"))
    return {code: width for code, width in face.charWidths.items() if code in face.charToGlyph}


def clean(text: str) -> str:
    """Give text as it can be set: one blank between words, nothing unseen, and MISSING for what has no letter."""
    known = widths_of(PLAIN)
    joined = " ".join(unicodedata.normalize("NFC", text).split())
    if joined.isascii() and joined.isprintable():
        return joined
    seen = (sign for sign in joined if unicodedata.category(sign) not in _UNSEEN)
    return "".join(sign if ord(sign) in known else MISSING for sign in seen)


def shorten(text: str, most: int) -> str:
    """Give text of so many signs at most, with an ellipsis where something was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def width(text: str, style: Style) -> float:
    """Tell how many points a line of clean text takes."""
    return _width(text, style.font) * style.size / 1000


@lru_cache(maxsize=5_000)
def _width(text: str, font: str) -> float:
    widths = widths_of(font)
    return sum(widths[ord(sign)] for sign in text)


def wrap(text: str, style: Style, room: float) -> list[str]:
    """Break clean text into lines no wider than so many points; a word that is wider alone is broken anywhere.

    The blank between two words stays at the end of the line, so that who hears or copies them hears two words.
    """
    lines: list[str] = []
    line, used, blank = "", 0.0, width(" ", style)
    for word in filter(None, text.split(" ")):
        for number, part in enumerate(_parts(word, style, room)):
            needed = width(part, style) + (blank if line else 0)
            if line and (number or used + needed > room):
                lines.append(line if number else f"{line} ")
                line, used, needed = "", 0.0, width(part, style)
            line, used = f"{line} {part}" if line else part, used + needed
    return [*lines, line] if line else lines


def _parts(word: str, style: Style, room: float) -> Iterator[str]:
    if width(word, style) <= room:
        yield word
        return
    widths, part, used = widths_of(style.font), "", 0.0
    for sign in word:
        needed = widths[ord(sign)] * style.size / 1000
        if part and used + needed > room:
            yield part
            part, used = "", 0.0
        part, used = part + sign, used + needed
    if part:
        yield part
