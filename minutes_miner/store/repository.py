"""Turn extractions into rows: one transaction a document, the same whenever it is run again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, delete, func, select

from minutes_miner.domain.record import Extraction
from minutes_miner.errors import StoreError
from minutes_miner.store import (  # noqa: F401 - their tables are part of the metadata
    gathertables,
    keepingtables,
    partytables,
    runtables,
    schema,
)
from minutes_miner.store.bulk import Put, bulk_load
from minutes_miner.store.connection import HELD, WRITES, connect, store_errors
from minutes_miner.store.fingerprint import fingerprints
from minutes_miner.store.integrity import find_problems
from minutes_miner.store.interrupts import HeldInterrupts
from minutes_miner.store.keeping import keep
from minutes_miner.store.rows import Row, cut_name, document_row, record_rows
from minutes_miner.store.saving import (
    Change,
    has_other_facts,
    put_document,
    put_records,
    put_source,
    release_parts,
    upsert,
)
from minutes_miner.store.tables import documents, metadata, sources

WAIT_SECONDS = 60.0
"""How long to wait for another program that writes to the same SQLite file."""

_ANALYSED_ROWS = 400
"""Rows of an index that are looked at for the planner: enough after SQLite's documentation, and milliseconds."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Saved:
    """Tell what became of a document; ``superseded`` is the id of what its source held before, if that is gone."""

    document_id: str
    change: Change
    superseded: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Hold what a user or a gatherer told of a document beside its authority; None where they told nothing."""

    committee: str | None = None
    meeting_date: date | None = None
    url: str | None = None

    def agrees(self, committee: str | None, meeting_date: date | None, url: str | None) -> bool:
        """Tell whether the database has nothing else."""
        is_same_body = self.committee is None or cut_name(self.committee) == committee
        return is_same_body and self.meeting_date in {None, meeting_date} and self.url in {None, url}


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


@dataclass(frozen=True, slots=True)
class Writing:
    """Write documents inside a transaction.

    Attributes:
        connection: inside the transaction.
        now: the moment that is written.
        replace: whether records are written anew that the same pipeline found.
        run: number of the run that found them.
    """

    connection: Connection
    now: str
    replace: bool
    run: int | None

    def put(self, extraction: Extraction, own_row: Row, own_records: dict[str, list[Row]]) -> Saved:
        """Write one document with its records and its source."""
        ref = extraction.document.ref
        row, records = keep(self.connection, ref.source, {**own_row, "run_id": self.run}, own_records)
        change = put_document(self.connection, row, replace=self.replace)
        if change is Change.UNCHANGED and has_other_facts(self.connection, ref, row):
            change = put_document(self.connection, row, replace=True)
        if change is not Change.UNCHANGED:
            put_records(self.connection, row, records, is_new=change is Change.ADDED)
            if self.run is not None:
                facts = {"records": fingerprints(extraction)}
                key = {"run_id": self.run, "document_id": row["id"]}
                upsert(self.connection, runtables.run_documents, {**key, **facts}, facts)
        return Saved(row["id"], change, put_source(self.connection, ref, self.now))


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
        self._has_changed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._has_changed = self._has_changed and error is None  # after an error, leave at once
        self.close()

    def close(self) -> None:
        """Close every connection; where documents were added, let SQLite count first what its query planner needs."""
        if self._has_changed and self._engine.dialect.name == "sqlite":
            with suppress(StoreError), self.write() as connection:  # the records are safe, and found all the same
                connection.exec_driver_sql(f"PRAGMA analysis_limit = {_ANALYSED_ROWS}")
                for table in metadata.sorted_tables:
                    connection.exec_driver_sql(f"ANALYZE {table.name}")
        self._has_changed = False
        self._engine.dispose()

    @contextmanager
    def load(self) -> Iterator[Put]:
        """Lend a function that adds many rows to an empty store, see :mod:`minutes_miner.store.bulk`.

        Raises:
            StoreError: the store is not empty, or can't be written.
        """
        with store_errors(self._engine), self._engine.connect() as connection:
            if any(connection.execute(select(table).limit(1)).first() for table in metadata.sorted_tables):
                advice = "name one that is not there yet"
                raise StoreError("the database is not empty", where=self.address, advice=advice)
            connection.rollback()
            with bulk_load(connection) as put:
                yield put
        self._has_changed = True
        self._engine.dispose()

    @property
    def url(self) -> str:
        """The database's address, with its password."""
        return self._engine.url.render_as_string(hide_password=False)

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
    def write(self) -> Iterator[Connection]:
        """Lend a connection for writing: one transaction, undone where an error is raised or Ctrl-C is pressed.

        Raises:
            StoreError: the database can't be written.
        """
        with store_errors(self._engine), HeldInterrupts() as held:
            with self._engine.execution_options(**{WRITES: True, HELD: held}).begin() as connection:
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
            UnstorableError: a value of the document can't be stored; nothing of it is.
            StoreError: the database can't be written; nothing of the document is.
        """
        return self.save_parts([extraction], pipeline=pipeline, replace=replace)[0]

    def save_parts(self, extractions: Sequence[Extraction], *, pipeline: str, replace: bool = False) -> list[Saved]:
        """Store the documents of one file in one transaction; those that it held beyond them are no longer current.

        Args:
            extractions: at least one, in the file's order; the first has the file's own source.
            pipeline, replace: see :meth:`save`.

        Raises:
            UnstorableError: a value can't be stored; nothing of the file is.
            StoreError: the database can't be written; nothing of the file is.
        """
        return self.save_files([extractions], pipeline=pipeline, replace=replace)[0]

    def save_files(
        self, files: Sequence[Sequence[Extraction]], *, pipeline: str, replace: bool = False, run: int | None = None
    ) -> list[list[Saved]]:
        """Store the documents of several files in one transaction, each file as :meth:`save_parts` does.

        Args:
            files: each with at least one extraction.
            pipeline, replace: see :meth:`save`.
            run: number of the run that mined them.

        Raises:
            UnstorableError: a value can't be stored; nothing of any file is.
            StoreError: the database can't be written; nothing of any file is.
        """
        now = self.now()
        rows = [
            [(document_row(one, pipeline=pipeline, mined_at=now), record_rows(one)) for one in file] for file in files
        ]
        saved = []
        with self.write() as connection:
            for extractions, described in zip(files, rows, strict=True):
                writing = Writing(connection, now, replace=replace, run=run)
                saved.append([writing.put(one, *own) for one, own in zip(extractions, described, strict=True)])
                release_parts(connection, extractions[0].document.ref.source, len(extractions), now)
        self._has_changed |= any(one.change is not Change.UNCHANGED for file in saved for one in file)
        return saved

    def is_current(
        self, source: str, sha256: str, pipeline: str, *, authority: str | None = None, told: Told = Told()
    ) -> bool:
        """Tell whether a source's bytes are stored already, as this pipeline mined them.

        Args:
            source: path or address.
            sha256: digest of its bytes now.
            pipeline: version of what would mine them.
            authority: what the user says the authority is; another than last time makes the document stale.
            told: what else the user says; it makes the document stale where no other source holds it too.
        """
        holders = select(func.count()).where(sources.c.document_id == documents.c.id).correlate(documents)
        about = (documents.c.committee, documents.c.meeting_date, sources.c.url)
        statement = select(sources.c.authority_given, *about, holders.scalar_subquery().label("holders")).where(
            sources.c.source == source,
            sources.c.state == "mined",
            sources.c.document_id == documents.c.id,
            documents.c.sha256 == sha256,
            documents.c.pipeline == pipeline,
        )
        with self.read() as connection:
            row = connection.execute(statement).one_or_none()
        if row is None or authority not in {None, row.authority_given}:
            return False
        return row.holders > 1 or told.agrees(row.committee, row.meeting_date, row.url)

    def recall_authority(self, source: str, sha256: str) -> str | None:
        """Give the authority that the user once named for a source, or else for another one with the same bytes.

        Args:
            source: path or address.
            sha256: digest of its bytes now.
        """
        statement = (
            select(sources.c.authority_given)
            .join(documents, sources.c.document_id == documents.c.id, isouter=True)
            .where(sources.c.authority_given.is_not(None))
            .where((sources.c.source == source) | (documents.c.sha256 == sha256))
            .order_by((sources.c.source == source).desc(), sources.c.source)
        )
        with self.read() as connection:
            given: str | None = connection.scalars(statement).first()
        return given

    def record_failure(self, source: str, reason: str, *, size: int | None = None, sha256: str | None = None) -> None:
        """Remember that a source could not be mined; what it held before stays as it is.

        Args:
            source: path or address.
            reason: one line.
            size: bytes, where known.
            sha256: digest of the bytes, where they could be read.
        """
        facts = {"state": "failed", "failure": reason, "failed_sha256": sha256, "size": size, "last_seen": self.now()}
        with self.write() as connection:
            upsert(connection, sources, {"source": source, **facts}, facts)

    def forget_failure(self, source: str) -> None:
        """Forget that a source could not be mined, where it never was: an archive that opens again.

        Args:
            source: path or address.
        """
        is_failed = (sources.c.source == source, sources.c.state == "failed", sources.c.document_id.is_(None))
        with self.read() as connection:
            if connection.scalar(select(sources.c.source).where(*is_failed)) is None:
                return
        with self.write() as connection:
            connection.execute(delete(sources).where(*is_failed))

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
        with self.write() as connection:  # FTS5 checks itself only where it could write
            return find_problems(connection)

    def upgrade(self) -> str:
        """Run the migrations that are missing (:func:`open_store` has done so) and give the tables' revision."""
        return schema.upgrade(self._engine)

    def now(self) -> str:
        """Give the present moment as the tables hold it."""
        return self._clock().astimezone(UTC).isoformat(timespec="seconds")
