"""Put the lines and tables of a document's pages into reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minutes_miner.parse.aligned import find_levels
from minutes_miner.parse.columns import find_gutter, read_columns
from minutes_miner.parse.furniture import find_furniture
from minutes_miner.parse.glyph import Sheet
from minutes_miner.parse.line import Line, make_lines
from minutes_miner.parse.margin import is_action_header
from minutes_miner.parse.rows import read_rows
from minutes_miner.parse.ruling import Grid, Slot, choose_lines, find_grids
from minutes_miner.parse.sidenote import SideNotes
from minutes_miner.parse.table import Use, find_use

Flow = list[Line | Grid]
"""What stands on the pages in reading order: lines of running text, and tables of data."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Hold a document's text in reading order, and the lines that belong to the paper."""

    flow: Flow
    furniture: tuple[Line, ...]


def read_layout(sheets: Sequence[Sheet]) -> Layout:
    """Put all pages' lines and tables into reading order, without furniture, notes beside their lines.

    Args:
        sheets: the pages in order.
    """
    pages = [make_lines(sheet.words, sheet.number) for sheet in sheets]
    height = max((sheet.height for sheet in sheets), default=0.0)
    furniture = find_furniture(pages, height)
    kept = [
        [line for index, line in enumerate(lines) if (page, index) not in furniture] for page, lines in enumerate(pages)
    ]
    notes = SideNotes(kept, max((sheet.width for sheet in sheets), default=0.0))
    reader = _Reader(notes)
    flow: Flow = []
    for sheet, lines in zip(sheets, kept, strict=True):
        notes.turn(flow, reader.read_page(sheet, lines))
    notes.end(flow)
    return Layout(flow, tuple(pages[page][index] for page, index in sorted(furniture)))


@dataclass(slots=True)
class _Reader:
    """Read pages one after another; an Action column and a table may go on over the page."""

    notes: SideNotes
    regions: int = 0
    last: tuple[Grid, Use] | None = None
    open: Grid | None = None
    gutter: float | None = None

    def read_page(self, sheet: Sheet, lines: list[Line]) -> Flow:
        """Give a page's lines and tables from the top down."""
        parts: list[tuple[float, Flow]] = []
        grids = find_grids(sheet, lines)
        foot = max((line.baseline for line in lines), default=0.0)
        for grid in grids:
            use = find_use(grid, self.last, ends=grid.box[3] > foot)
            is_rest = self.last is not None and self.last[1] is use and self.last[0].page_number < grid.page_number
            self.last = (grid, use)
            parts.append((grid.box[1], [grid] if use is Use.DATA else list(self._read_text(grid, use, is_rest))))
        free = lines
        for grid in grids:
            free = choose_lines(free, grid.box, inside=False)
        parts.extend(self._read_free(sheet, free, [grid.box[1] for grid in grids]))
        return [item for _, part in sorted(parts, key=lambda part: part[0]) for item in part]

    def _read_free(self, sheet: Sheet, lines: list[Line], tops: list[float]) -> Iterator[tuple[float, Flow]]:
        """Give the bands of lines between a page's tables, each with the height of its top."""
        lines = self.notes.take_header(lines)
        levels = find_levels(sheet.rules)
        before = self.open if self.open and self.open.page_number == sheet.number - 1 else None
        for start, end in zip([-1e9, *sorted(tops)], [*sorted(tops), 1e9], strict=True):
            band = [line for line in lines if start <= line.baseline < end]
            band = self.notes.take(band, opens=start < 0, ends=end >= 1e9)
            if not band:
                continue
            gutter = find_gutter(band, sheet.width, self.gutter)
            self.gutter = gutter or self.gutter
            top = start
            for run in read_columns(band, gutter):
                self.regions += 1
                items = list(read_rows(list(measure(run, self.regions)), levels, before))
                before = None
                top = max(top + 0.01, run[0].box[1])  # the right column may begin higher than the left one
                yield top, items
                self.open = items[-1] if isinstance(items[-1], Grid) else None

    def _read_text(self, grid: Grid, use: Use, is_rest: bool) -> list[Line]:
        """Give the lines of a table that lays out running text, row by row."""
        margin = grid.columns - 1 if use is Use.MARGIN else None
        rows: list[tuple[list[Line], list[Slot]]] = []
        for index, row in enumerate(grid.rows()):
            body = [slot for slot in row if slot.column != margin]
            notes = [slot for slot in row if slot.column == margin]
            if margin is not None and index == 0 and _is_header_row(body, notes):
                continue
            rows.append(([line for run in _row_runs(body, grid) for line in self._ruled(run)], notes))
        return self.notes.attach(rows, goes_on=is_rest)

    def _ruled(self, run: tuple[list[Line], float, float]) -> Iterator[Line]:
        self.regions += 1
        lines, left, right = run
        for line in lines:
            yield line.place(self.regions, left, right, ruled=True)


def measure(lines: Sequence[Line], region: int) -> Iterator[Line]:
    """Note on each line where the lines of its region usually begin and end.

    Args:
        lines: of one region, in order.
        region: its number.
    """
    long = [line for line in lines if len(line.words) >= 6] or list(lines)
    right = max(line.x1 for line in long)
    left = min(line.x0 for line in lines)
    for line in lines:
        yield line.place(region, left, right)


def _is_header_row(body: Sequence[Slot], notes: Sequence[Slot]) -> bool:
    return any(is_action_header(slot.text) for slot in notes) and all(len(slot.text.split()) <= 4 for slot in body)


def _is_number(line: Line) -> bool:
    """Tell whether a line of a narrow cell is a number of its row, such as "4.", "(b)" or "12/24"."""
    return len(line.text) < 14 and (line.number is not None or any(ch.isdigit() for ch in line.text))


def _row_runs(row: Sequence[Slot], grid: Grid) -> Iterator[tuple[list[Line], float, float]]:
    """Give the lines of a row's cells with their edges; a narrow first cell of numbers is read along its row."""
    slots = [slot for slot in row if slot.lines]
    width = grid.box[2] - grid.box[0]
    if (
        len(slots) > 1
        and slots[0].box[2] - slots[0].box[0] < 0.16 * width
        and all(_is_number(line) for line in slots[0].lines)
    ):
        words = [word for slot in slots[:2] for line in slot.lines for word in line.words]
        yield make_lines(words, grid.page_number), slots[0].box[0], slots[1].box[2] - 5
        slots = slots[2:]
    for slot in slots:
        yield list(slot.lines), slot.box[0], slot.box[2] - 5
