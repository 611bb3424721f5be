"""Gather pieces of text into a document's text and blocks, keeping count of the offsets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from minutes_miner.domain.source import AgendaItem, Block, Box, Cell
from minutes_miner.domain.vocabulary import BlockRole


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold one block before its place in the text is known.

    Attributes:
        text: the words as they will stand in ``Document.text``, the number at their start.
        role: what part of the page it is.
        number: numbering as written.
        body: offset within ``text`` where the words after the number begin.
        depth, page_number, box, cell, beside, bold: as in ``Block``.
    """

    text: str
    role: BlockRole = BlockRole.PARAGRAPH
    number: str | None = None
    body: int = 0
    depth: int = 0
    page_number: int | None = None
    box: Box | None = None
    cell: Cell | None = None
    beside: int | None = None
    bold: bool = False


@dataclass(slots=True)
class Draft:
    """Write pieces one after another; blocks never overlap and never are empty."""

    blocks: list[Block] = field(default_factory=list)
    items: list[AgendaItem] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    def __len__(self) -> int:
        return self._length

    @property
    def text(self) -> str:
        """Everything written so far."""
        return "".join(self._parts)

    def add(self, piece: Piece) -> int | None:
        """Write a piece and give the index of its block, or None for white space."""
        words = piece.text.rstrip()
        lead = len(words) - len(words.lstrip())
        words = words[lead:]
        if not words:
            return None
        self._write(self._gap(piece))
        start = self._length
        self._write(words)
        body = start + min(max(piece.body - lead, 0), len(words)) if piece.number else start
        self.blocks.append(
            Block(
                start,
                self._length,
                piece.role,
                number=piece.number,
                body=body,
                depth=piece.depth,
                page_number=piece.page_number,
                box=piece.box,
                cell=piece.cell,
                beside=piece.beside,
                bold=piece.bold,
            )
        )
        return len(self.blocks) - 1

    def extend(self, words: str) -> bool:
        """Go on with the last block, where it is running text that broke off in mid-sentence; tell whether it did."""
        if not self.blocks or self.blocks[-1].role is not BlockRole.PARAGRAPH or self.blocks[-1].bold:
            return False
        last = self._parts[-1]
        if not (last[-1].isalpha() or last[-1] == ",") or len(last) < 40:
            return False
        self._write(f" {words}")
        self.blocks[-1] = replace(self.blocks[-1], end=self._length)
        return True

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _gap(self, piece: Piece) -> str:
        """Give the white space before a piece: a tab in a row of cells, a line between rows, else an empty line."""
        if not self.blocks:
            return ""
        last = self.blocks[-1].cell
        if piece.role is BlockRole.MARGIN_NOTE:
            return "\t"
        if piece.cell and last and piece.cell.table == last.table:
            return "\t" if piece.cell.row == last.row else "\n"
        return "\n\n"
