"""Plant faults in documents: what an archive of many years holds beside minutes."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO

FAULTS = {"empty": "txt", "truncated": "pdf", "encrypted": "pdf", "bomb": "zip", "noise": "pdf"}
"""Each fault and the suffix of the file that has it; none of them can be mined."""


def spoil(data: bytes, fault: str) -> bytes:
    """Give the bytes of a file with a fault.

    Args:
        data: of a good document, of which a few faults keep a part.
        fault: one of ``FAULTS``.
    """
    if fault == "empty":
        return b""
    if fault == "truncated":
        return data[: min(len(data) // 3, 900)]
    if fault == "encrypted":
        return _encrypted_pdf()
    if fault == "bomb":
        return _bomb()
    return b"%PDF-1.7\n" + bytes(byte ^ 0x5A for byte in data[:4000])


@cache
def _encrypted_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption("a password", canPrint=0), invariant=1)
    canvas.drawString(72, 720, "RESOLVED: that nobody reads this.")
    canvas.save()
    return stream.getvalue()


@cache
def _bomb() -> bytes:
    """Give an archive of 60 kB that unpacks to 60 MB."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("minutes.txt", (1980, 1, 1, 0, 0, 0)), bytes(60_000_000), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
