"""Gather words into the lines of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, pairwise
from operator import attrgetter, sub

from minutes_miner.domain.numbering import Number, find_number
from minutes_miner.domain.source import Box
from minutes_miner.parse.glyph import Word

WIDE = 1.6
"""Gap between two words, in type sizes, that makes the second begin a new segment, as after a tab."""
_SAME_LINE = 0.6
_NEAR = 6
"""Lines above a word that it may belong to."""
_SMALL = 0.8
"""Share of the type size below which letters that touch a word are raised or sunk parts of it."""


_NUMBERED = frozenset(("item", "agenda", "minute", "o"))
"""Words that numbering may open with; other words that are not in capitals open none."""


class _Print:
    """Measure the words of a line once, for all lines that are made of it."""

    def __init__(self, words: tuple[Word, ...]) -> None:
        texts, boxes, baselines, sizes, bold = zip(*words, strict=True)
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        middle = len(words) // 2
        self.words = words
        self.x0: float = lefts[0]
        self.x1: float = max(rights)
        self.box: Box = (self.x0, min(tops), self.x1, max(bottoms))
        self.least: float = min(sizes)
        # Most lines have one size and one baseline, which is sooner seen than the middle one of many is found.
        self.size: float = self.least if sizes.count(self.least) == len(sizes) else sorted(sizes)[middle]
        first: float = baselines[0]
        self.baseline: float = first if baselines.count(first) == len(baselines) else sorted(baselines)[middle]
        self.text = " ".join(texts)
        self.gap: float = max(map(sub, lefts[1:], rights), default=0.0)
        self.some_bold = True in bold
        self.all_bold = self.some_bold and False not in bold
        self.number = find_number(self.text + " ") if _may_number(texts[0]) else None
        self.segments = tuple(split_segments(words)) if self.gap > WIDE * self.least else (words,)
        self.is_bold = self.some_bold and _is_bold(words, self.number)


def _is_bold(words: Sequence[Word], number: Number | None) -> bool:
    """Tell whether all words of a line but its number are bold."""
    words = [word for word in words if any(map(str.isalnum, word.text))]
    if number and len(words) > 1 and words[0].text.strip(" .") in number.text:
        words = words[1:]
    return bool(words) and all([word.bold for word in words])


def _may_number(first: str) -> bool:
    """Tell whether a line's first word may be the beginning of its number."""
    return not first.isalpha() or first.isupper() or first.lower() in _NUMBERED


@dataclass(slots=True)
class Line:
    """Hold one line of a page, its words from left to right.

    Nothing changes a line once it is made; it is not frozen because pages have many, and frozen ones take five times
    as long to copy.

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
    measured: _Print = field(default=None, repr=False, compare=False)  # type: ignore[assignment]  # set below

    def __post_init__(self) -> None:
        if self.measured is None or self.measured.words is not self.words:
            self.measured = _Print(self.words)

    @property
    def box(self) -> Box:
        """The box around its words."""
        return self.measured.box

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.measured.x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.measured.x1

    @property
    def size(self) -> float:
        """The type size of most of its words."""
        return self.measured.size

    @property
    def baseline(self) -> float:
        """Where its letters stand."""
        return self.measured.baseline

    @property
    def text(self) -> str:
        """Its words with single spaces."""
        return self.measured.text

    @property
    def number(self) -> Number | None:
        """The numbering it opens with."""
        return self.measured.number

    def place(self, region: int, left: float, right: float, *, ruled: bool = False) -> Line:
        """Give the line as one of a region, with the edges of that."""
        rest = (self.notes, self.alone, self.measured)
        return Line(self.words, self.page_number, region, right, left, ruled, *rest)

    def segments(self) -> Sequence[tuple[Word, ...]]:
        """Part the line where gaps are as wide as a tab."""
        return self.measured.segments

    def may_gape(self, share: float) -> bool:
        """Tell whether two of its words may stand as far apart as a share of their type size."""
        return self.measured.gap >= share * self.measured.least

    def all_bold(self) -> bool:
        """Tell whether all its words are bold."""
        return self.measured.all_bold

    def bold_body(self) -> bool:
        """Tell whether all its words but the number are bold."""
        return self.measured.is_bold


def make_lines(words: Iterable[Word], page_number: int) -> list[Line]:
    """Gather words into lines from the top of the page down, each from left to right.

    Args:
        words: of one page, or of one part of it, in any order.
        page_number: from 1.
    """
    words = list(words)
    rows: dict[float, list[Word]] = {}
    for baseline, level in groupby(words, _BASELINE):
        rows.setdefault(baseline, []).extend(level)
    sizes = list(map(_SIZE, words)) or [0.0]
    reach, is_even = 0.5 * max(sizes), min(sizes) >= _SMALL * max(sizes)
    open_lines: list[list[list[Word]]] = []
    for baseline, row in sorted(rows.items()):
        row.sort(key=_BOX)
        home = _find_home(row[0], open_lines, reach)
        if home is None:
            open_lines.append([row])
        else:
            home.append(row)
    found = (line[0] if len(line) == 1 else sorted(chain.from_iterable(line), key=_BOX) for line in open_lines)
    lines = [Line(tuple(line if is_even else _join(line)), page_number) for line in found]
    return sorted(lines, key=lambda line: (line.measured.baseline, line.measured.x0))


def _find_home(word: Word, lines: Sequence[list[list[Word]]], reach: float) -> list[list[Word]] | None:
    """Find the line that a row belongs to, from its first word, among those above it."""
    for line in lines[: -_NEAR - 1 : -1]:
        first = line[0][0]
        if word.baseline - first.baseline > reach:
            break  # those before it stand higher
        if _same_line(first, word):
            return line
    return None


def split_segments(words: Iterable[Word]) -> list[tuple[Word, ...]]:
    """Part words of one line where gaps are as wide as a tab."""
    words = tuple(words)
    if not words:
        return []
    gaps = [after.box[0] - before.box[2] for before, after in pairwise(words)]
    if max(gaps, default=0.0) <= WIDE * min([word.size for word in words]):
        return [words]
    cuts = [at for at, gap in enumerate(gaps, 1) if gap > WIDE * max(words[at].size, words[at - 1].size)]
    return [words[start:end] for start, end in pairwise([0, *cuts, len(words)])]


_BOX, _BASELINE, _SIZE = attrgetter("box"), attrgetter("baseline"), attrgetter("size")


def _same_line(one: Word, two: Word) -> bool:
    """Tell whether two words stand on one line: their boxes overlap for most of the smaller one's height."""
    top, bottom = max(one.box[1], two.box[1]), min(one.box[3], two.box[3])
    height = min(one.box[3] - one.box[1], two.box[3] - two.box[1])
    return bottom - top >= _SAME_LINE * max(height, 0.1) and abs(one.baseline - two.baseline) <= 0.5 * max(
        one.size, two.size
    )


def _join(words: list[Word]) -> Iterable[Word]:
    """Join words that touch, such as a raised "th" drawn after its figure."""
    sizes = list(map(_SIZE, words))
    return words if min(sizes) >= _SMALL * max(sizes) else _iter_joined(words)


def _iter_joined(words: list[Word]) -> Iterator[Word]:
    held: Word | None = None
    for word in words:
        if (
            held is not None
            and word.box[0] - held.box[2] < 0.08 * held.size
            and word.size < _SMALL * held.size
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
