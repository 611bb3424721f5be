"""Lay out the database: one document, its records, and the words each was read from.

The tables explain themselves to somebody who opens the file with sqlite3 or Datasette: offsets count characters of
``documents.text``, half-open; ``position`` counts from 0 in the document's order; days are ISO dates; sums stand in the
currency's main unit (see :class:`minutes_miner.store.columns.Amount` for how exactly). Moments, in UTC, stand only in
``documents.mined_at``, ``sources.last_seen`` and ``source_versions.first_seen``: all else is the same on every machine.
``number`` is what full-text search needs; cite the ``id``. Of an action it is a running number within one database,
of a decision it tells the order of lists (see :mod:`minutes_miner.store.numbers`).

Two views, ``decisions_overview`` and ``actions_overview``, hold what a person wants to read of the documents that are
current; ``sums_overview`` lists every sum with the decision it stands in. The migrations make them, and the full-text
indexes, which differ between SQLite and PostgreSQL.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)

from minutes_miner.store.columns import Amount, SourceName, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _document_id(**options: Any) -> Column[str]:
    return Column("document_id", Words, ForeignKey("documents.id"), nullable=False, **options)


def _number() -> Column[int]:
    return Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def _position(**options: Any) -> Column[int]:
    return Column("position", Integer, nullable=False, **options)


def _evidence() -> tuple[Column[Any], ...]:
    return (
        Column("start_offset", Integer, nullable=False),
        Column("end_offset", Integer, nullable=False),
        Column("page_number", Integer),
        Column("quote", Words, nullable=False),
    )


def _due() -> tuple[Column[Any], ...]:
    return (
        Column("due_text", Words),
        Column("due_from", Date),
        Column("due_to", Date),
        Column("due_start", Integer),
        Column("due_end", Integer),
    )


def _kept() -> tuple[Column[Any], ...]:
    """Tell what readers corrected, see :mod:`minutes_miner.store.keepingtables`."""
    return (
        Column("corrected", Words, doc="names of the fields that somebody corrected, joined"),
        Column("is_suppressed", Boolean, nullable=False, server_default=text("false"), doc="shown in no list"),
    )


def _of_record() -> tuple[Any, ...]:
    """Tie a row to a decision or to an action, never to both."""
    return (
        Column("decision_id", Words, ForeignKey("decisions.id"), index=True),
        Column("action_id", Words, ForeignKey("actions.id"), index=True),
        CheckConstraint("(decision_id IS NULL) <> (action_id IS NULL)", name="one_record"),
    )


documents = Table(
    "documents",
    metadata,
    Column("id", Words, primary_key=True, doc="the first 16 digits of sha256"),
    Column("sha256", Words, nullable=False, unique=True),
    Column("media_type", Words, nullable=False),
    Column("size", BigInteger, nullable=False, doc="bytes"),
    Column("title", Words),
    Column("authority", Words),
    Column("committee", Words, index=True),
    Column("territory", Words, doc="ENG, NIR, SCT or WLS, where the authority is known"),
    Column("meeting_date", Date, index=True),
    Column("character_count", Integer, nullable=False),
    Column("page_count", Integer, nullable=False, doc="0 where the format has no pages"),
    Column("pipeline", Words, nullable=False, doc="version of what found the records"),
    Column("mined_at", Words, nullable=False, index=True),
    Column("run_id", BigInteger().with_variant(Integer, "sqlite"), doc="of the run that found the records"),
    Column("is_current", Boolean, nullable=False, doc="false: every source that held it holds other bytes now"),
    Column("text", Words, nullable=False),
    Index(None, "authority", "meeting_date"),
    Index("ix_documents_listed", "id", "is_current", "authority", "committee", "territory", "meeting_date"),
)

sources = Table(
    "sources",
    metadata,
    Column("source", SourceName, primary_key=True, doc="path or address"),
    Column("document_id", Words, ForeignKey("documents.id"), index=True, doc="what was last read there"),
    Column("state", Words, nullable=False, index=True),
    Column("failure", Words, doc="why it could not be mined"),
    Column("failed_sha256", Words, doc="digest of the bytes that failed, where they could be read"),
    Column("size", BigInteger, doc="bytes, as last seen"),
    Column("authority_given", Words, doc="what the user said the authority is"),
    Column("url", Words, doc="where it was published, as the user or the gatherer told it"),
    Column("last_seen", Words, nullable=False),
    CheckConstraint("state IN ('mined', 'failed')", name="state"),
)

source_versions = Table(
    "source_versions",
    metadata,
    Column("source", SourceName, ForeignKey("sources.source"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False, doc="counts from 1; the highest is current"),
    _document_id(index=True),
    Column("first_seen", Words, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    _number(),
    Column("id", Words, nullable=False, unique=True),
    _document_id(),
    _position(),
    Column("item_number", Words),
    Column("item_title", Words),
    Column("text", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("procedural", Boolean, nullable=False),
    Column("decision_maker", Words),
    Column("vote_manner", Words),
    Column("votes_for", Integer),
    Column("votes_against", Integer),
    Column("abstentions", Integer),
    Column("vote_quote", Words),
    Column("vote_start", Integer),
    Column("vote_end", Integer),
    Column("mover", Words),
    Column("seconder", Words),
    Column("reason", Words),
    Column("alternatives", Words),
    Column("call_in", Words),
    Column("portfolio_holder", Words),
    Column("owners", Words, doc="joined for reading; one row each in owners"),
    *_due(),
    Column("sums", Words, doc="joined for reading; one row each in sums, by way of decision_sums"),
    Column("largest_amount", Amount),
    Column("smallest_amount", Amount),
    Column("currency", Words, doc="of largest_amount, after ISO 4217"),
    Column("decided_amount", Amount, doc="the largest sum decided, not only named; one row each in decided_sums"),
    Column("least_decided", Amount),
    Column("decided_currency", Words, doc="of decided_amount, after ISO 4217"),
    Column("confidence", Double, nullable=False, doc="between 0 and 1"),
    Column("same_as", Words, index=True, doc="id of the decision in another paper of the meeting that says the same"),
    Column("tags", Words, nullable=False, server_default="", doc="what it can be filtered by; see facet_values"),
    Column("topics", Words, doc="codes joined for reading, the surest first; one row each in decision_topics"),
    *_kept(),
    UniqueConstraint("document_id", "position"),
    Index(None, "decided_amount", "number"),
)

facet_values = Table(
    "facet_values",
    metadata,
    Column("tag", Words, primary_key=True, doc="as in decisions.tags"),
    Column("field", Words, nullable=False, index=True, doc="authority, committee, kind, outcome, topic and so on"),
    Column("label", Words, nullable=False, doc="the value, for reading"),
    Column("search_key", Words, nullable=False, doc="the value without capitals and accents"),
)

actions = Table(
    "actions",
    metadata,
    _number(),
    Column("id", Words, nullable=False, unique=True),
    _document_id(),
    _position(),
    Column("item_number", Words),
    Column("item_title", Words),
    Column("text", Words, nullable=False),
    Column("owners", Words, doc="joined for reading; one row each in owners"),
    *_due(),
    Column("status", Words, nullable=False, index=True),
    Column("decision_id", Words, ForeignKey("decisions.id"), index=True, doc="the decision it rests on"),
    Column("confidence", Double, nullable=False, doc="between 0 and 1"),
    Column("same_as", Words, index=True, doc="id of the action in another paper of the meeting that says the same"),
    *_kept(),
    UniqueConstraint("document_id", "position"),
    Index("ix_actions_listed", "due_to", "number", "status", "is_suppressed", "document_id"),
)

mentions = Table(
    "mentions", metadata, _document_id(primary_key=True), _position(primary_key=True), *_of_record(), *_evidence()
)

owners = Table(
    "owners",
    metadata,
    _document_id(primary_key=True),
    _position(primary_key=True),
    *_of_record(),
    Column("text", Words, nullable=False),
    Column("name", Words),
    Column("role", Words),
    Column("search_key", Words, nullable=False, doc="text, name and role without capitals and accents"),
)

named_votes = Table(
    "named_votes",
    metadata,
    Column("decision_id", Words, ForeignKey("decisions.id"), primary_key=True),
    _position(primary_key=True),
    _document_id(index=True),
    Column("person", Words, nullable=False),
    Column("ballot", Words, nullable=False),
)

decision_topics = Table(
    "decision_topics",
    metadata,
    Column("decision_id", Words, ForeignKey("decisions.id"), primary_key=True),
    Column("topic", Words, primary_key=True, doc="code, as minutes-miner topics lists them"),
    _document_id(index=True),
    Column("confidence", Double, nullable=False, doc="between 0 and 1"),
)

sums = Table(
    "sums",
    metadata,
    _document_id(primary_key=True),
    _position(primary_key=True),
    *_evidence(),
    Column("amount", Amount, nullable=False, index=True),
    Column("currency", Words, nullable=False),
    Column("role", Words, doc="what the sum is, such as grant or threshold; null where the words do not tell"),
)

decision_sums = Table(
    "decision_sums",
    metadata,
    Column("decision_id", Words, ForeignKey("decisions.id"), primary_key=True),
    Column("sum_position", Integer, primary_key=True, autoincrement=False),
    _document_id(),
    ForeignKeyConstraint(["document_id", "sum_position"], ["sums.document_id", "sums.position"]),
    Index(None, "document_id", "sum_position"),
)

decided_sums = Table(
    "decided_sums",
    metadata,
    Column("number", BigInteger, ForeignKey("decisions.number"), primary_key=True, autoincrement=False),
    _position(primary_key=True),
    _document_id(index=True),
    Column("item", Words, doc="number or title of the agenda item"),
    Column("amount", Amount, nullable=False),
    Column("currency", Words, nullable=False),
    Column("role", Words, doc="as in sums"),
    Column("is_spent", Boolean, nullable=False, doc="whether it can be added up as money to be spent"),
    *(Column(name, Words, nullable=False, server_default="", doc="of its decision") for name in ("kind", "outcome")),
    Column("standing", Words, nullable=False, server_default="", doc="of its decision, as its tags tell it"),
    Column("topics", Words, doc="of its decision"),
    Column("once", Integer, doc="the same in all rows of a document that tell one sum; null where one row does"),
    sqlite_with_rowid=False,
)

dates = Table(
    "dates",
    metadata,
    _document_id(primary_key=True),
    _position(primary_key=True),
    *_evidence(),
    Column("date_from", Date, index=True),
    Column("date_to", Date),
    Column("precision", Words),
)

interests = Table(
    "interests",
    metadata,
    _document_id(primary_key=True),
    _position(primary_key=True),
    Column("person", Words, nullable=False),
    Column("withdrew", Boolean, doc="left the room or did not vote; null where it is not told"),
    *_evidence(),
)

attendance = Table(
    "attendance",
    metadata,
    _document_id(primary_key=True),
    _position(primary_key=True),
    Column("person", Words, nullable=False),
    Column("role", Words),
    Column("status", Words, nullable=False),
    *_evidence(),
)

warnings = Table(
    "warnings",
    metadata,
    _document_id(primary_key=True),
    _position(primary_key=True),
    Column("code", Words, nullable=False, index=True),
    Column("message", Words, nullable=False),
)

RECORD_TABLES = (
    decisions,
    actions,
    mentions,
    owners,
    named_votes,
    decision_topics,
    sums,
    decision_sums,
    decided_sums,
    dates,
    interests,
    attendance,
    warnings,
)
"""What is found in a document, in the order in which rows can be inserted; delete in the reverse order."""
