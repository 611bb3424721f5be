"""Hold a document: where it came from, its text, and how the text is laid out."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import date

from minutes_miner.domain.vocabulary import BlockRole, WarningCode

Box = tuple[float, float, float, float]
"""``(x0, top, x1, bottom)`` in points from the top left of the page."""


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """Say where bytes came from and which bytes they are.

    Attributes:
        source: the path or address as it was given.
        sha256: the document's identity: hexadecimal digest of the bytes, or where a file holds several documents, of
            the file's digest and the document's number.
        size: number of bytes.
        media_type: as sniffed from the bytes, such as ``application/pdf``.
        authority: code or name of the authority, where the user or the gatherer told it.
        url: where it was published, where they told it.
    """

    source: str
    sha256: str
    size: int
    media_type: str
    authority: str | None = None
    url: str | None = None

    def part(self, number: int) -> DocumentRef:
        """Name one of several documents that a file holds; the first keeps the file's source.

        Args:
            number: counts from 1.
        """
        source = self.source if number == 1 else part_source(self.source, number)
        return replace(self, source=source, sha256=part_digest(self.sha256, number))


def part_source(source: str, number: int) -> str:
    """Give the source of a file's second or later meeting."""
    return f"{source}!/meeting-{number}"


def part_digest(sha256: str, number: int) -> str:
    """Give the digest that identifies one of several documents in a file of this digest."""
    return hashlib.sha256(f"{sha256}#{number}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Cell:
    """Place a table cell: table, row and column count from 0 within the document."""

    table: int
    row: int
    column: int
    header: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Mark a piece of a document's text and what part it plays.

    Attributes:
        start: offset of its first character in ``Document.text``.
        end: offset after its last character.
        role: what part of the page it is.
        number: its numbering as written, such as ``"(a)"``, ``"4.2"`` or ``"•"``; it stands in the text too.
        body: offset where the text after the number begins; equals ``start`` without a number.
        depth: level of the heading or list, 0 at the top.
        page_number: counts from 1; None where the format has no pages.
        box: where it stands on the page, where known.
        cell: its place in a table, for table cells.
        beside: index in ``Document.blocks`` of the block that a margin note stands beside.
        bold: whether the whole block is set bold or in capitals, or is a heading in the source's mark-up.
    """

    start: int
    end: int
    role: BlockRole
    number: str | None = None
    body: int = -1
    depth: int = 0
    page_number: int | None = None
    box: Box | None = None
    cell: Cell | None = None
    beside: int | None = None
    bold: bool = False

    def __post_init__(self) -> None:
        if self.body < 0:
            object.__setattr__(self, "body", self.start)


@dataclass(frozen=True, slots=True)
class Page:
    """Mark which part of the text stands on a page; sizes in points.

    Attributes:
        confidence: mean confidence of its words, between 0 and 1, where OCR read them; None for a text layer.
    """

    number: int
    start: int
    end: int
    width: float
    height: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Mark an item of business, from its heading up to the next (OParl ``AgendaItem``)."""

    start: int
    end: int
    number: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Warn the reader of a record or a document."""

    code: WarningCode
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """Hold the text of a document, its layout, and what it says of its meeting.

    Blocks follow each other in reading order without overlap; what stands between them is white space or
    page furniture. Offsets are Unicode code points in ``text``.

    Attributes:
        ref: where the bytes came from.
        text: everything that was read.
        blocks: the text's parts in reading order.
        pages: empty for formats without pages.
        items: agenda items where the mark-up tells them; otherwise found from headings.
        title: the document's own title.
        authority: the council's name as the document gives it, or as the user gave it.
        committee: the body that met, as the document gives it.
        meeting_date: the day of the meeting, where the document tells it.
        notices: what a reader should be wary of.
        territory: code of the part of the United Kingdom where the authority lies, where it is known.
    """

    ref: DocumentRef
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    title: str | None = None
    authority: str | None = None
    committee: str | None = None
    meeting_date: date | None = None
    notices: tuple[Notice, ...] = field(default=())
    territory: str | None = None

    def find_page(self, offset: int) -> int | None:
        """Give the number of the page that an offset stands on, or None without pages."""
        after = bisect_right(self.pages, offset, key=lambda page: page.start)
        return self.pages[after - 1].number if after else None
