"""Write rows of search results as CSV, JSON or JSON Lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import IO

from minutes_miner.export.contract import format_amount

Row = Mapping[str, object]
"""Values by column; each row of one table has the same columns in the same order."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins with one of these is run as a formula by spreadsheet programs (OWASP, CSV injection)."""


def write_csv(rows: Iterable[Row], stream: IO[str], columns: Sequence[str]) -> None:
    """Write a header and one line a row, safe to open in a spreadsheet."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(format_cell(value) for value in row.values())


def write_json(rows: Iterable[Row], stream: IO[str], columns: Sequence[str] = ()) -> None:
    """Write one array of objects, indented for reading."""
    json.dump([_plain_row(row) for row in rows], stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def write_jsonl(rows: Iterable[Row], stream: IO[str], columns: Sequence[str] = ()) -> None:
    """Write one object a line."""
    for row in rows:
        stream.write(json.dumps(_plain_row(row), ensure_ascii=False) + "\n")


FORMATS: Mapping[str, Callable[[Iterable[Row], IO[str], Sequence[str]], None]] = {
    "csv": write_csv,
    "json": write_json,
    "jsonl": write_jsonl,
}
"""The functions that write rows, by format; each is told the names of the columns, too."""


def format_cell(value: object, *, escape: bool = True) -> str:
    """Give a value as the text of a table's cell.

    Lists are joined by ``; ``, None is empty, and an apostrophe stands before text that a spreadsheet would take
    for a formula, unless ``escape`` is false. Numbers keep their sign.
    """
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        value = "; ".join(str(_plain(part)) for part in value)
    return _guard(value) if escape and isinstance(value, str) else str(_plain(value))


def _guard(text: str) -> str:
    return "'" + text if text.startswith(FORMULA_SIGNS) else text


def _plain_row(row: Row) -> dict[str, object]:
    return {column: _plain(value) for column, value in row.items()}


def _plain(value: object) -> object:
    """Give a value as JSON holds it: sums as text with two decimals, dates as ISO 8601."""
    if isinstance(value, Decimal):
        return format_amount(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return _plain_row(value)
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value
