"""Remove words from the store for good: texts, records, quotes, the full-text index, the trail and saved searches.

Where the database keeps its text is rewritten afterwards, so that the words are not left in pages that are free. The
raw archive, files that were mined, exports and copies are out of the store's reach.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from minutes_miner.errors import StoreError
from minutes_miner.store.corrections import Author
from minutes_miner.store.detail import UnknownRecordError, get_record
from minutes_miner.store.keepingtables import corrections
from minutes_miner.store.nearest import find_path
from minutes_miner.store.partyqueue import queue_names
from minutes_miner.store.query import fold
from minutes_miner.store.redaction import (
    Phrase,
    cover_rows,
    cover_value,
    digest_of,
    find_spans,
    phrase_of,
    word_columns,
)
from minutes_miner.store.repository import Store
from minutes_miner.store.scrubbing import rebuild_words, scrub
from minutes_miner.store.tables import RECORD_TABLES, decisions, documents, facet_values, metadata, source_versions
from minutes_miner.store.tagging import retag

_ID = re.compile("[0-9a-f]{8,16}")

LEAST_LETTERS = 3
"""Fewer letters and digits are refused: they stand in too many words."""


@dataclass(frozen=True, slots=True)
class Removal:
    """Tell what was removed, or would be.

    Attributes:
        number: of the entry in the trail; None where nothing was removed.
        documents: documents in which the words stood.
        places: how often they stood in texts.
        records: decisions and actions that held them.
        is_scrubbed: whether the database was rewritten, so that no free page holds the words.
    """

    number: int | None
    documents: int
    places: int
    records: int
    is_scrubbed: bool = False


def redact(
    store: Store, words: str, *, author: Author, within: str | None = None, is_trial: bool = False
) -> Removal:
    """Remove words wherever they stand, or in the papers of one source alone.

    Args:
        store: an open store.
        words: capitals, accents, signs and line breaks in them make no difference.
        author: who and why.
        within: id of a record; only its document, and versions of it, are meant.
        is_trial: whether only to count.

    Raises:
        StoreError: there are too few letters, the words stand nowhere, the reason holds them, or no reason is given.
    """
    phrase = phrase_of(words)
    if sum(map(len, phrase)) < LEAST_LETTERS:
        raise StoreError(f"{words!r} is too little to remove", advice=f"give at least {LEAST_LETTERS} letters")
    if not author.reason.strip():
        raise StoreError("no reason is given", advice="say why in a few words, for those who read it later")
    if find_spans(f"{author.reason} {author.name or ''}", [phrase]):
        raise StoreError("the reason holds the words that are to be removed", advice="say it without them")
    document_id = get_record(store, within).document.id if within else None
    return _remove(store, phrase, author, document_id, is_trial=is_trial)


def redact_record(store: Store, record_id: str, *, author: Author, is_trial: bool = False) -> Removal:
    """Remove all words of a record, wherever its document and versions of it state them.

    Raises:
        StoreError: there is no such record, or no reason is given.
    """
    return redact(store, get_record(store, record_id).record.text, author=author, within=record_id, is_trial=is_trial)


def find_record(store: Store, words: str) -> str | None:
    """Give the id of the record that words name, or None where they are words: an id is 16 digits, or 8 of them."""
    if not _ID.fullmatch(words.strip().lower()):
        return None
    try:
        return get_record(store, words).record.id
    except UnknownRecordError:
        return None


def _remove(store: Store, phrase: Phrase, author: Author, document_id: str | None, *, is_trial: bool) -> Removal:
    with store.write() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        family = _family(connection, document_id)
        found = _find_documents(connection, phrase, family)
        others = _find_elsewhere(connection, phrase, family)
        if not found and not others:
            raise StoreError("the words stand nowhere in the store", advice="check how the document writes them")
        counts = _count(connection, phrase, found)
        if is_trial:
            return Removal(None, len(found), *counts)
        for one in found:
            _cover_document(connection, one, phrase)
        for table, rows in others.items():
            for key, values in rows:
                connection.execute(update(table).where(*_matches(table, key)).values(values))
        queue_names(connection, found)
        retag(connection, found)
        _forget_values(connection, phrase)
        rebuild_words(connection)
        salt = connection.scalar(select(corrections.c.salt).where(corrections.c.salt.is_not(None)).limit(1))
        salt = salt or secrets.token_hex(16)
        entry: dict[str, Any] = {"act": "redact", "document_id": document_id, "made_by": author.name}
        entry |= {"reason": author.reason.strip()}
        entry |= {"salt": salt, "digest": digest_of(phrase, salt), "word_count": len(phrase), "made_at": store.now()}
        adding = insert(corrections).values(entry).returning(corrections.c.number)
        number = int(connection.execute(adding).scalar_one())
    find_path(store.url).unlink(missing_ok=True)  # what decisions mean is worked out anew
    names = {table.name for table in (documents, facet_values, *RECORD_TABLES, *others)}
    return Removal(number, len(found), *counts, is_scrubbed=scrub(store, names))


def _family(connection: Connection, document_id: str | None) -> list[str] | None:
    """List the versions of a document; None for all documents."""
    if document_id is None:
        return None
    held = select(source_versions.c.source).where(source_versions.c.document_id == document_id)
    versions = select(source_versions.c.document_id).where(source_versions.c.source.in_(held)).distinct()
    return sorted({document_id, *connection.scalars(versions)})


def _find_documents(connection: Connection, phrase: Phrase, family: Sequence[str] | None) -> list[str]:
    """List the documents that hold a phrase, in their text or in a row of their records."""
    found = set()
    for table in (documents, *RECORD_TABLES):
        owner = table.c.id if table is documents else table.c.document_id
        columns = [table.c[name] for name in word_columns(table)]
        if not columns:
            continue
        wanted = select(owner, *columns).execution_options(yield_per=200)
        for row in connection.execute(wanted if family is None else wanted.where(owner.in_(family))):
            if row[0] not in found and any(_holds(value, phrase) for value in row[1:]):
                found.add(str(row[0]))
    return sorted(found)


def _find_elsewhere(
    connection: Connection, phrase: Phrase, family: Sequence[str] | None
) -> dict[Table, list[tuple[tuple[Any, ...], dict[str, Any]]]]:
    """Give, for each further table, the keys of rows that hold a phrase and their values with it covered."""
    found: dict[Table, list[tuple[tuple[Any, ...], dict[str, Any]]]] = {}
    for table in metadata.sorted_tables:
        names = word_columns(table)
        is_meant = family is None or "document_id" in table.c
        if table in (documents, facet_values, *RECORD_TABLES) or not names or not is_meant:
            continue
        keys = list(table.primary_key.columns)
        wanted = select(*keys, *(table.c[name] for name in names)).execution_options(yield_per=1000)
        if family is not None:
            wanted = wanted.where(table.c.document_id.in_(family))
        for row in connection.execute(wanted):
            held = dict(zip(names, row[len(keys) :], strict=True))
            covered = {name: cover_value(value, [phrase]) for name, value in held.items() if _holds(value, phrase)}
            if covered:
                found.setdefault(table, []).append((tuple(row[: len(keys)]), covered))
    return found


def _holds(value: object, phrase: Phrase) -> bool:
    return isinstance(value, str) and cover_value(value, [phrase]) != value


def _count(connection: Connection, phrase: Phrase, found: Sequence[str]) -> tuple[int, int]:
    """Count the places in texts, and the records that hold a phrase."""
    places, records = 0, set()
    for one in found:
        document, rows = _read(connection, one)
        places += len(find_spans(document["text"], [phrase]))
        for name in ("decisions", "actions"):
            records |= {row["id"] for row in rows[name] if any(_holds(value, phrase) for value in row.values())}
    return places, len(records)


def _read(connection: Connection, document_id: str) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    document = connection.execute(select(documents).where(documents.c.id == document_id)).one()
    rows = {}
    for table in RECORD_TABLES:
        mine = select(table).where(table.c.document_id == document_id)
        rows[table.name] = [dict(row._mapping) for row in connection.execute(mine)]
    return dict(document._mapping), rows


def _cover_document(connection: Connection, document_id: str, phrase: Phrase) -> None:
    document, rows = _read(connection, document_id)
    covered, records = cover_rows(document, rows, [phrase])
    _write_changes(connection, documents, [document], [covered])
    for table in RECORD_TABLES:
        _write_changes(connection, table, rows[table.name], records[table.name])


def _write_changes(
    connection: Connection, table: Table, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> None:
    for before, after in zip(old, new, strict=True):
        changed = {name: value for name, value in after.items() if value != before[name]}
        if changed:
            key = tuple(before[column.name] for column in table.primary_key.columns)
            connection.execute(update(table).where(*_matches(table, key)).values(changed))


def _matches(table: Table, key: tuple[Any, ...]) -> Iterator[Any]:
    return (column == value for column, value in zip(table.primary_key.columns, key, strict=True))


def _forget_values(connection: Connection, phrase: Phrase) -> None:
    """Forget values of facets that hold a phrase and that no decision has any more."""
    find = func.instr if connection.dialect.name == "sqlite" else func.strpos
    for row in connection.execute(select(facet_values)).all():
        if _holds(fold(row.label), phrase) or _holds(row.search_key, phrase):
            used = select(decisions.c.number).where(find(decisions.c.tags, row.tag) > 0).limit(1)
            if connection.scalar(used) is None:
                connection.execute(delete(facet_values).where(facet_values.c.tag == row.tag))
