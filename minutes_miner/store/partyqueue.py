"""Note whose papers changed, so that the names in them are resolved again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from minutes_miner.domain.resolution import scope_of
from minutes_miner.store.columns import clean_text
from minutes_miner.store.partytables import appearances, parties, party_queue
from minutes_miner.store.tables import documents

ONE = "document:"
"""Begins the scope of a document that tells no authority."""


def scope_of_document(document: str, authority: str | None) -> str:
    """Give the scope of a document's names."""
    return scope_of(clean_text(authority)) if authority and scope_of(authority) else f"{ONE}{document}"


def queue_names(connection: Connection, ids: Sequence[str]) -> None:
    """Note that names in some documents, or their standing, changed.

    Call it before what the names are resolved into is deleted, and after the documents have the authority that they
    are to have: where that has changed, both the old and the new are resolved again.

    Args:
        connection: inside the transaction that changes them.
        ids: of the documents.
    """
    about = select(documents.c.id, documents.c.authority).where(documents.c.id.in_(ids))
    scopes = {scope_of_document(row.id, row.authority) for row in connection.execute(about)}
    joined = appearances.join(parties, parties.c.id == appearances.c.party_id)
    before = select(parties.c.scope).select_from(joined).where(appearances.c.document_id.in_(ids)).distinct()
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    for scope in sorted({*scopes, *connection.scalars(before)}):
        adding = insert(party_queue).values(scope=scope)
        # An update, though it changes nothing, makes who resolves the scope wait for this transaction.
        connection.execute(adding.on_conflict_do_update(index_elements=["scope"], set_={"scope": scope}))


def forget_names(connection: Connection, document: str) -> None:
    """Delete what a document's names were resolved into, and note that they must be resolved again."""
    queue_names(connection, [document])
    connection.execute(delete(appearances).where(appearances.c.document_id == document))
