"""Read the list of facts that may lie beside files: what each is of, and where it was published."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from minutes_miner.errors import ReadError

NAME = "manifest.csv"
"""Name of the list in a folder."""

COLUMNS = ("path", "authority", "committee", "date", "url", "title")
"""Columns that are read; only the first must be there."""

IGNORED = ("media_type", "status", "fetched_at", "kind")
"""Columns that ``archive export`` writes and nobody needs to take out."""

_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Facts:
    """Hold what a line tells of a file.

    Attributes:
        line: number of the line, from 1.
        path: of the file.
        authority: code or name of the authority.
        committee: the body that met.
        day: of the meeting.
        url: where the file was published.
        title: what to call the document where it does not say itself.
    """

    line: int
    path: Path
    authority: str | None = None
    committee: str | None = None
    day: date | None = None
    url: str | None = None
    title: str | None = None


def load_manifest(path: Path) -> list[Facts]:
    """Read the list of a folder.

    Args:
        path: of the CSV file; paths in it begin at its folder.

    Raises:
        ReadError: it breaks a rule; the message names the line and the column.
    """
    found: dict[Path, Facts] = {}
    for line, row in read_rows(path, COLUMNS, required="path", ignored=IGNORED):
        facts = Facts(
            line,
            path.parent / _read_path(row["path"], path, line),
            row.get("authority") or None,
            row.get("committee") or None,
            read_day(row.get("date", ""), path, line),
            read_url(row.get("url", ""), path, line),
            row.get("title") or None,
        )
        if facts.path in found:
            advice = f"it stands in line {found[facts.path].line} already"
            raise fault(f"{row['path']!r} is named again", path, line, "path", advice=advice)
        found[facts.path] = facts
    return list(found.values())


def read_rows(
    path: Path, columns: tuple[str, ...], *, required: str, ignored: tuple[str, ...] = ()
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Read a CSV file whose first line names its columns.

    Args:
        path: of the file, in UTF-8.
        columns: names that are known.
        required: the one that must be there and filled in.
        ignored: names that are allowed and not read.

    Yields:
        The number of the line and the cells by column; empty lines are left out.

    Raises:
        ReadError: it breaks a rule; the message names the line and the column.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise ReadError("it is not in UTF-8", where=str(path), advice="save it as CSV in UTF-8") from None
    except OSError as error:
        raise ReadError(f"it can't be read: {error.strerror}", where=str(path)) from None
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        names = _read_names(next(reader, []), path, columns, required, ignored)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, _read_row(names, cells, path, reader.line_num, required)
    except csv.Error as error:
        raise ReadError(f"line {reader.line_num} is no CSV: {error}", where=str(path)) from None


def read_day(text: str, path: Path, line: int, column: str = "date") -> date | None:
    """Read a day; None for an empty cell."""
    if not text:
        return None
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    raise fault(f"{text[:40]!r} is no date", path, line, column, advice="write 2024-03-31 or 31/03/2024")


def read_url(text: str, path: Path, line: int, column: str = "url") -> str | None:
    """Read an address; None for an empty cell."""
    if text and (not text.lower().startswith(("http://", "https://")) or any(sign.isspace() for sign in text)):
        advice = "write it with http:// or https://, spaces as %20"
        raise fault(f"{text[:80]!r} is no web address", path, line, column, advice=advice)
    return text or None


def fault(reason: str, path: Path, line: int, column: str, *, advice: str | None = None) -> ReadError:
    """Make the error that names a cell."""
    return ReadError(f"line {line}, column {column}: {reason}", where=str(path), advice=advice)


def _read_names(
    cells: list[str], path: Path, columns: tuple[str, ...], required: str, ignored: tuple[str, ...]
) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    advice = f"the first line names the columns: {', '.join(columns)}"
    for name in names:
        if name not in columns and name not in ignored:
            raise ReadError(f"line 1: there is no column called {name[:40]!r}", where=str(path), advice=advice)
        if names.count(name) > 1:
            raise ReadError(f"line 1: column {name} is there twice", where=str(path), advice="take one out")
    if required not in names:
        raise ReadError(f"line 1: the column {required} is missing", where=str(path), advice=advice)
    return names


def _read_row(names: list[str], cells: list[str], path: Path, line: int, required: str) -> Mapping[str, str]:
    if len(cells) > len(names):
        advice = "put cells that hold commas in quotation marks"
        raise ReadError(f"line {line} has {len(cells)} cells, and there are {len(names)} columns", where=str(path),
                        advice=advice)  # fmt: skip
    row = {name: " ".join(cell.split()) for name, cell in zip(names, cells, strict=False)}
    if not row[required]:
        raise fault("the cell is empty", path, line, required)
    for name, cell in row.items():
        if len(cell) > _LONGEST or not cell.isprintable():
            raise fault("the cell is too long, or holds signs that can't be printed", path, line, name)
    return row


def _read_path(text: str, path: Path, line: int) -> str:
    parts = PurePosixPath(text.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or text[1:2] == ":":
        advice = "name files below the folder of the list"
        raise fault(f"{text[:80]!r} leads out of the folder", path, line, "path", advice=advice)
    return parts.as_posix()
