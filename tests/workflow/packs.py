"""Print packs of invented minutes, and papers that only look like one."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

Line = tuple[str, bool]
"""Words, and whether they are bold."""

CLOSED = "The meeting closed at 9.{0:02}pm."
FILLER = "Members spoke at length about the hedges along the lane and the state of the verges beside it. "


def meeting(body: str, day: str, number: int, *, closes: bool = True, length: int = 6) -> list[Line]:
    """Give the lines of one meeting's minutes, with two decisions; ``length`` paragraphs of talk make it longer."""
    items = [
        ("Minutes of the last meeting", "The minutes of the meeting held on 2 April 2024 were approved and signed."),
        ("Fence", f"RESOLVED: that the quotation of £{1000 + number}.00 from Larkfield Fencing be accepted."),
        ("Grants", f"RESOLVED unanimously to award a grant of £{50 + number} to the Elderbrook Bowls Club."),
        *(("Verges", FILLER * 5) for _ in range(length)),
    ]
    title = f"Minutes of the meeting of the {body} held on {day} in the Town Hall"
    present = "Present: Cllr R. Whinfell (Chair), Cllr S. Oduya"
    lines = [(f"ELDERBROOK {body.upper()}", True), (title, True), (present, False)]
    for index, (heading, words) in enumerate(items, 1):
        lines += [(f"{index}. {heading}", True), (words, False)]
    return [*lines, (CLOSED.format(number), False)] if closes else lines


MEETINGS = (
    ("Planning Committee", "4 June 2024"),
    ("Finance Committee", "11 June 2024"),
    ("Planning Committee", "2 July 2024"),
)


def pack(meetings: Iterable[tuple[str, str]] = MEETINGS) -> list[list[Line]]:
    """Give the lines of several meetings."""
    return [meeting(body, day, number, length=7 + 2 * number) for number, (body, day) in enumerate(meetings, 1)]


def print_pdf(parts: Sequence[Sequence[Line]], *, header: str = "") -> bytes:
    """Print each part from the top of a page on."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

    style, made, story = getSampleStyleSheet()["Normal"], io.BytesIO(), []
    for part in parts:
        for words, bold in part:
            story += [Paragraph(f"<b>{words}</b>" if bold else words, style), Spacer(1, 9)]
        story.append(PageBreak())

    def draw_header(canvas: Any, _template: Any) -> None:
        canvas.drawString(72, 800, header)

    SimpleDocTemplate(made, invariant=1).build(story, onFirstPage=draw_header, onLaterPages=draw_header)
    return made.getvalue()


def print_docx(parts: Sequence[Sequence[Line]]) -> bytes:
    """Write the parts into one Word file, each on a new page."""
    from docx import Document

    document, made = Document(), io.BytesIO()
    for index, part in enumerate(parts):
        if index:
            document.add_page_break()
        for words, bold in part:
            document.add_paragraph().add_run(words).bold = bold
    document.save(made)
    return made.getvalue()
