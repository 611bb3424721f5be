"""Gather words into the lines of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minutes_miner.domain.numbering import Number, find_number
from minutes_miner.domain.source import Box
from minutes_miner.parse.glyph import Word

WIDE = 1.6
"""Gap between two words, in type sizes, that makes the second begin a new segment, as after a tab."""
_SAME_LINE = 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line of a page, its words from left to right.

    Attributes:
        words: at least one.
        page_number: from 1.
        region: lines of different regions, such as cells or columns, never share a paragraph on one page.
        right: where lines of its region usually end, in points.
        left: where lines of its region usually begin.
        ruled: whether it stands in a ruled table.
        notes: margin notes that stand level with it.
        alone: whether it makes a paragraph of its own.
    """

    words: tuple[Word, ...]
    page_number: int
    region: int = 0
    right: float = 0.0
    left: float = 0.0
    ruled: bool = False
    notes: tuple[str, ...] = ()
    alone: bool = False

    @property
    def box(self) -> Box:
        """The box around its words."""
        boxes = [word.box for word in self.words]
        return (boxes[0][0], min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].box[0]

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(word.box[2] for word in self.words)

    @property
    def size(self) -> float:
        """The type size of most of its words."""
        return sorted(word.size for word in self.words)[len(self.words) // 2]

    @property
    def baseline(self) -> float:
        """Where its letters stand."""
        return sorted(word.baseline for word in self.words)[len(self.words) // 2]

    @property
    def text(self) -> str:
        """Its words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def number(self) -> Number | None:
        """The numbering it opens with."""
        return find_number(self.text + " ")

    def segments(self) -> list[tuple[Word, ...]]:
        """Part the line where gaps are as wide as a tab."""
        return split_segments(self.words)

    def bold_body(self) -> bool:
        """Tell whether all its words but the number are bold."""
        words = [word for word in self.words if any(ch.isalnum() for ch in word.text)]
        number = self.number
        if number and len(words) > 1 and words[0].text.strip(" .") in number.text:
            words = words[1:]
        return bool(words) and all(word.bold for word in words)


def make_lines(words: Iterable[Word], page_number: int) -> list[Line]:
    """Gather words into lines from the top of the page down, each from left to right.

    Args:
        words: of one page, or of one part of it, in any order.
        page_number: from 1.
    """
    open_lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.baseline, word.box[0])):
        home = next((line for line in reversed(open_lines[-6:]) if _same_line(line[0], word)), None)
        if home is None:
            open_lines.append([word])
        else:
            home.append(word)
    lines = [Line(tuple(_join(sorted(line, key=lambda word: word.box[0]))), page_number) for line in open_lines]
    return sorted(lines, key=lambda line: (line.baseline, line.x0))


def split_segments(words: Iterable[Word]) -> list[tuple[Word, ...]]:
    """Part words of one line where gaps are as wide as a tab."""
    parts: list[list[Word]] = []
    for word in words:
        if parts and word.box[0] - parts[-1][-1].box[2] <= WIDE * max(word.size, parts[-1][-1].size):
            parts[-1].append(word)
        else:
            parts.append([word])
    return [tuple(part) for part in parts]


def _same_line(one: Word, two: Word) -> bool:
    """Tell whether two words stand on one line: their boxes overlap for most of the smaller one's height."""
    top, bottom = max(one.box[1], two.box[1]), min(one.box[3], two.box[3])
    height = min(one.box[3] - one.box[1], two.box[3] - two.box[1])
    return bottom - top >= _SAME_LINE * max(height, 0.1) and abs(one.baseline - two.baseline) <= 0.5 * max(
        one.size, two.size
    )


def _join(words: list[Word]) -> Iterator[Word]:
    """Join words that touch, such as a raised "th" drawn after its figure."""
    held: Word | None = None
    for word in words:
        if (
            held is not None
            and word.box[0] - held.box[2] < 0.08 * held.size
            and word.size < 0.8 * held.size
            and word.text.isalpha()
        ):
            box = (held.box[0], held.box[1], word.box[2], held.box[3])
            held = Word(held.text + word.text, box, held.baseline, held.size, held.bold)
            continue
        if held is not None:
            yield held
        held = word
    if held is not None:
        yield held
