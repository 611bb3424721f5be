"""Write a page's tables: minutes in rows, forms of labelled rows, layout, and data in cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from bs4 import NavigableString, Tag

from minutes_miner.domain.source import AgendaItem, Cell
from minutes_miner.domain.vocabulary import BlockRole
from minutes_miner.parse.draft import Draft, Piece
from minutes_miner.parse.encoding import tidy
from minutes_miner.parse.inline import is_bold, read_words
from minutes_miner.parse.minutetable import MinuteColumns, find_minute_columns, is_form
from minutes_miner.parse.page import classes
from minutes_miner.parse.webtable import find_rows, is_layout

Walk = Callable[[Tag, int, str | None], None]
"""Writes the content of a cell as running text: the cell, its depth, and the number of its first paragraph."""

_ENDS = frozenset({"br", "p", "div", "li", "tr"})
_FIRST_WORDS = re.compile(r"[^.:;\u2013?!]{2,80}")
_LONGEST_NUMBER = 14


class TableWriter:
    """Write tables into a page's draft."""

    def __init__(self, draft: Draft, walk: Walk) -> None:
        self._draft = draft
        self._walk = walk
        self._tables = 0

    def write(self, tag: Tag, depth: int) -> None:
        """Write a table: minutes, forms and tables that only lay out the page as running text, others as cells."""
        rows = find_rows(tag)
        words = [[read_words(cell.children) for cell in row] for row in rows]
        columns = find_minute_columns(words) if rows else None
        if columns:
            self._write_minutes(rows[1:], words[1:], columns, depth)
        elif rows and is_form(words, [_is_labelled(row) for row in rows]):
            self._write_form(tag, rows, words, depth)
        elif "mgItemTable" in classes(tag) or tag.find("table") or is_layout(tag):
            self._walk_rows(tag, depth)
        else:
            self._write_cells(tag, rows, words)

    def _write_minutes(
        self, rows: Sequence[list[Tag]], words: Sequence[list[str]], columns: MinuteColumns, depth: int
    ) -> None:
        """Write each row as an item of business, with a note for each line of its Action column."""
        for row, texts in zip(rows, words, strict=True):
            before = len(self._draft.blocks)
            heads = [texts[column] for column in columns.heads if column < len(texts) and texts[column]]
            number = heads.pop(0) if heads and len(heads[0]) <= _LONGEST_NUMBER and heads[0][-1:].isdigit() else None
            if heads:
                title = " ".join([number, *heads] if number else heads)
                self._draft.add(Piece(title, BlockRole.HEADING, bold=True))
            if columns.text < len(row):
                self._walk(row[columns.text], depth, None if heads else number)
            if len(self._draft.blocks) == before:
                continue
            if number or heads:
                self._add_item(before, number, heads[0] if heads else texts[columns.text])
            self._add_notes(row, columns)

    def _add_item(self, block: int, number: str | None, words: str) -> None:
        start = self._draft.blocks[block].start
        title = _FIRST_WORDS.match(words)
        self._draft.items.append(AgendaItem(start, start, number, title.group().strip() if title else words[:80]))

    def _add_notes(self, row: list[Tag], columns: MinuteColumns) -> None:
        beside = len(self._draft.blocks) - 1
        owners = list(_iter_lines(row[columns.action])) if columns.action < len(row) else []
        dues = list(_iter_lines(row[columns.due])) if columns.due and columns.due < len(row) else []
        if len(dues) > len(owners):
            dues = [" ".join(dues)]
        for owner, due in zip_longest(owners, dues, fillvalue=""):
            for words in (owner, due):
                if words:
                    self._draft.add(Piece(words, BlockRole.MARGIN_NOTE, beside=beside))

    def _write_form(self, tag: Tag, rows: Sequence[list[Tag]], words: Sequence[list[str]], depth: int) -> None:
        """Write rows of label and value: the label as a heading above the value's paragraphs."""
        self._write_caption(tag)
        for row, (label, *_) in zip(rows, words, strict=True):
            if label:
                self._draft.add(Piece(label, BlockRole.HEADING, depth=1, bold=True))
            self._walk(row[1], depth, None)

    def _write_cells(self, tag: Tag, rows: Sequence[list[Tag]], words: Sequence[list[str]]) -> None:
        self._write_caption(tag)
        table, self._tables = self._tables, self._tables + 1
        headers: list[str] = []
        for index, (cells, texts) in enumerate(zip(rows, words, strict=True)):
            heads = all(cell.name == "th" or is_bold([cell]) for cell, text in zip(cells, texts, strict=True) if text)
            if index == 0 and heads and len(rows) > 1:
                headers = texts
            for column, text in enumerate(texts):
                header = headers[column] if index and column < len(headers) else None
                cell = Cell(table, index, column, header or None)
                self._draft.add(Piece(text, BlockRole.TABLE_CELL, cell=cell, bold=index == 0 and heads))

    def _write_caption(self, tag: Tag) -> None:
        caption = tag.find("caption")
        if isinstance(caption, Tag) and (words := read_words(caption.children)):
            self._draft.add(Piece(words, BlockRole.HEADING, depth=1 if self._draft.items else 0, bold=True))

    def _walk_rows(self, tag: Tag, depth: int) -> None:
        for child in tag.find_all(True, recursive=False):
            if child.name in {"tbody", "thead", "tfoot", "tr"}:
                self._walk_rows(child, depth)
            elif child.name != "caption" or "mgSectionTitle" not in classes(child):
                self._walk(child, depth, None)


def _is_labelled(row: Sequence[Tag]) -> bool:
    """Tell whether a row is a marked label with a value."""
    return len(row) == 2 and row[0].name == "th" and row[1].name == "td"


def _iter_lines(cell: Tag) -> Iterator[str]:
    """Give the lines of a cell as the page shows them."""
    parts: list[str] = []
    for node in cell.descendants:
        if isinstance(node, Tag) and node.name in _ENDS:
            parts.append("\n")
        elif isinstance(node, NavigableString):
            parts.append(" ".join(str(node).split()) + " ")
    for line in tidy("".join(parts)).split("\n"):
        if words := " ".join(line.split()).strip():
            yield words
