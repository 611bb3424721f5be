"""Turn a Word document into a document, with list numbers computed as Word shows them."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import Any

from docx import Document as open_docx
from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import XMLSyntaxError

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
from minutes_miner.parse.sniff import DOCX
from minutes_miner.parse.wordlist import WORD, Numbering
from minutes_miner.parse.wordtext import (
    cell_words,
    find_columns,
    has_sums,
    is_bold,
    is_header,
    is_layout,
    iter_cells,
    iter_content,
    iter_rows,
    read_paragraph,
)

_MAX_UNPACKED = 400_000_000
"""Bytes that an archive may unpack to; real minutes stay far below it."""


class DocxParser:
    """Read Word documents: paragraphs, lists and tables in the order of the page, tracked deletions left out."""

    media_types = (DOCX,)

    def parse(self, data: bytes, ref: DocumentRef, *, limits: Limits = Limits()) -> Document:
        """Read a Word document.

        Raises:
            ParseError: the archive is broken, unpacks to too much, or holds no words.
        """
        package = _open(data, ref, limits)
        writer = _Writer(Numbering(package))
        writer.write(package.element.body)
        text = writer.draft.text
        blocks = nest_blocks(text, writer.draft.blocks)
        if not blocks:
            raise ParseError("the document has no words", where=ref.source)
        title = tidy(str(package.core_properties.title or "")).strip() or None
        header = read_header([text[block.start : block.end] for block in blocks], None)
        return Document(
            ref,
            text,
            blocks,
            items=find_items(text, blocks),
            title=header.title or title,
            authority=ref.authority or header.authority,
            committee=header.committee,
            meeting_date=header.meeting_date,
        )


def _open(data: bytes, ref: DocumentRef, limits: Limits) -> Any:
    """Open the archive once its unpacked size is known to be bearable."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > min(_MAX_UNPACKED, max(limits.max_bytes * 4, 1_000_000)):
            raise ParseError(
                f"the document unpacks to {size:,} bytes", where=ref.source, advice="save it anew without pictures"
            )
        return open_docx(BytesIO(data))
    except (
        zipfile.BadZipFile,
        PackageNotFoundError,
        KeyError,
        ValueError,
        XMLSyntaxError,
        OSError,
        EOFError,
        NotImplementedError,
        zlib.error,
    ) as error:
        raise ParseError(
            "the Word document is broken", where=ref.source, advice="save it anew or fetch it again"
        ) from error


class _Writer:
    """Write a body's paragraphs and tables into a draft."""

    def __init__(self, numbering: Numbering) -> None:
        self.draft = Draft()
        self._numbering = numbering
        self._tables = 0

    def write(self, body: Any) -> None:
        """Write the children of a body or of a cell."""
        for child in iter_content(body):
            if child.tag == WORD + "p":
                self._paragraph(child)
            else:
                self._table(child)

    def _paragraph(self, paragraph: Any) -> None:
        words = read_paragraph(paragraph)
        place = self._numbering.find_place(paragraph)
        if not words:
            return
        number = self._numbering.count(place) if place else None
        level = self._numbering.heading_level(paragraph)
        bold = level is not None or is_bold(paragraph)
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
            return BlockRole.HEADING, max(level - self._numbering.base_level, 0)
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
        words = [[" ".join(cell_words(cell)) for cell in row] for row in rows]
        if is_layout(rows, words):
            self._layout_rows(rows, words)
            return
        if max(map(len, rows)) == 2 and not is_header(words, rows) and not has_sums(words):
            self._labelled_rows(rows, words)
            return
        index, self._tables = self._tables, self._tables + 1
        headed = is_header(words, rows)
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
            body, note = (row[:-1], " ".join(cell_words(row[-1]))) if margin and len(row) > 1 else (row, "")
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
            words = read_paragraph(child) if child.tag == WORD + "p" else ""
            if first and words:
                bold = is_bold(child)
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
