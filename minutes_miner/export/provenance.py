"""Tell where exported data come from, and the digest of each file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from minutes_miner.domain.dataset import Dataset, Row, Table
from minutes_miner.export.target import PROVENANCE


@dataclass(frozen=True, slots=True)
class Written:
    """Hold a file of an export: its path in the folder, its record type, and its number of rows."""

    path: str
    table: str
    rows: int


class Count:
    """Pass rows on and count them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = iter(rows)
        self.rows = 0

    def __iter__(self) -> Count:
        return self

    def __next__(self) -> Row:
        row = next(self._rows)
        self.rows += 1
        return row


def write_provenance(folder: Path, dataset: Dataset, files: Sequence[Written], *, also: Sequence[str] = ()) -> None:
    """Write what an export is made of and by into its folder.

    Args:
        folder: of the export; the files stand in it.
        dataset: what was written.
        files: of the tables.
        also: names of further files that belong to the export.
    """
    told = {**dataset.provenance, "files": [describe_file(folder, file) for file in files], "also": list(also)}
    write_object(folder / PROVENANCE, told)


def describe_file(folder: Path, file: Written) -> dict[str, object]:
    """Give a file's path, record type, rows, bytes and SHA-256."""
    path = folder / file.path
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    about: dict[str, object] = {"path": file.path, "table": file.table, "rows": file.rows}
    return {**about, "bytes": path.stat().st_size, "sha256": digest}


def describe_counts(tables: Iterable[Table], files: Iterable[Written]) -> dict[str, int]:
    """Count the rows of each table."""
    counts = {table.name: 0 for table in tables}
    for file in files:
        counts[file.table] += file.rows
    return counts


def write_object(path: Path, value: Mapping[str, object]) -> None:
    """Write an object as indented JSON."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")
