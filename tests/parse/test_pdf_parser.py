"""PDFs are read by the places of their words: paragraphs, furniture, columns, tables and their flaws."""

from __future__ import annotations

import random
import re

import pypdfium2 as pdfium
import pytest
from paper import LEFT, PITCH, Paper, cells, check_blocks, read, texts

from minutes_miner.domain.vocabulary import BlockRole, WarningCode
from minutes_miner.errors import ParseError
from minutes_miner.parse.glyph import read_sheet

LONG = [
    "The Clerk reported that the lamps on Sheepwash Lane had been out of order since the autumn",
    "and that the contractor had promised to mend them before the end of the month. Members said",
    "that they had heard this before.",
]


def test_lines_are_joined_into_paragraphs_by_their_fullness() -> None:
    paper = Paper()
    top = paper.lines(100, LONG)
    paper.lines(
        top,
        ["It was agreed to write to the contractor again and to ask the County Council for its help, as", "before."],
    )
    document = paper.read()
    assert texts(document) == [
        " ".join(LONG),
        "It was agreed to write to the contractor again and to ask the County Council for its help, as before.",
    ]
    check_blocks(document)


def test_words_written_out_of_order_are_read_by_their_places() -> None:
    paper = Paper()
    placed = [(LEFT, 100 + PITCH * i, line) for i, line in enumerate(LONG)] + [
        (LEFT, 180, "RESOLVED to note the report.")
    ]
    random.Random(7).shuffle(placed)
    for x, top, line in placed:
        paper.put(x, top, line)
    assert texts(paper.read()) == [" ".join(LONG), "RESOLVED to note the report."]


def test_lines_that_repeat_in_the_middle_of_pages_are_text() -> None:
    paper = Paper()
    for page in range(3):
        paper.put(200, 40, "Fenmarch Town Council")
        paper.put(200, 55, "The Guildhall, Fenmarch")
        paper.lines(120, [f"Application 24/{page}{row:03} - no objection." for row in range(20)])
        paper.put(LEFT, 420, f"The chair of meeting {page} of the {'abc'[page]} panel took the chair.")
        paper.put(LEFT, 450, "RESOLVED that the press and public be excluded.")
        paper.put(LEFT, 480, f"Closed by the {'abc'[page]} clerk.")
        paper.turn_page()
    text = paper.read().text
    assert text.count("no objection") == 60
    assert text.count("RESOLVED that the press") == 3
    assert "Guildhall" not in text and "Town Council" not in text


def test_running_heads_feet_and_page_numbers_are_left_out() -> None:
    paper = Paper()
    for page in (1, 2, 3):
        paper.put(200, 40, "Fenmarch Town Council - 7 May 2024")
        paper.put(LEFT, 120, f"Paragraph of page {'abc'[page - 1]} stands here for all to read.")
        paper.put(LEFT, 790, "Clerk: Ada Quill, The Old Forge, Fenmarch, tel. 01632 960123")
        paper.put(290, 815, f"Page {page} of 3")
        paper.turn_page()
    document = paper.read()
    assert texts(document) == [f"Paragraph of page {letter} stands here for all to read." for letter in "abc"]
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert (
        [document.find_page(block.start) for block in document.blocks]
        == [1, 2, 3]
        == [b.page_number for b in document.blocks]
    )


def test_a_paragraph_goes_on_over_the_page() -> None:
    paper = Paper()
    paper.lines(700, LONG[:2])
    paper.put(290, 815, "1")
    paper.turn_page()
    paper.lines(80, LONG[2:])
    paper.put(290, 815, "2")
    assert texts(paper.read()) == [" ".join(LONG)]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("Members of the commit-", "tee asked for more. The committee agreed.", "of the committee asked"),
        ("The matter is on-", "going; on this we are going to report.", "is ongoing;"),
        ("The non-", "pecuniary interest was declared.", "The non-pecuniary interest"),
    ],
)
def test_hyphens_at_line_ends(first: str, second: str, joined: str) -> None:
    paper = Paper()
    head = "It was reported to all of those who were present at the meeting in the hall that evening. "
    paper.lines(100, [head + first, second])
    text = paper.read().text
    assert joined in text or joined.replace("ongoing", "on-going") in text


def test_numbered_points_nest_and_bold_titles_are_headings() -> None:
    paper = Paper()
    paper.put(LEFT - 30, 100, "285.", bold=True)
    paper.put(LEFT, 100, "River crossings", bold=True)
    points = [
        ("1)", 72, "The Leader said that the bridge was old and that it had been mended for the last time, as he"),
        ("(1)", 100, "Endorse the plan;"),
    ]
    paper.put(72, 130, points[0][0])
    paper.put(95, 130, points[0][2])
    paper.put(95, 143, "understood.")
    paper.put(100, 170, "(1)")
    paper.put(130, 170, "Endorse the plan;")
    paper.put(100, 183, "(2)")
    paper.put(130, 183, "Note the cost.")
    paper.put(72, 210, "2)")
    paper.put(95, 210, "RESOLVED accordingly.")
    document = paper.read()
    heading = document.blocks[0]
    assert (heading.role, heading.number, heading.bold, heading.depth) == (BlockRole.HEADING, "285.", True, 0)
    assert [(b.number, b.depth) for b in document.blocks[1:]] == [("1)", 0), ("(1)", 1), ("(2)", 1), ("2)", 0)]
    assert [(item.number, item.title) for item in document.items] == [("285", "River crossings")]


def test_a_result_at_the_right_edge_stands_alone() -> None:
    paper = Paper()
    top = paper.lines(100, LONG[:2] + ["Abstain (2)", "Ms Quill, Mr Ash"])
    paper.put(455, top, "Amendment lost.")
    paper.lines(top + PITCH, ["The Chairman put the motion to the vote."])
    assert texts(paper.read())[-2:] == ["Amendment lost.", "The Chairman put the motion to the vote."]


def test_a_figure_at_the_beginning_of_a_line_is_no_point() -> None:
    paper = Paper()
    paper.lines(100, [
        "The Treasurer said that the reserve at the end of the year had stood at no more than some",
        "12. of the thirteen parts that had been planned, and Members asked for the reasons for this in",
        "writing.",
    ])  # fmt: skip
    assert len(texts(paper.read())) == 1


def test_the_next_number_of_a_list_is_a_point_in_small_letters() -> None:
    paper = Paper()
    first = "1. the strategy for the sands at Larch Hill that is set out in the report of May be approved; and"
    paper.lines(100, ["RESOLVED that:", first, "2. the code for Eastwater be approved."])
    assert texts(paper.read()) == ["RESOLVED that:", first, "2. the code for Eastwater be approved."]


def test_two_columns_are_read_one_after_the_other() -> None:
    paper = Paper()
    left = [f"Left column line {i} goes across to the gutter" for i in range(14)]
    right = [f"Right column line {i} goes to the far margin" for i in range(14)]
    for i in range(14):
        paper.put(50, 100 + PITCH * i, left[i], size=9)
        paper.put(315, 100 + PITCH * i, right[i], size=9)
    text = read(paper.save(), "x.pdf").text
    assert text.index("Left column line 13") < text.index("Right column line 0")


def test_a_ruled_table_gives_cells_with_headers() -> None:
    paper = Paper()
    paper.lines(100, ["It was resolved to approve the following payments:"])
    paper.grid([72, 180, 330, 420], [120, 140, 160, 192])
    for top, row in (
        (134, ("Payee", "Detail", "Total")),
        (154, ("A Quill", "Salary", "412.36")),
        (174, ("Fell Ltd", "Grass cutting in", "96.00")),
    ):
        for x, text in zip((76, 184, 334), row, strict=True):
            paper.put(x, top, text, bold=top == 134, size=10)
    paper.put(184, 186, "the churchyard", size=10)
    paper.lines(220, ["The precept was set at \u00a318,750."])
    document = paper.read()
    assert cells(document) == [
        (0, 0, None, "Payee"), (0, 1, None, "Detail"), (0, 2, None, "Total"),
        (1, 0, "Payee", "A Quill"), (1, 1, "Detail", "Salary"), (1, 2, "Total", "412.36"),
        (2, 0, "Payee", "Fell Ltd"), (2, 1, "Detail", "Grass cutting in the churchyard"), (2, 2, "Total", "96.00"),
    ]  # fmt: skip
    assert texts(document)[0].endswith("payments:") and texts(document)[-1].startswith("The precept")
    check_blocks(document)


def test_a_table_goes_on_over_the_page() -> None:
    paper = Paper()
    paper.grid([72, 130, 400, 480], [740, 760, 780])
    for x, text in ((76, "NO"), (134, "ACTION"), (404, "OWNER")):
        paper.put(x, 754, text, bold=True, size=10)
    paper.put(76, 774, "05.24", size=10)
    paper.put(134, 774, "Ask the County Council to clear", size=10)
    paper.turn_page()
    paper.grid([72, 130, 400, 480], [60, 80, 100])
    paper.put(134, 74, "the gully", size=10)
    paper.put(404, 74, "DP", size=10)
    for x, text in ((76, "06.24"), (134, "Order a wreath"), (404, "Clerk")):
        paper.put(x, 94, text, size=10)
    assert cells(paper.read())[3:] == [
        (1, 0, "NO", "05.24"), (1, 1, "ACTION", "Ask the County Council to clear the gully"), (1, 2, "OWNER", "DP"),
        (2, 0, "NO", "06.24"), (2, 1, "ACTION", "Order a wreath"), (2, 2, "OWNER", "Clerk"),
    ]  # fmt: skip


def test_an_unruled_table_gives_cells_with_headers() -> None:
    paper = Paper()
    rows = [
        ("Payee", "Detail", "Sum"),
        ("Fell Ltd", "Grass", "36.00"),
        ("A Quill", "Salary", "412.36"),
        ("Lamp Co", "Bulbs", "9.62"),
    ]
    for i, row in enumerate(rows):
        for x, text in zip((72, 250, 400), row, strict=True):
            paper.put(x, 100 + 2 * PITCH * i, text)
    assert cells(paper.read()) == [
        (at, column, rows[0][column] if at else None, text)
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    ]


def test_rolls_side_by_side_are_read_one_after_the_other() -> None:
    paper = Paper()
    for x, names in ((72, ["Present:", "Ada Quill (AQ) Chair", "Ben Ash (BA)"]), (300, ["Apologies:", "Cy Birch"])):
        paper.lines(100, names, x=x)
    paper.lines(160, ["1. Minutes"], bold=True)
    paper.lines(175, ["Agreed."])
    assert texts(paper.read())[:5] == ["Present:", "Ada Quill (AQ) Chair", "Ben Ash (BA)", "Apologies:", "Cy Birch"]


def test_a_bold_title_run_into_its_text_is_a_heading() -> None:
    paper = Paper()
    paper.put(72, 100, "07.22.12", bold=True)
    paper.put(130, 100, "Finance -", bold=True)
    paper.put(190, 100, "The accounts were approved for payment.")
    assert texts(paper.read()) == ["07.22.12 Finance -", "The accounts were approved for payment."]


def test_a_watermark_across_the_page_is_left_out() -> None:
    paper = Paper()
    paper.lines(100, LONG)
    paper.canvas.saveState()
    paper.canvas.translate(200, 300)
    paper.canvas.rotate(50)
    paper.canvas.setFont("Helvetica", 90)
    paper.canvas.drawString(0, 0, "DRAFT")
    paper.canvas.restoreState()
    assert texts(paper.read()) == [" ".join(LONG)]


def test_a_turned_page_reads_upright() -> None:
    paper = Paper()
    paper.canvas.translate(560, 40)
    paper.canvas.rotate(90)
    for i, line in enumerate(LONG):
        paper.canvas.setFont("Helvetica", 11)
        paper.canvas.drawString(0, 400 - PITCH * i, line)
    assert texts(paper.read()) == [" ".join(LONG)]


def test_a_raised_ending_stays_with_its_figure() -> None:
    paper = Paper()
    paper.put(72, 100, "The meeting held on 28")
    width = paper.canvas.stringWidth("The meeting held on 28", "Helvetica", 11)
    paper.put(72 + width, 96, "th", size=7)
    paper.put(72 + width + 9, 100, "July 2022 was noted.")
    assert texts(paper.read()) == ["The meeting held on 28th July 2022 was noted."]


def test_pages_without_text_are_noticed_and_a_document_of_such_pages_is_refused() -> None:
    paper = Paper()
    paper.lines(100, LONG)
    paper.turn_page()
    paper.canvas.rect(100, 100, 200, 200, fill=1)
    paper.turn_page()
    notices = paper.read().notices
    assert [(notice.code, "1 of 2 pages" in notice.message) for notice in notices] == [(WarningCode.NO_TEXT, True)]
    empty = Paper()
    empty.canvas.rect(100, 100, 200, 200, fill=1)
    with pytest.raises(ParseError, match="the PDF has no words; look at its pages"):
        empty.read()


def test_an_encrypted_pdf_is_refused() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    paper = Paper(encrypt=StandardEncryption("secret", ownerPassword="owner"))
    paper.lines(100, LONG)
    with pytest.raises(ParseError, match="encrypted"):
        paper.read()


def test_a_cut_short_pdf_is_refused() -> None:
    paper = Paper()
    paper.lines(100, LONG)
    data = paper.save()
    with pytest.raises(ParseError, match="broken or cut short"):
        read(data[: len(data) // 3], "x.pdf")


def test_a_row_whose_words_run_over_its_columns_is_read_line_by_line() -> None:
    paper = Paper()
    rows = [
        ((72, "24/0113"), (150, "Forge Lane"), (270, "Rear extension - no objection")),
        ((72, "24/0114"), (150, "Mill House"), (270, "Loft over the proposed bathroom, new")),
        ((150, "doors and windows - the Clerk to object because of the loss of light"),),
    ]
    for i, row in enumerate(rows):
        for x, text in row:
            paper.put(x, 100 + PITCH * i, text, size=10)
    assert texts(paper.read()) == [
        "24/0113 Forge Lane Rear extension - no objection",
        "24/0114 Mill House Loft over the proposed bathroom, new doors and windows - the Clerk to object "
        "because of the loss of light",
    ]


def test_a_pdf_of_mere_strokes_is_refused() -> None:
    paper = Paper()
    paper.put(72, 100, "..... ----- .....")
    with pytest.raises(ParseError, match="the PDF has no words"):
        paper.read()


def test_the_left_column_is_read_first_where_the_right_one_begins_higher() -> None:
    paper = Paper()
    for i in range(14):
        paper.put(50, 100 + PITCH * i, f"Left column line {i} goes across to the gutter", size=9)
        paper.put(315, 100 + PITCH * i, f"Right column line {i} goes to the far margin", size=9 if i else 11)
    text = paper.read().text
    assert text.index("Left column line 13") < text.index("Right column line 0")


def test_a_short_second_page_keeps_the_gutter_of_the_first() -> None:
    paper = Paper()
    for i in range(14):
        paper.put(50, 100 + PITCH * i, f"Left column line {i} goes across to the gutter", size=9)
        paper.put(315, 100 + PITCH * i, f"Right column line {i} goes to the far margin", size=9)
    paper.turn_page()
    for i in range(3):
        paper.put(50, 100 + PITCH * i, f"Left rest line {i} goes across to the gutter", size=9)
        paper.put(315, 100 + PITCH * i, f"Right rest line {i} goes to the far margin", size=9)
    text = paper.read().text
    assert text.index("Left rest line 2") < text.index("Right rest line 0")


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    paper = Paper()
    for i in range(14):
        paper.put(50, 100 + PITCH * i, f"and left line {i} goes across up to the gutter,", size=9)
        paper.put(315, 100 + PITCH * i, f"and right line {i} goes across to the margin,", size=9)
    assert len(texts(paper.read())) == 1


def test_full_lines_that_stand_apart_are_paragraphs_of_their_own() -> None:
    paper = Paper()
    line = "The Clerk reported that the lamps on Sheepwash Lane had been mended before the autumn."
    top = paper.lines(100, LONG[:2] + [line])
    top = paper.lines(top + 3, [line, line.replace("Clerk", "Chair")])
    paper.lines(top, LONG[:2])
    assert texts(paper.read())[0] == " ".join(LONG[:2] + [line])


def test_type_whose_font_tells_no_ascent_has_its_size() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    paper = Paper(pageCompression=0)
    for i, words in enumerate(("a new oar was seen on a mere", "Now it was won", "so we saw no one", "Ada saw")):
        paper.canvas.setFont("Vera", 11)
        paper.canvas.drawString(LEFT, paper.height - 100 - PITCH * i, words)
    data = paper.save()
    for name in (b"Ascent", b"Descent"):
        value = re.search(rb"(?<=/" + name + rb" )-?[\d.]+", data)
        assert value
        data = data.replace(b"/" + name + b" " + value[0], b"/" + name + b" " + b"0".ljust(len(value[0])))
    with pdfium.PdfDocument(data) as pdf:
        sheet = read_sheet(pdf[0], 1)
    assert {round(word.size, 1) for word in sheet.words} == {11.0}
    assert len({round(word.box[3] - word.box[1], 1) for word in sheet.words}) == 1


def test_a_pdf_that_is_opened_anew_after_some_pages_is_read_whole() -> None:
    paper = Paper()
    names = [f"{first}{second}lby" for first in "BCDFG" for second in ("a", "e", "ie", "o", "oo", "u", "y")]
    for name in names:
        paper.lines(100 + 9 * paper.canvas.getPageNumber(), [f"The board heard of {name} and thanked it."])
        paper.turn_page()
    document = paper.read()
    assert [page.number for page in document.pages][:35] == list(range(1, 36))
    assert [f"of {name} and" in document.text for name in names] == [True] * 35
