"""Read and write registers of authorities, CSV files with one council a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from minutes_miner.domain.gathering import Authority
from minutes_miner.domain.wholefile import whole_file
from minutes_miner.errors import ScrapeError

COLUMNS = ("code", "name", "slug", "kind", "territory", "start", "end", "platform", "base_url", "notes")
"""Columns of a register in their order; ``code`` and ``name`` must be filled, the others may be empty or left out."""

TERRITORIES = ("ENG", "NIR", "SCT", "WLS")

_FORMS = {
    "code": (re.compile(r"\w[\w-]*"), "letters, digits and hyphens"),
    "kind": (re.compile(r"[A-Z]*"), "capitals, such as NMD"),
    "territory": (re.compile("|".join(TERRITORIES) + "|"), f"one of {', '.join(TERRITORIES)}"),
    "platform": (re.compile(r"(?:[a-z][a-z0-9_-]*)?"), "a name in small letters, such as moderngov"),
}


class Row(NamedTuple):
    """Hold one row of a register: its cells by column, and the line on which it ends."""

    cells: Mapping[str, str]
    line: int

    @property
    def key(self) -> str:
        """Give the code as it is compared."""
        return self.cells["code"].casefold()

    def authority(self) -> Authority:
        """Give the authority; the day on which it was dissolved stands first in its notes."""
        cell = self.cells.get
        ended = f"dissolved {cell('end')}" if cell("end") else ""
        return Authority(
            code=self.cells["code"],
            name=self.cells["name"],
            kind=cell("kind") or None,
            territory=cell("territory") or None,
            platform=cell("platform") or None,
            base_url=(cell("base_url") or "").rstrip("/") or None,
            notes="; ".join(note for note in (ended, cell("notes")) if note) or None,
        )


def read_register(data: bytes, where: str) -> tuple[Row, ...]:
    """Read and check every row of a register.

    Args:
        data: of the file, UTF-8.
        where: its name, for messages.

    Raises:
        ScrapeError: it is no CSV file, or a cell is wrong; the message names line and column.
    """
    try:
        reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        rows = tuple(_iter_rows(reader, where))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ScrapeError("the bytes are not UTF-8", where=f"{where}, line {line}", advice="save it as UTF-8") from None
    except csv.Error as error:
        raise ScrapeError(f"this is no CSV file: {error}", where=f"{where}, line {reader.line_num}") from None
    lines: dict[str, int] = {}
    for row in rows:
        first = lines.setdefault(row.key, row.line)
        if first != row.line:
            raise _wrong(where, row.line, "code", f"{row.cells['code']!r} stands in line {first} already")
    return rows


def save_register(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write a register in one step, so that a reader sees the file before or after, never half of it."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as beside:
        beside.write_text(stream.getvalue(), encoding="utf-8", newline="")


def find_fault(column: str, value: str) -> str | None:
    """Say what is wrong with a cell, or give None; a message begins with the value."""
    if column in ("code", "name") and not value:
        return "it is empty"
    if column in _FORMS and not _FORMS[column][0].fullmatch(value):
        return f"{value!r} is not {_FORMS[column][1]}"
    if column in ("start", "end") and value and not _is_day(value):
        return f"{value!r} is no day such as 2024-03-31"
    if column == "base_url" and value and not _is_base(value):
        return f"{value!r} is no address such as https://democracy.example.gov.uk, without ? and #"
    return None


def _iter_rows(reader: Any, where: str) -> Iterator[Row]:
    header = [name.strip() for name in next(reader, [])]
    for name in header:
        if name not in COLUMNS or header.count(name) > 1:
            known = "write each column once, of " + ", ".join(COLUMNS)
            raise ScrapeError(f"unexpected column {name!r}", where=f"{where}, line 1", advice=known)
    for name in ("code", "name"):
        if name not in header:
            raise ScrapeError(f"there is no column {name!r}", where=f"{where}, line 1")
    for cells in reader:
        if cells:
            yield _row(header, [" ".join(cell.split()) for cell in cells], where, reader.line_num)


def _row(header: Sequence[str], cells: Sequence[str], where: str, line: int) -> Row:
    if len(cells) != len(header):
        raise ScrapeError(f"{len(cells)} cells under {len(header)} columns", where=f"{where}, line {line}")
    row = dict(zip(header, cells, strict=True))
    for column, value in row.items():
        if fault := find_fault(column, value):
            raise _wrong(where, line, column, fault)
    return Row(row, line)


def _wrong(where: str, line: int, column: str, fault: str) -> ScrapeError:
    return ScrapeError(fault, where=f"{where}, line {line}, column {column}")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_base(text: str) -> bool:
    try:
        parts = urlsplit(text)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        return is_web and not set(text) & set(" ?#@")
    except ValueError:
        return False
