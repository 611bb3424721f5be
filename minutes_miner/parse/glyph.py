"""Read the words of a PDF page with their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, repeat
from sys import intern
from typing import Any, NamedTuple

from minutes_miner.domain.source import Box
from minutes_miner.parse.coverage import count_letters
from minutes_miner.parse.encoding import tidy
from minutes_miner.parse.font import FontBook
from minutes_miner.parse.rule import Placer, Rule, iter_rules
from minutes_miner.parse.run import Run, find_runs, find_turn
from minutes_miner.parse.textlayer import TextLayer

_TIGHT = 0.95
"""Share of the type size below which a line's box is too low for type of that size."""
_ASCENT, _DESCENT = 0.85, 0.2
_ASKEW = 10
"""Degrees from upright text up to which text that is not read was lost rather than left out on purpose."""
_JUMP = 0.3
"""Share of the type size that parts two words without a space between them."""
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")


class Word(NamedTuple):
    """Place one word; ``baseline`` in points from the top."""

    text: str
    box: Box
    baseline: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold one page's words and rules; sizes in points, as the reader sees it.

    Attributes:
        letters: how many stand in its text layer, as ``count_letters`` counts them; 0 where it was not counted.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    letters: int = 0


def read_sheet(page: Any, number: int, fonts: FontBook | None = None) -> Sheet:
    """Read a page.

    Args:
        page: a page of pypdfium2.
        number: its number, from 1.
        fonts: what is known of the document's fonts; nothing by default.
    """
    fonts = fonts or FontBook()
    fonts.turn_page()
    textpage = page.get_textpage()
    try:
        layer = TextLayer(textpage, fonts)
        runs = find_runs(layer)
        turn = find_turn(runs)
        place, width, height = _placer(turn, page.get_bbox())
        words = tuple(_tidy(_make_words(layer, runs, turn, place), layer.text))
    finally:
        textpage.close()
    letters = count_letters(layer.text) - _count_askew(layer.text, runs)
    return Sheet(number, width, height, words, tuple(iter_rules(page, place)), letters)


def _count_askew(text: str, runs: Iterable[Run]) -> int:
    """Count the letters that run across the page, as those of a watermark do."""
    across = (run for run in runs if _ASKEW < run.style.turn % 90 < 90 - _ASKEW)
    return sum(count_letters(text[start:end]) for run in across for start, end in run.spans)


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


def _make_words(layer: TextLayer, runs: Sequence[Run], turn: int, place: Placer) -> list[Word]:
    """Place the words of runs; text at another angle than the page's, such as a watermark, is left out."""
    spans = [span for run in runs if run.style.turn == turn for span in run.spans]
    values = layer.find_boxes([index for start, end in spans for index in (start, end - 1)])
    edges = _Edges(values, turn, place)
    words: list[Word] = []
    parts: list[Word] = []
    for run in runs:
        placed = edges.take(run, layer) if run.style.turn == turn else []
        if run.glued and parts and placed and not _is_apart(parts[-1], placed[0]):
            parts.append(placed[0])
            words[-1] = _join(parts)
        else:
            words.extend(placed)
            parts = placed[-1:]
    return words


class _Edges:
    """Hand out the boxes of runs' first and last characters, in the order in which they were asked for."""

    def __init__(self, values: Sequence[float], turn: int, place: Placer) -> None:
        self._place = place
        (self._left, high) = place(0.0, 0.0) if turn == 0 else (0.0, 0.0)
        self._high = high
        if turn:
            values = list(_upright(values, place))
        self._pairs = zip(*[iter(values)] * 8, strict=True)

    def take(self, run: Run, layer: TextLayer) -> list[Word]:
        """Place the words of the next run; type without any height shows nothing."""
        pairs = list(islice(self._pairs, len(run.spans)))
        style, left, high = run.style, self._left, self._high
        top, low = pairs[0][1], pairs[0][3]
        size = style.size if style.size > 2 else abs(top - low)
        if not size:
            return []
        baseline = self._place(*style.origin)[1]
        is_tight = low < top < low + _TIGHT * size
        if is_tight:
            size *= layer.find_scale(run.spans[0][0]) if style.size > 2 else 1.0
        elif top > low:
            size = min(size, top - low)
        is_flat = is_tight and top < low + _TIGHT * size  # the font tells no ascent: each box is as high as its letter
        upper, lower = (baseline - _ASCENT * size, baseline + _DESCENT * size) if is_flat else (high - top, high - low)
        boxes = [
            (  # numbers that words share are kept once
                (x0 if x0 < last_x0 else last_x0) + left,
                upper if is_flat or y1 == top else high - y1,
                (x1 if x1 > last_x1 else last_x1) + left,
                lower if is_flat or y0 == low else high - y0,
            )
            for x0, y1, x1, y0, last_x0, _, last_x1, _ in pairs
        ]
        text = layer.text
        texts = [intern(text[start:end]) for start, end in run.spans]
        return list(map(_WORD, zip(texts, boxes, repeat(baseline), repeat(size), repeat(style.bold))))


_WORD: Callable[[Iterable[object]], Word] = partial(tuple.__new__, Word)
"""Makes a word of its fields at a third of the time that the class takes."""


def _upright(values: Sequence[float], place: Placer) -> Iterator[float]:
    """Turn the boxes of a page whose text runs at an angle, so that y grows upwards from 0 and x from 0."""
    for left, top, right, low in zip(*[iter(values)] * 4, strict=True):
        (ax, ay), (bx, by) = place(left, low), place(right, top)
        yield from (min(ax, bx), -min(ay, by), max(ax, bx), -max(ay, by))


def _is_apart(last: Word, word: Word) -> bool:
    """Tell whether a piece begins a new word: it stands apart from the last, or on another line."""
    step = word.box[0] - last.box[2]
    reach = max(last.size, word.size)
    return step > _JUMP * reach or step < -0.6 * reach or abs(word.baseline - last.baseline) > 0.6 * reach


def _join(parts: Sequence[Word]) -> Word:
    """Join the pieces of one word; it is bold where most of its characters are."""
    first, text = parts[0], "".join(part.text for part in parts)
    x0, x1 = min(part.box[0] for part in parts), max(part.box[2] for part in parts)
    bold = sum(len(part.text) for part in parts if part.bold) * 2 > len(text)
    return Word(text, (x0, first.box[1], x1, first.box[3]), first.baseline, first.size, bold)


def _tidy(words: list[Word], text: str) -> list[Word]:
    """Clear a page's words of characters that show nothing; most words need it not."""
    if _CONTROL.search(text):
        words = [_tidy_word(word) for word in words]
    elif not text.isascii():
        words = [word if word.text.isascii() else _tidy_word(word) for word in words]
    return [word for word in words if word.text]


def _tidy_word(word: Word) -> Word:
    """Show the hyphens that PDFium marks and those that a line's end lets show."""
    text = word.text.replace("\x02", "-").replace("\ufffe", "-")
    if text[-1:] == "\u00ad":
        text = text[:-1] + "-"
    return word._replace(text=tidy(text).strip())
