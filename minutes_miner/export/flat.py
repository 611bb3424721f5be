"""Write tables as CSV or JSON Lines, one file a table."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import IO

from minutes_miner.domain.dataset import MEMBERS, TABLES, Dataset, Row, Table
from minutes_miner.errors import ExportError
from minutes_miner.export.provenance import Count, Written, write_provenance
from minutes_miner.export.tables import format_cell, write_jsonl

TableWriter = Callable[[Iterable[Row], IO[str], Table], None]


class CsvExporter:
    """Write one CSV file a table (RFC 4180, UTF-8, a header, lines that end in CR LF)."""

    name = "csv"
    tables = tuple(TABLES)
    suffix = ".csv"
    needs_file = False

    def write(self, dataset: Dataset, target: Path) -> None:
        """Write a folder, or the one file of one table."""
        write_each(dataset, target, self.suffix, partial(write_csv, escape=dataset.escape))


class JsonlExporter:
    """Write one JSON Lines file a table."""

    name = "jsonl"
    tables = tuple(TABLES)
    suffix = ".jsonl"
    needs_file = False

    def write(self, dataset: Dataset, target: Path) -> None:
        """Write a folder, or the one file of one table."""
        write_each(dataset, target, self.suffix, lambda rows, stream, table: write_jsonl(rows, stream))


def write_each(dataset: Dataset, target: Path, suffix: str, write_table: TableWriter) -> None:
    """Write one text file a table.

    Raises:
        ExportError: several tables were to go into one file.
    """
    if target.suffix == suffix:
        write_one(dataset, target, write_table)
        return
    target.mkdir()
    write_provenance(target, dataset, write_files(dataset, target, suffix, write_table))


def write_files(dataset: Dataset, folder: Path, suffix: str, write_table: TableWriter) -> list[Written]:
    """Write one text file a table into a folder, and tell which."""
    files = []
    for table in dataset.tables:
        rows = Count(dataset.rows(table))
        with (folder / f"{table.name}{suffix}").open("w", encoding="utf-8", newline="") as stream:
            write_table(rows, stream, table)
        files.append(Written(f"{table.name}{suffix}", table.name, rows.rows))
    return files


def write_one(dataset: Dataset, target: Path, write_table: TableWriter) -> None:
    """Write one table as one text file.

    Raises:
        ExportError: there are several tables.
    """
    if len(dataset.tables) != 1:
        raise ExportError(
            f"{len(dataset.tables)} tables can't go into one {target.suffix} file",
            advice="name one --table, or a folder",
        )
    with target.open("w", encoding="utf-8", newline="") as stream:
        write_table(dataset.rows(dataset.tables[0]), stream, dataset.tables[0])


def write_csv(rows: Iterable[Row], stream: IO[str], table: Table, *, escape: bool) -> None:
    """Write a header and one line a row; lists are joined.

    Args:
        rows: of the table.
        stream: opened without translation of line ends.
        table: tells the columns.
        escape: whether an apostrophe stands before text that a spreadsheet would run as a formula.
    """
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in rows:
        writer.writerow([format_cell(value, escape=escape) for value in flat_values(row, table)])


def flat_values(row: Row, table: Table) -> Iterator[object]:
    """Give a row's values in the order of the columns, each list as one text: ``Clerk; Mayor``, ``Ash: for; Oak: for``.

    An owner is given in the words of the source.
    """
    for field in table.fields:
        value = row[field.name]
        if field.type in MEMBERS:
            value = join_list(value)
        yield value


def join_list(parts: object) -> str | None:
    """Give a list of owners or ballots as one text, or None where it is empty."""
    if not isinstance(parts, list):
        return None
    return "; ".join(_name(part) for part in parts) or None


def _name(part: Mapping[str, str]) -> str:
    return f"{part['person']}: {part['ballot']}" if "person" in part else part["text"]
