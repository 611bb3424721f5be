"""Break documents in the ways that disks, networks and people with bad intent do, the same way for the same seed."""

from __future__ import annotations

import copy
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

from lxml import etree

Mutation = Callable[[bytes, random.Random, Sequence[bytes]], bytes]
"""Break bytes by chance; the other documents of the kind lend their pieces."""

TEXT = """FOXHOLLOW PARISH COUNCIL
Minutes of the meeting of the Parish Council held on 6 May 2024

Present: Cllr R. Whinfell (Chair), Cllr S. Oduya, Cllr T. Marchbank

14. Play area

RESOLVED: that the quotation of £1,250.00 from Larkfield Fencing be accepted (4 for, 1 against).

ACTION: The Clerk to write to Larkfield Fencing by 3 June 2024.
"""

_NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483647", b"4294967295", b"99999999999999999999")
_FIELDS = (b"\x00\x00\x00\x00", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x00\x00\x00\x80", b"\x01\x00\x00\x00")
_LONGEST = 2_000_000
"""Bytes of a broken document at most, so that ten thousand of them take minutes."""


def gather_seeds(samples: Path) -> dict[str, list[bytes]]:
    """Give sound documents by suffix: the samples, and small ones of the kinds that these lack."""
    seeds: dict[str, list[bytes]] = {}
    for path in sorted(samples.iterdir()):
        if path.suffix in {".txt", ".md", ".html", ".pdf", ".docx"} and path.stat().st_size < 200_000:
            seeds.setdefault(path.suffix, []).append(path.read_bytes())
    seeds.setdefault(".docx", []).append(make_docx(TEXT))
    seeds.setdefault(".pdf", []).append(make_pdf(TEXT))
    parts = {f"minutes/part{suffix}": some[0] for suffix, some in sorted(seeds.items())}
    seeds[".zip"] = [pack(parts), pack({"a.txt": TEXT.encode(), "inner.zip": pack(parts), "b.txt": b"x" * 5000})]
    seeds[".eml"] = [make_mail({"minutes.pdf": make_pdf(TEXT), "notes.docx": make_docx(TEXT)}), make_mail({})]
    seeds[".zip"].append(pack({"mail.eml": seeds[".eml"][0], "page.html": seeds[".html"][0]}))
    seeds[".rtf"] = [make_rtf(TEXT)]
    seeds[".odt"] = [make_odt(TEXT)]
    return seeds


def mutate(suffix: str, seeds: dict[str, list[bytes]], chance: random.Random) -> bytes:
    """Break one document of a kind: its bytes, or the bytes of a file packed in it."""
    data = chance.choice(seeds[suffix])
    if data.startswith(b"PK") and chance.random() < 0.6:
        data = _mutate_member(data, chance, seeds[suffix])
        if chance.random() < 0.7:
            return data[:_LONGEST]
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        if data:
            data = chance.choice(MUTATIONS)(data, chance, seeds[suffix])
    return data[:_LONGEST]


def _mutate_member(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """Break a file inside an archive and pack it again, so that sums agree and the damage reaches its reader."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(files))
    is_xml = name.endswith(".xml") and chance.random() < 0.8
    for _ in range(chance.choice((1, 2, 8))):
        if files[name]:
            change = _change_element if is_xml else chance.choice(MUTATIONS)
            files[name] = change(files[name], chance, others)[:_LONGEST]
    if chance.random() < 0.1:
        files[_mutate_name(name, chance)] = files.pop(name)
    return pack(files)


def _mutate_name(name: str, chance: random.Random) -> str:
    odd = ("../" * 3 + name, "/" + name, "C:\\" + name, name + "\u202efdp", "x" * 900 + name, name.upper(), "\n" + name)
    return chance.choice(odd)


def _flip(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 8, max(1, len(data) // 500)))):
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _drop(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 2000) :]


def _repeat(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    start = chance.randrange(len(data))
    end = start + chance.choice((1, 16, 300, 5000))
    return data[:end] + data[start:end] * chance.choice((1, 3, 30)) + data[end:]


def _splice(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    other = chance.choice(others) or data
    start = chance.randrange(len(other))
    place = chance.randrange(len(data))
    return data[:place] + other[start : start + chance.choice((20, 500, 10_000))] + data[place:]


def _swap_halves(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    middle = chance.randrange(len(data))
    return data[middle:] + data[:middle]


def _change_number(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """Change a number that is written in digits: lengths and offsets of PDF, columns of tables, parts of dates."""
    numbers = list(re.finditer(rb"\d+", data[:200_000]))
    if not numbers:
        return _change_field(data, chance, _others)
    chosen = chance.sample(numbers, min(len(numbers), chance.choice((1, 5))))
    for match in sorted(chosen, key=lambda found: -found.start()):
        data = data[: match.start()] + chance.choice(_NUMBERS) + data[match.end() :]
    return data


def _change_field(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """Change four bytes that may be a length or an offset; in an archive more likely near its directory."""
    start = chance.randrange(max(0, len(data) - 400) if chance.random() < 0.5 else 0, len(data))
    return data[:start] + chance.choice(_FIELDS) + data[start + 4 :]


def _change_element(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """Drop, repeat or move an element of XML, or change its words and attributes; it stays well formed."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:  # it grew, and was cut
        return data
    elements = list(root.iter(etree.Element))
    one, other = chance.choice(elements), chance.choice(elements)
    change = chance.randrange(4)
    if change == 0 and one.getparent() is not None:
        one.getparent().remove(one)
    elif change == 1:
        times = min(chance.choice((1, 2, 40)), 1 + 200_000 // len(etree.tostring(one)))
        for extra in [copy.deepcopy(one) for _ in range(times)]:
            other.append(extra)
    elif change == 2 and one.attrib:
        one.set(chance.choice(sorted(one.attrib)), chance.choice(_NUMBERS).decode())
    else:
        one.text = chance.choice((None, "", "\u00a31,000.00 " * 50, "(a) RESOLVED that", "99. ", "\u200b\ufffd"))
    return etree.tostring(root)


def _pour_noise(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    start = chance.randrange(len(data))
    noise = chance.choice((bytes(200), b"\xff" * 50, chance.randbytes(200), b"(" * 3000, b"<div>" * 400, b"[<<" * 400))
    return data[:start] + noise + data[start:]


MUTATIONS: tuple[Mutation, ...] = (
    _flip,
    _cut,
    _drop,
    _repeat,
    _splice,
    _swap_halves,
    _change_number,
    _change_field,
    _pour_noise,
)


def pack(files: dict[str, bytes]) -> bytes:
    """Make a ZIP archive."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def make_mail(files: dict[str, bytes]) -> bytes:
    """Make a mail with attachments."""
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Minutes \u2013 6 May", "clerk@foxhollow.example"
    mail.set_content(TEXT)
    mail.add_alternative("".join(f"<p>{line}</p>" for line in TEXT.splitlines()), subtype="html")
    for name, data in files.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    mail.set_boundary("=_part")
    return mail.as_bytes()


def make_docx(text: str) -> bytes:
    """Make a Word document of paragraphs and a table."""
    from datetime import datetime

    from docx import Document

    document = Document()
    for line in filter(None, text.splitlines()):
        document.add_paragraph(line, style="List Number" if line[0].isdigit() else None)
    table = document.add_table(rows=3, cols=3)
    for index, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = ("Action", "Owner", "By", "Order the fence", "Clerk", "3 June 2024")[index % 6]
    document.core_properties.created = document.core_properties.modified = datetime(2024, 5, 7)
    stream = BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return pack({name: archive.read(name) for name in archive.namelist()})


def make_pdf(text: str) -> bytes:
    """Make a PDF of two pages whose drawing commands are not packed, so that damage reaches them."""
    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    canvas = Canvas(stream, pageCompression=0, invariant=1)
    for _ in range(2):
        for index, line in enumerate(text.splitlines()):
            canvas.drawString(60, 780 - 16 * index, line)
        canvas.grid([60, 200, 400], [300, 320, 340])
        canvas.drawString(65, 305, "Clerk")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def make_rtf(text: str) -> bytes:
    """Make a document in Rich Text Format."""
    body = text.replace("\n", "\\par\n").encode("cp1252").replace(b"\xa3", b"\\'a3")
    return b"{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\n" + body + b"}"


def make_odt(text: str) -> bytes:
    """Make an OpenDocument text."""
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    names += 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    body = "".join(f"<text:p>{line}</text:p>" for line in text.splitlines())
    content = f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body>"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    kind = b"application/vnd.oasis.opendocument.text"
    parts = {"mimetype": kind, "content.xml": f"{content}</office:document-content>".encode()}
    return pack({**parts, "META-INF/manifest.xml": manifest.encode()})
