"""Write a table piece by piece while it is read, for answers that are sent as they are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO

from minutes_miner.domain.dataset import Row, Table
from minutes_miner.export.flat import write_csv
from minutes_miner.export.parquet import make_schema
from minutes_miner.export.tables import write_jsonl


def stream_csv(chunks: Iterable[list[Row]], table: Table) -> Iterator[bytes]:
    """Give CSV (RFC 4180) with a header, made harmless for spreadsheets, a piece for each chunk of rows."""
    header = _csv([], table)
    yield header
    for rows in chunks:
        yield _csv(rows, table)[len(header) :]


def _csv(rows: list[Row], table: Table) -> bytes:
    stream = StringIO(newline="")
    write_csv(rows, stream, table, escape=True)
    return stream.getvalue().encode("utf-8", "replace")


def stream_jsonl(chunks: Iterable[list[Row]], table: Table) -> Iterator[bytes]:
    """Give JSON Lines, a piece for each chunk of rows."""
    for rows in chunks:
        stream = StringIO()
        write_jsonl(rows, stream)
        yield stream.getvalue().encode("utf-8", "replace")


def stream_parquet(chunks: Iterable[list[Row]], table: Table) -> Iterator[bytes]:
    """Give Parquet, a row group for each chunk of rows; only one is held at a time.

    Raises:
        ExportError: pyarrow is not installed.
    """
    schema = make_schema(table)
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    sink = _Sink()
    with ParquetWriter(pa.PythonFile(sink, mode="w"), schema, compression="zstd") as writer:
        yield sink.take()
        for rows in chunks:
            if rows:
                writer.write_table(pa.Table.from_pylist([dict(row) for row in rows], schema=schema))
                yield sink.take()
    yield sink.take()


class _Sink:
    """Take bytes as a file would, and give them away again."""

    closed = False

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._place = 0

    def write(self, data: bytes) -> int:
        """Hold some bytes."""
        self._held.append(bytes(data))
        self._place += len(data)
        return len(data)

    def tell(self) -> int:
        """Give the number of bytes that were ever written."""
        return self._place

    def flush(self) -> None:
        """Do nothing: whoever takes the bytes sends them."""

    def close(self) -> None:
        """Do nothing, likewise."""

    def take(self) -> bytes:
        """Give what was written since the last time."""
        taken, self._held = b"".join(self._held), []
        return taken
