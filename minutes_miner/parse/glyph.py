"""Read the words of a PDF page with their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, NamedTuple

from minutes_miner.domain.source import Box
from minutes_miner.parse.encoding import tidy
from minutes_miner.parse.font import FontBook
from minutes_miner.parse.rule import Placer, Rule, iter_rules
from minutes_miner.parse.textlayer import Style, TextLayer

_JUMP = 0.3
"""Share of the type size that parts two words without a space between them."""
_TOKEN = re.compile(r"[^\s\0]+")
_ODD = re.compile(r"[^\s!-~]")
"""Characters that may need tidying."""


Span = tuple[int, int]
"""The first and the last character of a word or of a part of one."""


class Word(NamedTuple):
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
        runs = list(_iter_runs(layer))
        turn = _find_turn(runs)
        place, width, height = _placer(turn, page.get_bbox())
        words = tuple(_tidy(_make_words(layer, runs, turn, place), layer.text))
    finally:
        textpage.close()
    return Sheet(number, width, height, words, tuple(iter_rules(page, place)))


@dataclass(frozen=True, slots=True)
class _Run:
    """Hold words or parts of words of one text object; a glued one follows what is before it without a space."""

    style: Style
    spans: Sequence[Span]
    glued: bool = False


def _iter_runs(layer: TextLayer) -> Iterator[_Run]:
    """Give the page's words in content order, those of one text object together, and in parts where objects meet."""
    spans = [(match.start(), match.end() - 1) for match in _TOKEN.finditer(layer.text)]
    objects = layer.find_objects(start for start, _ in spans)
    at = 0
    for thing, same in groupby(objects):
        group = spans[at : at + len(list(same))]
        at += len(group)
        first, last = group[-1]
        whole = first == last or layer.find_objects([last]) == [thing]
        if not whole:
            group.pop()
        yield from _style(layer, group)
        if not whole:
            yield from _split(layer, first, last)


def _style(layer: TextLayer, spans: Sequence[Span]) -> Iterator[_Run]:
    """Give the words of one text object as a run; aslant, each word stands at a height of its own."""
    style = layer.get_style(spans[0][0]) if spans else None
    if style and style.is_straight:
        yield _Run(style, spans)
    elif style:
        yield from (_Run(layer.get_style(span[0]), [span]) for span in spans)


def _split(layer: TextLayer, first: int, last: int) -> Iterator[_Run]:
    """Give the parts of a word that is made of several text objects."""
    at = first
    for _, same in groupby(layer.find_objects(range(first, last + 1))):
        end = at + len(list(same))
        yield _Run(layer.get_style(at), [(at, end - 1)], at > first)
        at = end


def _find_turn(runs: Iterable[_Run]) -> int:
    """Give the angle that most of the page's text runs at: 0, 90, 180 or 270 degrees."""
    turns: Counter[int] = Counter()
    for run in runs:
        if run.style.turn % 90 == 0:
            turns[run.style.turn] += sum(last - first + 1 for first, last in run.spans)
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


def _make_words(layer: TextLayer, runs: Sequence[_Run], turn: int, place: Placer) -> list[Word]:
    """Place the words of runs; text at another angle than the page's, such as a watermark, is left out."""
    values = layer.find_boxes([end for run in runs if run.style.turn == turn for span in run.spans for end in span])
    edges = _Edges(values, turn, place)
    words: list[Word] = []
    parts: list[Word] = []
    for run in runs:
        placed = edges.take(run, layer.text) if run.style.turn == turn else []
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

    def take(self, run: _Run, text: str) -> list[Word]:
        """Place the words of the next run; type without any height shows nothing."""
        pairs = list(islice(self._pairs, len(run.spans)))
        style, left, high = run.style, self._left, self._high
        top, low = pairs[0][1], pairs[0][3]
        size = style.size if style.size > 2 else abs(top - low)
        if not size:
            return []
        size = min(size, top - low) if top > low else size
        baseline = self._place(*style.origin)[1]
        return [
            Word(
                text[start : end + 1],
                (min(x0, last_x0) + left, high - y1, max(x1, last_x1) + left, high - y0),
                baseline,
                size,
                style.bold,
            )
            for (start, end), (x0, y1, x1, y0, last_x0, _, last_x1, _) in zip(run.spans, pairs, strict=True)
        ]


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


def _tidy(words: list[Word], text: str) -> Iterable[Word]:
    """Clear a page's words of characters that show nothing; most words need it not."""
    if not _ODD.search(text):
        return words
    is_odd = _ODD.search
    tidied = (_tidy_word(word) if is_odd(word.text) else word for word in words)
    return (word for word in tidied if word.text)


def _tidy_word(word: Word) -> Word:
    """Show the hyphens that PDFium marks and those that a line's end lets show."""
    text = word.text.replace("\x02", "-").replace("\ufffe", "-")
    if text[-1:] == "\u00ad":
        text = text[:-1] + "-"
    return word._replace(text=tidy(text).strip())
