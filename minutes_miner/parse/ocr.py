"""Turn the picture of a page into words with their places, by the program tesseract."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import linear_regression, median
from typing import Any

from minutes_miner.parse.encoding import tidy
from minutes_miner.parse.glyph import Sheet, Word
from minutes_miner.parse.program import find_program, run_program

INSTALL = "apt-get install tesseract-ocr, or brew install tesseract"
_DPI = 200
_LEAST_DPI = 100
_MAX_PIXELS = 40_000_000
"""Pixels of a rendered page; at 200 dots per inch a sheet of A1 has 31 million."""
_SURE = 0.2
"""Confidence below which tesseract guesses at specks, signatures and stamps."""
_UNSURE = 0.6
"""Mean confidence of a page below which it may lie on its side."""
_STROKES = re.compile(r"[|_\[\]{}\\=~\u2014-]*[|_\[\]{}\\=~][|_\[\]{}\\=~\u2014-]*")
"""What the lines of tables are read as."""
_HANGING, _RISING = re.compile(r"[gjpqy,;()\[\]/Q@$]"), re.compile(r"[A-Z0-9bdfhklt()\[\]/\u00a3$&@!?'\"]")
_TURN = re.compile(rb"Rotate:\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Picture:
    """Hold a rendered page: its grey pixels row by row, its sizes in pixels, and how it was turned.

    Attributes:
        pixels: one byte each, 0 for black.
        dpi: pixels an inch.
        page: the page of pypdfium2 that it was rendered from.
        turn: degrees clockwise.
    """

    pixels: bytes
    width: int
    height: int
    dpi: float
    page: Any
    turn: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    """Hold one word as tesseract gives it: its box in points, its line, and its confidence between 0 and 1."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    line: tuple[int, ...]
    confidence: float


def find_tesseract() -> str | None:
    """Give the path of the program, or None where it is not installed."""
    return find_program("tesseract")


def render(page: Any, turn: int = 0) -> Picture | None:
    """Render a page in shades of grey at 200 dots per inch, fewer for a large sheet; None for one too large.

    Args:
        page: a page of pypdfium2.
        turn: degrees clockwise to turn it by: 0, 90, 180 or 270.
    """
    inches = max(page.get_width() * page.get_height() / 72**2, 1e-6)
    dpi = min(_DPI, math.sqrt(_MAX_PIXELS / inches))
    if dpi < _LEAST_DPI:
        return None
    bitmap = page.render(scale=dpi / 72, rotation=turn, grayscale=True)
    try:
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        pixels = bytes(bitmap.buffer)
    finally:
        bitmap.close()
    if stride != width:
        pixels = b"".join(pixels[row * stride : row * stride + width] for row in range(height))
    return Picture(pixels, width, height, dpi, page, turn)


def read_picture(program: str, picture: Picture, number: int, *, seconds: float) -> tuple[Sheet, float]:
    """Read a page's picture; one that lies on its side or head is turned.

    Args:
        program: path of tesseract.
        picture: the page.
        number: its number, from 1.
        seconds: how long each run of the program may take.

    Returns:
        The page, upright and straight, and the mean confidence of its words, 0 without words.

    Raises:
        TimeoutError: the time was over.
    """
    found = _read(program, picture, seconds)
    if (_mean(found) < _UNSURE or _stands(found)) and (turn := _find_turn(program, picture, seconds)):
        turned = render(picture.page, turn)
        again = _read(program, turned, seconds) if turned else []
        if turned and (_mean(again) > _mean(found) or _stands(found)):
            picture, found = turned, again
    scale = 72 / picture.dpi
    words = tuple(_make_words(found))
    return Sheet(number, picture.width * scale, picture.height * scale, words), round(_mean(found), 3)


def _read(program: str, picture: Picture, seconds: float) -> list[_Found]:
    """Run tesseract on a picture and give the words it is fairly sure of, straightened."""
    dpi = f"{picture.dpi:.0f}"
    command = [program, "-", "-", "--psm", "3", "--dpi", dpi, "-l", "eng", "tsv"]
    output = run_program(command, data=_as_pgm(picture), seconds=seconds, settings={"OMP_THREAD_LIMIT": "1"})
    rows = (output or b"").decode("utf-8", "replace").splitlines()
    return list(_straighten([found for row in rows if (found := _read_row(row, 72 / picture.dpi))]))


def _as_pgm(picture: Picture) -> bytes:
    return b"P5 %d %d 255\n" % (picture.width, picture.height) + picture.pixels


def _read_row(row: str, scale: float) -> _Found | None:
    """Read one row of tesseract's table: level, page, block, paragraph, line, word, box, confidence, text."""
    values = row.split("\t")
    if len(values) != 12 or values[0] != "5":
        return None
    left, top, width, height = (float(value) * scale for value in values[6:10])
    text, confidence = tidy(values[11]).strip(), float(values[10]) / 100
    if not text or confidence < _SURE or _STROKES.fullmatch(text):
        return None
    line = tuple(int(value) for value in values[2:5])
    return _Found(text, left, top, left + width, top + height, line, confidence)


def _find_turn(program: str, picture: Picture, seconds: float) -> int:
    """Give the degrees clockwise that tesseract would turn a page by."""
    command = [program, "-", "-", "--psm", "0", "--dpi", f"{picture.dpi:.0f}"]
    output = run_program(command, data=_as_pgm(picture), seconds=seconds, settings={"OMP_THREAD_LIMIT": "1"})
    match = _TURN.search(output or b"")
    return int(match[1]) % 360 if match else 0


def _mean(found: Sequence[_Found]) -> float:
    return sum(word.confidence for word in found) / len(found) if found else 0.0


def _stands(found: Sequence[_Found]) -> bool:
    """Tell whether words run up or down the page, which tesseract reads as they stand."""
    long = [word for word in found if len(word.text) > 3]
    return sum(word.bottom - word.top > word.x1 - word.x0 for word in long) > 0.5 * len(long)


def _straighten(found: list[_Found]) -> Iterator[_Found]:
    """Turn words back by the slope that most long lines share."""
    slope = _find_slope(found)
    for word in found:
        down, along = slope * (word.x0 + word.x1) / 2, slope * (word.top + word.bottom) / 2
        yield _Found(
            word.text,
            word.x0 + along,
            word.top - down,
            word.x1 + along,
            word.bottom - down,
            word.line,
            word.confidence,
        )


def _find_slope(found: Sequence[_Found]) -> float:
    """Give how far lines fall, in points a point, as most long lines do."""
    slopes = []
    for line in _lines(found):
        words = [word for word in line if not _HANGING.search(word.text)]
        if len(words) >= 4 and words[-1].x1 - words[0].x0 > 100:
            slopes.append(linear_regression([word.x0 for word in words], [word.bottom for word in words]).slope)
    return median(slopes) if len(slopes) >= 3 else 0.0


def _lines(found: Sequence[_Found]) -> list[list[_Found]]:
    lines: dict[tuple[int, ...], list[_Found]] = defaultdict(list)
    for word in found:
        lines[word.line].append(word)
    return list(lines.values())


def _make_words(found: Sequence[_Found]) -> Iterator[Word]:
    """Give words of even size and baseline within each line, as a text layer would have them."""
    lines = [(line, _find_size(line)) for line in _lines(found)]
    usual = median(size for line, size in lines for _ in line) if lines else 0.0
    for line, size in lines:
        size = usual if abs(size - usual) < 0.15 * usual else size
        baseline = median(word.bottom - (0.21 * size if _HANGING.search(word.text) else 0) for word in line)
        for word in line:
            box = (word.x0, baseline - 0.9 * size, word.x1, baseline + 0.21 * size)
            yield Word(word.text, box, baseline, size)


def _find_size(line: Sequence[_Found]) -> float:
    """Give a line's type size from the heights of its words: capitals are 0.72 of it, small letters 0.52."""
    sizes = []
    for word in line:
        share = (0.72 if _RISING.search(word.text) else 0.52) + (0.21 if _HANGING.search(word.text) else 0)
        sizes.append((word.bottom - word.top) / share)
    return median(sizes)
