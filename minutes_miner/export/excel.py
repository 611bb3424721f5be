"""Write tables as an Excel workbook, one sheet a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any

from minutes_miner.domain.dataset import MEMBERS, TABLES, Dataset, Field, FieldType, Row, Table
from minutes_miner.errors import ExportError
from minutes_miner.export.flat import join_list

SHEET_ROWS = 1_048_575
"""Rows that one sheet of Excel takes, below the header."""

CELL_CHARACTERS = 32_767
"""Characters (UTF-16 units) that one cell takes."""

SHEET_LINKS = 65_000
"""Links that one sheet takes are 65,530; addresses beyond stay text."""

_CUT = " […]"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FIRST_DAY = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was: earlier days would be shown wrong, and are written as text."""

_WIDTHS = {FieldType.DATE: 12, FieldType.AMOUNT: 16, FieldType.WHOLE: 10, FieldType.SHARE: 11, FieldType.TRUTH: 11}
_WIDE = {"text": 80, "item_title": 40, "quote": 40, "reason": 50, "alternatives": 40, "url": 40, "source": 40}
_FORMATS = {FieldType.DATE: "yyyy-mm-dd", FieldType.AMOUNT: "#,##0.00", FieldType.SHARE: "0.00"}


class ExcelExporter:
    """Write a workbook: text as text, days as days, sums as numbers; the last sheet tells where the data come from.

    Args:
        sheet_rows: rows below the header after which a table goes on in a further sheet.
    """

    name = "excel"
    tables = tuple(TABLES)
    suffix = ".xlsx"
    needs_file = True

    def __init__(self, sheet_rows: int = SHEET_ROWS) -> None:
        self._sheet_rows = sheet_rows

    def write(self, dataset: Dataset, target: Path) -> None:
        """Write the workbook; openpyxl keeps the rows in a file, not in memory, until it is packed."""
        book = _new_book()
        for table in dataset.tables:
            rows = iter(dataset.rows(table))
            for number, first in enumerate(chain([None], rows), 1):
                name = table.name if number == 1 else f"{table.name} ({number})"
                _write_sheet(book.create_sheet(name), table, _begin(first, rows, self._sheet_rows))
        _write_about(book.create_sheet("about"), dataset)
        book.save(target)


def _new_book() -> Any:
    try:
        from openpyxl import Workbook
    except ModuleNotFoundError as error:
        raise ExportError(
            "writing Excel needs openpyxl", advice="install it with: pip install 'minutes-miner[excel]'"
        ) from error
    return Workbook(write_only=True)


def _begin(first: Row | None, rows: Iterator[Row], many: int) -> Iterator[Row]:
    """Give the rows of one sheet, of which the first may have been read already."""
    return islice(rows, many) if first is None else chain([first], islice(rows, many - 1))


def _write_sheet(sheet: Any, table: Table, rows: Iterable[Row]) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for number, field in enumerate(table.fields, 1):
        width = _WIDE.get(field.name) or _WIDTHS.get(field.type, 20)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_heading(sheet, name) for name in table.columns])
    for number, row in enumerate(rows):
        sheet.append([_cell(sheet, field, row[field.name], is_linked=number < SHEET_LINKS) for field in table.fields])


def _heading(sheet: Any, name: str) -> Any:
    from openpyxl.styles import Font

    cell = _text(sheet, name)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, field: Field, value: object, *, is_linked: bool) -> Any:
    """Give a value as a cell of its type, or None where it is unknown."""
    from openpyxl.cell import WriteOnlyCell

    if field.type in MEMBERS:
        value = join_list(value)
    if value is None:
        return None
    if isinstance(value, str):
        cell = _text(sheet, value)
        if field.name == "url" and is_linked and value.startswith(("https://", "http://")):
            cell.hyperlink = value
        return cell
    if isinstance(value, date) and value < _FIRST_DAY:
        return _text(sheet, value.isoformat())
    cell = WriteOnlyCell(sheet, value=float(value) if isinstance(value, Decimal) else value)
    if field.type in _FORMATS:
        cell.number_format = _FORMATS[field.type]
    return cell


def _text(sheet: Any, value: str) -> Any:
    """Give text as a cell that no program takes for a formula; what a cell can't hold is cut, with a mark."""
    from openpyxl.cell import WriteOnlyCell

    plain = _UNPRINTABLE.sub("\ufffd", value)
    if len(plain.encode("utf-16-le")) // 2 > CELL_CHARACTERS:
        kept = plain.encode("utf-16-le")[: 2 * (CELL_CHARACTERS - len(_CUT))]
        plain = kept.decode("utf-16-le", "ignore") + _CUT
    cell = WriteOnlyCell(sheet, value=plain)
    cell.data_type = "s"  # openpyxl takes what begins with "=" for a formula
    return cell


def _write_about(sheet: Any, dataset: Dataset) -> None:
    """Tell the provenance and the meaning of every column."""
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 24
    sheet.column_dimensions["C"].width = 100
    for name, value in dataset.provenance.items():
        sheet.append([_text(sheet, name), None, _text(sheet, _told(value))])
    sheet.append([])
    sheet.append([_heading(sheet, name) for name in ("table", "column", "meaning")])
    for table in dataset.tables:
        for field in table.fields:
            sheet.append([_text(sheet, text) for text in (table.name, field.name, field.meaning)])


def _told(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_told(part)}" for name, part in value.items())
    return str(value)
