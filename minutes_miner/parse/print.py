"""Write the paragraphs, tables and notes of a printed page as blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby

from minutes_miner.domain.bare import number_bare
from minutes_miner.domain.heading import LABEL, looks_like_heading, settle_headings
from minutes_miner.domain.numbering import Number, find_number
from minutes_miner.domain.source import Box, Cell
from minutes_miner.domain.vocabulary import BlockRole
from minutes_miner.parse.coverage import count_letters
from minutes_miner.parse.draft import Draft, Piece
from minutes_miner.parse.hyphen import Vocabulary, join_text
from minutes_miner.parse.layout import Flow
from minutes_miner.parse.line import Line
from minutes_miner.parse.paragraph import Paragraph, join_lines, part_lead
from minutes_miner.parse.rowrest import is_rest
from minutes_miner.parse.ruling import Grid
from minutes_miner.parse.table import goes_on, has_header

_MINOR = {"-", "a", "i", "a(", "i(", "1("}


class PrintWriter:
    """Write a document's flow into a draft.

    Attributes:
        draft: what was written.
        starts: where each page begins in the text.
        letters: how many of each page's letters were written or left out on purpose, by page number.
    """

    def __init__(self, flow: Flow) -> None:
        self.draft = Draft()
        self.starts: dict[int, int] = {}
        self.letters: Counter[int] = Counter()
        self._flow = flow
        self._vocabulary = Vocabulary(partial(_read_vocabulary, flow))
        self._tables = 0

    def write(self) -> None:
        """Write everything, in order."""
        self._write_flow()
        self.draft.blocks[:] = settle_headings(self.draft.text, number_bare(self.draft.text, self.draft.blocks))

    def _write_flow(self) -> None:
        for is_table, part in groupby(self._flow, key=lambda item: isinstance(item, Grid)):
            if is_table:
                self._write_tables([item for item in part if isinstance(item, Grid)])
                continue
            for paragraph in join_lines(item for item in part if isinstance(item, Line)):
                for piece in part_lead(paragraph):
                    self._write_paragraph(piece)

    def _write_paragraph(self, paragraph: Paragraph) -> None:
        text = join_text(paragraph.lines, self._vocabulary)
        if not any(map(str.isalnum, text)):
            return
        number = find_number(text)
        if number and number.body >= len(text):
            number = None
        bold = paragraph.bold
        words = text[number.body if number else 0 :]
        role, depth = _role(words, number, paragraph, bold)
        page = paragraph.lines[0].page_number
        self._count(text, paragraph)
        box = _box(line for line in paragraph.lines if line.page_number == page)
        index = self._add(
            Piece(
                text, role, number.text if number else None, number.body if number else 0, depth, page, box, bold=bold
            )
        )
        for note in paragraph.notes if index is not None else ():
            self.letters[page] += count_letters(note)
            self._add(Piece(note, BlockRole.MARGIN_NOTE, page_number=page, beside=index))

    def _count(self, text: str, paragraph: Paragraph) -> None:
        """Count a paragraph's letters for its pages; what its text lacks of its lines, its first page lacks."""
        pages = [line.page_number for line in paragraph.lines]
        self.letters[pages[0]] += count_letters(text)
        for line in paragraph.lines if pages[-1] != pages[0] else ():
            if line.page_number != pages[0]:
                letters = count_letters(line.text)
                self.letters[line.page_number] += letters
                self.letters[pages[0]] -= letters

    def _write_tables(self, grids: list[Grid]) -> None:
        """Write tables of data that follow each other; the rest of one over the page stays with it."""
        rows: list[list[Piece]] = []
        header: list[str] = []
        last: Grid | None = None
        for grid in grids:
            first = last is None or not goes_on(last, grid)
            if first:
                self._flush(rows)
                rows = []
                header = _header(grid)
            self._append_rows(rows, grid, header, first=first)
            last = grid
        self._flush(rows)

    def _append_rows(self, rows: list[list[Piece]], grid: Grid, header: list[str], *, first: bool) -> None:
        at_top = not first
        for row in grid.rows():
            texts = {slot.column: join_text(slot.lines, self._vocabulary) for slot in row if slot.lines}
            self.letters[grid.page_number] += count_letters("".join(texts.values()))
            if not texts or (not first and header and [texts.get(i, "") for i in range(len(header))] == header):
                continue
            if at_top and is_rest(texts, [{p.cell.column: p.text for p in one if p.cell} for one in rows]):
                _extend(rows[-1], texts, header)
                at_top = False
                continue
            at_top = False
            is_head = first and bool(header) and not rows
            pieces = []
            for slot in row:
                if slot.column not in texts:
                    continue
                name = header[slot.column] if slot.column < len(header) and not is_head else None
                cell = Cell(self._tables, len(rows), slot.column, name or None)
                bold = all(word.bold for line in slot.lines for word in line.words)
                box = tuple(round(value, 1) for value in slot.box)
                pieces.append(
                    Piece(
                        texts[slot.column],
                        BlockRole.TABLE_CELL,
                        page_number=grid.page_number,
                        box=(box[0], box[1], box[2], box[3]),
                        cell=cell,
                        bold=bold,
                    )
                )
            rows.append(pieces)

    def _flush(self, rows: list[list[Piece]]) -> None:
        for row in rows:
            for piece in row:
                self._add(piece)
        self._tables += bool(rows)

    def _add(self, piece: Piece) -> int | None:
        index = self.draft.add(piece)
        if index is not None and piece.page_number is not None:
            self.starts.setdefault(piece.page_number, self.draft.blocks[index].start)
        return index


def _role(words: str, number: Number | None, paragraph: Paragraph, bold: bool) -> tuple[BlockRole, int]:
    """Tell a heading from a point of a list and from running text."""
    if len(paragraph.lines) <= 3 and looks_like_heading(words, number, bold=bold):
        minor = number.style in _MINOR if number else bool(LABEL.match(words))
        return BlockRole.HEADING, int(minor)
    return (BlockRole.LIST_ITEM if number else BlockRole.PARAGRAPH), 0


def _header(grid: Grid) -> list[str]:
    """Give the names of a table's columns, or nothing where its first row is data."""
    if not has_header(grid):
        return []
    texts = {slot.column: slot.text for slot in grid.rows()[0]}
    return [texts.get(column, "") for column in range(grid.columns)]


def _extend(row: list[Piece], texts: dict[int, str], header: list[str]) -> None:
    """Add the rest of a row's cells to it."""
    for index, piece in enumerate(row):
        if piece.cell and piece.cell.column in texts:
            row[index] = piece._replace(text=f"{piece.text} {texts.pop(piece.cell.column)}")
    for column, text in sorted(texts.items()):
        cell = row[-1].cell
        name = header[column] or None if column < len(header) else None
        if cell:
            row.append(row[-1]._replace(text=text, cell=Cell(cell.table, cell.row, column, name)))
    row.sort(key=lambda piece: piece.cell.column if piece.cell else 0)


def _box(lines: Iterable[Line]) -> Box:
    x0, top, x1, bottom = zip(*[line.box for line in lines], strict=True)
    return round(min(x0), 1), round(min(top), 1), round(max(x1), 1), round(max(bottom), 1)


def _read_vocabulary(flow: Flow) -> frozenset[str]:
    """Collect the document's words, also hyphenated ones, but for the last of each line."""
    text = "\n".join(map(_inner, _iter_lines(flow))).lower()
    return frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text))


def _inner(line: Line) -> str:
    return " ".join(word.text for word in line.words[:-1]) if line.text.endswith("-") else line.text


def _iter_lines(flow: Flow) -> Iterator[Line]:
    for item in flow:
        if isinstance(item, Line):
            yield item
        else:
            for slot in item.slots:
                yield from slot.lines
