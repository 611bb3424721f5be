"""Write tables as Parquet files, typed, in one folder an authority."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from minutes_miner.domain.dataset import MEMBERS, TABLES, Dataset, Field, FieldType, Row, Table
from minutes_miner.errors import ExportError
from minutes_miner.export.provenance import Written, write_provenance

PARTITION = "council"
"""What the folders are named for: another name than the column's, which holds null and long names as they are."""

UNKNOWN = "unknown"
"""The folder of rows without an authority; pandas can't read Hive's own mark for null beside other folders."""

GROUP_ROWS = 10_000
"""Rows of one row group, the most that are held at a time."""

_LONGEST_FOLDER = 200
"""Bytes of an authority's name, percent-encoded; file systems allow 255 for the whole name."""


class ParquetExporter:
    """Write ``TABLE/council=NAME/part-0.parquet``, so that readers find the authorities by their folders."""

    name = "parquet"
    tables = tuple(TABLES)
    suffix = ".parquet"
    needs_file = False

    def write(self, dataset: Dataset, target: Path) -> None:
        """Write a folder, or the one file of one table."""
        if target.suffix == self.suffix:
            _write_whole(dataset, target)
            return
        files = [file for table in dataset.tables for file in _write_parts(dataset, table, target)]
        write_provenance(target, dataset, files)


def make_schema(table: Table) -> Any:
    """Give a table's Arrow schema, each column with its meaning."""
    pa = _import()
    fields = [
        pa.field(field.name, _arrow_type(pa, field), nullable=not field.required, metadata={"meaning": field.meaning})
        for field in table.fields
    ]
    return pa.schema(fields, metadata={"about": table.about})


def _write_parts(dataset: Dataset, table: Table, folder: Path) -> Iterator[Written]:
    """Write a table, one file open at a time: the rows come sorted by authority."""
    (folder / table.name).mkdir(parents=True)
    schema = make_schema(table)
    for authority, rows in groupby(dataset.rows(table), key=lambda row: row["authority"]):
        place = folder / table.name / f"{PARTITION}={folder_name(authority)}"
        place.mkdir(exist_ok=True)
        path = place / f"part-{sum(1 for _ in place.iterdir())}.parquet"
        count = _write_rows(rows, path, schema)
        yield Written(path.relative_to(folder).as_posix(), table.name, count)


def _write_whole(dataset: Dataset, target: Path) -> None:
    if len(dataset.tables) != 1:
        raise ExportError(
            f"{len(dataset.tables)} tables can't go into one .parquet file", advice="name one --table, or a folder"
        )
    table = dataset.tables[0]
    _write_rows(dataset.rows(table), target, make_schema(table))


def _write_rows(rows: Iterator[Row], path: Path, schema: Any) -> int:
    """Write rows in groups, and give their number."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    count = 0
    with ParquetWriter(path, schema, compression="zstd") as writer:
        while group := list(islice(rows, GROUP_ROWS)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
            count += len(group)
    return count


def folder_name(authority: object) -> str:
    """Give an authority's name as part of a folder's, percent-encoded as readers of Hive's folders expect.

    A name of more than 200 bytes is cut.
    """
    if not isinstance(authority, str):
        return UNKNOWN
    name = authority
    while len(quote(name, safe="")) > _LONGEST_FOLDER:
        name = name[:-1]
    return quote(name, safe=" ")


def _arrow_type(pa: ModuleType, field: Field) -> Any:
    """Choose a column's type; sums are decimals, for a float has no pennies to rely on."""
    if field.type in MEMBERS:
        return pa.list_(pa.struct([(name, pa.string()) for name in MEMBERS[field.type]]))
    types = {
        FieldType.TEXT: pa.string(),
        FieldType.DATE: pa.date32(),
        FieldType.AMOUNT: pa.decimal128(38, 4),
        FieldType.WHOLE: pa.int32(),
        FieldType.SHARE: pa.float64(),
        FieldType.TRUTH: pa.bool_(),
    }
    return types[field.type]


def _import() -> ModuleType:
    try:
        import pyarrow
    except ModuleNotFoundError as error:
        raise ExportError(
            "writing Parquet needs pyarrow", advice="install it with: pip install 'minutes-miner[parquet]'"
        ) from error
    return pyarrow  # type: ignore[no-any-return]
