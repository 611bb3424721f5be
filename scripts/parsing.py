"""Measure how fast PDFs and web pages are parsed, beside PDFium, pdfplumber and BeautifulSoup on the same files."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2
from bs4 import BeautifulSoup
from rich.table import Table

from minutes_miner.parse import identify, parse

REPEATS = 3
"""Times that a file is read by each; the fastest counts, as other programs only ever slow one down."""

Reader = Callable[[bytes], object]


@dataclass(frozen=True)
class Rival:
    """Hold one row: who read the files, how many pages these have, and the seconds of the processor it took."""

    name: str
    pages: int
    seconds: float


def parse_whole(data: bytes) -> object:
    """Give a file's text and blocks."""
    return parse(data, identify(data, "file"))


def read_with_pdfium(data: bytes) -> object:
    """Take the text that PDFium gives for each page as it comes."""
    pdf = pypdfium2.PdfDocument(data)
    texts = []
    for page in pdf:
        layer = page.get_textpage()
        texts.append(layer.get_text_bounded())
        layer.close()
        page.close()
    pdf.close()
    return texts


def read_with_pdfplumber(data: bytes) -> object:
    """Take the text that pdfplumber puts together for each page."""
    texts = []
    with pdfplumber.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            texts.append(page.extract_text())
            page.close()
    return texts


def read_with_soup(data: bytes) -> object:
    """Build BeautifulSoup's tree with the parser of the standard library."""
    return BeautifulSoup(data, "html.parser")


READERS: dict[str, dict[str, Reader]] = {
    ".pdf": {"mine": parse_whole, "PDFium, bare text": read_with_pdfium, "pdfplumber": read_with_pdfplumber},
    ".html": {"mine": parse_whole, "BeautifulSoup, bare tree": read_with_soup},
}


def measure_parsing(paths: Sequence[Path], suffix: str) -> list[Rival]:
    """Measure all readers of a kind of file in this process, file by file in turn.

    Args:
        paths: files; those of other kinds are passed over.
        suffix: of the kind, a key of ``READERS``.
    """
    readers = READERS[suffix]
    datas = [path.read_bytes() for path in paths if path.suffix == suffix]
    for reader in readers.values():
        for data in datas[:1]:  # to load what it needs before the clock runs
            reader(data)
    pages = sum(_count_pages(data) if suffix == ".pdf" else 1 for data in datas)
    return [Rival(name, pages, sum(seconds)) for name, *seconds in zip(readers, *_measure(readers, datas), strict=True)]


def _measure(readers: Mapping[str, Reader], datas: Iterable[bytes]) -> Iterator[list[float]]:
    """Give the seconds that each reader takes, for one file after the other."""
    for data in datas:
        yield [min(_clock(reader, data) for _ in range(REPEATS)) for reader in readers.values()]


def _clock(reader: Reader, data: bytes) -> float:
    """Give the seconds of the processor that a reader takes for a file."""
    began = time.process_time()
    reader(data)
    return time.process_time() - began


def _count_pages(data: bytes) -> int:
    pdf = pypdfium2.PdfDocument(data)
    count = len(pdf)
    pdf.close()
    return count


def make_rivals_table(rivals: Mapping[str, Sequence[Rival]]) -> Table:
    """Lay the rows out, each with how many times faster, or what share as fast, ``mine`` is.

    Args:
        rivals: rows by the kind of file; the first of each is this program's.
    """
    table = Table("files", "read by", "pages", "pages/s", "mine does × as many")
    for column in table.columns[2:]:
        column.justify = "right"
    for kind, rows in rivals.items():
        for row in rows:
            share = row.seconds / rows[0].seconds
            table.add_row(kind, row.name, f"{row.pages:,}", f"{row.pages / row.seconds:,.1f}", f"{share:.2f}")
    return table
