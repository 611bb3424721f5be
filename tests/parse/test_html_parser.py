"""Web pages keep their items, decisions, lists and tables, and lose navigation and notes of file sizes."""

from __future__ import annotations

from datetime import date
from unittest.mock import ANY

import pytest
from paper import cells, check_blocks, read, texts

from minutes_miner.domain.vocabulary import BlockRole, WarningCode
from minutes_miner.errors import ParseError

MEETING = b"""<!DOCTYPE html><html><head><title>Agenda for Harbour Committee - Modern Council</title>
<meta name="DC.date" scheme="W3CDTF" content="2025-03-06"/></head><body>
<nav><ul><li><a href="/">Home</a></li></ul></nav><div id="cookie-banner">We use cookies</div>
<div id="modgov"><h1 class="mgMainTitleTxt">Agenda and minutes</h1>
<h2 class="mgSubTitleTxt"><a>Harbour Committee - Thursday 6 March 2025 6.00 pm</a></h2>
<ul class="mgActionList"><li><a href="x">Printed minutes <span class="mgFileSize">PDF 119 KB</span></a></li></ul>
<table class="mgItemTable" id="mgItemTable"><caption class="mgSectionTitle">Items</caption>
<tr><th class="mgHide">No.</th><th class="mgHide">Item</th></tr>
<tr><td class="mgItemNumberCell"><p class="mgAiTitleTxt" ><a name="AI9"></a>31.</p></td><td>
<p class="mgAiTitleTxt" ><a class="mgAiTitleLnk" href="r.pdf">Slipway Repairs
<span class="mgFileSize">PDF 60 KB</span></a></p>
<div class="mgWordPara"><p class="MsoNormal">To consider repairs to
the slipway.</p></div>
<p class="mgSubItemTitleTxt">Additional documents:</p>
<ul class="mgBulletList"><li><a href="a.pdf">Annex A <span class="mgHide">, item 31.</span></a></li></ul>
<p class="mgSubItemTitleTxt">Decision:</p>
<div class="mgWordPara"><div class="WordSection1"><p class="MsoNormal"><b>RESOLVED</b> that:</p>
<p class="MsoNormal">&nbsp;</p>
<p style="text-indent:-18.0pt"><span>1.<span style="font:7.0pt">&nbsp;&nbsp;</span></span>
the repairs be approved
at a cost of &pound;12,400; and</p>
<p style="text-indent:-18.0pt"><span>2.<span style="font:7.0pt">&nbsp;&nbsp;</span></span>the Harbour
<span class="SpellE">Master</span> report back.</p></div></div>
<p class="mgSubItemTitleTxt">Minutes:</p>
<div class="mgWordPara"><p class="MsoNormal">Members heard that the slipway had been closed since the storm in the</p>
<p class="MsoNormal">autumn of last year &nbsp;...&nbsp;
<a href="mgAi.aspx?ID=9">view the full minutes text for item 31.</a></p></div>
<table class="mgTableNoBorderFullWidth"><caption class="mgSectionTitle">Recorded Vote</caption><thead>
<th scope="col">Title</th><th scope="col">Type</th><th scope="col">Result</th></th>
<tr><td>Slipway: Resolution 1 &#38; 2</td><td>Resolution</td><td><img src="m.png"/>Carried</td></tr></table>
</td></tr>
<tr><td class="mgItemNumberCell"><p class="mgAiTitleTxt">32.</p></td><td><p class="mgAiTitleTxt">Dredging</p>
<p class="mgSubItemTitleTxt">Minutes:</p><div class="mgWordPara"><p>Noted.</p></div></td></tr></table></div>
<footer>&copy; 2025 Royal Borough of Saltmere upon Wend Council</footer></body></html>"""


def test_a_meeting_page_gives_items_with_their_parts() -> None:
    document = read(MEETING, "page.html")
    heads = [(document.text[b.start : b.end], b.depth) for b in document.blocks if b.role is BlockRole.HEADING]
    assert heads[2:] == [
        ("31. Slipway Repairs", 0),
        ("Additional documents:", 1),
        ("Decision:", 1),
        ("Minutes:", 1),
        ("Recorded Vote", 1),
        ("32. Dredging", 0),
        ("Minutes:", 1),
    ]
    assert [(item.number, item.title) for item in document.items] == [("31", "Slipway Repairs"), ("32", "Dredging")]
    assert document.items[0].end == document.items[1].start
    check_blocks(document)


def test_hard_wrapped_word_paragraphs_and_false_list_numbers_are_joined() -> None:
    document = read(MEETING, "page.html")
    assert texts(document, BlockRole.LIST_ITEM) == [
        "\u2022 Annex A",
        "1. the repairs be approved at a cost of \u00a312,400; and",
        "2. the Harbour Master report back.",
    ]
    assert any(text.startswith("Members heard") and "in the autumn of last year" in text for text in texts(document))


def test_navigation_and_file_sizes_are_left_out() -> None:
    text = read(MEETING, "page.html").text
    for noise in ("KB", "Annex A ,", "Home", "cookies", "Printed minutes", "\u00a9"):
        assert noise not in text


def test_the_title_in_the_head_stands_above_the_content() -> None:
    assert texts(read(MEETING, "page.html"))[0] == "Agenda for Harbour Committee - Modern Council"


def test_a_shortened_page_is_noticed() -> None:
    assert [notice.code for notice in read(MEETING, "page.html").notices] == [WarningCode.TRUNCATED]


def test_the_recorded_vote_is_a_table_with_headers() -> None:
    assert cells(read(MEETING, "page.html"))[3:] == [
        (1, 0, "Title", "Slipway: Resolution 1 & 2"),
        (1, 1, "Type", "Resolution"),
        (1, 2, "Result", "Carried"),
    ]


def test_the_head_tells_the_meeting() -> None:
    document = read(MEETING, "page.html")
    assert (document.meeting_date, document.committee) == (date(2025, 3, 6), "Harbour Committee")
    assert document.authority == "Royal Borough of Saltmere upon Wend"


def test_a_decision_page_is_dated_by_its_decision() -> None:
    document = read(
        b"<html><body><div id='modgov'><h2 class='mgSubTitleTxt'>Ferry Fares</h2>"
        b"<p><span class='mgLabel'>Decision Maker: </span>Cabinet Member for Transport</p>"
        b"<p><span class='mgLabel'>Publication date: </span>22&#47;10&#47;2024</p>"
        b"<p><span class='mgLabel'>Date of decision: </span>21&#47;10&#47;2024</p>"
        b"<h3 class='mgSubSubTitleTxt'>Decision:</h3><div class='mgWordPara'><ol type='a'><li>Approves the fares</li>"
        b"<li>Notes the <b>risk</b><ol type='i'><li>in winter</li></ol></li></ol></div></div></body></html>",
        "d.html",
    )
    assert document.meeting_date == date(2024, 10, 21)
    assert document.committee == "Cabinet Member for Transport" or document.committee is None
    assert texts(document, BlockRole.LIST_ITEM) == ["(a) Approves the fares", "(b) Notes the risk", "(i) in winter"]


def test_any_other_page_is_read_from_its_main_part() -> None:
    document = read(
        b"<html><body><header>Menu</header><div class='sidebar'><p>Latest news from the village</p></div>"
        b"<main><h1>Minutes</h1><p>Present: Cllr Ash<br>Apologies: Cllr Birch</p><ul><li>The seat was mended.</li></ul>"
        b"<table><tr><th>Payee</th><th>Sum</th></tr><tr><td>Fell Ltd</td><td>45.00</td></tr></table></main>"
        b"</body></html>",
        "x.html",
    )
    assert texts(document) == [
        "Minutes", "Present: Cllr Ash", "Apologies: Cllr Birch", "\u2022 The seat was mended.",
        "Payee", "Sum", "Fell Ltd", "45.00",
    ]  # fmt: skip
    assert cells(document)[-1] == (1, 1, "Sum", "45.00")


def test_the_declared_character_set_is_used() -> None:
    page = "<html><head><meta charset='iso-8859-1'></head><body><p>Grant of \u00a350 \u2013 agreed</p></body></html>"
    assert texts(read(page.encode("cp1252"), "x.html")) == ["Grant of \u00a350 \u2013 agreed"]


@pytest.mark.parametrize("tag", ["div", "span", "blockquote"])
def test_nested_containers_are_read_or_refused_at_once(tag: str) -> None:
    page = "<html><body><h1>Minutes</h1>{0}<p>RESOLVED that the well be capped.</p>{1}<p>Closed.</p></body></html>"
    nested = page.format(f"<{tag}>" * 2500, f"</{tag}>" * 2500).encode()
    assert texts(read(nested, "page.html"))[1:] == ["RESOLVED that the well be capped.", "Closed."]
    broken = page.format(f"<{tag}>" * 50_000, f"</{tag}>" * 50_000).encode()
    with pytest.raises(ParseError, match="more than 3,000 deep"):
        read(broken, "page.html")


def test_lists_nested_without_end_are_refused() -> None:
    with pytest.raises(ParseError, match="lists and tables more than 60 deep"):
        read(b"<html><body>" + b"<ul><li>x" * 100 + b"</body></html>", "page.html")


def test_words_around_and_after_nested_lists_stay() -> None:
    page = b"""<html><body><p>Background papers:</p><p>RESOLVED that the first report be noted.</p>
    <ul>Loose words.<li>Grants <ul><li>the hall</li></ul> RESOLVED that they be paid.<p>Cllr Pell voted against.</p>
    </li></ul></body></html>"""
    assert texts(read(page, "page.html")) == [
        "Background papers:",
        "RESOLVED that the first report be noted.",
        "Loose words.",
        "\u2022 Grants",
        "\u2022 the hall",
        "RESOLVED that they be paid.",
        "Cllr Pell voted against.",
    ]


def test_cells_that_span_rows_keep_the_columns_of_the_rows_below() -> None:
    page = b"""<html><body><table><tr><th>Item</th><th>Owner</th><th>Action</th></tr>
    <tr><td rowspan=2>1</td><td>Clerk</td><td>Write</td></tr><tr><td>Cllr Pell</td><td>Paint the fence</td></tr>
    <tr><td>2</td><td>Warden</td><td>Sweep</td></tr></table></body></html>"""
    assert cells(read(page, "page.html"))[3:] == [
        (1, 0, "Item", "1"),
        (1, 1, "Owner", "Clerk"),
        (1, 2, "Action", "Write"),
        (2, 1, "Owner", "Cllr Pell"),
        (2, 2, "Action", "Paint the fence"),
        (3, 0, "Item", "2"),
        (3, 1, "Owner", "Warden"),
        (3, 2, "Action", "Sweep"),
    ]


@pytest.mark.parametrize(("start", "end"), [("<article>", "</article>"), ('<div class="content">', "</div>")])
def test_containers_that_share_the_words_are_all_read(start: str, end: str) -> None:
    talk = "The committee heard from residents about the parking of carts. " * 6
    parts = [f"<h2>{n}. Grants</h2><p>RESOLVED that {n} pounds be paid. {talk * n}</p>" for n in (1, 2)]
    page = "<html><body><p>Skip</p>" + "".join(f"{start}{part}{end}" for part in parts) + "</body></html>"
    text = read(page.encode(), "page.html").text
    assert "RESOLVED that 1 pounds" in text and "RESOLVED that 2 pounds" in text


@pytest.mark.parametrize("name", ["utf-16", "UTF-16LE", "undefined", "no-such-set"])
def test_a_character_set_that_cannot_be_is_not_believed(name: str) -> None:
    head = f"<meta charset='{name}'>"
    page = f"<html><head>{head}</head><body><p>RESOLVED to pay \u00a3500 to the caf\u00e9.</p></body></html>"
    for data in (page.encode(), page.encode() + b" "):
        assert texts(read(data, "page.html")) == ["RESOLVED to pay \u00a3500 to the caf\u00e9."]


def test_a_table_of_minutes_is_read_as_items_with_notes_beside_them() -> None:
    page = """<h1>Quay Town Council</h1><table><tr><th>Minute</th><th>Business</th><th>Action</th></tr>
    <tr><td>12/24</td><td><b>Bench.</b> It was agreed to replace the bench.<ul><li>oak</li></ul></td>
    <td>Order the bench &ndash; DP<br>Tell the donor FA</td></tr>
    <tr><td>13/24</td><td>The report on the quay was noted by all.</td><td></td></tr></table>"""
    document = read(page.encode(), "page.html")
    check_blocks(document)
    notes = [block for block in document.blocks if block.role is BlockRole.MARGIN_NOTE]
    assert [document.text[note.start : note.end] for note in notes] == ["Order the bench – DP", "Tell the donor FA"]
    assert [block.number for block in document.blocks if block.number in {"12/24", "13/24"}] == ["12/24", "13/24"]
    assert [(item.number, item.title) for item in document.items] == [("12/24", "Bench"), ("13/24", ANY)]
    assert not any(block.cell for block in document.blocks)


def test_a_form_of_labelled_rows_is_read_as_titles_with_text() -> None:
    page = """<h1>Record of decision</h1><table><tr><th>Decision taken</th><td>To let the kiosk.<br>To repaint it.</td>
    </tr><tr><th>Reasons</th><td>It has stood empty since March.</td></tr></table>"""
    document = read(page.encode(), "page.html")
    check_blocks(document)
    heads = [document.text[b.start : b.end] for b in document.blocks if b.role is BlockRole.HEADING and b.depth == 1]
    assert heads == ["Decision taken", "Reasons"]
    assert "To repaint it." in texts(document)


def test_a_table_of_figures_stays_a_table() -> None:
    page = "<h1>Quay</h1><table><tr><th>Hall</th><td>120.00</td></tr><tr><th>Quay</th><td>80.50</td></tr></table>"
    document = read(page.encode(), "page.html")
    assert sum(block.cell is not None for block in document.blocks) == 4
