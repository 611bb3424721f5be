"""Write a page's tables: minutes in rows, forms of labelled rows, layout, and data in cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest

from minutes_miner.domain.rollcall import are_sides
from minutes_miner.domain.source import AgendaItem, Cell
from minutes_miner.domain.vocabulary import BlockRole
from minutes_miner.parse.draft import Draft, Piece
from minutes_miner.parse.element import Element, Node
from minutes_miner.parse.inline import is_bold, read_lines, read_words
from minutes_miner.parse.minutetable import MinuteColumns, find_minute_columns, holds_minutes, is_form
from minutes_miner.parse.webtable import Row, find_loose, find_rows, is_layout

Walk = Callable[[Element, int, str | None], None]
"""Writes the content of a cell as running text: the cell, its depth, and the number of its first paragraph."""

_FIRST_WORDS = re.compile(r"[^.:;\u2013?!]{2,80}")
_LONGEST_NUMBER = 14
_LONGEST_LABEL = 120
"""Characters that a header of minutes or the label in a form may have."""


class TableWriter:
    """Write tables into a page's draft."""

    def __init__(self, draft: Draft, walk: Walk) -> None:
        self._draft = draft
        self._walk = walk
        self._tables = 0

    def write(self, table: Element, depth: int) -> None:
        """Write a table: minutes, forms and tables that only lay out the page as running text, others as cells."""
        rows = [] if "mgItemTable" in table.classes else find_rows(table)
        if columns := _find_columns(rows):
            self._write_minutes(rows[1:], columns, depth)
        elif _is_form(rows):
            self._write_form(table, rows, depth)
        elif is_layout(table, rows):
            self._walk(table, depth, None)
        else:
            if loose := find_loose(table):
                self._walk(loose, depth, None)
            self._write_cells(table, rows)

    def _write_minutes(self, rows: Sequence[Row], columns: MinuteColumns, depth: int) -> None:
        """Write each row as an item of business, with a note for each line of its Action column."""
        for row in rows:
            before = len(self._draft.blocks)
            heads = [_words(row, column) for column in columns.heads if _words(row, column)]
            number = heads.pop(0) if heads and len(heads[0]) <= _LONGEST_NUMBER and heads[0][-1:].isdigit() else None
            if heads:
                title = " ".join([number, *heads] if number else heads)
                self._draft.add(Piece(title, BlockRole.HEADING, bold=True))
            if columns.text < len(row):
                self._walk(row[columns.text], depth, None if heads else number)
            if len(self._draft.blocks) == before:
                continue
            if number or heads:
                self._add_item(before, number, heads[0] if heads else _words(row, columns.text))
            self._add_notes(row, columns)

    def _add_item(self, block: int, number: str | None, words: str) -> None:
        start = self._draft.blocks[block].start
        title = _FIRST_WORDS.match(words)
        self._draft.items.append(AgendaItem(start, start, number, title.group().strip() if title else words[:80]))

    def _add_notes(self, row: Row, columns: MinuteColumns) -> None:
        beside = len(self._draft.blocks) - 1
        owners = _lines(row, columns.action)
        dues = _lines(row, columns.due) if columns.due else []
        if len(dues) > len(owners):
            dues = [" ".join(dues)]
        for owner, due in zip_longest(owners, dues, fillvalue=""):
            for words in (owner, due):
                if words:
                    self._draft.add(Piece(words, BlockRole.MARGIN_NOTE, beside=beside))

    def _write_form(self, table: Element, rows: Sequence[Row], depth: int) -> None:
        """Write rows of label and value: the label as a heading above the value's paragraphs."""
        self._write_caption(table)
        for label, value in rows:
            if words := read_words(label.children):
                self._draft.add(Piece(words, BlockRole.HEADING, depth=1, bold=True))
            self._walk(value, depth, None)

    def _write_cells(self, table: Element, rows: Sequence[Row]) -> None:
        self._write_caption(table)
        number, self._tables = self._tables, self._tables + 1
        heads = all(cell.name == "th" or is_bold(cell.children) for cell in rows[0] if cell.size)
        headers = [read_words(cell.children) for cell in rows[0]] if heads and len(rows) > 1 else []
        read = _read_names if are_sides(headers) else read_words
        for index, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell.size and (words := read(cell.children)):
                    header = headers[column] if index and column < len(headers) else None
                    place = Cell(number, index, column, header or None)
                    bold = heads and not index
                    self._draft.write(words, BlockRole.TABLE_CELL, cell=place, bold=bold)

    def _write_caption(self, table: Element) -> None:
        caption = next((part for part in table.elements() if part.name == "caption"), None)
        if caption and (words := read_words(caption.children)):
            self._draft.add(Piece(words, BlockRole.HEADING, depth=1 if self._draft.items else 0, bold=True))


def _find_columns(rows: Sequence[Row]) -> MinuteColumns | None:
    """Find the columns of a table of minutes, told by short headers above texts of some length."""
    if len(rows) < 2 or any(cell.size > _LONGEST_LABEL for cell in rows[0]):
        return None
    columns = find_minute_columns([read_words(cell.children) for cell in rows[0]])
    return columns if columns and holds_minutes(_words(row, columns.text) for row in rows[1:]) else None


def _is_form(rows: Sequence[Row]) -> bool:
    """Tell whether each row is a marked label with its value."""
    if any(len(row) != 2 or row[0].name != "th" or row[1].name != "td" for row in rows):
        return False
    full = [row for row in rows if row[0].size or row[1].size]
    if any(label.size > _LONGEST_LABEL for label, _ in full):
        return False
    return is_form([(read_words(label.children), _start(value)) for label, value in full])


def _start(cell: Element) -> str:
    """Give a cell's words where it has few; longer ones are no figures."""
    return read_words(cell.children) if cell.size < _LONGEST_LABEL else ""


def _read_names(run: Sequence[Node]) -> str:
    """Give the lines of a cell that lists the voters of a side; a line break there parts two names."""
    return "\n".join(line.words for line in read_lines(run))


def _words(row: Row, column: int) -> str:
    return read_words(row[column].children) if column < len(row) else ""


def _lines(row: Row, column: int) -> list[str]:
    return [line.words for line in read_lines(row[column].children)] if column < len(row) else []
