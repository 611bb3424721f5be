"""Find the tables that are ruled on a page, from its drawn lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

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


def find_grids(sheet: Sheet, lines: Sequence[Line]) -> list[Grid]:
    """Find a page's ruled tables and put its words into their cells.

    Args:
        sheet: the page.
        lines: those of its lines that are not furniture.

    Returns:
        Tables from the top down; boxes of one cell are among them.
    """
    if sum(rule.level for rule in sheet.rules) < 2 or sum(not rule.level for rule in sheet.rules) < 2:
        return []
    grids = [_make_grid(cells, sheet, lines) for cells in _find_cells(sheet)]
    return sorted((grid for grid in grids if grid.slots), key=lambda grid: grid.box[1])


def choose_lines(lines: Sequence[Line], box: Box, *, inside: bool) -> list[Line]:
    """Choose the lines that stand in a table, or hang out of its left side, or else the others.

    Where lines have words on both sides, the chosen words are gathered into lines anew.

    Args:
        lines: of one page.
        box: of the table.
        inside: whether to choose those that stand in it.
    """
    left, top, right, bottom = frame = (box[0] - _REACH, box[1] - 1, box[2] + 2, box[3] + 1)
    chosen: list[Line] = []
    is_parted = False
    for line in lines:
        x0, y0, x1, y1 = line.box
        if y1 < top or bottom < y0:
            chosen += [] if inside else [line]
        elif left <= x0 and x1 <= right and top <= y0 and y1 <= bottom:
            chosen += [line] if inside else []
        elif words := tuple([word for word in line.words if _has_middle(frame, word) is inside]):
            is_parted = is_parted or len(words) < len(line.words)
            chosen.append(replace(line, words=words))
    return _gather(chosen) if is_parted else chosen


def _has_middle(box: Box, word: Word) -> bool:
    """Tell whether a word's middle stands in a box."""
    x0, y0, x1, y1 = word.box
    return 2 * box[1] <= y0 + y1 <= 2 * box[3] and 2 * box[0] <= x0 + x1 <= 2 * box[2]


def _gather(lines: Sequence[Line]) -> list[Line]:
    return make_lines([word for line in lines for word in line.words], lines[0].page_number) if lines else []


def _find_cells(sheet: Sheet) -> list[list[Box]]:
    """Find the cells that rules enclose, a list for each table and one for each lone box."""
    cells, tables = find_cells(sheet.rules)
    joined = {cell for group in tables for cell in group}
    lone = [cell for cell in cells if cell not in joined and _is_box(cell, sheet)]
    return tables + [[cell] for cell in lone]


def _is_box(cell: Box, sheet: Sheet) -> bool:
    """Tell a box around some lines from a frame around the page."""
    return cell[2] - cell[0] > 60 and 12 < cell[3] - cell[1] < 0.6 * sheet.height


def _make_grid(cells: list[Box], sheet: Sheet, lines: Sequence[Line]) -> Grid:
    box = (min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells))
    tops, lefts = _snap(c[1] for c in cells), _snap(c[0] for c in cells)
    homes = _sort_lines(choose_lines(lines, box, inside=True), cells)
    slots = [
        Slot(_index(tops, cell[1]), _index(lefts, cell[0]), cell, tuple(homes.get(cell, ())))
        for cell in dict.fromkeys(cells)
    ]
    if not homes:
        slots = []
    return Grid(box, sheet.number, tuple(sorted(slots, key=lambda s: (s.row, s.column))), tuple(lefts))


def _sort_lines(lines: Sequence[Line], cells: Sequence[Box]) -> dict[Box, list[Line]]:
    """Put lines into their cells; the words of a cell that has but a part of a line are gathered into lines anew."""
    words: dict[Box, list[Word]] = {}
    whole: dict[Box, list[Line]] = {}
    for line in lines:
        homes = [_find_home(word, cells) for word in line.words]
        if homes.count(homes[0]) == len(homes):
            whole.setdefault(homes[0], []).append(line)
            words.setdefault(homes[0], []).extend(line.words)
            continue
        for home, word in zip(homes, line.words, strict=True):
            words.setdefault(home, []).append(word)
    for home, found in words.items():
        if sum([len(line.words) for line in whole.get(home, ())]) < len(found):
            whole[home] = make_lines(found, lines[0].page_number)
    return whole


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
