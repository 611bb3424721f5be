"""Read the words of a PDF page with their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import attrgetter
from typing import Any, NamedTuple

from minutes_miner.domain.source import Box
from minutes_miner.parse.coverage import count_letters
from minutes_miner.parse.encoding import tidy
from minutes_miner.parse.font import FontBook
from minutes_miner.parse.placement import Placement
from minutes_miner.parse.rule import Placer, Rule, iter_rules
from minutes_miner.parse.run import Content, find_turn, read_content
from minutes_miner.parse.textlayer import TextLayer

_ASKEW = 10
"""Degrees from upright text up to which text that is not read was lost rather than left out on purpose."""
_JUMP = 0.3
"""Share of the type size that parts two words without a space between them."""
_USUAL = re.compile("[!-~\xa1-\xac\xae-\xff\u2010-\u2027\u2030\u20ac]+")
"""Characters that stay as they are."""
_TEXT = attrgetter("text")


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
        content = read_content(layer)
        turn = find_turn(content)
        place, width, height = _placer(turn, page.get_bbox())
        words = tuple(_tidy(_make_words(layer, content, turn, place), layer))
    finally:
        textpage.close()
    letters = count_letters(layer.text) - _count_askew(content)
    return Sheet(number, width, height, words, tuple(iter_rules(page, place)), letters)


def _count_askew(content: Content) -> int:
    """Count the letters that run across the page, as those of a watermark do."""
    across = (run for run in content.runs if _ASKEW < run.style.turn % 90 < 90 - _ASKEW)
    return sum(count_letters("".join(content.texts[run.first : run.end])) for run in across)


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


def _make_words(layer: TextLayer, content: Content, turn: int, place: Placer) -> list[Word]:
    """Place a page's words; text at another angle than the page's, such as a watermark, is left out."""
    if not content.runs:
        return []
    placement = Placement(layer, content, turn, place)
    pieces = list(map(_MAKE, repeat(Word), placement.iter_pieces()))
    if None not in placement.levels and not any([run.glued for run in content.runs]):
        return pieces
    words: list[Word] = []
    parts: list[Word] = []
    for run, level in zip(content.runs, placement.levels, strict=True):
        placed = pieces[run.first : run.end] if level else []
        if run.glued and parts and placed and not _is_apart(parts[-1], placed[0]):
            parts.append(placed[0])
            words[-1] = _join(parts)
        else:
            words += placed
            parts = placed[-1:]
    return words


_MAKE: Callable[[type[Word], Iterable[object]], Word] = tuple.__new__
"""Makes a word of its fields at a fourth of the time that the class takes."""


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


def _tidy(words: list[Word], layer: TextLayer) -> list[Word]:
    """Clear a page's words of characters that show nothing; most words need it not."""
    if layer.has_controls():
        doubtful = list(range(len(words)))
    elif not layer.text.isascii():
        doubtful = [at for at, is_plain in enumerate(map(str.isascii, map(_TEXT, words))) if not is_plain]
    else:
        return words
    for at in doubtful:
        words[at] = _tidy_word(words[at])
    return words if all([words[at].text for at in doubtful]) else [word for word in words if word.text]


def _tidy_word(word: Word) -> Word:
    """Show the hyphens that PDFium marks and those that a line's end lets show."""
    if _USUAL.fullmatch(word.text):
        return word
    text = word.text.replace("\x02", "-").replace("\ufffe", "-")
    if text[-1:] == "\u00ad":
        text = text[:-1] + "-"
    return word._replace(text=tidy(text).strip())
