"""Read tables without rules: rows of aligned cells, and lists of names that stand side by side under their headers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from minutes_miner.parse.aligned import take_grid
from minutes_miner.parse.glyph import Word
from minutes_miner.parse.line import WIDE, Line
from minutes_miner.parse.rule import Rule
from minutes_miner.parse.ruling import Grid

_NEAR = 4.0
_ROLL = re.compile(
    r"(?:also\s+)?(?:present|apolog\w+|absent|in\s+attendance|attend\w+|members?|officers?|councillors?|public"
    r"|visitors?|guests?)\b[\w\s]{0,30}:?\s*$",
    re.IGNORECASE,
)


def read_rows(
    lines: Sequence[Line], levels: Sequence[Rule] = (), before: Grid | None = None
) -> Iterator[Line | Grid]:
    """Give a page's lines with tables without upright rules as tables, and rolls of names put in order.

    Lines of aligned cells that make no table are joined to rows, which are marked ``alone``.

    Args:
        lines: of one region, in order.
        levels: the level rules of the page.
        before: a table without upright rules that ended the page before, which may go on with the first line.
    """
    index = 0
    while index < len(lines):
        if len(lines[index].segments()) < 2 and (index or before is None):
            yield lines[index]
            index += 1
            continue
        size, found = _take_roll(lines[index:])
        if not size:
            size, grid = take_grid(lines[index:], levels, before if index == 0 else None)
            if grid is not None:
                yield grid
                index += size
                continue
            size, found = _take_table(lines[index:])
        yield from found if size else [lines[index]]
        index += size or 1


def _take_roll(lines: Sequence[Line]) -> tuple[int, list[Line]]:
    """Read names in columns under headers such as "Present:" and "Apologies:"; gives how many lines it took."""
    heads = lines[0].segments()
    if len(heads) < 2 or not all(_ROLL.match(_text(head)) for head in heads):
        return 0, []
    edges = [head[0].box[0] for head in heads]
    columns: list[list[Line]] = [[replace(lines[0], words=head, alone=True)] for head in heads]
    taken = 1
    for line in lines[1:]:
        parts = line.segments()
        homes = [_home(part, edges) for part in parts]
        apart = line.baseline - lines[taken - 1].baseline > 4 * line.size
        if (
            None in homes
            or apart
            or (line.number is not None and line.number.style not in {"A", "-"})
            or any(len(part) > 9 for part in parts)
        ):
            break
        for part, home in zip(parts, homes, strict=True):
            columns[home or 0].append(replace(line, words=part, notes=line.notes if part is parts[-1] else ()))
        taken += 1
    return (taken, [line for column in columns for line in column]) if taken > 1 else (0, [])


def _take_table(lines: Sequence[Line]) -> tuple[int, list[Line]]:
    """Read rows of three aligned cells and more; gives how many lines it took."""
    first = lines[0].segments()
    if len(first) < 3:
        return 0, []
    edges = [part[0].box[0] for part in first]
    rows: list[list[Line]] = [[lines[0]]]
    for line in lines[1:]:
        parts = _parts(line, edges)
        above = rows[-1][-1]
        if any(_home(part, edges) is None for part in parts) or line.baseline - above.baseline > 4 * line.size:
            break
        leads = abs(line.x0 - edges[0]) <= _NEAR
        if leads and len(parts) < 2:
            break
        if leads or (len(parts) > 1 and len(_parts(above, edges)) < 2):
            rows.append([line])
        else:
            rows[-1].append(line)
    if sum(len(_parts(row[0], edges)) >= 3 for row in rows) < 2:
        return 0, []
    return sum(map(len, rows)), [_join_row(row, edges) for row in rows]


def _join_row(row: Sequence[Line], edges: list[float]) -> Line:
    """Join a row's lines cell by cell, or line by line where words run over the edges of the columns."""
    parts = [part for line in row for part in _parts(line, edges)]
    bounds = [*edges[1:], float("inf")]
    over = any(part[-1].box[2] > bounds[_home(part, edges) or 0] + _NEAR for part in parts)
    cells: list[list[Word]] = [[] for _ in edges]
    for part in parts:
        cells[0 if over else _home(part, edges) or 0].extend(part)
    notes = tuple(note for line in row for note in line.notes)
    return replace(row[0], words=tuple(word for cell in cells for word in cell), notes=notes, alone=True)


def _parts(line: Line, edges: Sequence[float]) -> list[tuple[Word, ...]]:
    """Part a line at wide gaps, and at narrow ones where a column is known to begin."""
    parts: list[list[Word]] = []
    for word in line.words:
        gap = word.box[0] - parts[-1][-1].box[2] if parts else 0.0
        begins = any(abs(word.box[0] - edge) < 2 for edge in edges) and gap > 0.45 * word.size
        if parts and gap <= WIDE * word.size and not begins:
            parts[-1].append(word)
        else:
            parts.append([word])
    return [tuple(part) for part in parts]


def _home(part: Sequence[Word], edges: Sequence[float]) -> int | None:
    """Give the column that a segment begins in, or None."""
    return next((index for index, edge in enumerate(edges) if abs(part[0].box[0] - edge) <= _NEAR), None)


def _text(part: Sequence[Word]) -> str:
    return " ".join(word.text for word in part)
