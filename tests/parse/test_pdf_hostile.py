"""PDFs that lie about their pages or draw what no page can hold end as one error, or as what can be read of them."""

from __future__ import annotations

import zlib

import pytest
from paper import check_blocks, read, texts

from minutes_miner.config import Limits
from minutes_miner.errors import ParseError
from minutes_miner.parse import identify, parse

CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
FONT = b"/Resources << /Font << /T << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
A4 = b"[0 0 595 842]"
WORDS = b"BT /T 9 Tf 60 700 Td (RESOLVED that the fence be mended.) Tj ET\n"
RESOLVED = "RESOLVED that the fence be mended."


def make_pdf(*objects: bytes) -> bytes:
    """Number objects from 1, the first the catalogue; PDFium finds them without a table."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, content) for number, content in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"


def one_page(commands: bytes, box: bytes = A4) -> bytes:
    """Make a PDF of one page out of its drawing commands."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox %s %s /Contents 4 0 R >>" % (box, FONT)
    packed = zlib.compress(commands)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    return make_pdf(CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream)


@pytest.mark.parametrize(
    ("nodes", "reason"),
    [
        ([b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"], "page 1 of the PDF is broken"),
        ([b"<< /Type /Pages /Kids [3 0 R] /Count 9 >>", b"<< /Type /Pages /Kids [2 0 R] /Count 9 >>"], "is broken"),
        ([b"<< /Type /Pages /Kids [] /Count 0 >>"], "the PDF is broken"),
    ],
)
def test_a_page_tree_that_leads_nowhere_is_refused(nodes: list[bytes], reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        read(make_pdf(CATALOGUE, *nodes), "minutes.pdf")


def test_more_pages_than_the_limit_are_refused_before_any_is_read() -> None:
    kids = b" ".join([b"3 0 R"] * 100)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox %s >>" % A4
    data = make_pdf(CATALOGUE, b"<< /Type /Pages /Kids [%s] /Count 100 >>" % kids, page)
    with pytest.raises(ParseError, match="100 pages, more than the limit of 99"):
        parse(data, identify(data, "minutes.pdf"), limits=Limits(max_pages=99))


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(b"BT /T 9 Tf 1 0 0 1 1%s 1%s Tm (far) Tj ET\n" % (b"0" * 30, b"0" * 30), id="far off the page"),
        pytest.param(b"q 0 0 0 0 0 0 cm BT /T 9 Tf 60 300 Td (flat) Tj ET Q\n", id="letters without a size"),
        pytest.param(b"0 0 m 300 1 l S\n" * 200_000, id="200,000 strokes"),
        pytest.param(b"BT /T 9 Tf 60 300 Td (ha) Tj ET\n" * 50_000, id="50,000 texts in one place"),
    ],
)
def test_what_no_page_can_hold_does_not_hide_the_rest(drawn: bytes) -> None:
    document = read(one_page(WORDS + drawn), "minutes.pdf")
    assert set(RESOLVED.split()) <= set(document.text.split())
    check_blocks(document)


@pytest.mark.parametrize("box", [b"[0 0 1000000000 1000000000]", b"[0 0 0 0]", b"[595 842 0 0]"])
def test_the_words_of_a_page_of_any_size_are_read(box: bytes) -> None:
    assert texts(read(one_page(WORDS, box), "minutes.pdf")) == [RESOLVED]
