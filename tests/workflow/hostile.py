"""Make documents that crash, hang or fill a program that trusts them; each is small on disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from workflow_cases import make_minutes

_TYPES = b"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override
PartName="/word/document.xml"
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_LINKS = b"""<?xml version="1.0"?><Relationships
xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Target="word/document.xml"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"""
_WORD = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def make_pdf(*objects: bytes) -> bytes:
    """Make a PDF of numbered objects, the first of which is its catalogue."""
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def stream(data: bytes, facts: bytes = b"", *, times: int = 1) -> bytes:
    """Make a packed stream of data that is repeated so many times."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(data) for _ in range(times)) + packer.flush()
    return b"<< %s /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (facts, len(packed), packed)


def one_page(contents: bytes, *more: bytes, page: bytes = b"/MediaBox [0 0 595 842]") -> bytes:
    """Make a PDF of one page; further objects are numbered from 5."""
    return make_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R >>" % page,
        contents,
        *more,
    )


def flate_bomb(megabytes: int) -> bytes:
    """Make a PDF whose one page unpacks to so many megabytes of drawing commands."""
    return one_page(stream(b"0 0 m 1 1 l S\n" * 75_000, times=megabytes))


def hundred_thousand_pages() -> bytes:
    """Make a PDF of 100,000 pages out of one page and five nodes that name the next ten times."""
    kids = [b" ".join([b"%d 0 R" % (number + 1)] * 10) for number in range(2, 7)]
    counts = (100_000, 10_000, 1_000, 100, 10)
    nodes = [b"<< /Type /Pages /Kids [%s] /Count %d >>" % pair for pair in zip(kids, counts, strict=True)]
    page = b"<< /Type /Page /Parent 6 0 R /MediaBox [0 0 595 842] >>"
    return make_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, page)


def huge_page() -> bytes:
    """Make a PDF of one page of 1e9 points, filled by a picture of 1e9 pixels."""
    side = 31_623
    facts = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8"
    picture = stream(bytes(1_000_000), facts % (side, side), times=side * side // 1_000_000 + 1)
    page = b"/MediaBox [0 0 %d %d] /Resources << /XObject << /P 5 0 R >> >>" % (side, side)
    return one_page(stream(b"%d 0 0 %d 0 0 cm /P Do" % (side, side)), picture, page=page)


def laughing_forms() -> bytes:
    """Make a PDF whose page shows a form that shows ten forms that show ten forms, nine deep."""
    first, last = 5, 13
    forms = [
        stream(
            b"/F Do " * 10 if number < last else b"BT /T 9 Tf (ha) Tj ET",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F %d 0 R >> >>" % (number + 1),
        )
        for number in range(first, last + 1)
    ]
    page = b"/MediaBox [0 0 595 842] /Resources << /XObject << /F 5 0 R >> >>"
    return one_page(stream(b"/F Do"), *forms, page=page)


def make_docx(document: bytes) -> bytes:
    """Make a Word file of its main part."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _LINKS)
        archive.writestr("word/document.xml", document)
    return packed.getvalue()


def laughing_docx() -> bytes:
    """Make a Word file whose one word is an entity of ten entities of ten entities, ten deep."""
    entities = b'<!ENTITY e0 "ha">' + b"".join(
        b'<!ENTITY e%d "%s">' % (depth, b"&e%d;" % (depth - 1) * 10) for depth in range(1, 11)
    )
    words = b"<w:p><w:r><w:t>RESOLVED &e10;</w:t></w:r></w:p>"
    return make_docx(b"<!DOCTYPE d [%s]><w:document %s><w:body>%s</w:body></w:document>" % (entities, _WORD, words))


def outside_docx(path: Path) -> bytes:
    """Make a Word file whose one word is a file of the machine."""
    head = b'<!DOCTYPE d [<!ENTITY e SYSTEM "%s">]>' % path.as_uri().encode()
    words = b"<w:p><w:r><w:t>RESOLVED &e;</w:t></w:r></w:p>"
    return make_docx(head + b"<w:document %s><w:body>%s</w:body></w:document>" % (_WORD, words))


def packed_docx() -> bytes:
    """Make a Word file that unpacks to 500 MB."""
    return make_docx(b"<w:document %s>" % _WORD + b" " * 500_000_000 + b"<w:body/></w:document>")


def deep_docx() -> bytes:
    """Make a Word file of 5,000 tables, each in the one before."""
    depth = 5_000
    start, end = b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>"
    return make_docx(b"<w:document %s><w:body>%s</w:body></w:document>" % (_WORD, start * depth + end * depth))


def deep_page() -> bytes:
    """Make a web page of 200,000 elements, each in the one before."""
    return b"<html><body>" + b"<div>" * 200_000 + b"RESOLVED that it be so."


def locked_pdf() -> bytes:
    """Make a PDF that asks for a password."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(60, 700, make_minutes(0)[:80])
    canvas.save()
    return made.getvalue()
