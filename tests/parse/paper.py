"""Print small PDFs for tests, each line where the test wants it, and show a document's blocks briefly."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from minutes_miner.domain.source import Block, Document
from minutes_miner.domain.vocabulary import BlockRole
from minutes_miner.parse import identify, parse

LEFT = 72.0
PITCH = 13.0


class Paper:
    """Write lines on A4 pages, from the top down; heights count from the top of the page."""

    def __init__(self, **options: object) -> None:
        self._bytes = BytesIO()
        self.canvas = Canvas(self._bytes, pagesize=A4, **options)
        self.height = A4[1]

    def put(self, x: float, top: float, text: str, *, bold: bool = False, size: float = 11) -> None:
        """Write one piece of text with its baseline at a height."""
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, self.height - top, text)

    def lines(self, top: float, texts: Sequence[str], *, x: float = LEFT, bold: bool = False) -> float:
        """Write lines under each other and give the height of the next one."""
        for text in texts:
            self.put(x, top, text, bold=bold)
            top += PITCH
        return top

    def grid(self, columns: Sequence[float], rows: Sequence[float]) -> None:
        """Rule a table: its upright lines and its level lines."""
        for x in columns:
            self.canvas.line(x, self.height - rows[0], x, self.height - rows[-1])
        for y in rows:
            self.canvas.line(columns[0], self.height - y, columns[-1], self.height - y)

    def turn_page(self) -> None:
        """Begin a new page."""
        self.canvas.showPage()

    def read(self, source: str = "minutes.pdf") -> Document:
        """Give the pages as a document."""
        return read(self.save(), source)

    def save(self) -> bytes:
        """Give the file's bytes."""
        self.canvas.save()
        return self._bytes.getvalue()


def read(data: bytes, source: str) -> Document:
    """Identify and parse bytes."""
    return parse(data, identify(data, source))


def texts(document: Document, role: BlockRole | None = None) -> list[str]:
    """Give the words of the blocks, or of those of one role."""
    return [words(document, block) for block in document.blocks if role is None or block.role is role]


def words(document: Document, block: Block) -> str:
    """Give a block's words."""
    return document.text[block.start : block.end]


def notes(document: Document) -> list[tuple[str, str]]:
    """Give each margin note with the words it stands beside."""
    return [
        (words(document, block), words(document, document.blocks[block.beside]))
        for block in document.blocks
        if block.role is BlockRole.MARGIN_NOTE and block.beside is not None
    ]


def cells(document: Document) -> list[tuple[int, int, str | None, str]]:
    """Give row, column, header and words of each table cell."""
    return [
        (block.cell.row, block.cell.column, block.cell.header, words(document, block))
        for block in document.blocks
        if block.cell is not None
    ]


def check_blocks(document: Document) -> None:
    """Hold a document to what the stages after parsing rely on."""
    last = 0
    assert document.blocks
    for index, block in enumerate(document.blocks):
        assert last <= block.start <= block.body < block.end <= len(document.text)
        assert document.text[last : block.start].strip() == ""
        assert words(document, block) == words(document, block).strip() != ""
        if block.number:
            assert words(document, block).startswith(block.number)
        if block.beside is not None:
            assert block.beside < index and document.blocks[block.beside].role is not BlockRole.MARGIN_NOTE
        last = block.end
    assert document.text[last:].strip() == ""
