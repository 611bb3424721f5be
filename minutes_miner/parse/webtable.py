"""Read the rows of a page's tables, and tell tables of data from tables that lay out the page."""

from __future__ import annotations

import re

from bs4 import Tag


def find_rows(tag: Tag) -> list[list[Tag]]:
    """Give the cells of each row; header cells that stand outside any row make the first one."""
    loose = [cell for cell in tag.find_all("th") if cell.parent is not None and cell.parent.name != "tr"]
    rows = [_cells(row) for row in tag.find_all("tr")]
    return [row for row in [loose, *rows] if row]


def _cells(row: Tag) -> list[Tag]:
    """Give a row's cells, one that spans columns once and empty ones for the rest."""
    cells: list[Tag] = []
    for cell in row.find_all(["td", "th"], recursive=False):
        cells.append(cell)
        cells.extend(Tag(name="td") for _ in range(min(read_int(cell.get("colspan"), 1), 50) - 1))
    return cells


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
