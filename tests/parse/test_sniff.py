"""Media types are told by bytes, and what can't be read is refused with one clear line."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from paper import Paper, read

from minutes_miner.config import Limits
from minutes_miner.errors import ParseError
from minutes_miner.parse import identify, parse


def zipped(*names: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "source", "media_type"),
    [
        (b"\n%PDF-1.7 ...", "x.txt", "application/pdf"),
        (b"<!DOCTYPE html><title>Minutes</title>", "x.txt", "text/html"),
        (b"<div class='x'><p>RESOLVED</p></div>", "x", "text/html"),
        (b"RESOLVED to pay &pound;5<br />Closed.", "minutes.txt", "text/plain"),
        ("Caf\u00e9 grant".encode("utf-16"), "x.txt", "text/plain"),
        ("Grant to the caf\u00e9 was agreed".encode("utf-16-le"), "x.txt", "text/plain"),
        (b"# Minutes", "x.md", "text/markdown"),
        (b"# Minutes", "https://council.example/x.md?v=2", "text/markdown"),
        (b"PNG\x00\x01\x02\x03 binary", "x.html", "application/octet-stream"),
        (b"\x89PNG\r\n\x1a\n\0\0", "x.html", "image/png"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old Word", "x.doc", "application/msword"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "x.doc", "application/vnd.ms-excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WorkbookWordDocument".encode("utf-16-le"),
            "x.xls",
            "application/msword",
        ),
        (b"{\\rtf1 Minutes}", "x.doc", "application/rtf"),
        (zipped("a.txt"), "x.docx", "application/octet-stream"),
    ],
)
def test_bytes_tell_the_media_type(data: bytes, source: str, media_type: str) -> None:
    assert identify(data, source).media_type == media_type


def test_a_word_file_is_told_by_its_main_part() -> None:
    assert identify(zipped("word/document.xml"), "x.zip").media_type.endswith("wordprocessingml.document")


def test_the_digest_names_the_bytes() -> None:
    ref = identify(b"Minutes", "a.txt", authority="Fenmarch Town Council")
    assert ref.sha256 == identify(b"Minutes", "b.txt").sha256 != identify(b"minutes", "a.txt").sha256
    assert (ref.size, ref.authority) == (7, "Fenmarch Town Council")


@pytest.mark.parametrize(
    ("data", "source", "reason"),
    [
        (b"", "x.txt", "the file is empty"),
        (b" \n\t ", "x.md", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "x.html", "nothing here reads image/png"),
        (
            b"<html><body>Not found</body></html>",
            "https://council.example/g12.pdf?T=1",
            "is named .pdf but holds a web page",
        ),
        (b"<html><head><title>Page not found</title></head><body><p>Sorry.</p></body></html>", "x.html", "error page"),
        (b"<html><body><script>1</script></body></html>", "x.html", "the page has no words"),
        (b"%PDF-1.7 cut short", "x.pdf", "broken or cut short"),
        (b"\x00\x01\x02\x03 not words", "x.txt", "the bytes are not a document that minutes-miner reads"),
        (b"PK\x03\x04word/ and nothing else", "x.docx", "the Word document is broken"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, source: str, reason: str) -> None:
    with pytest.raises(ParseError, match=reason) as caught:
        read(data, source)
    assert caught.value.where == source
    assert "\n" not in str(caught.value)


def test_a_refusal_names_what_is_supported() -> None:
    with pytest.raises(ParseError, match="supported are .*application/pdf.*text/plain"):
        read(b"GIF89a\0", "x.gif")


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(max_bytes=10), "more than the limit of 10"),
        (Limits(max_characters=10), "characters, more than the limit of 10"),
    ],
)
def test_limits_hold(limits: Limits, reason: str) -> None:
    data = b"The minutes were approved as a correct record."
    with pytest.raises(ParseError, match=reason):
        parse(data, identify(data, "x.txt"), limits=limits)


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    paper = Paper()
    for number in range(3):
        paper.put(72, 100, f"Page {number} of the minutes")
        paper.turn_page()
    data = paper.save()
    with pytest.raises(ParseError, match="the PDF has 3 pages, more than the limit of 2"):
        parse(data, identify(data, "x.pdf"), limits=Limits(max_pages=2))


def test_characters_that_show_nothing_are_dropped() -> None:
    data = "RESOLVED\0 to pay\u202e \u00a35\u2066 to\u0092 the\u200b hall.".encode()
    for source in ("x.txt", "x.md"):
        assert read(data, source).text == "RESOLVED to pay \u00a35 to the hall."
    assert read(b"<html><body><p>" + data + b"</p></body></html>", "x.html").text.startswith("RESOLVED to pay")


def test_an_archive_whose_first_member_does_not_unpack_is_no_document() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    data = buffer.getvalue()
    start = data.index(b"mimetype") + len("mimetype")
    ref = identify(data[:start] + b"\xff" * 8 + data[start + 8 :], "minutes.odt")
    assert ref.media_type == "application/octet-stream"
