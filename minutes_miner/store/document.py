"""Turn the id of a document into its text, where each record stands in it, and what it said before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, Table, bindparam, func, or_, select, union_all

from minutes_miner.domain.gathering import Place
from minutes_miner.domain.record import Evidence
from minutes_miner.domain.source import Notice
from minutes_miner.domain.vocabulary import WarningCode
from minutes_miner.store.detail import DocumentFacts, UnknownRecordError, read_facts
from minutes_miner.store.gathertables import papers
from minutes_miner.store.listing import ActionRow, DecisionRow, action_row, decision_row, select_rows
from minutes_miner.store.repository import Store
from minutes_miner.store.tables import actions, decisions, documents, mentions, source_versions, sources, warnings

TABLES = (decisions, actions)


@dataclass(frozen=True, slots=True)
class Mention:
    """Say where a record stands in its document's text."""

    record_id: str
    is_decision: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Version:
    """Name what a source held at some time; ``number`` counts from 1, the highest is what it holds now."""

    source: str
    number: int
    document_id: str
    first_seen: str


@dataclass(frozen=True, slots=True)
class History:
    """Tell where a document was published, and what its sources said before.

    Attributes:
        links: addresses at which it was published.
        notices: what a reader should be wary of.
        versions: what its sources held, the oldest first; one each where nothing changed.
    """

    links: tuple[str, ...]
    notices: tuple[Notice, ...]
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class DocumentDetail:
    """Hold a document: what it is and where it is, all of its text, and its history."""

    facts: DocumentFacts
    text: str
    history: History


@dataclass(frozen=True, slots=True)
class Contents:
    """Hold the records of a document, in its order."""

    decisions: tuple[DecisionRow, ...]
    actions: tuple[ActionRow, ...]


def get_document(store: Store, document_id: str) -> DocumentDetail:
    """Give a document by its whole id.

    Raises:
        UnknownRecordError: there is none of that id.
        StoreError: the database can't be read.
    """
    with store.read() as connection:
        text = connection.scalar(select(documents.c.text).where(documents.c.id == document_id))
        if text is None:
            raise UnknownRecordError(f"no document has the id {document_id!r}", advice="take the id from a record")
        return DocumentDetail(read_facts(connection, document_id), text, _history(connection, document_id))


def find_history(store: Store, document_id: str) -> History:
    """Tell where a document was published, and what its sources said before.

    Raises:
        StoreError: the database can't be read.
    """
    with store.read() as connection:
        return _history(connection, document_id)


def read_text(store: Store, document_id: str, start: int, end: int) -> str:
    """Give part of a document's text: the characters between two offsets, as far as they are there.

    Raises:
        StoreError: the database can't be read.
    """
    part = func.substr(documents.c.text, start + 1, end - start, type_=documents.c.text.type)
    with store.read() as connection:
        return connection.scalar(select(part).where(documents.c.id == document_id)) or ""


def check_shown(store: Store, record_id: str) -> None:
    """Make sure that a record has not been taken out of sight.

    Raises:
        UnknownRecordError: it has.
        StoreError: the database can't be read.
    """
    with store.read() as connection:
        if any(connection.scalars(_SUPPRESSED, {"record": record_id})):
            raise UnknownRecordError("this record has been withdrawn")


def find_contents(store: Store, document_id: str) -> Contents:
    """Give the records of a document, routine ones and those that another paper states too included.

    Raises:
        StoreError: the database can't be read.
    """
    asked = {"document": document_id}
    with store.read() as connection:
        return Contents(
            decisions=tuple(map(decision_row, connection.execute(_select_contents(decisions), asked))),
            actions=tuple(map(action_row, connection.execute(_select_contents(actions), asked))),
        )


def find_mentions(store: Store, document_id: str) -> list[Mention]:
    """Give each place where a document states one of its records, in its order.

    Raises:
        StoreError: the database can't be read.
    """
    with store.read() as connection:
        return [
            Mention(
                row.decision_id or row.action_id,
                row.decision_id is not None,
                Evidence(row.start_offset, row.end_offset, row.quote, row.page_number),
            )
            for row in connection.execute(_MENTIONS, {"document": document_id})
        ]


@cache
def _select_contents(table: Table) -> Select[Any]:
    """Select the records of a document that are shown, in its order."""
    own = (table.c.document_id == _DOCUMENT, ~table.c.is_suppressed)
    return select_rows(table).where(*own).order_by(table.c.position)


def _write_mentions() -> Select[Any]:
    """Select the mentions of a document's records, without those of withdrawn ones."""
    withdrawn = [select(table.c.id).where(table.c.document_id == _DOCUMENT, table.c.is_suppressed) for table in TABLES]
    shown = [
        or_(column.is_(None), column.not_in(ids))
        for column, ids in zip((mentions.c.decision_id, mentions.c.action_id), withdrawn, strict=True)
    ]
    return select(mentions).where(mentions.c.document_id == _DOCUMENT, *shown).order_by(mentions.c.start_offset)


_DOCUMENT: BindParameter[str] = bindparam("document")
_MENTIONS = _write_mentions()
_SUPPRESSED = union_all(*(select(table.c.is_suppressed).where(table.c.id == bindparam("record")) for table in TABLES))
_LINKS = select(sources.c.url, sources.c.source).where(sources.c.document_id == _DOCUMENT).order_by(sources.c.source)
_NOTICES = select(warnings).where(warnings.c.document_id == _DOCUMENT).order_by(warnings.c.position)
_VERSIONS = (
    select(source_versions)
    .where(
        source_versions.c.source.in_(
            select(source_versions.c.source).where(source_versions.c.document_id == _DOCUMENT)
        )
    )
    .order_by(source_versions.c.source, source_versions.c.version)
)


def _history(connection: Connection, document_id: str) -> History:
    return History(
        links=_links(connection, document_id),
        notices=_notices(connection, document_id),
        versions=_versions(connection, document_id),
    )


def _links(connection: Connection, document_id: str) -> tuple[str, ...]:
    """Give the addresses that begin with http: nothing else may become a link."""
    found = [row.url or row.source for row in connection.execute(_LINKS, {"document": document_id})]
    return tuple(dict.fromkeys(one for one in found if one.startswith(("http://", "https://"))))


def _notices(connection: Connection, document_id: str) -> tuple[Notice, ...]:
    rows = connection.execute(_NOTICES, {"document": document_id})
    return tuple(Notice(WarningCode(row.code), row.message) for row in rows)


def _versions(connection: Connection, document_id: str) -> tuple[Version, ...]:
    rows = connection.execute(_VERSIONS, {"document": document_id})
    return tuple(Version(row.source, row.version, row.document_id, row.first_seen) for row in rows)


@dataclass(frozen=True, slots=True)
class Kept:
    """Say where the bytes of a document may be: a path, or a record of the archive."""

    sources: tuple[str, ...]
    places: tuple[Place, ...]


def find_kept(store: Store, document_id: str) -> Kept:
    """Tell where the bytes of a document may still be.

    Raises:
        StoreError: the database can't be read.
    """
    with store.read() as connection:
        held = select(sources.c.source).where(sources.c.document_id == document_id)
        names = tuple(connection.scalars(held.order_by(sources.c.source)))
        wanted = select(papers.c.file, papers.c.start, papers.c.length).where(papers.c.source.in_(names))
        return Kept(names, tuple(Place(*row) for row in connection.execute(wanted)))
