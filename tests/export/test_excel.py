"""Excel workbooks, read back by openpyxl."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from export_cases import FORMULA, OLD, PARK, PROVENANCE, ROWS, SIGN, STALL, dataset, decision, empty

from minutes_miner.domain.dataset import DECISIONS, TABLES, Dataset
from minutes_miner.export.excel import CELL_CHARACTERS, ExcelExporter

openpyxl = pytest.importorskip("openpyxl")


def cells(book: Any, name: str) -> dict[object, dict[str, Any]]:
    """Give the cells of a sheet by the first column and the header."""
    rows = list(book[name].iter_rows())
    header = [cell.value for cell in rows[0]]
    return {row[0].value: dict(zip(header, row, strict=True)) for row in rows[1:]}


@pytest.fixture
def book(tmp_path: Path) -> Any:
    """Write all tables and open the workbook."""
    ExcelExporter().write(dataset(), tmp_path / "x.xlsx")
    return openpyxl.load_workbook(tmp_path / "x.xlsx")


def test_each_table_has_a_sheet_with_its_header_in_view(book: Any) -> None:
    assert book.sheetnames == [*TABLES, "about"]
    for name, table in TABLES.items():
        sheet = book[name]
        assert tuple(cell.value for cell in sheet[1]) == table.columns
        assert (sheet.freeze_panes, sheet.max_row) == ("A2", len(ROWS[name]) + 1)
        assert sheet["A1"].font.bold
    assert book["decisions"].column_dimensions["G"].width == 80


def test_cells_have_the_types_of_their_values(book: Any) -> None:
    park = cells(book, "decisions")[PARK]
    assert (park["meeting_date"].value, park["meeting_date"].is_date) == (datetime(2031, 2, 3), True)
    assert (park["largest_amount"].value, park["largest_amount"].data_type) == (784000, "n")
    assert park["largest_amount"].number_format == "#,##0.00"
    assert (park["procedural"].value, park["votes_for"].value, park["abstentions"].value) == (False, 3, None)
    assert park["owners"].value == "Cllr Marsh; the Clerk"
    assert [row["amount"].value for row in cells(book, "sums").values()]


def test_text_is_text(book: Any) -> None:
    rows = cells(book, "decisions")
    formula = rows[STALL]["text"]
    assert (formula.value, formula.data_type) == (FORMULA, "s")
    assert rows[SIGN]["text"].value.replace("\r\n", "\n") == "-that the sign, “Tarn\nWest”, be \ufffdmended"


def test_days_that_excel_counts_wrong_are_text(book: Any) -> None:
    assert cells(book, "decisions")[OLD]["meeting_date"].value == "1894-12-04"


def test_the_address_of_a_document_is_a_link(book: Any) -> None:
    cell = cells(book, "decisions")[STALL]["url"]
    assert cell.value == cell.hyperlink.target == "https://mor.example/m?id=1&p=2"


def test_the_last_sheet_tells_where_the_data_come_from(book: Any) -> None:
    rows = [tuple(cell.value for cell in row) for row in book["about"].iter_rows()]
    assert ("filters", None, "query: park") in rows
    assert ("decisions", "mover", "who proposed it") in rows


def test_a_table_goes_on_in_further_sheets(tmp_path: Path) -> None:
    ExcelExporter(sheet_rows=2).write(dataset("decisions"), tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == ["decisions", "decisions (2)", "decisions (3)", "about"]
    ids = [key for name in book.sheetnames[:3] for key in cells(book, name)]
    assert ids == [row["id"] for row in ROWS["decisions"]]


def test_text_that_no_cell_holds_is_cut_with_a_mark(tmp_path: Path) -> None:
    rows = [decision("a", "𝔗" * CELL_CHARACTERS), decision("b", "t" * CELL_CHARACTERS)]
    ExcelExporter().write(Dataset((DECISIONS,), lambda table: iter(rows), PROVENANCE), tmp_path / "x.xlsx")
    found = cells(openpyxl.load_workbook(tmp_path / "x.xlsx"), "decisions")
    assert found["a"]["text"].value.endswith("𝔗 […]")
    assert len(found["a"]["text"].value.encode("utf-16-le")) // 2 <= CELL_CHARACTERS
    assert found["b"]["text"].value == "t" * CELL_CHARACTERS


def test_tables_without_rows_have_their_headers(tmp_path: Path) -> None:
    ExcelExporter().write(empty(), tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert [book[name].max_row for name in TABLES] == [1, 1, 1, 1]
