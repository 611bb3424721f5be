"""Print papers with reportlab's bare canvas: each line, word and rule where the typesetter wants it, in any order."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from papers.content import SHY, Board, Paper, Part, Passage, Printed
from papers.fonts import NAMES, load_fonts
from papers.typesetter import break_lines
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDE, TALL = A4
NOTE_WIDTH = 74.0
_GUTTER = 22.0
_INDENT = 24.0
_PAD = 4.0
_SMALL = 8.5

Stroke = Callable[[Canvas], None]


@dataclass(slots=True)
class _Place:
    """Say where the next line goes: page and column from 0, height from the top."""

    page: int = 0
    column: int = 0
    y: float = 0.0


class CanvasPrinter:
    """Set one paper; the page's pieces are kept and drawn at the end, shuffled where the dress says so."""

    def __init__(self, paper: Paper) -> None:
        load_fonts()
        self.paper, self.dress = paper, paper.dress
        self.font, self.bold = NAMES[paper.dress.font]
        self.pages: list[list[Stroke]] = [[]]
        self.begun: dict[int, int] = {}
        self.top = 52.0 + 12 * len(paper.furniture.head)
        self.bottom = TALL - 62.0 - 12 * len(paper.furniture.foot)
        self.first_top = self.top
        self.place = _Place(y=self.top)
        self.row_top: float | None = None
        self.rng = random.Random(f"{paper.layout}/{paper.number}")

    def print(self) -> Printed:
        """Set everything and draw it."""
        self._set_title()
        if self.dress.margin and self.dress.margin_header:
            self._set_margin_header()
        for index, part in enumerate(self.paper.parts):
            self._set_part(index, part)
        self._close_row()
        stream = BytesIO()
        canvas = Canvas(stream, pagesize=A4, invariant=1)
        for number, strokes in enumerate(self.pages, 1):
            self._furnish(number)
            if self.dress.scrambled:
                self.rng.shuffle(strokes)
            for stroke in strokes:
                stroke(canvas)
            canvas.showPage()
        canvas.save()
        return Printed(self.paper, stream.getvalue(), len(self.pages), self.begun)

    @property
    def _left(self) -> float:
        wide = (WIDE - 2 * self.dress.side + _GUTTER) / self.dress.columns
        return self.dress.side + self.place.column * wide + (_PAD if self.dress.margin == "grid" else 0)

    @property
    def _width(self) -> float:
        whole = WIDE - 2 * self.dress.side - (NOTE_WIDTH + 2 * _PAD if self.dress.margin else 0)
        return whole if self.dress.columns == 1 else (whole - _GUTTER) / 2

    @property
    def _note_x(self) -> float:
        return WIDE - self.dress.side - NOTE_WIDTH + _PAD

    def _set_title(self) -> None:
        for line in self.paper.title:
            width = stringWidth(line, self.bold, self.dress.size)
            self._put((WIDE - width) / 2, self.place.y + self.dress.size, line, bold=True)
            self.place.y += self.dress.leading + 6
        self.place.y += 12
        self.first_top = self.place.y

    def _set_margin_header(self) -> None:
        self._open_row()
        self.place.y += self.dress.leading
        self._put(self._note_x, self.place.y - 3, self.dress.margin_header, bold=True)
        self.place.y += _PAD
        self._close_row()

    def _set_part(self, index: int, part: Part) -> None:
        if isinstance(part, Board):
            self._set_board(index, part)
            return
        if part.role == "heading":
            self._close_row()
            self._need(4 * self.dress.leading + self.dress.gap)
            self._open_row()
        self._set_passage(index, part)
        self.place.y += self.dress.gap

    def _set_passage(self, index: int, part: Passage) -> None:
        bold = part.role == "heading"
        font = self.bold if bold else self.font
        indent = part.depth * _INDENT
        hang = indent + _INDENT if part.number else indent
        if bold and part.number:
            hang = max(_INDENT, stringWidth(part.number + "  ", font, self.dress.size))
        lines = break_lines(
            part.text, self._width - hang, font=font, size=self.dress.size, hyphen=self.dress.hyphen
        )  # fmt: skip
        notes = break_lines(part.owners, NOTE_WIDTH - 2 * _PAD, font=self.font, size=self.dress.size)
        level = 0 if self.dress.note_level == "first" else len(lines) - len(notes)
        if notes:
            self._need(max(len(notes), min(len(lines), 2)) * self.dress.leading)
        self._need(min(len(lines), 2) * self.dress.leading)
        self.begun[index] = self.place.page + 1
        for at, line in enumerate(lines):
            self._need(self.dress.leading)
            self.place.y += self.dress.leading
            if at == 0 and part.number:
                self._put(self._left + indent, self.place.y - 3, part.number, bold=bold)
            last = at == len(lines) - 1
            self._set_line(line, self._left + hang, self._width - hang, bold=bold, full=not last)
            if 0 <= at - max(level, 0) < len(notes):
                self._put(self._note_x, self.place.y - 3, " ".join(notes[at - max(level, 0)]))
        for extra in notes[len(lines) - max(level, 0) :] if len(lines) < len(notes) + max(level, 0) else ():
            self.place.y += self.dress.leading
            self._put(self._note_x, self.place.y - 3, " ".join(extra))

    def _set_line(self, line: Sequence[str], x: float, width: float, *, bold: bool, full: bool) -> None:
        font = self.bold if bold else self.font
        y = self.place.y - 3
        spaced = self.dress.justified and full and len(line) > 1 and not bold
        if not spaced and not self.dress.scrambled:
            self._put(x, y, " ".join(line), bold=bold)
            return
        wides = [stringWidth(word.replace(SHY, "-"), font, self.dress.size) for word in line]
        space = (width - sum(wides)) / (len(line) - 1) if spaced else stringWidth(" ", font, self.dress.size)
        for word, wide in zip(line, wides, strict=True):
            self._put(x, y, word, bold=bold)
            x += wide + space

    def _set_board(self, index: int, board: Board) -> None:
        edges = [self._left]
        for share in board.widths:
            edges.append(edges[-1] + share * self._width)
        self._need(4 * self.dress.leading)
        self.begun[index] = self.place.page + 1
        top = self._set_row(board, board.header, edges, bold=True, first=True)
        for cells in board.rows:
            page = (self.place.page, self.place.column)
            self._need(self._row_height(cells, edges))
            if page != (self.place.page, self.place.column):
                shift = self._left - edges[0]
                edges = [edge + shift for edge in edges]
                if board.repeats:
                    top = self._set_row(board, board.header, edges, bold=True, first=True)
            top = self._set_row(board, cells, edges, bold=False, first=False)
        if board.rules != "none":
            self._rule(edges[0], top, edges[-1], top)
        self.place.y += self.dress.gap + 4

    def _row_height(self, cells: Sequence[str], edges: Sequence[float]) -> float:
        counts = [len(self._cell(cells, edges, column)) for column in range(len(cells))]
        return max(*counts, 1) * self.dress.leading + _PAD

    def _cell(self, cells: Sequence[str], edges: Sequence[float], column: int) -> list[list[str]]:
        width = edges[column + 1] - edges[column] - 2 * _PAD
        return break_lines(cells[column], width, font=self.bold, size=self.dress.size)

    def _set_row(
        self, board: Board, cells: Sequence[str], edges: Sequence[float], *, bold: bool, first: bool
    ) -> float:
        """Set a row and its rules; gives the height of its lower edge."""
        top = self.place.y
        bottom = top + self._row_height(cells, edges)
        font = self.bold if bold else self.font
        for column in range(len(cells)):
            for at, line in enumerate(self._cell(cells, edges, column), 1):
                words = " ".join(line)
                x = edges[column] + _PAD
                if column in board.figures:
                    x = edges[column + 1] - _PAD - stringWidth(words, font, self.dress.size)
                self._put(x, top + at * self.dress.leading - 2, words, bold=bold)
        sparse = board.rules == "level" and self.paper.number % 2
        if board.rules == "full" or (board.rules == "level" and (first or not sparse)):
            self._rule(edges[0], top, edges[-1], top)
            self._rule(edges[0], bottom, edges[-1], bottom)
        if board.rules == "full":
            for x in edges:
                self._rule(x, top, x, bottom)
        self.place.y = bottom
        return bottom

    def _need(self, height: float) -> None:
        """Turn to the next column or page where there is no room."""
        if self.place.y + height <= self.bottom:
            return
        opened = self.row_top is not None
        self._close_row(at=self.place.y)
        if self.place.column + 1 < self.dress.columns:
            self.place.column += 1
            self.place.y = self.first_top if self.place.page == 0 else self.top
        else:
            self.pages.append([])
            self.place = _Place(self.place.page + 1, 0, self.top)
        if opened:
            self._open_row()

    def _open_row(self) -> None:
        if self.dress.margin == "grid":
            self.row_top = self.place.y

    def _close_row(self, at: float | None = None) -> None:
        """Draw the box of a row of the grid, as far as it came on this page."""
        if self.row_top is None:
            return
        top, bottom = self.row_top, at or self.place.y
        left, right, note = self.dress.side, WIDE - self.dress.side, WIDE - self.dress.side - NOTE_WIDTH
        for x in (left, note, right):
            self._rule(x, top, x, bottom)
        for y in (top, bottom):
            self._rule(left, y, right, y)
        self.row_top = None

    def _put(self, x: float, y: float, text: str, *, bold: bool = False, size: float = 0.0) -> None:
        font = self.bold if bold else self.font

        def stroke(canvas: Canvas) -> None:
            canvas.setFont(font, size or self.dress.size)
            canvas.drawString(x, TALL - y, text)

        self.pages[self.place.page].append(stroke)

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.pages[self.place.page].append(lambda canvas: canvas.line(x0, TALL - y0, x1, TALL - y1))

    def _furnish(self, number: int) -> None:
        self.place.page = number - 1
        head, foot = self.paper.furniture.rows(number, len(self.pages))
        for rows, y in ((head, 34.0), (foot, TALL - 34.0 - 12 * len(foot))):
            for row in rows:
                for share, text in zip((0.0, 0.5, 1.0), row, strict=True):
                    wide = stringWidth(text, self.font, _SMALL)
                    x = self.dress.side + share * (WIDE - 2 * self.dress.side - wide)
                    if text:
                        self._put(x, y, text, size=_SMALL)
                y += 12
