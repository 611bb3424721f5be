"""Turn a Word document into a document, with list numbers computed as Word shows them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from minutes_miner.config import Limits
from minutes_miner.domain.heading import looks_like_heading
from minutes_miner.domain.numbering import find_number
from minutes_miner.domain.outline import find_items, nest_blocks
from minutes_miner.domain.source import Cell, Document, DocumentRef
from minutes_miner.domain.vocabulary import BlockRole
from minutes_miner.errors import ParseError
from minutes_miner.parse.draft import Draft, Piece
from minutes_miner.parse.encoding import tidy
from minutes_miner.parse.header import read_header
from minutes_miner.parse.margin import is_action_header
from minutes_miner.parse.package import open_package
from minutes_miner.parse.sniff import DOCX
from minutes_miner.parse.wordlist import Numbering
from minutes_miner.parse.wordpackage import WORD, Parts, read_parts
from minutes_miner.parse.wordstyle import Styles
from minutes_miner.parse.wordtext import (
    cell_words,
    find_columns,
    has_sums,
    is_bold,
    is_gone,
    is_header,
    is_layout,
    iter_boxes,
    iter_cells,
    iter_content,
    iter_rows,
    read_paragraph,
)


class DocxParser:
    """Read Word documents: paragraphs, lists and tables in the order of the page, tracked changes accepted."""

    media_types = (DOCX,)

    def parse(self, data: bytes, ref: DocumentRef, *, limits: Limits = Limits()) -> Document:
        """Read a Word document.

        Raises:
            ParseError: the archive is broken, encrypted or a bomb, or holds no words.
        """
        with open_package(data, ref, limits, "Word document") as package:
            return write_document(read_parts(package), ref)


def write_document(parts: Parts, ref: DocumentRef) -> Document:
    """Make a document of the parts of a Word document.

    What runs at the head and foot of its pages is left out of the text, but tells of the meeting what the text does
    not.

    Raises:
        ParseError: there are no words.
    """
    styles = Styles(parts.styles)
    writer = WordWriter(parts, styles)
    writer.write(parts.body)
    for note in parts.notes:
        writer.write(note)
    text = writer.draft.text
    blocks = nest_blocks(text, writer.draft.blocks)
    if not blocks:
        raise ParseError("the document has no words", where=ref.source)
    title = tidy(parts.title or "").strip() or None
    lines = [text[block.start : block.end] for block in blocks]
    edges = [words for edge in parts.edges for words in cell_words(edge, styles)]
    header, around = read_header(lines, None), read_header([*edges, *lines], None)
    return Document(
        ref,
        text,
        blocks,
        items=find_items(text, blocks),
        title=header.title or title,
        authority=ref.authority or header.authority or around.authority,
        committee=header.committee or around.committee,
        meeting_date=header.meeting_date or around.meeting_date,
    )


class WordWriter:
    """Write a body's paragraphs and tables into a draft.

    Args:
        parts: of the document.
        styles: its styles.
    """

    def __init__(self, parts: Parts, styles: Styles) -> None:
        self.draft = Draft()
        self._styles = styles
        self._numbering = Numbering(parts.numbering, styles)
        self._base = find_base(parts.body, styles)
        self._tables = 0

    def write(self, body: Any) -> None:
        """Write the children of a body or of a cell."""
        for child in iter_content(body):
            if child.tag == WORD + "p":
                self._paragraph(child)
                for box in iter_boxes(child):
                    self.write(box)
            else:
                self._table(child)

    def _paragraph(self, paragraph: Any) -> None:
        words = read_paragraph(paragraph, self._styles)
        place = self._numbering.find_place(paragraph)
        number = self._numbering.count(place) if place and (words or not is_gone(paragraph)) else None
        if not words:
            return
        level = self._styles.heading_level(paragraph)
        bold = level is not None or is_bold(paragraph, self._styles)
        written = find_number(words) if number is None else None
        if written and written.body >= len(words):
            written = None
        text = f"{number} {words}" if number else words
        body = len(number) + 1 if number else written.body if written else 0
        label = number or (written.text if written else None)
        role, depth = self._role(text[body:], find_number(text) if label else None, level, bold)
        if role is BlockRole.LIST_ITEM and place:
            depth = place.level
        self.draft.add(Piece(text, role, label, body, depth, bold=bold))

    def _role(self, words: str, number: Any, level: int | None, bold: bool) -> tuple[BlockRole, int]:
        if level is not None and len(words) < 200:
            return BlockRole.HEADING, max(level - self._base, 0)
        if bold and looks_like_heading(words, number, bold=True):
            return BlockRole.HEADING, int(number is not None and number.style in {"-", "a", "i", "a(", "i(", "1("})
        return (BlockRole.LIST_ITEM if number else BlockRole.PARAGRAPH), 0

    def _table(self, table: Any) -> None:
        """Write a table as cells; one whose cells hold whole paragraphs as running text with an Action column."""
        rows = [list(iter_cells(row)) for row in iter_rows(table)]
        if max(map(len, rows), default=0) < 2:
            for row in rows:
                for cell in row:
                    self.write(cell)
            return
        words = [[" ".join(cell_words(cell, self._styles)) for cell in row] for row in rows]
        if is_layout(rows, words, self._styles):
            self._layout_rows(rows, words)
            return
        headed = is_header(words, rows, self._styles)
        if max(map(len, rows)) == 2 and not headed and not has_sums(words):
            self._labelled_rows(rows, words)
            return
        index, self._tables = self._tables, self._tables + 1
        names = dict(zip(find_columns(rows[0]), words[0], strict=True)) if headed else {}
        for number, row in enumerate(words):
            for column, text in zip(find_columns(rows[number]), row, strict=True):
                cell = Cell(index, number, column, (names.get(column) if number else None) or None)
                self.draft.add(Piece(text, BlockRole.TABLE_CELL, cell=cell, bold=headed and not number))

    def _labelled_rows(self, rows: list[list[Any]], words: list[list[str]]) -> None:
        """Write rows of label and value: the label as a heading above the value's paragraphs."""
        for row, (label, *_) in zip(rows, words, strict=True):
            if label and len(label.split()) <= 4 and len(row) > 1:
                self.draft.add(Piece(label, BlockRole.HEADING, depth=1, bold=True))
                self.write(row[1])
            else:
                for cell in row:
                    self.write(cell)

    def _layout_rows(self, rows: list[list[Any]], words: list[list[str]]) -> None:
        """Write the cells of each row as paragraphs, those of an Action column as notes beside them."""
        margin = is_action_header(words[0][-1]) if words[0] else False
        for index, row in enumerate(rows):
            if margin and index == 0:
                continue
            body, note = (row[:-1], words[index][-1]) if margin and len(row) > 1 else (row, "")
            number = (
                words[index][0]
                if len(body) > 1 and find_number(words[index][0] + " ") and len(words[index][0]) < 12
                else ""
            )
            before = len(self.draft.blocks)
            for cell in body[1:] if number else body:
                self._numbered(cell, number)
                number = ""
            if note and len(self.draft.blocks) > before:
                self.draft.add(Piece(note, BlockRole.MARGIN_NOTE, beside=len(self.draft.blocks) - 1))

    def _numbered(self, cell: Any, number: str) -> None:
        """Write a cell whose row has its number in a cell of its own."""
        if not number:
            self.write(cell)
            return
        first = True
        for child in iter_content(cell):
            words = read_paragraph(child, self._styles) if child.tag == WORD + "p" else ""
            if first and words:
                bold = is_bold(child, self._styles)
                role = (
                    BlockRole.HEADING
                    if looks_like_heading(words, find_number(number + " "), bold=bold)
                    else BlockRole.LIST_ITEM
                )
                self.draft.add(Piece(f"{number} {words}", role, number, len(number) + 1, bold=bold))
                first = False
            elif child.tag == WORD + "p":
                self._paragraph(child)
            else:
                self._table(child)


def find_base(body: Any, styles: Styles) -> int:
    """Give the heading level of agenda items: the highest used more than once."""
    levels = [level for p in body.iter(WORD + "p") if (level := styles.heading_level(p)) is not None]
    often = [level for level, times in Counter(levels).items() if times > 1]
    return min(often or levels, default=1)
