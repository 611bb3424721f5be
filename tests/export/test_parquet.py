"""Parquet, read back by pyarrow and pandas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from export_cases import LIDO, ODD, PARK, PROVENANCE, ROWS, dataset, decision

from minutes_miner.domain.dataset import DECISIONS, TABLES, Dataset, Row, Table
from minutes_miner.errors import ExportError
from minutes_miner.export.parquet import ParquetExporter, folder_name, make_schema

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")
TARN = "Tarn District Council"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write all tables."""
    ParquetExporter().write(dataset(), tmp_path / "out")
    return tmp_path / "out"


@pytest.mark.parametrize("name", TABLES)
def test_pyarrow_reads_back_what_was_written(name: str, folder: Path) -> None:
    rows = parquet.read_table(folder / name).drop_columns("council").to_pylist()
    key = TABLES[name].key
    expected = {tuple(row[part] for part in key): row for row in ROWS[name]}
    assert len(rows) == len(expected) == len(ROWS[name])
    for row in rows:
        assert row == expected[tuple(row[part] for part in key)]


def test_the_columns_are_typed(folder: Path) -> None:
    schema = parquet.read_schema(next((folder / "decisions").rglob("*.parquet")))
    types = {field.name: field.type for field in schema}
    assert types["meeting_date"] == types["due_to"] == pa.date32()
    assert types["largest_amount"] == pa.decimal128(38, 4)
    assert (types["procedural"], types["votes_for"], types["confidence"]) == (pa.bool_(), pa.int32(), pa.float64())
    assert types["owners"] == pa.list_(pa.struct([("text", pa.string()), ("name", pa.string()), ("role", pa.string())]))
    assert not schema.field("id").nullable and schema.field("mover").nullable
    assert schema.field("text").metadata == {b"meaning": b"the clause in the source's words"}


def test_there_is_a_folder_for_each_authority(folder: Path) -> None:
    names = {path.name for path in (folder / "decisions").iterdir()}
    assert names == {
        "council=unknown",
        "council=Cyngor M%C3%B4r%2FBryn 50%25",
        "council=Tarn District Council",
    }
    read = parquet.read_table(folder / "decisions", filters=[("council", "==", ODD)]).to_pylist()
    assert len(read) == 2 and {row["authority"] for row in read} == {ODD}


def test_pandas_reads_all_authorities(folder: Path) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_parquet(folder / "decisions").set_index("id")
    assert {key for key in frame.index} == {row["id"] for row in ROWS["decisions"]}
    assert frame["authority"].isna().sum() == (frame["council"] == "unknown").sum() == 1


@pytest.mark.parametrize("column", ["authority", "council"])
def test_pandas_reads_one_authority(column: str, folder: Path) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_parquet(folder / "decisions", filters=[(column, "==", TARN)]).set_index("id")
    assert set(frame.index) == {PARK, LIDO}
    assert frame.loc[PARK, "largest_amount"] == Decimal("784000.00")
    assert frame.loc[PARK, "meeting_date"] == date(2031, 2, 3)
    assert [owner["text"] for owner in frame.loc[PARK, "owners"]] == ["Cllr Marsh", "the Clerk"]
    assert bool(frame.loc[LIDO, "procedural"]) is True


def test_sums_are_exact(folder: Path) -> None:
    amounts = parquet.read_table(folder / "sums").column("amount").to_pylist()
    assert amounts == [Decimal("784000.00"), Decimal("0.125"), Decimal("123456789012345678901234.99")]


def test_one_file_takes_one_table(tmp_path: Path) -> None:
    ParquetExporter().write(dataset("votes"), tmp_path / "v.parquet")
    assert parquet.ParquetFile(tmp_path / "v.parquet").read().to_pylist() == ROWS["votes"]
    with pytest.raises(ExportError, match="name one --table"):
        ParquetExporter().write(dataset(), tmp_path / "w.parquet")


def test_names_too_long_for_a_folder_share_one(tmp_path: Path) -> None:
    names = ["ŵ" * 290 + end for end in "ab"]

    def rows(table: Table) -> Iterator[Row]:
        return iter([decision(name[-1], "that it be so", authority=name) for name in names])

    ParquetExporter().write(Dataset((DECISIONS,), rows, PROVENANCE), tmp_path / "out")
    assert len(folder_name(names[0]).encode()) <= 200
    read = parquet.read_table(tmp_path / "out" / "decisions").to_pylist()
    assert {row["id"]: row["authority"] for row in read} == {"a": names[0], "b": names[1]}
    files = json.loads((tmp_path / "out" / "provenance.json").read_text("utf-8"))["files"]
    assert [file["path"].rpartition("/")[2] for file in files] == ["part-0.parquet", "part-1.parquet"]


def test_every_table_has_a_schema() -> None:
    for table in TABLES.values():
        assert tuple(make_schema(table).names) == table.columns
