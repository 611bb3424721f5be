"""Read the rows of a page's tables, and tell tables of data from tables that lay out the page."""

from __future__ import annotations

import re

from bs4 import Tag

_WIDEST = 100
"""Columns or rows that one cell may span."""
_EMPTY = Tag(name="td")


def find_rows(tag: Tag) -> list[list[Tag]]:
    """Give the cells of each row, in their columns; header cells that stand outside any row make the first one."""
    loose = [cell for cell in tag.find_all("th") if cell.parent is not None and cell.parent.name != "tr"]
    over: dict[int, int] = {}
    rows = [_cells(row, over) for row in tag.find_all("tr") if row.find_parent("table") is tag]
    return [row for row in [loose, *rows] if row]


def _cells(row: Tag, over: dict[int, int]) -> list[Tag]:
    """Give a row's cells, one that spans columns or rows once and empty ones for the rest.

    Args:
        row: of a table.
        over: for each column, how many rows a cell from above still spans; it is changed.
    """
    cells: list[Tag] = []
    for cell in row.find_all(["td", "th"], recursive=False):
        _fill(cells, over)
        wide, high = (min(max(read_int(cell.get(name), 1), 1), _WIDEST) for name in ("colspan", "rowspan"))
        if high > 1 and len(cells) < _WIDEST:
            over.update({column: high - 1 for column in range(len(cells), len(cells) + wide)})
        cells.append(cell)
        cells.extend([_EMPTY] * (wide - 1))
    if cells:
        _fill(cells, over)
    return cells


def _fill(cells: list[Tag], over: dict[int, int]) -> None:
    """Put empty cells where a cell from above spans the row's next columns."""
    while over.get(len(cells), 0):
        over[len(cells)] -= 1
        cells.append(_EMPTY)


def is_layout(tag: Tag) -> bool:
    """Tell whether a table only places blocks on the page: one column, or cells of several paragraphs or lists."""
    rows = find_rows(tag)
    if max(map(len, rows), default=0) < 2 or tag.get("role") == "presentation":
        return True
    cells = [cell for row in rows for cell in row]
    full = sum(len(cell.find_all(["p", "li", "h2", "h3"])) > 3 for cell in cells)
    return full > 0.3 * len(rows)


def read_int(value: object, default: int) -> int:
    text = str(value or "")
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default
