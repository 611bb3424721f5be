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
    assert texts(read(save(word), "x.docx")) == ["Before. After.", "RESOLVED to pay."]


def test_a_word_file_with_corrupt_data_is_refused() -> None:
    data = bytearray(save(new_docx()))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entry = archive.getinfo("word/document.xml")
    start = entry.header_offset + 30 + len(entry.filename) + 100
    data[start : start + 40] = b"\x00\xff" * 20
    with pytest.raises(ParseError, match="the Word document is broken"):
        read(bytes(data), "x.docx")


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"
ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{main}"/></Types>"""
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pack(body: str, *, main: str = "application/xml", **parts: str) -> bytes:
    """Give a Word document of bare mark-up: its body, and parts by their kind, such as ``styles``."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES.format(main=main))
        link = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", RELATIONS.format(link))
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        links = [f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in parts]
        archive.writestr("word/_rels/document.xml.rels", RELATIONS.format("".join(links)))
        for kind, content in parts.items():
            archive.writestr(f"word/{kind}.xml", f"<w:{kind} {W}>{content}</w:{kind}>")
    return buffer.getvalue()


def p(words: str, properties: str = "") -> str:
    """Give the mark-up of a paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def item(words: str, list_id: int, level: int = 0) -> str:
    """Give the mark-up of a paragraph in a list."""
    return p(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def lvl(index: int, name: str, text: str, extra: str = "", start: int = 1) -> str:
    """Give the mark-up of a level of a list."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{name}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str, extra: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{extra}{"".join(levels)}</w:abstractNum>'


def num(list_id: int, base: int, *overrides: tuple[int, int]) -> str:
    """Give the mark-up of a list, and where some of its levels start anew."""
    starts = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for level, start in overrides
    )
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{base}"/>{starts}</w:num>'


def test_levels_are_shown_together_and_start_again_below_each_other() -> None:
    levels = lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%1.%2", "<w:isLgl/>"), lvl(2, "ordinal", "%3 point")
    body = item("One", 1) + item("Two", 1, 1) + item("Three", 1, 1) + item("Four", 1, 2) + item("Five", 1)
    body += item("Six", 1, 1)
    document = read(pack(body, numbering=abstract(5, *levels) + num(1, 5)), "x.docx")
    assert texts(document) == ["I. One", "1.1 Two", "1.2 Three", "1st point Four", "II. Five", "2.1 Six"]


def test_lists_of_one_definition_count_on_unless_one_starts_anew() -> None:
    definition = abstract(5, lvl(0, "decimal", "%1)"), lvl(1, "lowerLetter", "%2)"))
    lists = definition + num(1, 5) + num(2, 5) + num(3, 5, (0, 7)) + num(4, 5, (1, 3))
    body = item("a", 1) + item("b", 2) + item("c", 3) + item("d", 3) + item("e", 1) + item("f", 4, 1) + item("g", 4, 1)
    document = read(pack(body, numbering=lists), "x.docx")
    assert texts(document) == ["1) a", "2) b", "7) c", "8) d", "9) e", "c) f", "d) g"]


def test_a_level_may_count_through_those_above_it() -> None:
    levels = lvl(0, "decimal", "%1."), lvl(1, "decimal", "Minute %2", '<w:lvlRestart w:val="0"/>', start=40)
    body = item("One", 1) + item("x", 1, 1) + item("Two", 1) + item("y", 1, 1)
    document = read(pack(body, numbering=abstract(5, *levels) + num(1, 5)), "x.docx")
    assert texts(document) == ["1. One", "Minute 40 x", "2. Two", "Minute 41 y"]


def test_empty_points_of_a_list_count_as_word_shows_them() -> None:
    body = item("One", 1) + item("", 1) + item("Three", 1)
    document = read(pack(body, numbering=abstract(5, lvl(0, "decimal", "%1.")) + num(1, 5)), "x.docx")
    assert texts(document) == ["1. One", "3. Three"]


def test_styles_give_numbers_headings_and_what_is_hidden() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Item"><w:name w:val="Minute item"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Point"><w:basedOn w:val="Item"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
        '<w:style w:type="numbering" w:styleId="Lists"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Guide"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Note"><w:basedOn w:val="Guide"/></w:style>'
    )
    named = '<w:pStyle w:val="{}"/>'.format
    levels = lvl(0, "decimal", "%1.", named("Item")) + lvl(1, "lowerLetter", "(%2)", named("Point"))
    lists = abstract(5, extra='<w:numStyleLink w:val="Lists"/>') + abstract(6, levels) + num(1, 5) + num(2, 6)
    body = p("Trees", named("Item")) + p("The oak be felled.", named("Point")) + p("Fill in below", named("Guide"))
    body += '<w:p><w:r><w:rPr><w:rStyle w:val="Note"/></w:rPr><w:t>Draft!</w:t></w:r>'
    body += "<w:r><w:t>Agreed.</w:t></w:r></w:p>"
    document = read(pack(body, styles=styles, numbering=lists), "x.docx")
    assert texts(document) == ["1. Trees", "(a) The oak be felled.", "Agreed."]
    assert texts(document, BlockRole.HEADING) == ["1. Trees"]


def test_tracked_changes_are_accepted_to_the_end_of_a_paragraph_and_in_tables() -> None:
    gone, new = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>', '<w:rPr><w:ins w:id="1" w:author="a"/></w:rPr>'
    moved = "<w:moveFrom><w:r><w:t>Moved.</w:t></w:r></w:moveFrom>"
    row = "<w:tr>{}<w:tc>{}</w:tc><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>".format
    struck = "<w:trPr><w:del/></w:trPr>"
    body = (
        p("The grant be ", gone)
        + p("paid in May.", new)
        + f"<w:p><w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr>{moved}</w:p>"
        + "<w:p><w:moveTo><w:r><w:t>Moved.</w:t></w:r></w:moveTo></w:p>"
        + f"<w:p><w:pPr>{gone}</w:pPr><w:del><w:r><w:delText>Never said.</w:delText></w:r></w:del></w:p>"
        + "<w:tbl>"
        + row("", p("Item"), p("Owner"), p("Action"))
        + row(struck, p("1"), p("Clerk"), p("Shout"))
        + row("", p("2"), p("Warden"), p("Sweep"))
        + "</w:tbl>"
    )
    document = read(pack(body), "x.docx")
    assert texts(document)[:2] == ["The grant be paid in May.", "Moved."]
    assert texts(document)[2:] == ["Item", "Owner", "Action", "2", "Warden", "Sweep"]


def test_fields_controls_notes_and_signs_are_read_and_codes_and_prompts_are_not() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>seven</w:t></w:r>'
    )
    control = "<w:sdt>{}<w:sdtContent><w:r><w:t>{}</w:t></w:r></w:sdtContent></w:sdt>".format
    body = (
        f"<w:p><w:r><w:t>Present: </w:t></w:r>{field}{control('', ' members')}"
        f"{control('<w:sdtPr><w:showingPlcHdr/></w:sdtPr>', 'Click to enter text')}"
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    notes_ = '<w:footnote w:type="separator" w:id="0">' + p("---") + "</w:footnote><w:footnote>" + p("Of nine.")
    document = read(pack(body, footnotes=notes_ + "</w:footnote>"), "x.docx")
    assert texts(document) == ["Present: seven members\u2713", "Of nine."]


def test_headers_tell_of_the_meeting_only_what_the_text_does_not() -> None:
    edge = p("Finance Committee") + p("Minutes of the meeting held on 4 March 2024") + p("Page 1 of 3")
    document = read(pack(p("1. Apologies") + p("There were none."), header=edge), "x.docx")
    assert texts(document) == ["1. Apologies", "There were none."]
    assert document.meeting_date is not None and document.meeting_date.isoformat() == "2024-03-04"
    assert document.committee == "Finance Committee"
    dated = p("Minutes of the meeting of the Cemeteries Committee held on 9 May 2024") + p("There was no business.")
    told = read(pack(dated, header=edge), "x.docx")
    assert (str(told.meeting_date), told.committee) == ("2024-05-09", "Cemeteries Committee")


@pytest.mark.parametrize("main", ["ms-word.document.macroEnabled.main", "openxmlformats.template.main"])
def test_documents_with_macros_and_templates_are_read(main: str) -> None:
    data = pack(p("RESOLVED to pay."), main=f"application/vnd.{main}+xml")
    assert texts(read(data, "x.docm")) == ["RESOLVED to pay."]


def test_a_strict_document_is_read() -> None:
    buffer = BytesIO()
    lists = abstract(1, lvl(0, "decimal", "%1.")) + num(1, 1)
    usual = zipfile.ZipFile(BytesIO(pack(item("RESOLVED to pay.", 1), numbering=lists)))
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in usual.namelist():
            text = usual.read(name).decode().replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
            archive.writestr(name, text.replace(W[9:-1], "http://purl.oclc.org/ooxml/wordprocessingml/main"))
    assert texts(read(buffer.getvalue(), "x.docx")) == ["1. RESOLVED to pay."]


BOMB = '<!DOCTYPE z [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        text = f'<?xml version="1.0" encoding="{encoding}"?>{BOMB}'
        text += f"<w:document {W}><w:body>{p('&b;')}</w:body></w:document>"
        archive.writestr("word/document.xml", text.encode(encoding))
    with pytest.raises(ParseError, match="word/document.xml in the Word document declares XML entities"):
        read(buffer.getvalue(), "x.docx")


def test_a_document_packed_too_well_is_refused() -> None:
    with pytest.raises(ParseError, match=r"the document is packed \d{3,} times"):
        read(pack(p("Ha. " * 4_000_000)), "x.docx")


def test_a_document_nested_too_deep_is_refused() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 100_000 + p("RESOLVED") + "</w:tc></w:tr></w:tbl>" * 100_000
    with pytest.raises(ParseError, match="the Word document is broken"):
        read(pack(deep), "x.docx")


def test_cells_keep_their_column_after_a_gap_and_a_nested_table_its_words() -> None:
    row = "<w:tr>{}{}</w:tr>".format
    cell = "<w:tc>{}</w:tc>".format
    inner = "<w:tbl>" + row("", cell(p("the oak"))) + "</w:tbl>"
    body = (
        "<w:tbl>"
        + row("", "".join(map(cell, (p("Item"), p("Owner"), p("Action")))))
        + row('<w:trPr><w:gridBefore w:val="1"/></w:trPr>', cell(p("Clerk")) + cell(p("Fell") + inner))
        + "</w:tbl>"
    )
    assert cells(read(pack(body), "x.docx"))[3:] == [(1, 1, "Owner", "Clerk"), (1, 2, "Action", "Fell the oak")]
