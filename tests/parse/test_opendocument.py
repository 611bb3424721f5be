"""OpenDocument texts keep their headings, computed list numbers, tables and notes; deleted words and comments go."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from paper import cells, check_blocks, read, texts

from minutes_miner.domain.vocabulary import BlockRole
from minutes_miner.errors import ParseError

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip
KIND = "application/vnd.oasis.opendocument.text"
LISTS = """<text:list-style style:name="L">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
<text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3"/></text:list-style>
<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="-"/></text:list-style>"""


def pack(body: str, *, styles: str = "", automatic: str = "", manifest: str = "") -> bytes:
    """Give an OpenDocument text of bare mark-up."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", KIND, zipfile.ZIP_STORED)
        content = f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}"
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMES}>{content}</office:text></office:body></office:document-content>",
        )
        archive.writestr("styles.xml", f"<office:document-styles {NAMES}>{styles}</office:document-styles>")
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return buffer.getvalue()


def points(*items: str, style: str = "L", more: str = "") -> str:
    """Give the mark-up of a list."""
    return f'<text:list text:style-name="{style}" {more}>' + "".join(items) + "</text:list>"


def point(words: str, *rest: str, more: str = "") -> str:
    return f"<text:list-item {more}><text:p>{words}</text:p>{''.join(rest)}</text:list-item>"


def p(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def test_lists_count_as_their_styles_tell() -> None:
    inner = points(point("for boats", points(point("small"), style="")), point("for carts"), style="")
    body = (
        points(point("The dues be raised", "<text:p>as the table tells</text:p>", inner), point("A note be sent"))
        + p("Between.")
        + points(point("Go on"), style="L", more='text:continue-numbering="true"')
        + points(point("Anew"), point("Jump", more='text:start-value="7"'), point("Next"))
        + points(point("Round"), style="B")
    )
    document = read(pack(body, automatic=LISTS), "x.odt")
    assert texts(document) == [
        "1. The dues be raised", "as the table tells", "(a) for boats", "1.a.1 small", "(b) for carts",
        "2. A note be sent", "Between.", "3. Go on", "1. Anew", "7. Jump", "8. Next", "\u2022 Round",
    ]  # fmt: skip
    check_blocks(document)


def test_headings_are_numbered_by_the_outline_and_hold_the_items() -> None:
    outline = (
        '<office:styles><text:outline-style><text:outline-level-style text:level="1" style:num-format="1" '
        'style:num-suffix="."/></text:outline-style></office:styles>'
    )
    heading = '<text:h text:outline-level="1">{}</text:h>'.format
    body = heading("Apologies") + p("There were none.") + heading("Slipway") + p("RESOLVED to mend it.")
    document = read(pack(body, styles=outline), "x.odt")
    assert texts(document, BlockRole.HEADING) == ["1. Apologies", "2. Slipway"]
    assert [(item.number, item.title) for item in document.items] == [("1", "Apologies"), ("2", "Slipway")]


def test_tables_have_headers_and_keep_columns_beside_cells_that_span() -> None:
    cell = "<table:table-cell {}>{}</table:table-cell>".format
    row = "<table:table-row>{}</table:table-row>".format
    body = (
        "<table:table><table:table-header-rows>"
        + row(cell("", p("Item")) + cell("", p("Owner")) + cell("", p("Action")))
        + "</table:table-header-rows>"
        + row(cell('table:number-columns-spanned="2"', p("2")) + "<table:covered-table-cell/>" + cell("", p("Sweep")))
        + row(cell('table:number-rows-spanned="2"', p("3")) + cell("", p("Clerk")) + cell("", p("Write")))
        + row("<table:covered-table-cell/>" + cell("", p("Warden")) + cell("", p("Paint")))
        + "</table:table>"
    )
    assert cells(read(pack(body), "x.odt"))[3:] == [
        (1, 0, "Item", "2"), (1, 2, "Action", "Sweep"), (2, 0, "Item", "3"), (2, 1, "Owner", "Clerk"),
        (2, 2, "Action", "Write"), (3, 1, "Owner", "Warden"), (3, 2, "Action", "Paint"),
    ]  # fmt: skip


def test_words_on_the_page_are_read_and_others_are_not() -> None:
    styles = (
        '<style:style style:name="Gone" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="Loud" style:family="paragraph"><style:text-properties fo:font-weight="bold"/>'
        "</style:style>"
    )
    body = (
        '<text:tracked-changes><text:changed-region><text:deletion><text:p>struck</text:p></text:deletion>'
        "</text:changed-region></text:tracked-changes>"
        + p('The<text:s text:c="3"/><text:span>grant</text:span><text:tab/>be<text:change text:change-id="c"/> paid'
            '<text:span text:style-name="Gone"> secretly</text:span><office:annotation><text:p>Why?</text:p>'
            "</office:annotation><text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>In May.</text:p></text:note-body></text:note> now.")
        + "<text:section><text:p>Within a section.</text:p></text:section>"
        + p("Beside.<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>")
        + p("All bold", "Loud")
    )  # fmt: skip
    document = read(pack(body, automatic=styles), "x.odt")
    assert texts(document) == [
        "The grant be paid now.", "Within a section.", "Beside.", "In a box.", "All bold", "In May.",
    ]  # fmt: skip
    assert [block.bold for block in document.blocks] == [False, False, False, False, True, False]


def test_the_header_of_the_pages_tells_of_the_meeting() -> None:
    header = (
        "<office:master-styles><style:master-page><style:header><text:p>Minutes of the meeting held on 4 March 2024"
        "</text:p></style:header></style:master-page></office:master-styles>"
    )
    document = read(pack(p("There were no apologies."), styles=header), "x.odt")
    assert (texts(document), str(document.meeting_date)) == (["There were no apologies."], "2024-03-04")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pack(p("x"), manifest="<encryption-data/>"), "the document is encrypted; save it without a password"),
        (pack("<text:p>"), "the OpenDocument text is broken"),
        (pack(""), "the document has no words"),
        (pack(p("RESOLVED " * 40))[:400], "broken"),
    ],
)
def test_what_can_not_be_read_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        read(data, "x.odt")
