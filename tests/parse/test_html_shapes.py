"""Pages as councils' systems really write them: ModernGov, CMIS, pasted Word, plain pages, and pages of refusal."""

from __future__ import annotations

from datetime import date

import pytest
from paper import cells, check_blocks, read, texts

from minutes_miner.domain.source import Document
from minutes_miner.domain.vocabulary import BlockRole, WarningCode


def read_page(page: str | bytes) -> Document:
    """Read a page and check its blocks."""
    document = read(page.encode() if isinstance(page, str) else page, "page.html")
    check_blocks(document)
    return document


def points(document: Document) -> list[tuple[int, str | None, str]]:
    """Give depth, number and words after it of each point of a list."""
    found = [block for block in document.blocks if block.role is BlockRole.LIST_ITEM]
    return [(block.depth, block.number, document.text[block.body : block.end]) for block in found]


SHORTENED = """<html><body><div id="modgov"><h2 class="mgSubTitleTxt"><a>Weir Panel - Monday 3 March 2025 2.00
pm</a></h2>
<table class="mgItemTable"><caption class="mgSectionTitle">Items</caption>
<tr><td class="mgItemNumberCell"><p class="mgAiTitleTxt">7.</p></td><td><p class="mgAiTitleTxt">Otter Survey</p>
<p class="mgSubItemTitleTxt">Minutes:</p><div class="mgWordPara"><p>The ranger spoke of the otters ...&nbsp;
<a href="mgAi.aspx?ID=70">view the full minutes text for item 7.</a></p></div></td></tr>
<tr><td class="mgItemNumberCell"><p class="mgAiTitleTxt">8.</p></td><td><p class="mgAiTitleTxt">Sluice Gates</p>
<p class="mgSubItemTitleTxt">Minutes:</p><div class="mgWordPara"><p>The sluice was oiled <a
href="mgAi.aspx?ID=71">\u2026</a>
</p></div></td></tr><tr><td class="mgItemNumberCell"><p class="mgAiTitleTxt">9.</p></td><td>
<p class="mgAiTitleTxt"><a href="mgAi.aspx?ID=72">Eel Passes</a></p><p class="mgSubItemTitleTxt">Decision:</p>
<div class="mgWordPara"><p>RESOLVED that the passes be cleared.</p></div></td></tr></table></div></body></html>"""


def test_shortened_minutes_are_told_with_their_items() -> None:
    document = read_page(SHORTENED)
    (notice,) = document.notices
    assert notice.code is WarningCode.TRUNCATED
    assert "items 7, 8 and links" in notice.message
    assert "Items" not in texts(document)


def test_a_decision_belongs_to_its_item_and_not_to_the_minutes() -> None:
    document = read_page(SHORTENED)
    item = document.items[2]
    assert (item.number, item.title) == ("9", "Eel Passes")
    assert document.text[item.start : item.end].split("\n\n")[:3] == [
        "9. Eel Passes", "Decision:", "RESOLVED that the passes be cleared.",
    ]  # fmt: skip


def test_recorded_votes_keep_names_beside_votes() -> None:
    document = read_page(
        """<div id=modgov><h2 class=mgSubTitleTxt>Council - Monday 3 March 2025</h2><h4>Amendment 2</h4>
        <table><tr><th>Councillor</th><th>Vote</th></tr>
        <tr><td>Councillor Ada Finch<td><td>For</td></td></tr><tr><td>Councillor Bo Teal<td><td>Against</td></td></tr>
        </table><table><tr><th>For</th><th>Against</th><th>Abstain</th></tr>
        <tr><td>Finch, Wren<br>Heron</td><td>Teal</td><td></td></tr></table></div>"""
    )
    assert cells(document) == [
        (0, 0, None, "Councillor"), (0, 1, None, "Vote"),
        (1, 0, "Councillor", "Councillor Ada Finch"), (1, 1, "Vote", "For"),
        (2, 0, "Councillor", "Councillor Bo Teal"), (2, 1, "Vote", "Against"),
        (0, 0, None, "For"), (0, 1, None, "Against"), (0, 2, None, "Abstain"),
        (1, 0, "For", "Finch, Wren\nHeron"), (1, 1, "Against", "Teal"),
    ]  # fmt: skip


def test_an_issue_page_gives_its_labels_and_parts() -> None:
    document = read_page(
        """<div id="modgov"><h1 class="mgMainTitleTxt">Issue details</h1><h2 class="mgSubTitleTxt">Ferry Lease</h2>
        <div class="mgWordPara"><p class="MsoNormal">To agree the
        terms.</p></div><p><span class="mgLabel">Decision type: </span>Key</p>
        <p><span class="mgLabel">Wards affected: </span>(All Wards);</p>
        <h3 class="mgSubSubTitleTxt">Decisions</h3><ul class="mgBulletList"><li><a href="ieDecisionDetails.aspx?Id=4">
        22/10/2024 - Ferry Lease <span class="mgHide"> ref: 9</span></a></li></ul></div>"""
    )
    assert texts(document) == [
        "Issue details", "Ferry Lease", "To agree the terms.", "Decision type: Key", "Wards affected: (All Wards);",
        "Decisions", "\u2022 22/10/2024 - Ferry Lease",
    ]  # fmt: skip


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<!--[if gte mso 9]><xml><o:Pages>3</o:Pages></xml><![endif]--><style><!-- p.MsoNormal {margin:0} --></style></head>
<body lang=EN-GB><div class=WordSection1>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;
</span></span><![endif]>That
the pier be
painted \u2013 once.<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>a)<span
style='font:7.0pt'>&nbsp;&nbsp; </span></span>in white; and</p>
<p class=MsoListParagraph style='mso-list:l1 level2 lfo2'><span style='font-family:"Courier New"'><span
style='mso-list:Ignore'>o<span style='font:7.0pt'>&nbsp;&nbsp; </span></span></span>with lamps</p>
<p class=MsoListParagraph><span style='font-family:Wingdings'>\u00a7<span style='font:7.0pt'>&nbsp;&nbsp;
</span></span>lit</p>
<p class=MsoListParagraph>2<span style='font:7.0pt'>&nbsp;&nbsp;&nbsp;&nbsp; </span>That no fee be charged.</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Cost\u00a0of \u00a3400<sup>1</sup>; the <span class=GramE>clerk\u2019s</span> note of
6<sup>th</sup> May.
</p></div></body></html>"""


def test_pasted_word_gives_points_with_numbers_and_whole_paragraphs() -> None:
    document = read_page(WORD.encode("cp1252"))
    assert points(document) == [
        (0, "1.", "That the pier be painted \u2013 once."),
        (1, "a)", "in white; and"),
        (1, "\u2022", "with lamps"),
        (0, "\u2022", "lit"),
        (0, "2", "That no fee be charged."),
    ]
    assert texts(document)[-1] == "Cost of \u00a3400\u00b9; the clerk\u2019s note of 6th May."


def test_a_cmis_page_is_read_from_its_content_pane() -> None:
    document = read_page(
        """<html><head><title>CMIS &gt; Meetings</title></head><body><form id="Form"><div id="dnn_NavPane"><div
        class="menu"><ul><li>Home</li></ul></div></div><div id="dnn_ContentPane"><div class="holder"><div
        class="DNNLabel">Status:</div><div class="Value Venue">Confirmed</div></div><h2>Planning Committee</h2>
        <li class="DocumentListItem"><a class="TitleLink" href="Document.ashx?czJ=1">Final Minutes 16042026</a>
        <span class="FileSize">(120Kb)</span></li><div><span id="dnn_ctr397_lblTitle">5. Declarations</span><br/>
        <span id="dnn_ctr397_lblText">RESOLVED: That the declarations be noted.</span></div></div>
        <div id="dnn_FooterPane" class="footer">Copyright</div></form></body></html>"""
    )
    assert texts(document) == [
        "CMIS > Meetings", "Status:", "Confirmed", "Planning Committee", "Final Minutes 16042026", "5. Declarations",
        "RESOLVED: That the declarations be noted.",
    ]  # fmt: skip


def test_a_plain_page_loses_all_that_is_not_its_minutes() -> None:
    document = read_page(
        """<html><body class="node has-sidebar"><a class="skip-link" href="#c">Skip</a><header><a href="/">
        <b>Tarn Parish Council</b></a><nav><h2>Menu</h2></nav></header><div class="region sidebar"><h2>In this
        section</h2>
        <ul><li><a href=a>Agendas</a></li></ul></div><div id="cookie-notice">We use cookies</div><div
        class="breadcrumb">Home
        &gt; Minutes</div><div class="col with-sidebar"><h1>Minutes of 4 May 2025</h1><p>Present: Cllr Ash</p>
        <p style="display: none">hidden</p><p hidden>hidden</p><p style='mso-hide:all'>hidden</p>
        <span class="visually-hidden">hidden</span><h3>Related <b>links</b></h3><ul><li><a href=x>Budget
        page</a></li></ul>
        <p>Share this page</p><div class="social-share"><a>Postbook</a></div>
        <p>Share this page of history with the school, said the Chair, who had found it.</p></div>
        <button>Print</button><footer>Contact us</footer></body></html>"""
    )
    assert texts(document) == [
        "Minutes of 4 May 2025",
        "Present: Cllr Ash",
        "Share this page of history with the school, said the Chair, who had found it.",
    ]
    assert (document.authority, document.meeting_date) == ("Tarn Parish Council", date(2025, 5, 4))


def test_parts_that_open_are_read_with_their_titles() -> None:
    document = read_page(
        """<h1>Minutes</h1><details><summary>1. Grants</summary><p>RESOLVED to pay &pound;50.</p></details>
        <h2><button aria-expanded=false>2. Roads</button></h2><div class="accordion-panel" hidden><p>A hole was
        filled.</p>
        </div><div hidden="until-found">Closed at nine.</div><dl><dt>Chair</dt><dd>Cllr Ash</dd></dl>"""
    )
    assert [(item.number, item.title) for item in document.items] == [
        (None, "Minutes"), ("1", "Grants"), ("2", "Roads"),
    ]  # fmt: skip
    assert texts(document)[2::2] == ["RESOLVED to pay \u00a350.", "A hole was filled.", "Chair"]


def test_lists_count_as_browsers_do() -> None:
    document = read_page(
        """<ol start="3" type="A"><li>Paint<ol type=i><li value=4>blue<li>red</ol></li><li>Sweep</li></ol>
        <ol reversed><li>two<li>one</ol><ol style="list-style-type: lower-alpha"><li>alpha</ol><ul><li>dot</ul>"""
    )
    assert points(document) == [
        (0, "C.", "Paint"), (1, "(iv)", "blue"), (1, "(v)", "red"), (0, "D.", "Sweep"), (0, "2.", "two"),
        (0, "1.", "one"), (0, "(a)", "alpha"), (0, "\u2022", "dot"),
    ]  # fmt: skip


def test_tables_that_lay_out_the_page_are_read_as_text() -> None:
    document = read_page(
        """<table width=100%><tr><td width=150><a
        href=/>Home</a></td><td><h1>Minutes</h1><p>One.<p>Two.<p>Three.<p>Four.
        <table><tr><td>Hall</td><td>45.00</td></tr></table>Done.</td></tr></table>"""
    )
    assert texts(document) == ["Home", "Minutes", "One.", "Two.", "Three.", "Four.", "Hall", "45.00", "Done."]
    assert [text for *_, text in cells(document)] == ["Hall", "45.00"]


def test_broken_pages_keep_their_paragraphs() -> None:
    document = read_page(
        """<html><body><h2>Unclosed title<p>One<p>Two <b>bold<p>Three</b><div>Four <p>five</div><table>loose<tr><td>six
        <tr><td>seven</table>eight <i>nine</div></p></body></html><p>after the end"""
    )
    assert texts(document) == [
        "Unclosed title", "One", "Two bold", "Three", "Four", "five", "loose", "six", "seven", "eight nine",
        "after the end",
    ]  # fmt: skip


def test_lines_of_preformatted_text_stay_lines() -> None:
    page = "<h1>Notes</h1><pre>1. Grants\nRESOLVED that the\n<b>grant</b> be paid.\n\n2. Roads\nNone.</pre>"
    document = read_page(page)
    assert [(item.number, item.title) for item in document.items][1:] == [("1", "Grants"), ("2", "Roads")]
    assert "RESOLVED that the grant be paid." in texts(document)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<?xml version='1.0' encoding='iso-8859-15'?>", "iso-8859-15"),
        ("<meta charset=utf-8>", "cp1252"),
        ("<meta charset=iso-8859-1>", "utf-8"),
        ("<meta charset=us-ascii>", "cp1252"),
        ("<meta http-equiv=content-type content='text/html; charset=punycode'>", "utf-8"),
        ("", "utf-8-sig"),
        ("<meta charset=iso-8859-1>", "utf-8-sig"),
        ("", "utf-16"),
    ],
)
def test_characters_are_read_whatever_the_page_says_of_them(head: str, encoding: str) -> None:
    page = f"{head}<html><body><p>Caf\u00e9 &amp;pound;5, &#163;6 &#x2013; \u20ac9 &ldquo;so&rdquo;</p></body></html>"
    document = read_page(page.encode(encoding))
    assert texts(document) == ["Caf\u00e9 \u00a35, \u00a36 \u2013 \u20ac9 \u201cso\u201d"]
    assert not document.notices
