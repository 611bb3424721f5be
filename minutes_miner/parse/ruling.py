"""Find the tables that are ruled on a page, from its drawn lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minutes_miner.domain.source import Box
from minutes_miner.parse.glyph import Sheet, Word
from minutes_miner.parse.line import Line, make_lines
from minutes_miner.parse.mesh import SNAP, find_cells

_REACH = 24.0
"""How far, in points, words may hang out of a table on its left, as numbers set in the margin do."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Hold one cell of a ruled table and its lines."""

    row: int
    column: int
    box: Box
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Grid:
    """Hold a ruled table: its cells by rows, and its columns' left edges."""

    box: Box
    page_number: int
    slots: tuple[Slot, ...]
    edges: tuple[float, ...]

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.edges)

    def rows(self) -> list[list[Slot]]:
        """Give the cells of each row, from left to right."""
        count = max((slot.row for slot in self.slots), default=-1) + 1
        return [sorted((s for s in self.slots if s.row == row), key=lambda s: s.column) for row in range(count)]


def find_grids(sheet: Sheet, words: Sequence[Word]) -> list[Grid]:
    """Find a page's ruled tables and put its words into their cells.

    Args:
        sheet: the page.
        words: those of its words that are not furniture.

    Returns:
        Tables from the top down; boxes of one cell are among them.
    """
    if sum(rule.level for rule in sheet.rules) < 2 or sum(not rule.level for rule in sheet.rules) < 2:
        return []
    grids = [_make_grid(cells, sheet, words) for cells in _find_cells(sheet)]
    return sorted((grid for grid in grids if grid.slots), key=lambda grid: grid.box[1])


def part_words(words: Iterable[Word], box: Box) -> tuple[list[Word], list[Word]]:
    """Part words into those that stand in a table, or hang out of its left side, and the others.

    Args:
        words: of one page.
        box: of the table.
    """
    left, right = 2 * (box[0] - _REACH), 2 * (box[2] + 2)
    top, bottom = 2 * (box[1] - 1), 2 * (box[3] + 1)
    inside: list[Word] = []
    outside: list[Word] = []
    for word in words:
        x0, y0, x1, y1 = word.box
        (inside if top <= y0 + y1 <= bottom and left <= x0 + x1 <= right else outside).append(word)
    return inside, outside


def _find_cells(sheet: Sheet) -> list[list[Box]]:
    """Find the cells that rules enclose, a list for each table and one for each lone box."""
    cells, tables = find_cells(sheet.rules)
    joined = {cell for group in tables for cell in group}
    lone = [cell for cell in cells if cell not in joined and _is_box(cell, sheet)]
    return tables + [[cell] for cell in lone]


def _is_box(cell: Box, sheet: Sheet) -> bool:
    """Tell a box around some lines from a frame around the page."""
    return cell[2] - cell[0] > 60 and 12 < cell[3] - cell[1] < 0.6 * sheet.height


def _make_grid(cells: list[Box], sheet: Sheet, words: Sequence[Word]) -> Grid:
    box = (min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells))
    tops, lefts = _snap(c[1] for c in cells), _snap(c[0] for c in cells)
    homes: dict[Box, list[Word]] = {cell: [] for cell in cells}
    for word in part_words(words, box)[0]:
        homes[_find_home(word, cells)].append(word)
    slots = [
        Slot(_index(tops, cell[1]), _index(lefts, cell[0]), cell, tuple(make_lines(found, sheet.number)))
        for cell, found in homes.items()
    ]
    if not any(slot.lines for slot in slots):
        slots = []
    return Grid(box, sheet.number, tuple(sorted(slots, key=lambda s: (s.row, s.column))), tuple(lefts))


def _snap(values: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > SNAP:
            kept.append(value)
    return kept


def _index(values: list[float], value: float) -> int:
    return min(range(len(values)), key=lambda i: abs(values[i] - value))


def _find_home(word: Word, cells: Sequence[Box]) -> Box:
    """Give the cell that a word stands in, or else the nearest one."""
    x0, y0, x1, y1 = word.box
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    for cell in cells:
        left, top, right, bottom = cell
        if left <= x <= right and top <= y <= bottom:
            return cell
    return min(cells, key=lambda cell: _distance(word, cell))


def _distance(word: Word, cell: Box) -> float:
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return max(cell[0] - x, x - cell[2], 0) + 4 * max(cell[1] - y, y - cell[3], 0)
