"""Print papers with LibreOffice: a flat OpenDocument text for each, turned into PDFs in one run."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
from papers.content import Paper, Printed
from papers.opendocument import write_text

_PATIENCE = 600
"""Seconds that LibreOffice may take for one run."""
_RUN = 40
"""Papers that are turned in one run."""


def find_office() -> str | None:
    """Give the path of LibreOffice's program, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def print_with_office(papers: Sequence[Paper], program: str) -> list[Printed]:
    """Print papers.

    Args:
        papers: what to print.
        program: path of LibreOffice's program.

    Raises:
        RuntimeError: a paper was not turned into a PDF.
    """
    return [one for at in range(0, len(papers), _RUN) for one in _print_run(papers[at : at + _RUN], program)]


def _print_run(papers: Sequence[Paper], program: str) -> list[Printed]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [folder / f"{number}.fodt" for number in range(len(papers))]
        for path, paper in zip(paths, papers, strict=True):
            path.write_text(write_text(paper), encoding="utf-8")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", name, *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE)
        printed = []
        for path, paper in zip(paths, papers, strict=True):
            pdf = path.with_suffix(".pdf")
            if not pdf.exists():
                raise RuntimeError(f"LibreOffice gave no PDF of a paper: {done.stderr.strip()[-300:]}")
            data = pdf.read_bytes()
            printed.append(Printed(paper, data, len(pdfium.PdfDocument(data)), {}))
        return printed
