"""Turn the picture of a page into words with their places, by the program tesseract."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from minutes_miner.domain.source import Box
from minutes_miner.parse.encoding import tidy
from minutes_miner.parse.glyph import Sheet, Word
from minutes_miner.parse.ink import Pixels, erase, find_bold, find_bullet, find_rules, keep_letters, straighten
from minutes_miner.parse.program import find_program, run_program
from minutes_miner.parse.rule import Rule

INSTALL = "apt-get install tesseract-ocr, or brew install tesseract"
_DPI = 200
_LEAST_DPI = 100
_MAX_PIXELS = 20_000_000
"""Pixels of a rendered page; at 200 dots per inch a sheet of A2 has 15 million."""
_SURE = 0.2
"""Confidence below which tesseract guesses at specks, signatures and stamps."""
_UNSURE = 0.6
"""Mean confidence of a page below which it may lie on its side."""
_REST_SECONDS = 20.0
"""Time for what is left of a page once its lines are read."""
_STROKES = re.compile(r"[|_\[\]{}\\=~\u2014-]*[|_\[\]{}\\=~][|_\[\]{}\\=~\u2014-]*")
"""What the lines of tables are read as."""
_SPECKS = re.compile(r"[.,:;'`^~\u2018\u2019\u201c\u201d\"]+")
"""What specks are read as; such signs do not stand alone."""
_BULLETS = frozenset("e\u00a2\u00a9\u00ae\u00b0\u00ab\u00bb*")
"""What a bullet at the beginning of a line is read as."""
_HANGING, _RISING = re.compile(r"[gjpqy,;()\[\]/Q@$]"), re.compile(r"[A-Z0-9bdfhklt()\[\]/\u00a3$&@!?'\"]")
_TURN = re.compile(rb"Rotate:\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Picture:
    """Hold a rendered page.

    Attributes:
        pixels: shades of grey.
        dpi: pixels an inch.
        page: the page of pypdfium2 that it was rendered from.
    """

    pixels: Pixels
    dpi: float
    page: Any


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


@dataclass(frozen=True, slots=True)
class _Reading:
    """Hold what was read: the straightened pixels, the rules, and the words in points of that page."""

    pixels: Pixels
    rules: tuple[Rule, ...]
    words: list[_Found]

    @property
    def confidence(self) -> float:
        """The mean of its words, 0 without words."""
        return sum(word.confidence for word in self.words) / len(self.words) if self.words else 0.0


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
        return Picture(bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].copy(), dpi, page)
    finally:
        bitmap.close()


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
        OSError: tesseract failed.
    """
    found = _read(program, picture, seconds)
    stands = _stands(found.words)
    if (found.confidence < _UNSURE or stands) and (turn := _find_turn(program, picture, seconds)):
        turned = render(picture.page, turn)
        again = _read(program, turned, seconds) if turned else found
        found = again if stands or again.confidence > found.confidence else found
    height, width = (size * 72 / picture.dpi for size in found.pixels.shape)
    words = tuple(_make_words(found, picture.dpi))
    return Sheet(number, width, height, words, found.rules), round(found.confidence, 3)


def _read(program: str, picture: Picture, seconds: float) -> _Reading:
    """Straighten a picture, take its rules out, and have tesseract read what is left."""
    pixels, dpi = straighten(picture.pixels), picture.dpi
    rules = tuple(find_rules(pixels, dpi))
    clean = erase(pixels, [(rule.x0, rule.top, rule.x1, rule.bottom) for rule in rules], dpi)
    words = _find_words(program, clean, dpi, seconds, layout=3)
    rest = keep_letters(erase(clean, [(w.x0, w.top, w.x1, w.bottom) for w in words], dpi), pixels)
    if words and rest is not None:  # initials that stand alone in a margin are what is missed most
        with suppress(OSError):
            more = _find_words(program, rest, dpi, min(seconds, _REST_SECONDS), layout=11)
            words += [word for word in more if word.confidence >= _UNSURE]
        words = list(_add_bullets(words, rest, dpi))
    return _Reading(pixels, rules, words)


def _add_bullets(words: list[_Found], rest: Pixels, dpi: float) -> Iterator[_Found]:
    """Give the words of each line, after the bullet before it that was not taken for a letter."""
    for line in _lines(words):
        size, first = _find_size(line), line[0]
        baseline = median(word.bottom - (0.21 * size if _HANGING.search(word.text) else 0) for word in line)
        box = find_bullet(rest, (first.x0, baseline - size, line[-1].x1, baseline), size, dpi)
        if box:
            yield _Found("\u2022", *box, first.line, first.confidence)
        yield from line


def _find_words(program: str, pixels: Pixels, dpi: float, seconds: float, *, layout: int) -> list[_Found]:
    """Have tesseract find words: with layout 3 it looks for columns and lines, with 11 for scattered words."""
    output = _run(program, pixels, seconds, "--psm", str(layout), "--dpi", f"{dpi:.0f}", "-l", "eng", "tsv")
    if not output:  # of a page without words it still writes the head of its table
        raise OSError("tesseract failed")
    rows = output.decode("utf-8", "replace").splitlines()
    return [found for row in rows if (found := _read_row(row, 72 / dpi, layout))]


def _run(program: str, pixels: Pixels, seconds: float, *options: str) -> bytes:
    """Run tesseract on a picture and give what it writes, nothing where it fails."""
    height, width = pixels.shape
    data = b"P5 %d %d 255\n" % (width, height) + pixels.tobytes()
    command = [program, "-", "-", *options]
    return run_program(command, data=data, seconds=seconds, settings={"OMP_THREAD_LIMIT": "1"}) or b""


def _read_row(row: str, scale: float, layout: int) -> _Found | None:
    """Read one row of tesseract's table: level, page, block, paragraph, line, word, box, confidence, text."""
    values = row.split("\t")
    if len(values) != 12 or values[0] != "5":
        return None
    left, top, width, height = (float(value) * scale for value in values[6:10])
    text, confidence = tidy(values[11]).strip(" |"), float(values[10]) / 100
    if not text or confidence < _SURE or _STROKES.fullmatch(text) or _SPECKS.fullmatch(text):
        return None
    line = (layout, *(int(value) for value in values[2:5]))
    return _Found(text, left, top, left + width, top + height, line, confidence)


def _find_turn(program: str, picture: Picture, seconds: float) -> int:
    """Give the degrees clockwise that tesseract would turn a page by."""
    match = _TURN.search(_run(program, picture.pixels, seconds, "--psm", "0", "--dpi", f"{picture.dpi:.0f}"))
    return int(match[1]) % 360 if match else 0


def _stands(found: Sequence[_Found]) -> bool:
    """Tell whether words run up or down the page, which tesseract reads as they stand."""
    long = [word for word in found if len(word.text) > 3]
    return sum(word.bottom - word.top > word.x1 - word.x0 for word in long) > 0.5 * len(long)


def _lines(found: Sequence[_Found]) -> list[list[_Found]]:
    lines: dict[tuple[int, ...], list[_Found]] = defaultdict(list)
    for word in found:
        lines[word.line].append(word)
    return [[_mend_bullet(line), *line[1:]] for line in lines.values()]


def _mend_bullet(line: Sequence[_Found]) -> _Found:
    """Give a line's first word, as a bullet where it is what bullets are read as and stands apart."""
    first = line[0]
    apart = len(line) > 1 and line[1].x0 - first.x1 > first.x1 - first.x0
    return replace(first, text="\u2022") if first.text in _BULLETS and apart else first


def _make_words(found: _Reading, dpi: float) -> Iterator[Word]:
    """Give words of even size and baseline within each line, as a text layer would have them."""
    lines = [(line, _find_size(line)) for line in _lines(found.words)]
    usual = median(size for line, size in lines for _ in line) if lines else 0.0
    placed: list[tuple[str, Box, float, float]] = []
    for line, size in lines:
        size = usual if abs(size - usual) < 0.15 * usual else size
        baseline = median(word.bottom - (0.21 * size if _HANGING.search(word.text) else 0) for word in line)
        for word in line:
            box = (word.x0, baseline - 0.9 * size, word.x1, baseline + 0.21 * size)
            placed.append((word.text, box, baseline, size))
    bold = find_bold(found.pixels, [box for _, box, *_ in placed], [size for *_, size in placed], dpi)
    for (text, box, baseline, size), is_bold in zip(placed, bold, strict=True):
        yield Word(text, box, baseline, size, is_bold)


def _find_size(line: Sequence[_Found]) -> float:
    """Give a line's type size from the heights of its words: capitals are 0.72 of it, small letters 0.52."""
    sizes = []
    for word in line:
        share = (0.72 if _RISING.search(word.text) else 0.52) + (0.21 if _HANGING.search(word.text) else 0)
        sizes.append((word.bottom - word.top) / share)
    return median(sizes)
