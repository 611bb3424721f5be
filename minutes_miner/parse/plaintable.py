"""Mark the cells of tables that plain text sets with bars, tabs or spaces: text → text with the marks of cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from minutes_miner.domain.outline import CELL_MARK

_GAP = re.compile(r"\t+| {2,}")
_CELL = re.compile(r"\S+(?: \S+)*")
_RULE = re.compile(r"[\s|+:=–—-]*[-=–—]{2,}[\s|+:=–—-]*")
_BAR = re.compile(r"\s*\|\s*")
_EDGE = re.compile(r"^\s*\|?\s*|\s*\|?\s*$")
_FEWEST_BARS = 2
_NEAR = 3
"""Characters by which a cell may begin beside its title."""
_TITLE = re.compile(
    r"(?:the\s+)?(?:(?:agreed\s+|further\s+|new\s+|open\s+)?actions?(?:\s+(?:required|points?|agreed|needed|by|owner))?"
    r"|tasks?|what|who(?:se)?|by\s+whom|when|by\s+when|owners?|lead(?:\s+officer)?|officer|responsib\w+|due(?:\s+date)?"
    r"|deadline|target(?:\s+date)?|time-?(?:scale|frame)|status|progress|rag|follow[\s-]?up|where\s+it\s+stands)\W*",
    re.IGNORECASE,
)
"""Titles of the columns of a list of actions; two of them make a line the head of a table."""


def mark_tables(text: str) -> str:
    """Mark where cells part in the rows of tables; all other lines stay as they are.

    A table begins with a line of titles that names two columns of a list of actions, since plain text has bars, tabs
    and gaps for many reasons; or with any line of bars that a rule stands under.

    Args:
        text: cleaned text.
    """
    if "|" not in text and "\t" not in text and "  " not in text:
        return text
    lines = text.split("\n")
    index = 0
    while index < len(lines):
        index = _mark_bars(lines, index) or _mark_gaps(lines, index) or index + 1
    return "\n".join(lines)


def _mark_bars(lines: list[str], first: int) -> int:
    """Mark the rows from an index on that bars part; gives the index after the last, or 0 where no table begins."""
    if lines[first].count("|") < _FEWEST_BARS:
        return 0
    ruled = first + 1 < len(lines) and _RULE.fullmatch(lines[first + 1])
    if not (ruled or _has_titles(_cut_bars(lines[first]))):
        return 0
    last = first
    while last < len(lines) and lines[last].count("|") >= _FEWEST_BARS:
        last += 1
    rows = [_cut_bars(line) for line in lines[first:last] if not _RULE.fullmatch(line)]
    if len(rows) < 2:
        return 0
    lines[first:last] = [CELL_MARK.join(cells + [""] * (len(rows[0]) - len(cells))) for cells in rows]
    return first + len(rows)


def _cut_bars(line: str) -> list[str]:
    return _BAR.split(_EDGE.sub("", line))


def _has_titles(cells: Sequence[str]) -> bool:
    """Tell whether a line's cells name two columns of a list of actions."""
    return sum(_TITLE.fullmatch(cell) is not None for cell in cells) > 1


def _mark_gaps(lines: list[str], first: int) -> int:
    """Mark the rows under a line of titles; gives the index after the last, or 0 where no table begins."""
    head = lines[first].strip()
    titles = _GAP.split(head) if "\t" in head or "  " in head else []
    if not _has_titles(titles):
        return 0
    read = _tab_reader(titles) if "\t" in head else _place_reader(lines[first])
    begin = first + 1
    while begin < len(lines) and (not lines[begin].strip() or _RULE.fullmatch(lines[begin])):
        begin += 1
    rows: list[list[str]] = []
    last = begin
    while last < len(lines) and lines[last].strip() and (cells := read(lines[last])) is not None:
        if cells[0] or sum(map(bool, cells)) > 1 or not rows:
            rows.append(cells)
        else:  # a line that goes on with one cell of the row above
            rows[-1] = [f"{above} {below}".strip() for above, below in zip(rows[-1], cells, strict=True)]
        last += 1
    if not rows:
        return 0
    lines[first:last] = [CELL_MARK.join(cells) for cells in (titles, *rows)]
    return first + 1 + len(rows)


def _tab_reader(titles: Sequence[str]) -> Callable[[str], list[str] | None]:
    """Give what reads a line's cells by its tabs; None for a line that has none, or more than there are titles."""

    def read(line: str) -> list[str] | None:
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) < 2 or len(cells) > len(titles):
            return None
        return cells + [""] * (len(titles) - len(cells))

    return read


def _place_reader(titles: str) -> Callable[[str], list[str] | None]:
    """Give what reads a line's cells by where they begin; None for a line that does not keep to the titles' places."""
    places = [title.start() for title in _CELL.finditer(titles)]

    def read(line: str) -> list[str] | None:
        cells = [""] * len(places)
        for cell in _CELL.finditer(line):
            column = max((index for index, place in enumerate(places) if place <= cell.start() + _NEAR), default=-1)
            if column < 0 or cell.start() - places[column] > _NEAR and cells[column] == "":
                return None
            cells[column] = f"{cells[column]} {cell.group()}".strip()
        return cells

    return read
