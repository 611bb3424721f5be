"""Put minutes into PDFs, Word files, archives and mails quickly: what was rendered once is used again."""

from __future__ import annotations

import struct
import tempfile
import zipfile
from functools import lru_cache
from io import BytesIO
from pathlib import Path

_BLANK = "Reference 0000000"
"""Stands in each PDF and is replaced by words of the same length, so that offsets stay."""

_EPOCH = (1980, 1, 1, 0, 0, 0)


def print_pdf(text: str, title: str, number: int) -> bytes:
    """Give minutes as a PDF with a reference number in its header."""
    return _render_pdf(text, title).replace(_BLANK.encode(), f"Reference {number % 10_000_000:07}".encode())


def print_docx(text: str, title: str, number: int) -> bytes:
    """Give minutes as a Word file whose archive comment is a reference number."""
    whole = _render_docx(text, title)
    comment = f"Reference {number}".encode()
    return whole[:-2] + struct.pack("<H", len(comment)) + comment


def pack_zip(members: dict[str, bytes]) -> bytes:
    """Give an archive; the same members give the same bytes."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def pack_mail(members: dict[str, bytes]) -> bytes:
    """Give a mail with files attached; the same members give the same bytes."""
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "clerk@larkbeck.example", "archive@larkbeck.example", "Minutes"
    mail.set_content("The minutes are attached.")
    for name, data in members.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    mail.set_boundary("=-minutes-=")
    return mail.as_bytes()


@lru_cache(maxsize=64)
def _render_pdf(text: str, title: str) -> bytes:
    from render_pdf import render_pdf

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "minutes.pdf"
        render_pdf(text, path, layout=f"font=Helvetica; size=10; header={_BLANK}; footer=Page {{page}}", title=title)
        return path.read_bytes()


@lru_cache(maxsize=64)
def _render_docx(text: str, title: str) -> bytes:
    from render_docx import render_docx

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "minutes.docx"
        render_docx(text, path, title=title)
        return path.read_bytes()
