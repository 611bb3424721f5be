"""Lay out what is known of runs: when each was, with what, and which records it found in each document.

``run_documents.records`` holds a line a record, see :mod:`minutes_miner.store.fingerprint`: ids, places and digests,
but no words, so that what is removed from a document's text is removed here too. Moments are ISO 8601 in UTC.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Integer, Table

from minutes_miner.store.columns import Words
from minutes_miner.store.tables import metadata

_Number = BigInteger().with_variant(Integer, "sqlite")

runs = Table(
    "runs",
    metadata,
    Column("id", _Number, primary_key=True, autoincrement=False),
    Column("began", Words, nullable=False),
    Column("ended", Words, doc="null while it goes on or where it was cut off"),
    Column("state", Words, nullable=False),
    Column("pipeline", Words, nullable=False, doc="version of what found the records"),
    Column("model", Words, nullable=False, doc="digest of the weights that the pipeline judges by"),
    Column("options", Words, nullable=False, doc="a JSON object"),
    Column("counts", Words, nullable=False, doc="a JSON object; empty before the end"),
    CheckConstraint("state IN ('running', 'finished', 'stopped', 'failed')", name="state"),
)

run_documents = Table(
    "run_documents",
    metadata,
    Column("run_id", _Number, ForeignKey("runs.id"), primary_key=True, autoincrement=False),
    Column("document_id", Words, ForeignKey("documents.id"), primary_key=True, index=True),
    Column("records", Words, nullable=False, doc="a line a record, without its words"),
)
