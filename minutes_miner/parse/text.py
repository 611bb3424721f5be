"""Turn plain text and Markdown into a document."""

from __future__ import annotations

import re

from minutes_miner.config import Limits
from minutes_miner.domain.outline import CELL_MARK, find_items, nest_blocks, outline_text
from minutes_miner.domain.source import Block, Cell, Document, DocumentRef
from minutes_miner.domain.vocabulary import BlockRole
from minutes_miner.errors import ParseError
from minutes_miner.parse.draft import Draft, Piece
from minutes_miner.parse.encoding import decode, unescape
from minutes_miner.parse.header import Header, read_header
from minutes_miner.parse.markdown import Source, read_markdown
from minutes_miner.parse.plaintable import mark_tables
from minutes_miner.parse.rollcall import mark_rollcalls

_BREAK = re.compile(r"[ \t]*<(?:br|hr)\s*/?>[ \t]*", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|li|ul|ol|tr|table|tbody|h[1-6]|section|article)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE
)
_INLINE_TAG = re.compile(r"</?(?:b|i|u|em|strong|span|font|a|sup|sub|small|td|th)(?:\s[^<>]{0,500})?/?>", re.IGNORECASE)
_TAB = re.compile(r"[ \u00a0]*\t[ \t\u00a0]*")


class TextParser:
    """Read plain text and Markdown; stray entities and tags are turned into characters and line breaks."""

    media_types = ("text/plain", "text/markdown")

    def parse(self, data: bytes, ref: DocumentRef, *, limits: Limits = Limits()) -> Document:
        """Read text.

        Raises:
            ParseError: there are no words in it, or too many.
        """
        raw, notices = decode(data)
        if len(raw) > limits.max_characters:  # told before the slow work, not after it
            reason = f"the text has {len(raw):,} characters, more than the limit of {limits.max_characters:,}"
            raise ParseError(reason, where=ref.source, advice="split the file or raise the limit")
        words = clean(raw)
        is_markdown = ref.media_type == "text/markdown"
        source = read_markdown(words) if is_markdown else Source(mark_tables(mark_rollcalls(words)))
        text, blocks = write_blocks(source)
        if not blocks:
            raise ParseError("the file is empty: no words are left once its mark-up is read", where=ref.source)
        header = _read_header(text, blocks, source)
        return Document(
            ref,
            text,
            blocks,
            items=find_items(text, blocks),
            title=header.title,
            authority=ref.authority or header.authority,
            committee=header.committee,
            meeting_date=header.meeting_date,
            notices=notices,
        )


def clean(text: str) -> str:
    """Turn stray tags into line breaks and entities into characters; line ends become ``\\n``.

    Args:
        text: characters as decoded.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _BREAK.sub("\u2028\n", text)
    text = _BLOCK_TAG.sub("\n\n", text)
    text = _INLINE_TAG.sub("", text)
    return unescape(text)


def write_blocks(source: Source) -> tuple[str, tuple[Block, ...]]:
    """Write each block on one line, with its depth.

    Args:
        source: cleaned text and which of its lines are bold or headings.

    Returns:
        The document's text and its blocks.
    """
    draft = Draft()
    rows = _Rows(draft)
    for block in outline_text(source.text, bold=source.bold, headings=source.headings):
        if CELL_MARK in source.text[block.start : block.end]:
            rows.add(source.text[block.start : block.end])
            continue
        rows.end()
        number = source.text[block.start : block.body].strip()
        words = " ".join(source.text[block.body : block.end].split())
        text = f"{number} {words}" if number else words
        draft.add(Piece(text, block.role, block.number, len(text) - len(words), block.depth, bold=block.bold))
    text = draft.text
    return text, nest_blocks(text, draft.blocks)


class _Rows:
    """Write the rows of tables as cells; the first row of each names its columns."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._table = -1
        self._row = 0
        self._names: list[str] = []

    def add(self, line: str) -> None:
        """Write a line's cells as the next row of a table, or as the first of one."""
        cells = [" ".join(cell.split()) for cell in line.split(CELL_MARK)]
        if self._row == 0:
            self._table += 1
            self._names = cells
        for column, words in enumerate(cells):
            name = self._names[column] if self._row and column < len(self._names) else ""
            cell = Cell(self._table, self._row, column, name or None)
            self._draft.add(Piece(words, BlockRole.TABLE_CELL, cell=cell, bold=self._row == 0))
        self._row += 1

    def end(self) -> None:
        """End a table: the next row begins another."""
        self._row = 0


def _read_header(text: str, blocks: tuple[Block, ...], source: Source) -> Header:
    """Read the header; the front matter's date counts only where the text names that day too."""
    lines = [text[block.start : block.end] for block in blocks]
    return read_header(lines, source.title)
