"""Tell page furniture from text: running heads and feet, page numbers, letterheads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import takewhile

from minutes_miner.parse.line import Line

_SHARE = 0.6
_EDGE = 0.13
"""Share of the page's height at its top and bottom where running lines stand on documents of two pages."""
_ROWS = 3
"""Lines of one page that differ in their figures alone are rows of a list from this many on."""
_BAND = 4
"""Lines that a head or foot may always have; on pages of many lines it may have a third of them."""
_FIGURE = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^(?:p\s*a\s*g\s*e\s*)?[-\u2013|\s]*(?:\d{1,4}|[ivxl]{1,5})[-\u2013|\s]*(?:(?:of|/)\s*\d{1,4})?$"
    r"|^page\s+[\w\s|]{1,12}$",
    re.IGNORECASE,
)

Place = tuple[int, int]
"""Page number and index of the line on that page."""


def find_furniture(pages: Sequence[Sequence[Line]], height: float) -> set[Place]:
    """Find lines that belong to the paper, not to the text.

    A line that stands at the same height on most pages, figures apart, is furniture where nothing but such lines stands
    between it and the top or the bottom of its page; so is a lone page number at the edge.

    Args:
        pages: the lines of each page.
        height: of a page, in points.

    Returns:
        Page index from 0 and line index of each such line.
    """
    seen: dict[tuple[str, int], set[Place]] = defaultdict(set)
    for page, lines in enumerate(pages):
        masks = [_FIGURE.sub("#", " ".join(line.text.lower().split())) for line in lines]
        times = Counter(masks)
        for index, (line, mask) in enumerate(zip(lines, masks, strict=True)):
            spot = round(line.baseline / 4)
            for near in (spot, spot + 1) if times[mask] < _ROWS else ():
                seen[(mask, near)].add((page, index))
    found: set[Place] = set()
    for (mask, _), places in seen.items():
        count = len({page for page, _ in places})
        if count >= max(2, _SHARE * len(pages)) and _may_run(mask, places, pages, height):
            found.update(places)
    found = _keep_bands(found, pages)
    return found | _find_numbers(pages, height, found)


def _keep_bands(found: set[Place], pages: Sequence[Sequence[Line]]) -> set[Place]:
    """Keep what lies in one band with the top or the bottom of its page; a band too high for a letterhead is text."""
    most = max(_BAND, max(map(len, pages), default=0) // 3)
    kept: set[Place] = set()
    for page, lines in enumerate(pages):
        places = [(page, index) for index in range(len(lines))]
        for way in (places, places[::-1]):
            band = list(takewhile(found.__contains__, way))
            if len(band) <= most:
                kept.update(band)
    return kept


def _may_run(mask: str, places: set[Place], pages: Sequence[Sequence[Line]], height: float) -> bool:
    """Tell whether a repeated line may be furniture: near an edge, or on three pages and more."""
    if not re.search(r"\w", mask):
        return False
    tops = Counter(_at_edge(pages[page][index], height) for page, index in places)
    return tops[True] >= tops[False] or (len(places) >= 3 and len(mask) > 12)


def _at_edge(line: Line, height: float) -> bool:
    return line.baseline < _EDGE * height or line.baseline > (1 - _EDGE) * height


def _find_numbers(pages: Sequence[Sequence[Line]], height: float, known: set[Place]) -> set[Place]:
    """Find lone page numbers: the first or last line of a page that is nothing but its number."""
    found: set[Place] = set()
    for page, lines in enumerate(pages):
        left = [index for index in range(len(lines)) if (page, index) not in known]
        for index in {*left[:1], *left[-1:]}:
            line = lines[index]
            if _at_edge(line, height) and len(lines) > 1 and _PAGE_NUMBER.match(line.text.strip()):
                found.add((page, index))
    return found
