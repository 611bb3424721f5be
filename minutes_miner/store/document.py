"""Turn the id of a document into its text, where each record stands in it, and what it said before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, or_, select

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
class DocumentDetail:
    """Hold a document and what was found in it.

    Attributes:
        facts: what it is and where it is.
        text: all of it; empty where it was not asked for.
        links: addresses at which it was published.
        notices: what a reader should be wary of.
        versions: what its sources held, the oldest first; one each where nothing changed.
    """

    facts: DocumentFacts
    text: str
    links: tuple[str, ...]
    notices: tuple[Notice, ...]
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """Hold the records of a document, in its order, and each place where it states one."""

    decisions: tuple[DecisionRow, ...]
    actions: tuple[ActionRow, ...]
    mentions: tuple[Mention, ...]


def get_document(store: Store, document_id: str, *, with_text: bool = True) -> DocumentDetail:
    """Give a document.

    Args:
        store: an open store.
        document_id: its whole id.
        with_text: whether its text is wanted.

    Raises:
        UnknownRecordError: there is none of that id.
        StoreError: the database can't be read.
    """
    with store.read() as connection:
        if connection.scalar(select(documents.c.id).where(documents.c.id == document_id)) is None:
            raise UnknownRecordError(f"no document has the id {document_id!r}", advice="take the id from a record")
        text = connection.scalar(select(documents.c.text).where(documents.c.id == document_id)) if with_text else ""
        return DocumentDetail(
            facts=read_facts(connection, document_id),
            text=text or "",
            links=_links(connection, document_id),
            notices=_notices(connection, document_id),
            versions=_versions(connection, document_id),
        )


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
        for table in TABLES:
            if connection.scalar(select(table.c.is_suppressed).where(table.c.id == record_id)):
                raise UnknownRecordError("this record has been withdrawn")


def find_contents(store: Store, document_id: str) -> Contents:
    """Give the records of a document, routine ones and those that another paper states too included.

    Raises:
        StoreError: the database can't be read.
    """
    with store.read() as connection:
        return Contents(
            decisions=tuple(map(decision_row, _rows(connection, DecisionRow, decisions, document_id))),
            actions=tuple(map(action_row, _rows(connection, ActionRow, actions, document_id))),
            mentions=_mentions(connection, document_id),
        )


def _rows(connection: Connection, kind: type[DecisionRow | ActionRow], table: Table, document_id: str) -> Any:
    own = (table.c.document_id == document_id, ~table.c.is_suppressed)
    return connection.execute(select_rows(kind, table).where(*own).order_by(table.c.position))


def _mentions(connection: Connection, document_id: str) -> tuple[Mention, ...]:
    withdrawn = [
        select(table.c.id).where(table.c.document_id == document_id, table.c.is_suppressed) for table in TABLES
    ]
    shown = [
        or_(column.is_(None), column.not_in(ids))
        for column, ids in zip((mentions.c.decision_id, mentions.c.action_id), withdrawn, strict=True)
    ]
    wanted = select(mentions).where(mentions.c.document_id == document_id, *shown).order_by(mentions.c.start_offset)
    return tuple(
        Mention(
            row.decision_id or row.action_id,
            row.decision_id is not None,
            Evidence(row.start_offset, row.end_offset, row.quote, row.page_number),
        )
        for row in connection.execute(wanted)
    )


def _links(connection: Connection, document_id: str) -> tuple[str, ...]:
    """Give the addresses that begin with http: nothing else may become a link."""
    wanted = select(sources.c.url, sources.c.source).where(sources.c.document_id == document_id)
    found = [row.url or row.source for row in connection.execute(wanted.order_by(sources.c.source))]
    return tuple(dict.fromkeys(one for one in found if one.startswith(("http://", "https://"))))


def _notices(connection: Connection, document_id: str) -> tuple[Notice, ...]:
    wanted = select(warnings).where(warnings.c.document_id == document_id).order_by(warnings.c.position)
    return tuple(Notice(WarningCode(row.code), row.message) for row in connection.execute(wanted))


def _versions(connection: Connection, document_id: str) -> tuple[Version, ...]:
    table = source_versions
    held: ColumnElement[bool] = table.c.source.in_(select(table.c.source).where(table.c.document_id == document_id))
    wanted = select(table).where(held).order_by(table.c.source, table.c.version)
    rows = connection.execute(wanted)
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
