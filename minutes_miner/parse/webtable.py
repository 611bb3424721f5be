"""Read the rows of a page's tables, and tell tables of data from tables that lay out the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minutes_miner.parse.element import Element

_WIDEST = 100
"""Columns or rows that one cell may span."""
_CELLS = frozenset({"td", "th"})
_INNER = _CELLS | {"table", "caption", "colgroup", "col"}
_FRAMES = frozenset({"thead", "tbody", "tfoot", "tr"})
_PARTS = frozenset({"p", "li", "h2", "h3"})
_EMPTY = Element("td", {})

Row = list[Element]


def find_rows(table: Element) -> list[Row]:
    """Give the cells of each row, in their columns; header cells that stand outside any row make the first one."""
    loose: Row = []
    over: dict[int, int] = {}
    rows: list[Row] = []
    for part in _iter_parts(table):
        if part.name == "tr":
            rows.append(_read_row(part, over))
        elif part.name == "th" and part.parent is not None and part.parent.name != "tr":
            loose.append(part)
    rows = [row for row in [loose, *rows] if row]
    return [_fit(row, len(rows[0])) for row in rows]


def _fit(row: Row, width: int) -> Row:
    """Drop empty cells from a row with more cells than the first: doubled tags leave them, as in ModernGov's votes."""
    extra = len(row) - width
    if extra <= 0:
        return row
    kept: Row = []
    for cell in row:
        if extra and not cell.size:
            extra -= 1
        else:
            kept.append(cell)
    return kept


def find_loose(table: Element) -> Element | None:
    """Gather words that stand in a table outside its cells, which browsers show above it; None without any."""
    parts = [table, *(part for part in _iter_parts(table) if part.name in _FRAMES)]
    loose = Element("div", {})
    for part in parts:
        loose.children.extend(
            child
            for child in part.children
            if (child.strip() if isinstance(child, str) else child.name not in _INNER | _FRAMES)
        )
    if not loose.children:
        return None
    loose.measure()
    return loose


def _iter_parts(table: Element) -> Iterator[Element]:
    """Give a table's own rows and cells, without what stands in its cells."""
    stack = table.elements()[::-1]
    while stack:
        part = stack.pop()
        yield part
        if part.name not in _INNER:
            stack.extend(reversed(part.elements()))


def _read_row(row: Element, over: dict[int, int]) -> Row:
    """Give a row's cells, one that spans columns or rows once and empty ones for the rest.

    Args:
        row: of a table.
        over: for each column, how many rows a cell from above still spans; it is changed.
    """
    cells: Row = []
    for cell in row.elements():
        if cell.name not in _CELLS:
            continue
        _fill(cells, over)
        if "colspan" in cell.attributes or "rowspan" in cell.attributes:
            wide, high = (min(max(read_int(cell.get(name), 1), 1), _WIDEST) for name in ("colspan", "rowspan"))
        else:
            wide = high = 1
        if high > 1 and len(cells) < _WIDEST:
            over.update({column: high - 1 for column in range(len(cells), len(cells) + wide)})
        cells.append(cell)
        if wide > 1 and len(cells) < _WIDEST:
            cells.extend([_EMPTY] * (wide - 1))
    if cells:
        _fill(cells, over)
    return cells


def _fill(cells: Row, over: dict[int, int]) -> None:
    """Put empty cells where a cell from above spans the row's next columns."""
    while over and over.get(len(cells), 0):
        over[len(cells)] -= 1
        cells.append(_EMPTY)


def is_layout(table: Element, rows: Sequence[Row]) -> bool:
    """Tell whether a table only places blocks on the page: one column, or cells of several paragraphs or lists."""
    if max(map(len, rows), default=0) < 2 or table.get("role") == "presentation":
        return True
    if table.nests and table.find({"table"}) is not None:
        return True
    full = sum(sum(part.name in _PARTS for part in cell.iter()) > 3 for row in rows for cell in row if cell.holds)
    return full > 0.3 * len(rows)


def read_int(text: str, default: int) -> int:
    """Read a whole number as attributes have it, or give the default."""
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default
