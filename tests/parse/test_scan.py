"""Scanned pages are read by the real program, with places, pages and confidence; where it is missing they say so."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from paper import LEFT, PITCH, Paper, cells, check_blocks, notes, read, texts, words
from reportlab.pdfgen.canvas import Canvas
from scanning import draw_scan, find_recall, make_scan, needs_tesseract

from minutes_miner.config import Limits
from minutes_miner.domain.vocabulary import BlockRole, WarningCode
from minutes_miner.errors import ParseError
from minutes_miner.parse import identify, parse

OPENING = [
    "Minutes of the meeting of Marram Parish Council held in the Reading Room",
    "on Tuesday 12 March 2024 at 7.30 pm",
]
POINTS = [
    ["1. Apologies", "Apologies were received from Councillor Thrale, who was at sea with the lifeboat."],
    [
        "2. Slipway",
        "RESOLVED that the quotation of Fell Marine Ltd for the repair of the slipway, in the sum of",
        "£4,815.50 before tax, be accepted, and that the works be finished before the end of May 2024.",
    ],
    [
        "3. Footpath 14",
        "The Clerk to write to the County Council by 30 April 2024 about the broken stile at Low Bank,",
        "which three residents had reported since the last meeting of the Council.",
    ],
]
SHIFTED = [chr(ord(ch) - 29) if ch != " " else " " for ch in " ".join(POINTS[1] + POINTS[2]) if ch.isascii()]


def draw_minutes(paper: Paper) -> None:
    """Write minutes of one page."""
    top = paper.lines(80, OPENING, bold=True) + PITCH
    for point in POINTS:
        top = paper.lines(top, point[:1], bold=True)
        top = paper.lines(top, point[1:]) + PITCH


def minutes() -> bytes:
    """Give minutes of one page as a PDF."""
    paper = Paper()
    draw_minutes(paper)
    return paper.save()


WORDS = " ".join([*OPENING, *(line for point in POINTS for line in point)])


@needs_tesseract
def test_a_scan_gives_the_words_places_and_confidence_of_its_page() -> None:
    document = read(make_scan(minutes()), "scan.pdf")
    assert find_recall(document.text, WORDS) >= 0.98
    check_blocks(document)
    assert document.meeting_date is not None and document.meeting_date.isoformat() == "2024-03-12"
    (page,) = document.pages
    assert (page.width, page.height) == (pytest.approx(595, abs=1), pytest.approx(842, abs=1))
    assert page.confidence is not None and 0.8 < page.confidence <= 1
    slipway = next(block for block in document.blocks if "Fell Marine" in words(document, block))
    assert slipway.page_number == 1 and slipway.box is not None
    line = 80 + 2 * PITCH + PITCH + 3 * PITCH + PITCH  # the first of the two lines under "2. Slipway"
    assert abs(slipway.box[0] - LEFT) < 3
    assert slipway.box[1] < line and line - 12 < slipway.box[3] < line + 2 * PITCH
    assert [(notice.code, "1 of 1 pages (1) was read by OCR" in notice.message) for notice in document.notices] == [
        (WarningCode.OCR, True)
    ]


@needs_tesseract
def test_lines_of_a_scan_become_paragraphs_as_those_of_a_text_layer_do() -> None:
    data = minutes()
    assert texts(read(make_scan(data), "scan.pdf")) == texts(read(data, "minutes.pdf"))


@needs_tesseract
@pytest.mark.parametrize("skew", [-0.9, 0.7])
def test_a_noisy_scan_that_lay_askew_keeps_its_lines(skew: float) -> None:
    data = minutes()
    document = read(make_scan(data, dpi=150, skew=skew, noise=0.6), "scan.pdf")
    assert find_recall(document.text, WORDS) >= 0.95
    assert find_recall(WORDS, document.text) >= 0.95, "grain was read as words"
    assert len(document.blocks) == len(read(data, "minutes.pdf").blocks)


@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_sheet_that_was_scanned_on_its_side_is_turned(turn: int) -> None:
    document = read(make_scan(minutes(), turn=turn), "scan.pdf")
    assert find_recall(document.text, WORDS) >= 0.95
    page = document.pages[0]
    assert (page.width, page.height) == (pytest.approx(595, abs=1), pytest.approx(842, abs=1))
    assert len(document.blocks) == len(read(minutes(), "minutes.pdf").blocks)


@needs_tesseract
def test_notes_in_an_action_column_of_a_scan_stand_beside_their_paragraph() -> None:
    paper = Paper()
    paper.put(LEFT, 80, "Item", bold=True)
    paper.put(480, 80, "Action", bold=True)
    for index, (point, who) in enumerate(zip(POINTS, ("Clerk", "Warden", "Clerk"), strict=True)):
        for row, line in enumerate(point[1:]):
            paper.put(LEFT, 110 + 50 * index + PITCH * row, line[:70])
        paper.put(480, 110 + 50 * index, who)
    found = notes(read(make_scan(paper.save()), "scan.pdf"))
    assert [(note, beside[:12]) for note, beside in found] == [
        ("Clerk", "Apologies we"), ("Warden", "RESOLVED tha"), ("Clerk", "The Clerk to"),
    ]  # fmt: skip


@needs_tesseract
def test_initials_that_stand_alone_in_the_margin_of_a_scan_are_read() -> None:
    paper = Paper()
    paper.put(470, 60, "Action", bold=True)
    lines = [line[:66] for point in POINTS for line in point[1:]] * 2
    for index, line in enumerate(lines):
        paper.put(LEFT, 90 + 40 * index, f"({'abcdefghijkl'[index]}) {line}")
        paper.put(470, 96 + 40 * index, "IK")
    assert [note for note, _ in notes(read(make_scan(paper.save()), "scan.pdf"))] == ["IK"] * len(lines)


@needs_tesseract
def test_bullets_of_a_scan_are_bullets() -> None:
    paper = Paper()
    for index, line in enumerate(line for point in POINTS for line in point[1:]):
        paper.put(LEFT, 90 + 40 * index, "\u2022")
        paper.put(LEFT + 18, 90 + 40 * index, line[:66])
    document = read(make_scan(paper.save()), "scan.pdf")
    assert [block.number for block in document.blocks] == ["\u2022"] * 5


def ruled() -> Paper:
    """Write a ruled table of three actions under a line of text."""
    paper = Paper()
    paper.put(LEFT, 80, "The actions of the meeting were these, and the next meeting will hear of them.")
    columns, rows = [70, 240, 380, 520], [100, 122, 144, 166, 188]
    paper.grid(columns, rows)
    table = [
        ("Action", "Owner", "Due"),
        ("Mend the slipway gate", "Warden", "30 April 2024"),
        ("Write to the county", "Clerk", "12 May 2024"),
        ("Count the herons", "Cllr Thrale", "June 2024"),
    ]
    for top, texts_ in zip(rows, table, strict=False):
        for left, text in zip(columns, texts_, strict=False):
            paper.put(left + 5, top + 15, text, bold=top == rows[0])
    return paper


@needs_tesseract
@pytest.mark.parametrize("skew", [0, 0.8, -1.5])
def test_a_ruled_table_of_a_scan_has_cells_and_headers(skew: float) -> None:
    data = ruled().save()
    wanted = cells(read(data, "minutes.pdf"))
    assert len(wanted) == 12 and wanted[-1] == (3, 2, "Due", "June 2024")
    assert cells(read(make_scan(data, skew=skew), "scan.pdf")) == wanted


@needs_tesseract
def test_bold_words_of_a_scan_are_told_from_others() -> None:
    data = minutes()
    plain, scanned = read(data, "minutes.pdf"), read(make_scan(data), "scan.pdf")
    assert [block.bold for block in scanned.blocks] == [block.bold for block in plain.blocks]
    assert {block.bold for block in scanned.blocks} == {True, False}
    assert [item.title for item in scanned.items] == [item.title for item in plain.items] != []


def mixed() -> bytes:
    """Give a PDF of a page with a text layer, a scan and another page with a text layer."""
    paper = Paper()
    draw_minutes(paper)
    paper.turn_page()
    scanned = Paper()
    scanned.lines(100, ["RESOLVED that the pinfold be whitewashed before the summer fair,", "at a cost of £75."])
    draw_scan(paper.canvas, scanned.save())
    paper.turn_page()
    paper.lines(100, ["The meeting closed at 9.05 pm and the members went home through the rain."])
    return paper.save()


@needs_tesseract
def test_only_the_scanned_pages_of_a_mixed_document_are_read_by_ocr() -> None:
    document = read(mixed(), "mixed.pdf")
    assert [page.confidence is not None for page in document.pages] == [False, True, False]
    assert [block.page_number for block in document.blocks if "pinfold" in words(document, block)] == [2]
    assert texts(document)[-1].startswith("The meeting closed")
    assert "1 of 3 pages (2) was read by OCR" in document.notices[0].message


@needs_tesseract
def test_a_stamp_over_a_scan_does_not_hide_it() -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer)
    draw_scan(canvas, minutes())
    canvas.drawString(250, 20, "Signed as a true record. Page 1")
    canvas.save()
    assert find_recall(read(buffer.getvalue(), "scan.pdf").text, WORDS) >= 0.98


@needs_tesseract
@pytest.mark.parametrize("layer", ["".join(SHIFTED), "\ue041\ue042\ue043\ue044 " * 60], ids=["shifted", "private"])
def test_a_garbled_text_layer_is_read_anew(layer: str) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    buffer = BytesIO()
    canvas = Canvas(buffer)
    draw_scan(canvas, minutes())
    text = canvas.beginText(LEFT, 700)
    text.setTextRenderMode(3)
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    text.setFont("Vera", 10)
    for start in range(0, len(layer), 80):
        text.textLine(layer[start : start + 80])
    canvas.drawText(text)
    canvas.save()
    document = read(buffer.getvalue(), "scan.pdf")
    assert find_recall(document.text, WORDS) >= 0.98
    assert "7KH" not in document.text and "\ue041" not in document.text


def test_without_the_program_a_scan_fails_and_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ParseError) as caught:
        read(make_scan(minutes()), "scan.pdf")
    assert caught.value.reason == "scan: needs OCR"
    assert "apt-get install tesseract-ocr" in str(caught.value) and "brew install tesseract" in str(caught.value)


def test_without_the_program_the_rest_of_a_mixed_document_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    document = read(mixed(), "mixed.pdf")
    assert find_recall(document.text, WORDS) == 1
    (notice,) = document.notices
    assert notice.code is WarningCode.NO_TEXT
    assert notice.message.startswith("1 of 3 pages (2) was a scan and not read, because the program tesseract is not")


@needs_tesseract
def test_where_the_program_lacks_its_language_a_scan_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(ParseError, match="scan: needs OCR; see that eng is among the answers of"):
        read(make_scan(minutes()), "scan.pdf")


def test_ocr_can_be_switched_off() -> None:
    data = make_scan(minutes())
    with pytest.raises(ParseError, match="scan: needs OCR; leave out --no-ocr"):
        parse(data, identify(data, "scan.pdf"), limits=Limits(ocr=False))


@needs_tesseract
def test_pages_for_which_no_time_is_left_are_named() -> None:
    data = mixed()
    document = parse(data, identify(data, "mixed.pdf"), limits=Limits(max_seconds=0.001))
    assert "(2) was a scan and not read, because the time for OCR was over" in document.notices[0].message


@needs_tesseract
def test_a_sheet_too_large_to_render_is_refused() -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer)
    draw_scan(canvas, minutes(), dpi=72)
    canvas.setPageSize((14_400, 14_400))  # 1.6 thousand million pixels at 200 dots per inch
    canvas.scale(20, 20)
    draw_scan(canvas, minutes(), dpi=72)
    canvas.setPageSize((14_400, 14_400))
    canvas.save()
    with pytest.raises(ParseError, match="scan: their pictures are too large; scan it anew"):
        read(buffer.getvalue(), "scan.pdf")


@needs_tesseract
def test_a_picture_without_words_gives_no_words() -> None:
    with pytest.raises(ParseError, match="the PDF has no words"):
        paper = Paper()
        paper.canvas.circle(300, 400, 150, fill=1)
        read(make_scan(paper.save()), "scan.pdf")


def test_a_page_with_a_crest_and_a_text_layer_is_no_scan(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    paper = Paper()
    draw_scan(paper.canvas, make_scan(minutes()), dpi=72)
    paper.turn_page()
    paper.canvas.setPageSize((595, 842))
    draw_minutes(paper)
    crest = Paper()
    crest.canvas.circle(300, 400, 200)
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    paper.canvas.drawImage(ImageReader(Image.new("L", (80, 80), 90)), 400, 700, 80, 80)
    document = read(paper.save(), "minutes.pdf")
    assert [notice.message[:16] for notice in document.notices] == ["1 of 2 pages (1)"]
    assert texts(document, BlockRole.PARAGRAPH)
