"""Turn RTF and old Word documents into documents, by way of LibreOffice where it is installed."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from minutes_miner.config import Limits
from minutes_miner.domain.source import Document, DocumentRef
from minutes_miner.errors import ParseError
from minutes_miner.parse.docx import DocxParser
from minutes_miner.parse.program import find_program, run_program
from minutes_miner.parse.sniff import DOC, RTF

INSTALL = "apt-get install libreoffice-writer, or brew install --cask libreoffice"
_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_SECONDS, _SHARE = 120.0, 0.8
"""Seconds that a conversion may take at most, and the share of the document's time."""
_KINDS = {RTF: ("RTF document", "rtf"), DOC: ("old Word document", "doc")}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""
"""No macros, and nothing fetched that the document links to."""


class ConvertedParser:
    """Read RTF and Word documents of before 2007, as what LibreOffice makes of them in today's format."""

    media_types = (RTF, DOC)

    def parse(self, data: bytes, ref: DocumentRef, *, limits: Limits = Limits()) -> Document:
        """Read a document.

        Raises:
            ParseError: LibreOffice is not installed, or can't read the document, or it holds no words.
        """
        kind, suffix = _KINDS.get(ref.media_type, _KINDS[DOC])
        if _ENCRYPTED in data:
            raise ParseError("the document is encrypted", where=ref.source, advice="save it without a password")
        program = find_program(*_PROGRAMS)
        if program is None:
            reason = f"an {kind} is read by way of LibreOffice, which is not installed"
            raise ParseError(reason, where=ref.source, advice=f"install it ({INSTALL}), or save the document as DOCX")
        seconds = min(_SECONDS, _SHARE * limits.max_seconds)
        try:
            made = convert(program, data, suffix, seconds=seconds)
        except TimeoutError:
            reason = f"LibreOffice took longer than {seconds:.0f} seconds over the {kind}"
            raise ParseError(reason, where=ref.source, advice="split it, or save it as DOCX") from None
        if made is None:
            reason = f"LibreOffice can't read the {kind}"
            raise ParseError(reason, where=ref.source, advice="it may be broken or need a password; save it as DOCX")
        return DocxParser().parse(made, ref, limits=limits)


def convert(program: str, data: bytes, suffix: str, *, seconds: float) -> bytes | None:
    """Have LibreOffice write a document as DOCX, with settings of its own and without a window.

    Args:
        program: path of LibreOffice.
        data: the document.
        suffix: of its format, such as ``rtf``.
        seconds: how long it may take.

    Returns:
        The bytes of the DOCX, or None where it made none.

    Raises:
        TimeoutError: the time was over.
    """
    with TemporaryDirectory(prefix="minutes-miner-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        settings = room / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, "utf-8")
        (room / f"document.{suffix}").write_bytes(data)
        command = [program, f"-env:UserInstallation={(room / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(room / f"document.{suffix}")]
        run_program(command, seconds=seconds, settings={"HOME": os.environ.get("HOME", folder)})
        made = room / "document.docx"
        return made.read_bytes() if made.is_file() else None
