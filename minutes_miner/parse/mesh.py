"""Find the cells that straight lines enclose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from minutes_miner.domain.source import Box
from minutes_miner.parse.rule import Rule

SNAP = 3.0
"""Points within which lines that run side by side are one line, and within which their ends meet."""

_Point = tuple[float, float]
_Edges = frozenset[Box]


def find_cells(rules: Sequence[Rule]) -> tuple[list[Box], list[list[Box]]]:
    """Find the cells that rules enclose.

    Args:
        rules: of one page.

    Returns:
        All cells, and those that touch others, a list for each table, by pdfplumber's geometry.
    """
    from pdfplumber import table

    edges: list[Any] = [_edge(rule) for rule in rules]
    edges = table.merge_edges(edges, SNAP, SNAP, SNAP, SNAP)
    cells = list(_iter_cells(table.edges_to_intersections(edges, SNAP, SNAP)))
    return cells, [[(a, b, c, d) for a, b, c, d in group] for group in table.cells_to_tables(cells)]


def _edge(rule: Rule) -> dict[str, Any]:
    x, y = (rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2
    x0, x1, top, bottom = (rule.x0, rule.x1, y, y) if rule.level else (x, x, rule.top, rule.bottom)
    return {
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
        "orientation": "h" if rule.level else "v", "object_type": "line",
    }  # fmt: skip


def _iter_cells(crossings: Mapping[Any, Mapping[str, Sequence[Any]]]) -> Iterator[Box]:
    """Give the smallest cell right of and below each crossing, where lines run along its four sides.

    Args:
        crossings: of each point the level lines (``h``) and the upright ones (``v``) that meet there.
    """
    levels = {point: _gather(lines["h"]) for point, lines in crossings.items()}
    uprights = {point: _gather(lines["v"]) for point, lines in crossings.items()}
    columns: dict[float, list[_Point]] = defaultdict(list)
    rows: dict[float, list[_Point]] = defaultdict(list)
    points = sorted(crossings)
    for point in points:
        columns[point[0]].append(point)
        rows[point[1]].append(point)
    for x, y in points:
        below = [other for other in columns[x] if other[1] > y and uprights[other] & uprights[x, y]]
        right = [other for other in rows[y] if other[0] > x and levels[other] & levels[x, y]] if below else []
        corners = ((under, beside, (beside[0], under[1])) for under in below for beside in right)
        for under, beside, corner in corners:
            if corner in crossings and uprights[corner] & uprights[beside] and levels[corner] & levels[under]:
                yield float(x), float(y), float(corner[0]), float(corner[1])
                break


def _gather(lines: Sequence[Any]) -> _Edges:
    return frozenset((line["x0"], line["top"], line["x1"], line["bottom"]) for line in lines)
