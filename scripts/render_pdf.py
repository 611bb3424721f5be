"""Turn a sample's bare text with layout signs into a PDF, the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

_NUMBERED = re.compile(r"(?:\d{1,2}\)|\(\d\))\s")
_MARGIN = 56


def render_pdf(text: str, path: Path, *, layout: str, title: str) -> None:
    """Write a PDF.

    Args:
        text: lines with signs: ``=`` centred, ``#`` heading, ``>`` at the right edge, ``~`` indented, ``|`` a row of a
            ruled table, ``||`` a row whose last column is the margin; other lines are paragraphs.
        path: where to write.
        layout: ``font=…; size=…; header=…; footer=…``; ``page`` or ``{page}`` in the footer is the page's number.
        title: the document's title in its properties.
    """
    settings = dict(part.strip().split("=", 1) for part in layout.split(";"))
    font, size = settings["font"], float(settings["size"])
    style = ParagraphStyle("body", fontName=font, fontSize=size, leading=14, spaceAfter=6)
    document = SimpleDocTemplate(
        str(path),
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        title=title,
        author="",
        invariant=1,
        pageCompression=0,
    )

    def furnish(canvas: Canvas, page: object) -> None:
        canvas.setFont(font, 8)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 36, settings["header"])
        footer = settings["footer"].replace("{page}", "page").replace("page", str(canvas.getPageNumber()))
        canvas.drawCentredString(A4[0] / 2, 36, footer)

    document.build(list(_flow(text, style)), onFirstPage=furnish, onLaterPages=furnish)


def _flow(text: str, style: ParagraphStyle) -> Iterator[Flowable]:
    lines = [line for line in text.splitlines() if line.strip()]
    for sign, group in groupby(lines, key=_sign):
        if sign in ("|", "||"):
            yield _table(list(group), style, ruled=sign == "|")
        else:
            yield from (_paragraph(line, sign, style) for line in group)


def _sign(line: str) -> str:
    match = re.match(r"(\|\||[|#=>~]) ", line)
    return match[1] if match else ""


def _paragraph(line: str, sign: str, style: ParagraphStyle) -> Paragraph:
    bold = {"Times-Roman": "Times-Bold"}.get(style.fontName, f"{style.fontName}-Bold")
    if sign == "=":
        style = ParagraphStyle("centred", style, fontName=bold, alignment=TA_CENTER)
    elif sign == "#":
        style = ParagraphStyle("heading", style, fontName=bold, spaceBefore=6, keepWithNext=1)
    elif sign == ">":
        style = ParagraphStyle("right", style, alignment=TA_RIGHT)
    elif sign == "~":
        style = ParagraphStyle("indented", style, leftIndent=36, rightIndent=24)
    elif _NUMBERED.match(line):
        style = ParagraphStyle("numbered", style, leftIndent=20, firstLineIndent=-20)
    return Paragraph(_escape(line[len(sign) :].strip()), style)


def _table(lines: list[str], style: ParagraphStyle, *, ruled: bool) -> Table:
    rows = [[cell.strip() for cell in re.split(r"\|\|?", re.sub(r"^\|\|? |\s?\|$", "", line))] for line in lines]
    cell_style = ParagraphStyle("cell", style, spaceAfter=2)
    cells = [[Paragraph(_escape(cell), cell_style) for cell in row] for row in rows]
    width = A4[0] - 2 * _MARGIN
    columns = len(rows[0])
    widths = [width / columns] * columns
    if not ruled:
        widths = [width - 72, 72]
    elif columns == 4:
        widths = [width * share for share in (0.12, 0.48, 0.16, 0.24)]
    table = Table(cells, colWidths=widths, hAlign="LEFT", spaceAfter=6)
    rules = [("VALIGN", (0, 0), (-1, -1), "TOP" if ruled else "BOTTOM")]
    table.setStyle([*rules, ("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else rules)
    return table


def _escape(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")
