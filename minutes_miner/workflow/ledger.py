"""Keep a folder of Parquet files in step with the list of the documents that they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from minutes_miner.domain.dataset import TABLES
from minutes_miner.domain.source import part_digest
from minutes_miner.errors import ExportError
from minutes_miner.workflow.outcome import Task, Unchanged

NAME = "documents"
"""Table of the files that were mined, in the same folder as those of the records."""

_PART = re.compile(r"part-(\d{6})(?:-\d+)?\.parquet")


@dataclass(frozen=True, slots=True)
class Entry:
    """Tell of a file whose records are kept, or why it has none.

    Attributes:
        source: its path or address.
        state: ``mined`` or ``failed``.
        sha256: digest of its first document.
        documents: ids of its documents, between spaces.
        pipeline: version of what found the records.
        authority_given: what the user said the authority is.
        reason: why it could not be mined.
        part: number of the part that its records stand in.
    """

    source: str
    state: str
    sha256: str | None = None
    documents: str = ""
    pipeline: str | None = None
    authority_given: str | None = None
    reason: str | None = None
    part: int = 0


class Ledger:
    """Know the documents of a folder, add parts to it, and take out what new parts replace.

    Args:
        folder: is made where there is none.

    Raises:
        ExportError: pyarrow is not installed, or the folder holds something else.
    """

    def __init__(self, folder: Path) -> None:
        _import()
        self._folder = folder
        if folder.exists() and any(folder.iterdir()) and not (folder / NAME).is_dir():
            raise ExportError("the folder holds something else", where=str(folder), advice="name a new or empty folder")
        (folder / NAME).mkdir(parents=True, exist_ok=True)
        parts = sorted((folder / NAME).glob("part-*.parquet"))
        self._entries = {entry.source: entry for path in parts for entry in _read(path)}
        self._held = {name: entry for entry in self._entries.values() for name in entry.documents.split()}
        self._next = 1 + max((_number(path) for path in parts), default=0)
        self._clean({_number(path) for path in parts})

    def find(self, source: str) -> Entry | None:
        """Give what is known of a source."""
        return self._entries.get(source)

    def holds(self, document: str, pipeline: str) -> bool:
        """Tell whether a document's records are there, as this pipeline found them."""
        entry = self._held.get(document)
        return entry is not None and entry.pipeline == pipeline

    def compare(self, task: Task, entry: Entry) -> Task | Unchanged:
        """Say that a file has not changed, or which bytes would tell so."""
        known = entry.sha256
        if task.sha256 and known in {task.sha256, part_digest(task.sha256, 1)}:
            return Unchanged(task.source)
        return replace(task, held=known, held_part=known)

    def forget_failure(self, source: str) -> None:
        """Forget that a source could not be mined; the next part says so."""
        entry = self._entries.get(source)
        if entry and entry.state == "failed":
            del self._entries[source]
            self._filter(self._folder / NAME / f"part-{entry.part:06}.parquet", "source", {source})

    def add(self, files: Iterable[Path], entries: Sequence[Entry], written: set[str]) -> None:
        """Add a part.

        Args:
            files: ``TABLE/council=NAME/….parquet`` as an export writes them; they are moved.
            entries: of the part's sources.
            written: ids of the documents whose records stand in the files.
        """
        number, self._next = self._next, self._next + 1
        entries = [replace(entry, part=number) for entry in entries]
        self._drop(entries, written)
        for count, file in enumerate(files):
            place = self._folder / file.parent.parent.name / file.parent.name
            place.mkdir(parents=True, exist_ok=True)
            file.rename(place / f"part-{number:06}-{count}.parquet")
        _write(self._folder / NAME / f"part-{number:06}.parquet", entries)
        self._entries |= {entry.source: entry for entry in entries}
        self._held |= {name: one for one in entries for name in one.documents.split() if name in written}

    def _drop(self, entries: Sequence[Entry], written: set[str]) -> None:
        """Take out of earlier parts what new entries replace, but for documents that a source still holds."""
        renewed = {entry.source for entry in entries}
        former = [self._entries[source] for source in sorted(renewed) if source in self._entries]
        left = [one for one in self._entries.values() if one.source not in renewed]
        still = {name for one in (*left, *entries) for name in one.documents.split()}
        gone = written | {name for entry in former for name in entry.documents.split()} - still
        gone &= self._held.keys()
        for part in sorted({self._held[name].part for name in gone}):
            for table in TABLES:
                for path in (self._folder / table).rglob(f"part-{part:06}-*.parquet"):
                    self._filter(path, "document_id", gone)
        for part in sorted({entry.part for entry in former}):
            self._filter(self._folder / NAME / f"part-{part:06}.parquet", "source", renewed)
        for name in gone:
            del self._held[name]

    def _filter(self, path: Path, column: str, values: set[str]) -> None:
        """Write a file again without some rows."""
        pa = _import()
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        table = pq.ParquetFile(path).read()
        left = table.filter(pc.invert(pc.is_in(table[column], pa.array(sorted(values)))))
        beside = path.with_suffix(".tmp")
        pq.write_table(left, beside, compression="zstd")
        beside.replace(path)

    def _clean(self, parts: set[int]) -> None:
        """Remove what a run left that was cut off."""
        for table in TABLES:
            for path in (self._folder / table).rglob("part-*"):
                if path.suffix == ".tmp" or _number(path) not in parts:
                    path.unlink()
        for path in self._folder.glob(".part-*"):
            _remove(path)


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _number(path: Path) -> int:
    match = _PART.fullmatch(path.name)
    return int(match[1]) if match else -1


def _read(path: Path) -> Iterator[Entry]:
    import pyarrow.parquet as pq

    yield from (Entry(**row) for row in pq.ParquetFile(path).read().to_pylist())


def _write(path: Path, entries: Sequence[Entry]) -> None:
    pa = _import()
    import pyarrow.parquet as pq

    types = {name: pa.string() for name in Entry.__dataclass_fields__}
    schema = pa.schema([*{**types, "part": pa.int32()}.items()])
    beside = path.with_suffix(".tmp")
    table = pa.Table.from_pylist([asdict(entry) for entry in entries], schema=schema)
    pq.write_table(table, beside, compression="zstd")
    beside.replace(path)


def _import() -> Any:
    try:
        import pyarrow
    except ModuleNotFoundError as error:
        advice = "install it with: pip install 'minutes-miner[parquet]'"
        raise ExportError("writing Parquet needs pyarrow", advice=advice) from error
    return pyarrow
