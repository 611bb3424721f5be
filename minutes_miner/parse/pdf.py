"""Turn a PDF into a document: words by their places, then lines, columns, tables, paragraphs and margin notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2 as pdfium

from minutes_miner.config import Limits
from minutes_miner.domain.outline import find_items, nest_blocks
from minutes_miner.domain.source import Document, DocumentRef, Notice, Page
from minutes_miner.domain.vocabulary import WarningCode
from minutes_miner.errors import ParseError
from minutes_miner.parse.collector import pause_collector
from minutes_miner.parse.coverage import count_letters, find_losses, note_losses
from minutes_miner.parse.font import FontBook
from minutes_miner.parse.glyph import Sheet, read_sheet
from minutes_miner.parse.header import read_header
from minutes_miner.parse.layout import Layout, read_layout
from minutes_miner.parse.print import PrintWriter
from minutes_miner.parse.scan import ScanReader

_STRETCH = 10
"""Pages after which a PDF is opened anew, as PDFium keeps what it has read of a document until that is closed."""
_PASSWORD = re.compile(r"password", re.IGNORECASE)


class PdfParser:
    """Read PDFs, scanned pages by OCR; ruled tables become cells and an Action column becomes margin notes."""

    media_types = ("application/pdf",)

    @pause_collector()
    def parse(self, data: bytes, ref: DocumentRef, *, limits: Limits = Limits()) -> Document:
        """Read a PDF.

        Raises:
            ParseError: it is broken, encrypted, too long, without words, or a scan that can't be read here.
        """
        scans = ScanReader(limits)
        sheets = _read_sheets(data, ref, limits, scans)
        scans.check(sheets, ref.source)
        empty = [sheet.number for sheet in sheets if not sheet.words and sheet.number not in scans.unread]
        layout = read_layout(sheets)
        writer = PrintWriter(layout.flow)
        writer.write()
        text = writer.draft.text
        blocks = nest_blocks(text, writer.draft.blocks)
        if not blocks:
            raise ParseError("the PDF has no words", where=ref.source, advice="look at its pages and fetch it again")
        header = read_header([text[block.start : block.end] for block in blocks], None)
        return Document(
            ref,
            text,
            blocks,
            pages=tuple(_place_pages(sheets, writer.starts, len(text), scans.confidence)),
            items=find_items(text, blocks),
            title=header.title,
            authority=ref.authority or header.authority,
            committee=header.committee,
            meeting_date=header.meeting_date,
            notices=(
                *_notices(empty, len(sheets)),
                *scans.notices(len(sheets)),
                *_note_losses(sheets, layout, writer.letters),
            ),
        )


def _read_sheets(data: bytes, ref: DocumentRef, limits: Limits, scans: ScanReader) -> list[Sheet]:
    """Read every page's words and rules."""
    pdf = _open(data, ref)
    try:
        if not len(pdf):
            raise ParseError("the PDF has no pages", where=ref.source, advice="fetch it again")
        if len(pdf) > limits.max_pages:
            raise ParseError(
                f"the PDF has {len(pdf):,} pages, more than the limit of {limits.max_pages:,}",
                where=ref.source,
                advice="split it or raise the limit",
            )
        fonts, sheets = FontBook(), []
        for index in range(len(pdf)):
            if index and index % _STRETCH == 0:
                pdf.close()
                pdf = _open(data, ref)
            sheets.append(_read_page(pdf, index, ref, scans, fonts))
        return sheets
    finally:
        pdf.close()


def _read_page(pdf: Any, index: int, ref: DocumentRef, scans: ScanReader, fonts: FontBook) -> Sheet:
    try:
        page = pdf[index]
    except pdfium.PdfiumError as error:
        raise ParseError(f"page {index + 1} of the PDF is broken", where=ref.source, advice="fetch it again") from error
    try:
        return scans.read(page, read_sheet(page, index + 1, fonts))
    finally:
        page.close()


def _open(data: bytes, ref: DocumentRef) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if _PASSWORD.search(str(error)):
            raise ParseError(
                "the PDF is encrypted", where=ref.source, advice="open it with its password and save it without"
            ) from error
        raise ParseError("the PDF is broken or cut short", where=ref.source, advice="fetch it again") from error


def _note_losses(sheets: Sequence[Sheet], layout: Layout, written: Counter[int]) -> tuple[Notice, ...]:
    """Warn of pages whose words are neither in the text nor furniture."""
    read = Counter(written)
    for line in layout.furniture:
        read[line.page_number] += count_letters(line.text)
    losses = find_losses([(sheet.number, sheet.letters) for sheet in sheets], read)
    return note_losses(losses, len(sheets))


def _notices(empty: Sequence[int], total: int) -> tuple[Notice, ...]:
    if not empty:
        return ()
    shown = ", ".join(str(number) for number in empty[:10]) + (", \u2026" if len(empty) > 10 else "")
    return (Notice(WarningCode.NO_TEXT, f"{len(empty)} of {total} pages have no words: {shown}"),)


def _place_pages(
    sheets: Sequence[Sheet], starts: dict[int, int], length: int, confidence: dict[int, float]
) -> Iterator[Page]:
    """Give each page its part of the text; a paragraph that goes over the page belongs to the page where it begins."""
    ends = length
    pages: list[Page] = []
    for sheet in reversed(sheets):
        start = min(starts.get(sheet.number, ends), ends)
        size = round(sheet.width, 1), round(sheet.height, 1)
        pages.append(Page(sheet.number, start, ends, *size, confidence.get(sheet.number)))
        ends = start
    yield from reversed(pages)
