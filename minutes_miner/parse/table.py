"""Tell ruled tables of data from tables that only lay out running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from minutes_miner.parse.margin import is_action_header
from minutes_miner.parse.ruling import Grid

_LONG = 45
"""Words of a cell that make it running text rather than data."""
_FIGURE = re.compile(r"[\u00a3\u20ac$]?\s?-?\d[\d,]*(?:\.\d+)?%?$")
_NAMES = re.compile(
    r"(?:no\.?|ref\.?|item|payee|details?|total.*|vat|comments?|amount|cheque.*|action.*|owner|update|status"
    r"|date|name|due.*|by\s+when|"
    r"description|supplier|invoice.*|net|gross|budget|councillor|role|present|apologies|vote|for|against"
    r"|abstain\w*|deadline|who|progress)$",
    re.IGNORECASE,
)


class Use(Enum):
    """What a ruled table is for."""

    DATA = "rows of data"
    TEXT = "running text in boxes"
    MARGIN = "running text beside an Action column"


def find_use(grid: Grid, last: tuple[Grid, Use] | None, *, ends: bool = False) -> Use:
    """Tell what a ruled table is for.

    Args:
        grid: the table.
        last: the table before it and its use, as a table may go on over the page.
        ends: whether it ends its page, where a header may stand alone.
    """
    rows = [[slot.text for slot in row] for row in grid.rows()]
    if grid.columns == 1 or not rows:
        return Use.TEXT
    head = rows[0]
    lone = is_action_header(head[-1]) and not any(is_action_header(text) for text in head[:-1])
    if lone and len(head) == grid.columns and (len(rows) > 1 or grid.columns == 2):
        return Use.MARGIN
    if last and last[0].page_number < grid.page_number <= last[0].page_number + 1 and _same_columns(last[0], grid):
        return last[1]
    if len(rows) == 1:
        return Use.DATA if ends and grid.columns > 2 and has_header(grid) else Use.TEXT
    longest = max(len(text.split()) for row in rows for text in row)
    named = sum(bool(_NAMES.match(text.strip(" :"))) for text in head)
    if has_header(grid) and (longest <= _LONG or named >= 2):
        return Use.DATA
    if longest > _LONG:
        return Use.TEXT
    if grid.columns == 2:
        return Use.DATA if sum(bool(_FIGURE.match(row[-1])) for row in rows) > 0.6 * len(rows) else Use.TEXT
    return Use.DATA


def has_header(grid: Grid) -> bool:
    """Tell whether a table's first row names its columns: short words without figures, set bold or of a known kind.

    A row that stands alone must be bold and of a known kind.
    """
    rows = grid.rows()
    if not rows:
        return False
    head = [slot for slot in rows[0] if slot.lines]
    if len(head) < max(2, 0.6 * grid.columns) or any(
        len(slot.text.split()) > 5 or _FIGURE.match(slot.text) for slot in head
    ):
        return False
    named = sum(bool(_NAMES.match(slot.text.strip(" :"))) for slot in head)
    bold = all(word.bold for slot in head for line in slot.lines for word in line.words)
    if len(rows) == 1:
        return named > 0 and bold
    return named >= max(1, 0.4 * len(head)) or bold


def goes_on(last: Grid, grid: Grid) -> bool:
    """Tell whether a table at a page's top is the rest of one at the foot of the page before."""
    return grid.page_number == last.page_number + 1 and _same_columns(last, grid)


def _same_columns(one: Grid, two: Grid) -> bool:
    """Tell whether two tables have columns at the same places, shifts of the whole table apart."""
    return one.columns == two.columns and all(
        abs(a - b) < 0.06 for a, b in zip(_shares(one), _shares(two), strict=True)
    )


def _shares(grid: Grid) -> Sequence[float]:
    width = max(grid.box[2] - grid.box[0], 1)
    return [(edge - grid.box[0]) / width for edge in grid.edges]
