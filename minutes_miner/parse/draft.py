"""Gather pieces of text into a document's text and blocks, keeping count of the offsets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple, Optional

from minutes_miner.domain.source import AgendaItem, Block, Box, Cell
from minutes_miner.domain.vocabulary import BlockRole


class Piece(NamedTuple):
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


_Place = tuple[Optional[int], Optional[Box], Optional[Cell], Optional[int]]
"""Page, box, cell, and the block that a note stands beside."""


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
        words = piece.text.strip()
        if not words:
            return None
        body = 0
        if piece.number:
            lead = len(piece.text) - len(piece.text.lstrip())
            body = min(max(piece.body - lead, 0), len(words))
        place = (piece.page_number, piece.box, piece.cell, piece.beside)
        return self._append(words, piece.role, piece.number, body, piece.depth, place, piece.bold)

    def write(
        self,
        words: str,
        role: BlockRole,
        *,
        number: str | None = None,
        body: int = 0,
        depth: int = 0,
        cell: Cell | None = None,
        bold: bool = False,
    ) -> int | None:
        """Write words that need no tidying, as a block on no page; gives its index, or None where there are none."""
        return self._append(words, role, number, body, depth, (None, None, cell, None), bold) if words else None

    def _append(
        self, words: str, role: BlockRole, number: str | None, body: int, depth: int, place: _Place, bold: bool
    ) -> int:
        blocks = self.blocks
        start = self._length
        if blocks:
            gap = self._gap(role, place[2])
            self._parts.append(gap)
            start += len(gap)
        self._parts.append(words)
        self._length = end = start + len(words)
        blocks.append(Block(start, end, role, number, start + body, depth, *place, bold))
        return len(blocks) - 1

    def extend(self, words: str) -> bool:
        """Go on with the last block, where it is running text that broke off in mid-sentence; tell whether it did."""
        if not self.blocks or self.blocks[-1].role is not BlockRole.PARAGRAPH or self.blocks[-1].bold:
            return False
        last = self._parts[-1]
        if not (last[-1].isalpha() or last[-1] == ",") or len(last) < 40:
            return False
        self._parts.append(f" {words}")
        self._length += len(words) + 1
        self.blocks[-1] = replace(self.blocks[-1], end=self._length)
        return True

    def _gap(self, role: BlockRole, cell: Cell | None) -> str:
        """Give the white space before a piece: a tab in a row of cells, a line between rows, else an empty line."""
        if role is BlockRole.MARGIN_NOTE:
            return "\t"
        last = self.blocks[-1].cell
        if cell and last and cell.table == last.table:
            return "\t" if cell.row == last.row else "\n"
        return "\n\n"
