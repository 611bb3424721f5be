"""Print papers with reportlab's platypus: flowing paragraphs, tables that split, templates of pages."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from papers.content import Board, Paper, Passage, Printed
from papers.fonts import NAMES, load_fonts
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

_NOTE_WIDTH = 78.0
_SMALL = 8.5


class _Told(Paragraph):  # type: ignore[misc]
    """Note the page on which a part of the paper begins."""

    def __init__(self, *args: object, told: tuple[int, dict[int, int]] | None = None, **settings: object) -> None:
        super().__init__(*args, **settings)
        self.told = told

    def split(self, width: float, height: float) -> list[Flowable]:
        parts: list[Flowable] = super().split(width, height)
        for part in parts[:1]:
            part.told = self.told
        for part in parts[1:]:
            part.told = None
        return parts

    def draw(self) -> None:
        if getattr(self, "told", None) is not None:
            index, begun = self.told
            begun.setdefault(index, self.canv.getPageNumber())
        super().draw()


class PlatypusPrinter:
    """Print one paper; twice where its furniture tells the count of its pages."""

    def __init__(self, paper: Paper) -> None:
        load_fonts()
        self.paper, self.dress = paper, paper.dress
        self.font, self.bold = NAMES[paper.dress.font]
        self.width = A4[0] - 2 * paper.dress.side
        self.begun: dict[int, int] = {}
        self.body = ParagraphStyle(
            "body", fontName=self.font, fontSize=self.dress.size, leading=self.dress.leading,
            spaceAfter=self.dress.gap, alignment=TA_JUSTIFY if self.dress.justified else TA_LEFT,
        )  # fmt: skip

    def print(self) -> Printed:
        """Print the paper with the count of its pages."""
        data, pages = self._build(1)
        furniture = self.paper.furniture
        if pages > 1 and any("{pages}" in part for row in (*furniture.head, *furniture.foot) for part in row):
            data, pages = self._build(pages)
        return Printed(self.paper, data, pages, self.begun)

    def _build(self, pages: int) -> tuple[bytes, int]:
        self.begun.clear()
        stream = BytesIO()
        document = BaseDocTemplate(stream, pagesize=A4, invariant=1)

        def furnish(canvas: Canvas, _document: object) -> None:
            self._furnish(canvas, pages)

        document.addPageTemplates(
            [PageTemplate(name, list(self._frames(name)), onPage=furnish) for name in ("first", "later")]
        )
        document.build([NextPageTemplate("later"), *self._title(), *self._flow()])
        return stream.getvalue(), document.page

    def _frames(self, name: str) -> Iterator[Frame]:
        """Give the frames of a page; the first page of two columns has one above them."""
        low = 56.0 + 12 * len(self.paper.furniture.foot)
        tall = A4[1] - 54.0 - 12 * len(self.paper.furniture.head) - low
        side, columns = self.dress.side, self.dress.columns
        edges = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
        if name == "first" and columns == 2:
            above = 3 * self.dress.leading + 20
            yield Frame(side, low + tall - above, self.width, above, **edges)
            tall -= above
        wide = (self.width - 20 * (columns - 1)) / columns
        for column in range(columns):
            yield Frame(side + column * (wide + 20), low, wide, tall, **edges)

    def _title(self) -> Iterator[Flowable]:
        style = ParagraphStyle("title", self.body, fontName=self.bold, alignment=TA_CENTER)
        yield from (Paragraph(_escape(line), style) for line in self.paper.title)
        yield FrameBreak() if self.dress.columns == 2 else Spacer(1, 10)

    def _flow(self) -> Iterator[Flowable]:
        if self.dress.margin:
            yield from self._margin()
            return
        for index, part in enumerate(self.paper.parts):
            yield self._board(index, part) if isinstance(part, Board) else self._passage(index, part)

    def _passage(self, index: int, part: Passage, *, gap: bool = True) -> Flowable:
        style = ParagraphStyle("part", self.body, spaceAfter=self.dress.gap if gap else 0)
        told = (index, self.begun)
        if part.role == "heading":
            style = ParagraphStyle("heading", style, fontName=self.bold, keepWithNext=1, alignment=TA_LEFT)
            return _Told(_escape(f"{part.number} {part.text}".strip()), style, told=told)
        if part.role == "clause":
            indent = 26.0 * part.depth
            style = ParagraphStyle(
                "clause", style, leftIndent=indent + 26, bulletIndent=indent, bulletFontName=self.font,
                bulletFontSize=self.dress.size,
            )  # fmt: skip
            return _Told(_escape(part.text), style, bulletText=part.number, told=told)
        return _Told(_escape(part.text), style, told=told)

    def _margin(self) -> Iterator[Flowable]:
        """Give the passages beside their notes: a table a passage, or one ruled table."""
        plain = ParagraphStyle("note", self.body, alignment=TA_LEFT, spaceAfter=0)
        strong = ParagraphStyle("head", plain, fontName=self.bold)
        rows: list[list[Flowable]] = []
        if self.dress.margin_header:
            rows.append([Paragraph("", plain), Paragraph(self.dress.margin_header, strong)])
        rows += [
            [self._passage(index, part, gap=False), Paragraph(_escape(part.owners), plain)]
            for index, part in enumerate(self.paper.parts)
            if isinstance(part, Passage)
        ]
        rules = [("VALIGN", (0, 0), (-1, -1), "TOP" if self.dress.note_level == "first" else "BOTTOM")]
        widths = [self.width - _NOTE_WIDTH, _NOTE_WIDTH]
        if self.dress.margin == "grid":
            style = [*rules, ("GRID", (0, 0), (-1, -1), 0.5, "black")]
            repeats = int(bool(self.dress.margin_header) and self.paper.number % 2)
            yield Table(rows, widths, style=style, repeatRows=repeats, splitInRow=1)
            return
        style = [*rules, ("LEFTPADDING", (0, 0), (0, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 0)]
        for row in rows:
            yield Table([row], widths, style=style, spaceAfter=max(self.dress.gap - 3, 2), splitInRow=1)

    def _board(self, index: int, board: Board) -> Flowable:
        plain = ParagraphStyle("cell", self.body, alignment=TA_LEFT, spaceAfter=0, leading=self.dress.size * 1.2)
        strong = ParagraphStyle("head", plain, fontName=self.bold)
        styles = [
            [ParagraphStyle("c", style, alignment=TA_RIGHT if at in board.figures else TA_LEFT) for at in range(9)]
            for style in (strong, plain)
        ]
        rows = [
            [Paragraph(_escape(cell), styles[min(row, 1)][at]) for at, cell in enumerate(cells)]
            for row, cells in enumerate((board.header, *board.rows))
        ]
        rows[0][0] = _Told(_escape(board.header[0]), styles[0][0], told=(index, self.begun))
        wide = self.width if self.dress.columns == 1 else (self.width - 20) / 2
        rules: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("NOSPLIT", (0, 0), (-1, 2))]
        if board.rules == "full":
            rules.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
        elif board.rules == "level" and self.paper.number % 2:
            rules += [(where, (0, 0), (-1, 0), 0.7, "black") for where in ("LINEABOVE", "LINEBELOW")]
            rules.append(("LINEBELOW", (0, -1), (-1, -1), 0.7, "black"))
        elif board.rules == "level":
            rules += [("LINEBELOW", (0, 0), (-1, -1), 0.4, "grey"), ("LINEABOVE", (0, 0), (-1, 0), 0.4, "grey")]
        widths = [share * wide for share in board.widths]
        return Table(
            rows, widths, style=rules, repeatRows=int(board.repeats), spaceBefore=4, spaceAfter=self.dress.gap + 6
        )  # fmt: skip

    def _furnish(self, canvas: Canvas, pages: int) -> None:
        head, foot = self.paper.furniture.rows(canvas.getPageNumber(), pages)
        canvas.setFont(self.font, _SMALL)
        for rows, y in ((head, A4[1] - 36.0), (foot, 24.0 + 12 * len(foot))):
            for left, middle, right in rows:
                canvas.drawString(self.dress.side, y, left)
                canvas.drawCentredString(A4[0] / 2, y, middle)
                canvas.drawRightString(A4[0] - self.dress.side, y, right)
                y -= 12


def _escape(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")
