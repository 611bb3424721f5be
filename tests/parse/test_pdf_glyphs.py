"""Words are read whole however a PDF sets their letters, and apart where it sets them apart."""

from __future__ import annotations

import pypdfium2
import pytest
from paper import LEFT, Paper, texts
from reportlab.pdfbase.pdfmetrics import stringWidth

from minutes_miner.parse.glyph import Sheet, read_sheet

LINE = "The Clerk reported that the lamps on Sheepwash Lane had been out of order."


def sheet_of(paper: Paper) -> Sheet:
    """Give the first page's words."""
    pdf = pypdfium2.PdfDocument(paper.save())
    try:
        return read_sheet(pdf[0], 1)
    finally:
        pdf.close()


@pytest.mark.parametrize("length", [1, 2, 3])
def test_words_drawn_in_pieces_are_whole(length: int) -> None:
    paper = Paper()
    for at in range(0, len(LINE), length):
        paper.put(LEFT + stringWidth(LINE[:at], "Helvetica", 11), 100, LINE[at : at + length])
    assert texts(paper.read()) == [LINE]


@pytest.mark.parametrize("gap", [1, 2, 4])
def test_letters_set_apart_are_one_word(gap: int) -> None:
    paper = Paper()
    paper.lines(100, [LINE])
    spaced = paper.canvas.beginText(LEFT, 600)
    spaced.setFont("Helvetica", 11)
    spaced.setCharSpace(gap)
    spaced.textOut("RESOLVED")
    paper.canvas.drawText(spaced)
    assert "RESOLVED" in paper.read().text.split()


def test_a_word_is_bold_where_most_of_its_letters_are() -> None:
    paper = Paper()
    for top, bold, plain in ((100, "RESOL", "VED"), (120, "RE", "SOLVED")):
        paper.put(LEFT, top, bold, bold=True)
        paper.put(LEFT + stringWidth(bold, "Helvetica-Bold", 11), top, plain)
    assert [(word.text, word.bold) for word in sheet_of(paper).words] == [("RESOLVED", True), ("RESOLVED", False)]


def test_each_word_has_the_box_of_its_own_letters() -> None:
    paper = Paper()
    paper.put(LEFT, 100, LINE)
    words = sheet_of(paper).words
    assert [word.text for word in words] == LINE.split()
    at = 0
    for word in words:
        start = LINE.index(word.text, at)
        at = start + len(word.text)
        edges = (LEFT + stringWidth(LINE[:start], "Helvetica", 11), LEFT + stringWidth(LINE[:at], "Helvetica", 11))
        assert (word.box[0], word.box[2]) == pytest.approx(edges, abs=0.1)
        assert word.box[1] < 93 < 100 == pytest.approx(word.baseline, abs=0.1) and word.box[3] > 100
        assert word.size == 11


def test_letters_aslant_stand_at_heights_of_their_own() -> None:
    paper = Paper()
    paper.canvas.rotate(1)
    paper.put(LEFT, 100, LINE)
    heights = [word.baseline for word in sheet_of(paper).words]
    assert len(heights) == len(LINE.split())
    assert heights == sorted(heights, reverse=True) and heights[0] - heights[-1] > 4
