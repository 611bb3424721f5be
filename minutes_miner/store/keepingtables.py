"""Lay out what readers add to the store: corrections of records, saved searches, and what those have told already.

``corrections`` is an audit trail: each act adds a row, none is taken away, and one that was undone says so. Rows of
``decisions``, ``actions``, ``owners`` and ``documents`` hold the corrected values; ``source_facts`` holds what the
document itself says. Moments are ISO 8601 in UTC.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table

from minutes_miner.store.columns import Words
from minutes_miner.store.tables import metadata

corrections = Table(
    "corrections",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("act", Words, nullable=False, doc="correct, suppress or redact"),
    Column("noun", Words, doc="decision or action"),
    Column("record_id", Words, index=True, doc="null where words are removed wherever they stand"),
    Column("document_id", Words, index=True, doc="null where words are removed from every document"),
    Column("subject_key", Words, index=True, doc="of the record in any version of its document, see record_key"),
    Column("field", Words, doc="what was corrected"),
    Column("old", Words, doc="for reading; null of words that were removed"),
    Column("new", Words, doc="for reading"),
    Column("source_facts", Words, doc="JSON object: the columns as the document has them"),
    Column("new_facts", Words, doc="JSON object: the columns as they were corrected"),
    Column("reason", Words, nullable=False),
    Column("made_by", Words),
    Column("made_at", Words, nullable=False),
    Column("undone_by", Words),
    Column("undone_at", Words, index=True, doc="null while it holds"),
    Column("undone_reason", Words),
    Column("salt", Words, doc="of digest"),
    Column("digest", Words, doc="of the words that were removed: knows them again without holding them"),
    Column("word_count", Integer, doc="of those words"),
    CheckConstraint("act IN ('correct', 'suppress', 'redact')", name="act"),
)

watches = Table(
    "watches",
    metadata,
    Column("name", Words, primary_key=True),
    Column("is_for_actions", Boolean, nullable=False),
    Column("filters", Words, nullable=False, doc="JSON object: what differs from a filter without conditions"),
    Column("made_at", Words, nullable=False),
    Column("ran_at", Words, doc="when it last told something, or found that there was nothing to tell"),
    Column("claimed_until", Words, doc="a run is on its way until then at the latest"),
    Column("subscriber", Words, doc="mail address of a reader who watches by the web application; null of an own one"),
    Column("title", Words, doc="of a reader's: what the mails are called"),
    Column("site", Words, doc="of a reader's: where the web application is"),
    Column("path", Words, doc="of a reader's: the page of the search there"),
    Column("stop_key", Words, index=True, unique=True, doc="of a reader's: whoever knows it can end the mails"),
)

watch_hits = Table(
    "watch_hits",
    metadata,
    Column("watch", Words, ForeignKey("watches.name"), primary_key=True),
    Column("subject_key", Words, primary_key=True, doc="of the record in any version of its document"),
    Column("record_id", Words, nullable=False),
    Column("document_id", Words, nullable=False),
    Column("facts", Words, nullable=False, doc="JSON object: what would be told as a change"),
    Column("change", Words, nullable=False, doc="known, new or changed"),
    Column("told_at", Words, doc="null where it was there before the watch"),
    Column("details", Words, doc="JSON object: what changed, if anything"),
    CheckConstraint("change IN ('known', 'new', 'changed')", name="change"),
    Index(None, "watch", "told_at"),
)
