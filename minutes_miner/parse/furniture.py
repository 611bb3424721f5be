"""Tell page furniture from text: running heads and feet, page numbers, letterheads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import accumulate, chain, islice, takewhile

from minutes_miner.parse.line import Line

_SHARE = 0.6
_SIDE_SHARE = 0.3
"""Share of all pages that a line must stand on where it stands on even, or on odd pages only."""
_EDGE = 0.13
"""Share of the page's height at its top and bottom where running lines stand on documents of two pages."""
_BRINK = 0.08
"""Share of the page's height at its very top and bottom, where small type set apart is furniture on one page too."""
_SMALL = 0.93
_ROWS = 3
"""Lines of one page that differ in their figures alone are rows of a list from this many on."""
_SENTENCE = 7
"""Words of a line, less one, from which it can be one of running text that two pages happen to share."""
_CLOSE = 1.4
"""Pitch of the lines of a paragraph at most, as a share of the size of their type."""
_BAND = 4
"""Lines that a head or foot may always have; on pages of many lines it may have a third of them."""
_STEP = 4
"""Points between the heights at which lines are compared."""
_FIGURE = re.compile(r"\d+|\b[ivx]{1,5}\b")
_LEADS_IN = re.compile(
    r"\b(?:resolved|agreed|recommended|decided)\b(?:\s+(?:unanimously|accordingly|that|to))*\s*[:\u2013\u2014-]*\s*$",
    re.IGNORECASE,
)
"""A lead-in can end two pages at the same height, and is no foot."""
_COUNT = r"(?:\d{1,4}|[ivxl]{1,5})"
_PAGE_NUMBER = re.compile(
    rf"(?:p\s*a\s*g\s*e\s*)?[-\u2013|\s]*(?P<value>{_COUNT})[-\u2013|\s]*(?:(?:of|/)\s*{_COUNT}\s*)?(?:p\s*a\s*g\s*e)?"
    r"|page\s+[\w\s|]{1,12}",
    re.IGNORECASE,
)

Place = tuple[int, int]
"""Page number and index of the line on that page."""


def find_furniture(pages: Sequence[Sequence[Line]], height: float) -> set[Place]:
    """Find lines that belong to the paper, not to the text.

    A line that stands at the same height on most pages, figures apart and left and right swapped or not, is furniture
    where nothing but furniture stands between it and the top or the bottom of its page. So is a page number at the
    edge, alone or beside other words, and small type at the very edge that is set apart from the text.

    Args:
        pages: the lines of each page.
        height: of a page, in points.

    Returns:
        Page index from 0 and line index of each such line.
    """
    runners, small = _Runners(pages, height), _find_small(pages, height)

    def is_furniture(place: Place) -> bool:
        line = pages[place[0]][place[1]]
        counts = _at_edge(line, height, _BRINK) and _counts_page(line, place[0] + 1)
        return counts or place in small or place in runners

    found = _keep_bands(is_furniture, pages)
    return found | _find_numbers(pages, height, found)


class _Runners:
    """Tell which lines stand at the same height on most pages, or on most even or odd ones.

    Args:
        pages: the lines of each page; only those at heights that are asked for are compared.
        height: of a page, in points.
    """

    def __init__(self, pages: Sequence[Sequence[Line]], height: float) -> None:
        self._pages, self._height = pages, height
        self._at: dict[int, list[Place]] = defaultdict(list)
        self._found: dict[int, set[Place]] = {}
        for page, lines in enumerate(pages if len(pages) > 1 else ()):
            for index, line in enumerate(lines):
                self._at[round(line.baseline / _STEP)].append((page, index))

    def __contains__(self, place: Place) -> bool:
        spot = round(self._pages[place[0]][place[1]].baseline / _STEP)
        return place in self._find(spot) or place in self._find(spot + 1)

    def _find(self, spot: int) -> set[Place]:
        """Find the running lines at a height or a step above it."""
        if spot not in self._found:
            alike: dict[str, set[Place]] = defaultdict(set)
            for page, index in chain(self._at.get(spot, ()), self._at.get(spot - 1, ())):
                alike[_mask(self._pages[page][index])].add((page, index))
            self._found[spot] = set()
            for mask, places in alike.items():
                if len(places) >= self._least(_SIDE_SHARE):
                    self._found[spot] |= self._choose(mask, places)
        return self._found[spot]

    def _choose(self, mask: str, places: set[Place]) -> set[Place]:
        """Give those of the lines with one mask that are no rows of a list, where they may be running lines."""
        places = {place for place in places if self._count(place[0], mask) < _ROWS}
        on = {page for page, _ in places}
        least = self._least(_SIDE_SHARE if len({page % 2 for page in on}) == 1 else _SHARE)
        return places if len(on) >= least and _may_run(mask, places, self._pages, self._height) else set()

    def _least(self, share: float) -> float:
        return max(2, share * len(self._pages))

    def _count(self, page: int, mask: str) -> int:
        """Count a page's lines with a mask."""
        alike = [line for line in self._pages[page] if line.text.count(" ") == mask.count(" ")]
        return sum(_mask(line) == mask for line in alike) if len(alike) >= _ROWS else len(alike)


def _mask(line: Line) -> str:
    """Give a line's words, figures apart and whichever way round they stand."""
    return " ".join(sorted(_FIGURE.sub("#", line.text.lower()).split()))


def _keep_bands(is_furniture: Callable[[Place], bool], pages: Sequence[Sequence[Line]]) -> set[Place]:
    """Find what lies in one band with the top or the bottom of its page; a band too high for a letterhead is text."""
    most = max(_BAND, max(map(len, pages), default=0) // 3)
    kept: set[Place] = set()
    for page, lines in enumerate(pages):
        places = [(page, index) for index in range(len(lines))]
        for way in (places, reversed(places)):
            band = list(islice(takewhile(is_furniture, way), most + 1))
            if len(band) <= most:
                kept.update(band)
    return kept


def _may_run(mask: str, places: set[Place], pages: Sequence[Sequence[Line]], height: float) -> bool:
    """Tell whether a repeated line may be furniture: near an edge, or on three pages and more."""
    page, index = next(iter(places))
    if not re.search(r"\w", mask) or _LEADS_IN.search(pages[page][index].text):
        return False
    is_long = len(places) < _ROWS and mask.count(" ") >= _SENTENCE
    if is_long and all(_runs_on(pages[page], index, height) for page, index in places):
        return False
    tops = Counter(_at_edge(pages[page][index], height) for page, index in places)
    return tops[True] >= tops[False] or (len(places) >= 3 and len(mask) > 12)


def _runs_on(lines: Sequence[Line], index: int, height: float) -> bool:
    """Tell whether a line stands as close to the text as the lines of a paragraph do to each other."""
    line = lines[index]
    beside = index + 1 if line.baseline < height / 2 else index - 1
    return 0 <= beside < len(lines) and abs(line.baseline - lines[beside].baseline) < _CLOSE * line.size


def _at_edge(line: Line, height: float, share: float = _EDGE) -> bool:
    return line.baseline < share * height or line.baseline > (1 - share) * height


def _find_small(pages: Sequence[Sequence[Line]], height: float) -> set[Place]:
    """Find the lines at the very edge of each page that are set smaller than the text and apart from it."""
    usual = _find_usual_size(pages)
    found: set[Place] = set()
    for page, lines in enumerate(pages):
        places = list(range(len(lines)))
        for way in (places, places[::-1]):
            band = list(
                takewhile(lambda at: _at_edge(lines[at], height, _BRINK) and lines[at].size < _SMALL * usual, way)
            )
            if not 0 < len(band) < min(len(way), _BAND + 1):
                continue
            if abs(lines[way[len(band)]].baseline - lines[band[-1]].baseline) > 1.9 * usual:
                found.update((page, index) for index in band)
    return found


def _find_usual_size(pages: Sequence[Sequence[Line]]) -> float:
    """Give the type size that half of the words stay under; 0 without words."""
    counts: Counter[float] = Counter()
    for line in chain.from_iterable(pages):
        counts[line.size] += len(line.words)
    sizes = sorted(counts)
    sums = accumulate(counts[size] for size in sizes)
    return next((size for size, seen in zip(sizes, sums, strict=True) if seen > counts.total() // 2), 0.0)


def _counts_page(line: Line, number: int) -> bool:
    """Tell whether one of a line's parts is the number of its page."""
    for part in line.segments():
        match = _PAGE_NUMBER.fullmatch(" ".join(word.text for word in part))
        if match and match["value"] and match["value"].lower() in (str(number), _roman(number)):
            return True
    return False


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]


def _find_numbers(pages: Sequence[Sequence[Line]], height: float, known: set[Place]) -> set[Place]:
    """Find lone page numbers: the first or last line of a page that is nothing but its number."""
    found: set[Place] = set()
    for page, lines in enumerate(pages):
        left = [index for index in range(len(lines)) if (page, index) not in known]
        for index in {*left[:1], *left[-1:]}:
            line = lines[index]
            if _at_edge(line, height) and len(lines) > 1 and _PAGE_NUMBER.fullmatch(line.text.strip()):
                found.add((page, index))
    return found
