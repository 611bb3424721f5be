"""RTF and old Word documents are read by way of LibreOffice; where it is missing one line says so."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which

import pytest
from docx import Document as new_docx
from paper import cells, check_blocks, texts

from minutes_miner.config import Limits
from minutes_miner.errors import ParseError
from minutes_miner.parse import identify
from minutes_miner.parse.convert import ConvertedParser
from minutes_miner.parse.docx import DocxParser

needs_office = pytest.mark.skipif(which("soffice") is None, reason="needs LibreOffice (soffice)")

RICH = rb"""{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}
{\b Minutes of the meeting of Marram Parish Council held on 12 March 2024}\par
{\pard 1. Slipway\par}
{\pard RESOLVED that the quotation of \'a34,815.50 be accepted.\par}
{\pard The Clerk to write to the county by 30 April 2024.{\deleted  At once.}\par}
}"""


def parse(data: bytes, source: str, limits: Limits = Limits()) -> object:
    return ConvertedParser().parse(data, identify(data, source), limits=limits)


@needs_office
def test_rich_text_is_read() -> None:
    ref = identify(RICH, "minutes.rtf")
    assert ref.media_type == "application/rtf"
    document = ConvertedParser().parse(RICH, ref)
    assert texts(document) == [
        "Minutes of the meeting of Marram Parish Council held on 12 March 2024",
        "1. Slipway",
        "RESOLVED that the quotation of £4,815.50 be accepted.",
        "The Clerk to write to the county by 30 April 2024.",
    ]
    assert (document.ref, str(document.meeting_date)) == (ref, "2024-03-12")
    check_blocks(document)


@needs_office
def test_an_old_word_document_is_read_as_its_newer_twin(tmp_path: Path) -> None:
    word = new_docx()
    word.add_heading("Slipway", 1)
    for text in ("the slipway be mended", "the Warden see to it"):
        word.add_paragraph(text, style="List Number")
    table = word.add_table(2, 3)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("Item", "Owner", "Action", "1", "Clerk", "Write"), strict=True
    ):
        cell.text = text
    word.add_paragraph("The meeting closed at nine.")
    word.save(str(tmp_path / "minutes.docx"))
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "doc", "minutes.docx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    new, old = ((tmp_path / f"minutes.{suffix}").read_bytes() for suffix in ("docx", "doc"))
    ref = identify(old, "minutes.doc")
    assert ref.media_type == "application/msword"
    document, twin = ConvertedParser().parse(old, ref), DocxParser().parse(new, identify(new, "minutes.docx"))
    assert texts(document) == texts(twin)
    assert texts(document)[1] == "1. the slipway be mended"
    assert cells(document) == cells(twin) != []


@needs_office
def test_what_libreoffice_can_not_read_is_refused() -> None:
    with pytest.raises(ParseError, match="LibreOffice can't read the old Word document|the document has no words"):
        parse(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000, "x.doc")


@needs_office
def test_a_conversion_ends_with_its_time() -> None:
    with pytest.raises(ParseError, match="LibreOffice took longer than 0 seconds over the RTF document"):
        parse(RICH, "x.rtf", Limits(max_seconds=0.01))


def test_without_libreoffice_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("minutes_miner.parse.convert._PROGRAMS", ("soffice", "libreoffice"))
    with pytest.raises(ParseError) as caught:
        parse(RICH, "minutes.rtf")
    assert str(caught.value) == (
        "minutes.rtf: an RTF document is read by way of LibreOffice, which is not installed; install it "
        "(apt-get install libreoffice-writer, or brew install --cask libreoffice), or save the document as DOCX"
    )


def test_an_encrypted_document_is_refused() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    with pytest.raises(ParseError, match="the document is encrypted; save it without a password"):
        parse(data, "x.docx")
