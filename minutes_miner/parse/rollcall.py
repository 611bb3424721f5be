"""Mark the columns of roll-calls that plain text sets with spaces: text → text with the marks of cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_miner.domain.outline import CELL_MARK
from minutes_miner.domain.rollcall import are_sides

_CELL = re.compile(r"\S+(?:[ ]\S+)*")
"""Words with single spaces between them: a wider gap begins the next cell."""
_LONGEST_NAME = 45


def mark_rollcalls(text: str) -> str:
    """Mark where cells part in the lines of roll-calls; all other lines stay as they are.

    A roll-call begins with a line of two titles or more, such as "For    Against    Abstained", and goes on with lines
    of names under them.

    Args:
        text: cleaned text.
    """
    if "  " not in text:
        return text
    lines = text.split("\n")
    index = 0
    while index < len(lines):
        titles = list(_CELL.finditer(lines[index]))
        index += 1
        if len(titles) > 1 and are_sides([title.group() for title in titles]):
            index = _mark_rows(lines, index, [title.start() for title in titles])
    return "\n".join(lines)


def _mark_rows(lines: list[str], first: int, starts: Sequence[int]) -> int:
    """Mark the title line before an index and the rows from it on; gives the index after the last row."""
    head = first - 1
    while first < len(lines) and not lines[first].strip():
        first += 1
    last = first
    while last < len(lines) and _is_row(lines[last], starts):
        lines[last] = CELL_MARK.join(_sort_cells(lines[last], starts))
        last += 1
    if last > first:
        lines[head] = CELL_MARK.join(cell.group() for cell in _CELL.finditer(lines[head]))
        lines[head + 1 : first] = []
        return last - (first - head - 1)
    return first


def _is_row(line: str, starts: Sequence[int]) -> bool:
    cells = list(_CELL.finditer(line))
    return 0 < len(cells) <= len(starts) and all(_is_name(cell.group(), cell.start(), starts) for cell in cells)


def _is_name(words: str, start: int, starts: Sequence[int]) -> bool:
    return len(words) <= _LONGEST_NAME and not words.endswith(".") and _find_column(start, starts) >= 0


def _sort_cells(line: str, starts: Sequence[int]) -> list[str]:
    """Give a cell for each title, empty where nobody stands under it."""
    cells = [""] * len(starts)
    for cell in _CELL.finditer(line):
        cells[_find_column(cell.start(), starts)] = cell.group()
    return cells


def _find_column(start: int, starts: Sequence[int]) -> int:
    """Give the column whose title begins where a cell does, within three characters; -1 where none does."""
    near = [(abs(start - place), column) for column, place in enumerate(starts) if abs(start - place) <= 3]
    return min(near)[1] if near else -1
