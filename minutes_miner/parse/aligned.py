"""Find tables without upright rules: lines whose words keep to the same columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from minutes_miner.parse.glyph import Word
from minutes_miner.parse.line import Line, make_lines
from minutes_miner.parse.rule import Rule
from minutes_miner.parse.ruling import Grid, Slot
from minutes_miner.parse.table import has_header

Span = tuple[float, float]
"""Left and right edge of what stands in a column."""

_GUTTER = 0.42
"""Gap between two columns in type sizes; a space is about 0.3 wide."""
_FEWEST = 3
_APART = 4.0
"""Type sizes between two lines that are no neighbours in a table."""
_ACROSS = 0.6
"""Share of a table's width that a rule between its rows takes at least."""
_CLOSE = 1.1
"""How many times the closest step of a table two lines of one row may stand apart."""
_FULL = 0.35
"""Share of the closely set lines that may look like whole rows where close lines are rows' second lines."""


def take_grid(lines: Sequence[Line], levels: Sequence[Rule], before: Grid | None = None) -> tuple[int, Grid | None]:
    """Read a table that begins with the first line.

    Args:
        lines: of one region, in order.
        levels: the level rules of the page.
        before: a table without upright rules that ended the page before, which may go on here.

    Returns:
        How many lines the table takes, and the table; none where these lines are no table.
    """
    spans = _first_spans(lines[0], before)
    if spans is None:
        return 0, None
    taken = [lines[0]]
    for line in lines[1:]:
        joined = _merge([*spans, *_spans(line)], line.size)
        if len(joined) < len(spans):
            if line.x0 > spans[0][0] + line.size and line.baseline - taken[-1].baseline < 1.6 * line.size:
                return 0, None
            break
        if len(joined) > len(spans) and len(_spans(line)) < _FEWEST:
            break
        if line.notes or line.baseline - taken[-1].baseline > _APART * line.size or _opens_another(taken[-1], line):
            break
        taken.append(line)
        spans = joined
    rows, is_ruled = _part_rows(taken, spans, levels, first=2 if before else 1)
    if len(spans) < _FEWEST or not rows:
        return 0, None
    grid = _make_grid(rows, spans, before)
    is_rest = before is not None and grid.edges == before.edges and (len(rows) > 1 or len(rows[0][0].segments()) > 1)
    is_head = len(rows) == 1 and len(taken) == len(lines) and has_header(grid)
    if not is_rest and not is_head and not (_has_rows(grid) and (is_ruled or has_header(grid))):
        return 0, None
    return sum(map(len, rows)), grid


def find_levels(rules: Sequence[Rule]) -> list[Rule]:
    """Give the level rules of a page, those joined that go on from each other."""
    found: list[Rule] = []
    for rule in sorted((rule for rule in rules if rule.level), key=lambda rule: (round(rule.top), rule.x0)):
        last = found[-1] if found else None
        if last and abs(last.top - rule.top) < 1.5 and rule.x0 - last.x1 < 4:
            found[-1] = Rule(last.x0, last.top, max(last.x1, rule.x1), last.bottom)
        else:
            found.append(rule)
    return found


def _first_spans(line: Line, before: Grid | None) -> list[Span] | None:
    """Give the columns that a first line shows, or those of the table that it goes on with."""
    if line.notes:
        return None
    if before is not None:
        known = _columns(before)
        spans = _merge([*known, *_spans(line)], line.size)
        if len(spans) == len(known) and not _is_heading(line):
            return spans
    spans = _spans(line)
    return spans if len(spans) >= _FEWEST and len(line.segments()) >= min(_FEWEST, len(spans)) else None


def _columns(grid: Grid) -> list[Span]:
    """Give what a table's columns take up."""
    words = [(slot.column, word) for slot in grid.slots for line in slot.lines for word in line.words]
    columns = sorted({column for column, _ in words})
    return [
        (min(w.box[0] for at, w in words if at == column), max(w.box[2] for at, w in words if at == column))
        for column in columns
    ]


def _spans(line: Line) -> list[Span]:
    return _merge([(word.box[0], word.box[2]) for word in line.words], line.size)


def _merge(spans: Sequence[Span], size: float) -> list[Span]:
    """Join spans that overlap or stand closer than columns do."""
    joined: list[Span] = []
    for x0, x1 in sorted(spans):
        if joined and x0 - joined[-1][1] < _GUTTER * size:
            joined[-1] = (joined[-1][0], max(joined[-1][1], x1))
        else:
            joined.append((x0, x1))
    return joined


def _is_heading(line: Line) -> bool:
    return line.bold_body() and not any(ch.isdigit() for word in line.words[1:] for ch in word.text)


def _opens_another(last: Line, line: Line) -> bool:
    """Tell whether a bold line under plain ones is a heading or the head of another table, not a row of totals."""
    return _is_heading(line) and not last.bold_body()


def _part_rows(
    lines: list[Line], spans: Sequence[Span], levels: Sequence[Rule], *, first: int
) -> tuple[list[list[Line]], bool]:
    """Part lines into rows by rules, else by wide steps, else by their first cells, up to the table's end.

    Args:
        lines: of the table, and perhaps of what follows it.
        spans: its columns.
        levels: the level rules of the page.
        first: of the rows that end the table before them where they have words in the first column only.

    Returns:
        The rows, and whether rules part them.
    """
    width = spans[-1][1] - spans[0][0]
    heights = [
        rule.top
        for rule in levels
        if min(rule.x1, spans[-1][1] + 9) - max(rule.x0, spans[0][0] - 9) >= _ACROSS * width
        and lines[0].baseline - 3 * lines[0].size < rule.top < lines[-1].baseline + 3 * lines[-1].size
    ]
    under = [sum(line.baseline < height + 1 for line in lines) for height in heights]
    if max(under, default=0) > 1:
        lines = lines[: max(under)]
    cuts = {count for count in under if 0 < count < len(lines)}
    is_ruled = len(cuts) > 1
    if not is_ruled:
        lines = _cut_tail(lines, spans, first)
        cuts = {cut for cut in cuts if cut < len(lines)} | _find_starts(lines, spans)
    bounds = [0, *sorted(cuts), len(lines)]
    rows = [lines[start:end] for start, end in zip(bounds, bounds[1:], strict=False) if start < end]
    whole = next((at for at, row in enumerate(rows) if at >= first and _is_lone(row, spans)), len(rows))
    return rows[:whole], is_ruled


def _find_starts(lines: Sequence[Line], spans: Sequence[Span]) -> set[int]:
    """Find the lines that begin rows: by wide steps where wrapped cells are set closer, else by their first cells."""
    steps = [two.baseline - one.baseline for one, two in zip(lines, lines[1:], strict=False)]
    if not steps:
        return set()
    close = _CLOSE * min(steps)
    wide = {at for at, step in enumerate(steps, 1) if step > close}
    wrapped = [_fill([line], spans) for at, line in enumerate(lines) if at and at not in wide]
    headed = sum(0 in filled and len(filled) > 1 for filled in wrapped)
    full = sum(0 in filled and (len(filled) > 2 or len(spans) - 1 in filled) for filled in wrapped)
    if wide and full <= _FULL * len(wrapped) and (len(wide) > 2 or headed <= 2 * _FULL * len(wrapped)):
        return wide
    return {at for at, line in enumerate(lines[1:], 1) if line.x0 <= spans[0][1]}


def _cut_tail(lines: list[Line], spans: Sequence[Span], first: int) -> list[Line]:
    """Leave out what follows a line that is set apart from the one above it and has words in the first column only."""
    steps = [two.baseline - one.baseline for one, two in zip(lines, lines[1:], strict=False)]
    close = _CLOSE * min(steps, default=0.0)
    wide = [at for at, step in enumerate(steps, 1) if step > close and at >= first]
    return lines[: next((at for at in wide if _is_lone(lines[at : at + 1], spans)), None)]


def _fill(row: Sequence[Line], spans: Sequence[Span]) -> set[int]:
    """Tell which columns a row fills."""
    return {_home(word, spans) for line in row for word in line.words}


def _is_lone(row: Sequence[Line], spans: Sequence[Span]) -> bool:
    return _fill(row, spans) == {0}


def _has_rows(grid: Grid) -> bool:
    """Tell rows of a table from lines that happen to have gaps: two are filled, or a head and all that follow."""
    counts = [len(row) for row in grid.rows()]
    whole = sum(count >= _FEWEST for count in counts)
    return len(counts) > 1 and (whole > 1 or (whole == 1 and counts[0] >= _FEWEST and all(n > 1 for n in counts)))


def _make_grid(rows: Sequence[Sequence[Line]], spans: Sequence[Span], before: Grid | None) -> Grid:
    page = rows[0][0].page_number
    box = (spans[0][0], rows[0][0].box[1], spans[-1][1], rows[-1][-1].box[3])
    slots = []
    for at, row in enumerate(rows):
        cells: list[list[Word]] = [[] for _ in spans]
        for line in row:
            for word in line.words:
                cells[_home(word, spans)].append(word)
        top, bottom = row[0].box[1], row[-1].box[3]
        slots += [
            Slot(at, column, (spans[column][0], top, spans[column][1], bottom), tuple(make_lines(words, page)))
            for column, words in enumerate(cells)
            if words
        ]
    grid = Grid(box, page, tuple(slots), tuple(span[0] for span in spans))
    return _line_up(grid, before) if before is not None else grid


def _line_up(grid: Grid, before: Grid) -> Grid:
    """Give a table the columns of the one that it goes on with: the same number of them and the same head, or none."""
    head, rest = ([slot.text for slot in table.rows()[0]] for table in (before, grid))
    if grid.columns != before.columns or (head != rest and grid.edges[0] != before.edges[0]):
        return grid
    return replace(grid, edges=before.edges, box=(before.box[0], grid.box[1], before.box[2], grid.box[3]))


def _home(word: Word, spans: Sequence[Span]) -> int:
    """Give the column that a word stands in."""
    middle = (word.box[0] + word.box[2]) / 2
    return min(range(len(spans)), key=lambda at: max(spans[at][0] - middle, middle - spans[at][1], 0.0))
