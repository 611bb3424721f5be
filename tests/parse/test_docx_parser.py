"""Word documents keep their order, computed numbers, tables and tracked changes as accepted."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx import Document as new_docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from paper import cells, check_blocks, notes, read, texts

from minutes_miner.config import Limits
from minutes_miner.domain.vocabulary import BlockRole
from minutes_miner.errors import ParseError
from minutes_miner.parse import identify, parse


def save(word: Any) -> bytes:
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def number(paragraph: Any, list_id: str, level: str) -> None:
    """Put a paragraph into a list, as Word does it."""
    properties = paragraph._p.get_or_add_pPr()
    found = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", level), ("w:numId", list_id)):
        element = OxmlElement(tag)
        element.set(qn("w:val"), value)
        found.append(element)
    properties.append(found)


def define(word: Any, list_id: str, levels: list[tuple[str, str]]) -> None:
    """Define a list of the given formats and texts."""
    root = word.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "9" + list_id)
    for index, (name, text) in enumerate(levels):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(index))
        for tag, value in (("w:start", "1"), ("w:numFmt", name), ("w:lvlText", text)):
            element = OxmlElement(tag)
            element.set(qn("w:val"), value)
            level.append(element)
        abstract.append(level)
    root.insert(0, abstract)
    num = OxmlElement("w:num")
    num.set(qn("w:numId"), list_id)
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), "9" + list_id)
    num.append(link)
    root.append(num)


def test_headings_lists_and_tables_stand_in_order_with_their_numbers() -> None:
    word = new_docx()
    define(word, "77", [("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "%3)")])
    word.add_heading("Minutes of the Quay Committee", 0)
    word.add_heading("Quay dues", 1)
    word.add_paragraph("RESOLVED that:")
    for text, level in (
        ("the dues be raised", "0"),
        ("for boats", "1"),
        ("small", "2"),
        ("for carts", "1"),
        ("a note be sent", "0"),
        ("now", "1"),
    ):
        number(word.add_paragraph(text), "77", level)
    table = word.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("Payee", "Total", "Fell Ltd", "45.00"), strict=True
    ):
        cell.text = text
    word.add_heading("Any other business", 1)
    document = read(save(word), "x.docx")
    assert texts(document) == [
        "Minutes of the Quay Committee", "Quay dues", "RESOLVED that:",
        "1. the dues be raised", "(a) for boats", "i) small",
        "(b) for carts",
        "2. a note be sent", "(a) now", "Payee", "Total", "Fell Ltd", "45.00", "Any other business",
    ]  # fmt: skip
    assert [block.depth for block in document.blocks[3:9]] == [0, 1, 2, 1, 0, 1]
    assert cells(document)[2:] == [(1, 0, "Payee", "Fell Ltd"), (1, 1, "Total", "45.00")]
    assert [item.title for item in document.items][1:] == ["Quay dues", "Any other business"]
    check_blocks(document)


def test_tracked_deletions_go_and_insertions_stay() -> None:
    word = new_docx()
    paragraph = word.add_paragraph("The plan be ")
    for tag, inner, text in (("w:del", "w:delText", "refused"), ("w:ins", "w:t", "approved")):
        change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    assert texts(read(save(word), "x.docx")) == ["The plan be approved"]


def test_an_action_column_gives_notes_beside_its_rows() -> None:
    word = new_docx()
    table = word.add_table(3, 3)
    rows = [
        ("No", "Item", "Action"),
        ("1.", "The gate had been broken again by the wind. " * 9, "Clerk"),
        ("2.", "The bins were full and Members were sorry to hear it. " * 9, ""),
    ]
    for row, values in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, values, strict=True):
            cell.text = text
    document = read(save(word), "x.docx")
    assert [(note, beside[:11]) for note, beside in notes(document)] == [("Clerk", "1. The gate")]
    check_blocks(document)


def test_a_swollen_archive_is_refused() -> None:
    word = new_docx()
    word.add_paragraph("Minutes")
    buffer = BytesIO(save(word))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/bomb.bin", b"\0" * 3_000_000)
    data = buffer.getvalue()
    with pytest.raises(ParseError, match="unpacks to 3,"):
        parse(data, identify(data, "x.docx"), limits=Limits(max_bytes=200_000))


def test_a_cut_short_file_is_refused() -> None:
    word = new_docx()
    word.add_paragraph("Minutes")
    data = save(word)
    with pytest.raises(ParseError, match="broken"):
        read(data[: len(data) // 2], "x.docx")


def test_labels_and_values_side_by_side_read_as_text() -> None:
    word = new_docx()
    table = word.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells),
        ("Present", "Cllrs Ash and Birch", "Apologies", "Cllr Cole"),
        strict=True,
    ):
        cell.text = text
    document = read(save(word), "x.docx")
    assert texts(document, BlockRole.HEADING) == ["Present", "Apologies"]
    assert texts(document, BlockRole.PARAGRAPH) == ["Cllrs Ash and Birch", "Cllr Cole"]


def xml(markup: str) -> Any:
    """Give an element of a Word document from its mark-up."""
    names = {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    }
    spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in names.items())
    return parse_xml(f"<w:body {spaces}>{markup}</w:body>")[0]


def table(word: Any, *rows: tuple[str, ...]) -> Any:
    """Add a table of the given cells."""
    made = word.add_table(len(rows), len(rows[0]))
    for row, words in enumerate(rows):
        for column, text in enumerate(words):
            made.cell(row, column).text = text
    return made


def test_rows_in_content_controls_stay_and_rows_without_cells_do_no_harm() -> None:
    word = new_docx()
    made = table(word, ("Item", "Owner", "Action"), ("1", "Clerk", "Write"))
    row = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in ("2", "Warden", "Sweep"))
    made._tbl.append(xml(f"<w:sdt><w:sdtContent><w:tr>{row}</w:tr></w:sdtContent></w:sdt>"))
    made._tbl.append(xml("<w:tr/>"))
    labels = table(word, ("Present here", "Ada Quill and others"), ("Absent", "Bo Pell"), ("Clerk", "Cy Rudd"))
    labels._tbl.append(xml("<w:tr/>"))
    document = read(save(word), "x.docx")
    assert [cell for cell in cells(document) if cell[0] == 2] == [
        (2, 0, "Item", "2"),
        (2, 1, "Owner", "Warden"),
        (2, 2, "Action", "Sweep"),
    ]
    assert "Bo Pell" in document.text


def test_cells_that_span_columns_keep_the_columns_after_them() -> None:
    word = new_docx()
    made = table(word, ("Item", "Owner", "Action"), ("1", "Clerk", "Write"), ("2", "", "Cllr Pell to paint"))
    made.cell(2, 0).merge(made.cell(2, 1))
    found = cells(read(save(word), "x.docx"))
    assert [cell for cell in found if cell[0] == 2] == [(2, 0, "Item", "2"), (2, 2, "Action", "Cllr Pell to paint")]


def test_text_boxes_are_read_once_and_hidden_words_never() -> None:
    word = new_docx()
    box = "<w:txbxContent><w:p><w:r><w:t>RESOLVED to pay.</w:t></w:r></w:p></w:txbxContent>"
    choice = f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>'
    paragraph = word.add_paragraph("Before. ")
    paragraph._p.append(xml(f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>"))
    paragraph.add_run(" Draft words.").font.hidden = True
    paragraph.add_run(" After.").font.hidden = False
    assert texts(read(save(word), "x.docx")) == ["Before. RESOLVED to pay. After."]


def test_a_word_file_with_corrupt_data_is_refused() -> None:
    data = bytearray(save(new_docx()))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entry = archive.getinfo("word/document.xml")
    start = entry.header_offset + 30 + len(entry.filename) + 100
    data[start : start + 40] = b"\x00\xff" * 20
    with pytest.raises(ParseError, match="the Word document is broken"):
        read(bytes(data), "x.docx")
