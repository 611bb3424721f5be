"""Turn extractions into rows: one transaction a document, the same whenever it is run again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Table, delete, exists, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from minutes_miner.domain.record import Extraction
from minutes_miner.domain.source import DocumentRef
from minutes_miner.errors import StoreError
from minutes_miner.store import schema
from minutes_miner.store.connection import WRITES, connect, store_errors
from minutes_miner.store.integrity import find_problems
from minutes_miner.store.rows import Row, document_id, document_row, record_rows
from minutes_miner.store.tables import RECORD_TABLES, documents, metadata, source_versions, sources

WAIT_SECONDS = 60.0
"""How long to wait for another program that writes to the same SQLite file."""

Clock = Callable[[], datetime]


class Change(StrEnum):
    """What saving a document did."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Saved:
    """Tell what became of a document; ``superseded`` is the id of what its source held before, if that is gone."""

    document_id: str
    change: Change
    superseded: str | None = None


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """Describe a database.

    Attributes:
        address: its address, the password hidden.
        server: kind and version, such as ``sqlite 3.45.1``.
        revision: of its tables.
        size: bytes it takes.
        rows: number of rows of each table.
    """

    address: str
    server: str
    revision: str
    size: int
    rows: dict[str, int]


def utc_now() -> datetime:
    """Give the present moment."""
    return datetime.now(UTC)


def open_store(url: str, *, create: bool = True, clock: Clock = utc_now, wait_s: float = WAIT_SECONDS) -> Store:
    """Open a database, making its tables or bringing them up to date.

    Args:
        url: ``sqlite:///minutes.db``, ``postgresql://user@host/name`` or another SQLAlchemy address of these two.
        create: whether to make a database that is not there; readers pass False.
        clock: gives the moments for ``mined_at`` and ``last_seen``.
        wait_s: seconds to wait for another program that writes to the same SQLite file.

    Raises:
        StoreError: the address or the database can't be used; the message tells why and what to do.
    """
    engine = connect(url, wait_s=wait_s)
    try:
        schema.prepare(engine, create=create)
    except StoreError:
        engine.dispose()
        raise
    return Store(engine, clock)


class Store:
    """Keep documents and their records in a database; a context manager that closes it."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @property
    def address(self) -> str:
        """The database's address, its password hidden."""
        return self._engine.url.render_as_string(hide_password=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Lend a connection for reading.

        Raises:
            StoreError: the database can't be read.
        """
        with store_errors(self._engine), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with store_errors(self._engine), self._engine.execution_options(**{WRITES: True}).begin() as connection:
            yield connection

    def save(self, extraction: Extraction, *, pipeline: str, replace: bool = False) -> Saved:
        """Store a document and what was found in it, in one transaction.

        The same bytes mined by the same pipeline change nothing but ``sources.last_seen``. Another pipeline, or
        another authority given by the user, replaces the document's records. When a source holds other bytes than
        before, its earlier document and records stay, marked as no longer current unless another source holds them.

        Args:
            extraction: the document and its records.
            pipeline: version of what found them.
            replace: whether to write the records anew even though the same pipeline found those that are there.

        Raises:
            StoreError: it can't be stored; nothing of it is.
        """
        now = self._now()
        row = document_row(extraction, pipeline=pipeline, mined_at=now)
        records = record_rows(extraction)
        with self._write() as connection:
            change = _put_document(connection, row, replace=replace)
            if change is not Change.UNCHANGED:
                _put_records(connection, row["id"], records)
            superseded = _put_source(connection, extraction.document.ref, now)
        return Saved(row["id"], change, superseded)

    def is_current(self, source: str, sha256: str, pipeline: str, *, authority: str | None = None) -> bool:
        """Tell whether a source's bytes are stored already, as this pipeline mined them.

        Args:
            source: path or address.
            sha256: digest of its bytes now.
            pipeline: version of what would mine them.
            authority: what the user says the authority is; another than last time makes the document stale.
        """
        statement = select(sources.c.authority_given).where(
            sources.c.source == source,
            sources.c.state == "mined",
            sources.c.document_id == documents.c.id,
            documents.c.sha256 == sha256,
            documents.c.pipeline == pipeline,
        )
        with self.read() as connection:
            row = connection.execute(statement).one_or_none()
        return row is not None and authority in {None, row.authority_given}

    def record_failure(self, source: str, reason: str, *, size: int | None = None, sha256: str | None = None) -> None:
        """Remember that a source could not be mined; what it held before stays as it is.

        Args:
            source: path or address.
            reason: one line.
            size: bytes, where known.
            sha256: digest of the bytes, where they could be read.
        """
        facts = {"state": "failed", "failure": reason, "failed_sha256": sha256, "size": size, "last_seen": self._now()}
        with self._write() as connection:
            _upsert(connection, sources, {"source": source, **facts}, facts)

    def info(self) -> StoreInfo:
        """Describe the database."""
        with self.read() as connection:
            rows = {
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in metadata.sorted_tables
            }
            revision = schema.read_revision(connection) or "none"
            if connection.dialect.name == "sqlite":
                pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
                size = pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one()
            else:
                size = connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()
            version = ".".join(map(str, connection.dialect.server_version_info or ()))
        return StoreInfo(self.address, f"{self._engine.dialect.name} {version}", revision, size, rows)

    def check(self) -> list[str]:
        """Look for damage: a quote that is not in its text, rows that do not fit, an index out of step.

        Returns:
            One line a problem; none where all is well.
        """
        with self._write() as connection:  # FTS5 checks itself only where it could write
            return find_problems(connection)

    def upgrade(self) -> str:
        """Run the migrations that are missing (:func:`open_store` has done so) and give the tables' revision."""
        return schema.upgrade(self._engine)

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="seconds")


def _put_document(connection: Connection, row: Row, *, replace: bool) -> Change:
    """Insert a document or lock the one that is there, and tell whether its records must be written."""
    inserting = _insert(connection, documents).values(row).on_conflict_do_nothing().returning(documents.c.id)
    if connection.scalar(inserting) is not None:
        return Change.ADDED
    stored = connection.execute(
        select(documents.c.sha256, documents.c.pipeline, documents.c.authority)
        .where(documents.c.id == row["id"])
        .with_for_update()
    ).one()
    if stored.sha256 != row["sha256"]:
        raise StoreError(f"two documents share the id {row['id']}", advice="report it: it should never happen")
    if not replace and (stored.pipeline, stored.authority) == (row["pipeline"], row["authority"]):
        return Change.UNCHANGED
    facts = {name: value for name, value in row.items() if name != "is_current"}
    connection.execute(update(documents).where(documents.c.id == row["id"]).values(facts))
    return Change.REPLACED


def _put_records(connection: Connection, document: str, records: dict[str, list[Row]]) -> None:
    for table in reversed(RECORD_TABLES):
        connection.execute(delete(table).where(table.c.document_id == document))
    for table in RECORD_TABLES:
        rows = [{name: value for name, value in row.items() if name in table.c} for row in records[table.name]]
        if rows:
            connection.execute(insert(table), rows)


def _put_source(connection: Connection, ref: DocumentRef, now: str) -> str | None:
    """Point a source at its document; give the id of the document that is now superseded, if any."""
    new = document_id(ref.sha256)
    facts = {
        "document_id": new,
        "state": "mined",
        "failure": None,
        "failed_sha256": None,
        "size": ref.size,
        "authority_given": ref.authority,
        "last_seen": now,
    }
    old = connection.scalar(select(sources.c.document_id).where(sources.c.source == ref.source).with_for_update())
    _upsert(connection, sources, {"source": ref.source, **facts}, facts)
    if old == new:
        return None
    versions = select(func.count()).where(source_versions.c.source == ref.source).scalar_subquery()
    entry = {"source": ref.source, "document_id": new, "first_seen": now, "version": versions + 1}
    connection.execute(insert(source_versions).values(entry))
    connection.execute(update(documents).where(documents.c.id == new).values(is_current=True))
    return old if old and _retire(connection, old) else None


def _retire(connection: Connection, document: str) -> bool:
    """Mark a document as superseded unless a source still holds it."""
    connection.execute(select(documents.c.id).where(documents.c.id == document).with_for_update())
    is_held = exists().where(sources.c.document_id == document)
    retired = connection.execute(update(documents).where(documents.c.id == document, ~is_held).values(is_current=False))
    return bool(retired.rowcount)


def _upsert(connection: Connection, table: Table, row: Row, facts: Row) -> None:
    statement = _insert(connection, table).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=facts))


def _insert(connection: Connection, table: Table) -> Any:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    return dialect.insert(table)
