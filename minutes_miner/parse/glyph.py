"""Read the words of a PDF page with their places."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from minutes_miner.domain.source import Box
from minutes_miner.parse.encoding import tidy
from minutes_miner.parse.rule import Placer, Rule, iter_rules

_JUMP = 0.3
"""Share of the type size that parts two words without a space between them."""
_BOLD = ("bold", "black", "heavy", "semibold", "demi")


@dataclass(frozen=True, slots=True)
class Word:
    """Place one word; ``baseline`` in points from the top."""

    text: str
    box: Box
    baseline: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold one page's words and rules; sizes in points, as the reader sees it."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()


def read_sheet(page: Any, number: int) -> Sheet:
    """Read a page.

    Args:
        page: a page of pypdfium2.
        number: its number, from 1.
    """
    textpage = page.get_textpage()
    try:
        glyphs = list(_iter_glyphs(textpage))
    finally:
        textpage.close()
    left, low, right, high = page.get_bbox()
    turn = _find_turn(glyphs)
    place, width, height = _placer(turn, (left, low, right, high))
    words = tuple(_make_words(glyphs, turn, place))
    return Sheet(number, width, height, words, tuple(iter_rules(page, place)))


@dataclass(frozen=True, slots=True)
class _Glyph:
    """Hold one character, its box in the page's own space (left, bottom, right, top) and its type."""

    text: str
    box: Box
    origin: tuple[float, float]
    size: float
    turn: int
    bold: bool


_SPACE = _Glyph(" ", (0, 0, 0, 0), (0, 0), 0, 0, False)


def _iter_glyphs(textpage: Any) -> Iterator[_Glyph]:
    """Give the visible characters in content order, and an empty one for each space."""
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    fonts: dict[int, bool] = {}
    size, turn, bold, fresh = 0.0, 0, False, True
    last_low, handle = 0.0, textpage.raw
    for index in range(textpage.count_chars()):
        text = chr(pdfium.FPDFText_GetUnicode(handle, index))
        if text.isspace() or text == "\0":
            yield _SPACE
            fresh = True
            continue
        pdfium.FPDFText_GetLooseCharBox(handle, index, box)
        if fresh:
            size = pdfium.FPDFText_GetFontSize(handle, index)
            turn = round(math.degrees(pdfium.FPDFText_GetCharAngle(handle, index)) / 5) * 5 % 360
            bold = _is_bold(handle, index, fonts)
        if fresh or turn or abs(box.bottom - last_low) > 0.05:
            pdfium.FPDFText_GetCharOrigin(handle, index, x, y)
        fresh, last_low = False, box.bottom
        height = box.top - box.bottom if turn % 180 == 0 else box.right - box.left
        yield _Glyph(
            text,
            (box.left, box.bottom, box.right, box.top),
            (x.value, y.value),
            size if size > 2 else abs(height),
            turn,
            bold,
        )


def _is_bold(textpage: Any, index: int, fonts: dict[int, bool]) -> bool:
    """Tell whether a character's font is bold, by the name it carries or by being filled and stroked."""
    text_object = pdfium.FPDFText_GetTextObject(textpage, index)
    if not text_object:
        return False
    if pdfium.FPDFTextObj_GetTextRenderMode(text_object) == 2:
        return True
    font = pdfium.FPDFTextObj_GetFont(text_object)
    key = ctypes.cast(font, ctypes.c_void_p).value or 0
    if key not in fonts:
        name = ctypes.create_string_buffer(200)
        pdfium.FPDFFont_GetBaseFontName(font, name, 200)
        family = ctypes.create_string_buffer(200)
        pdfium.FPDFFont_GetFamilyName(font, family, 200)
        known = (name.value + b" " + family.value).decode("latin-1").lower()
        fonts[key] = any(mark in known for mark in _BOLD) or _is_bold_data(font)
    return fonts[key]


def _is_bold_data(font: Any) -> bool:
    """Tell from the embedded font's own style flags whether it is bold, where its name hides it."""
    length = ctypes.c_size_t()
    if not pdfium.FPDFFont_GetFontData(font, None, 0, length) or not 12 < length.value < 5_000_000:
        return False
    buffer = (ctypes.c_uint8 * length.value)()
    pdfium.FPDFFont_GetFontData(font, buffer, length.value, length)
    data = bytes(buffer)
    if data[:4] not in {b"\0\1\0\0", b"true", b"OTTO"}:
        return b"Bold" in data[:400]
    for entry in range(12, min(12 + 16 * int.from_bytes(data[4:6], "big"), len(data) - 16), 16):
        tag, start = data[entry : entry + 4], int.from_bytes(data[entry + 8 : entry + 12], "big")
        if tag == b"head" and len(data) >= start + 46:
            return bool(data[start + 45] & 1)
    return False


def _find_turn(glyphs: list[_Glyph]) -> int:
    """Give the angle that most of the page's text runs at: 0, 90, 180 or 270 degrees."""
    turns = Counter(glyph.turn for glyph in glyphs if glyph.size and glyph.turn % 90 == 0)
    return turns.most_common(1)[0][0] if turns else 0


def _placer(turn: int, bbox: Box) -> tuple[Placer, float, float]:
    """Give the function that turns the page's own points into points from the top left of upright text."""
    left, low, right, high = bbox
    wide, tall = right - left, high - low
    if turn == 270:
        return (lambda x, y: (y - low, x - left)), tall, wide
    if turn == 90:
        return (lambda x, y: (high - y, right - x)), tall, wide
    if turn == 180:
        return (lambda x, y: (right - x, y - low)), wide, tall
    return (lambda x, y: (x - left, high - y)), wide, tall


def _make_words(glyphs: list[_Glyph], turn: int, place: Placer) -> Iterator[Word]:
    """Join characters into words; text at another angle, such as a watermark, is left out."""
    run: list[tuple[str, Box, float, float, bool]] = []
    for glyph in glyphs:
        if not glyph.size or glyph.turn != turn:
            yield from _word(run)
            run = []
            continue
        (ax, ay), (bx, by) = place(*glyph.box[:2]), place(*glyph.box[2:])
        box = (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        baseline = place(*glyph.origin)[1]
        size = min(glyph.size, box[3] - box[1]) if box[3] > box[1] else glyph.size
        if run and _parts(run[-1], box, baseline, size):
            yield from _word(run)
            run = []
        run.append((glyph.text, box, baseline, size, glyph.bold))
    yield from _word(run)


def _parts(last: tuple[str, Box, float, float, bool], box: Box, baseline: float, size: float) -> bool:
    """Tell whether a character begins a new word: it stands apart from the last, or on another line."""
    step = box[0] - last[1][2]
    reach = max(last[3], size)
    return step > _JUMP * reach or step < -0.6 * reach or abs(baseline - last[2]) > 0.6 * reach


def _word(run: list[tuple[str, Box, float, float, bool]]) -> Iterator[Word]:
    text = "".join(part[0] for part in run).replace("\x02", "-").replace("\ufffe", "-")
    if text[-1:] == "\u00ad":
        text = text[:-1] + "-"
    text = tidy(text)
    if not text.strip():
        return
    boxes = [part[1] for part in run]
    box = (min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[0][3])
    yield Word(text, box, run[0][2], run[0][3], sum(part[4] for part in run) * 2 > len(run))
