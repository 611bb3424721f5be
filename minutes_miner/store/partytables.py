"""Lay out who appears in the papers: parties, where each appears, and what is still to be resolved.

``parties`` and ``appearances`` follow from the other tables: :mod:`minutes_miner.workflow.resolving` makes them anew
for every authority in ``party_queue``. A ``scope`` is an authority's name without capitals and accents, or a document
where that tells no authority: parties are never merged across scopes.
"""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table

from minutes_miner.store.columns import Words
from minutes_miner.store.tables import metadata

parties = Table(
    "parties",
    metadata,
    Column("id", Words, primary_key=True, doc="from scope, kind and name: the same on every machine"),
    Column("scope", Words, nullable=False),
    Column("authority", Words, doc="null where the document tells none"),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False, doc="the fullest that the papers have, without titles"),
    Column("search_key", Words, nullable=False, doc="the name without capitals and accents"),
    Column("is_resolved", Boolean, nullable=False, doc="false: the name fits several that are kept apart"),
    Column("may_be", Words, doc="their names, joined for reading"),
    CheckConstraint("kind IN ('person', 'post', 'body')", name="kind"),
    Index(None, "scope", "kind"),
)

appearances = Table(
    "appearances",
    metadata,
    Column("document_id", Words, ForeignKey("documents.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False, doc="counts from 0 in the document"),
    Column("party_id", Words, ForeignKey("parties.id"), nullable=False, index=True),
    Column("part", Words, nullable=False, doc="attended, moved, seconded, voted, portfolio, decided, met or owns"),
    Column("text", Words, nullable=False, doc="the name as written"),
    Column("role", Words, doc="the post that stands beside the name"),
    Column("decision_id", Words, doc="the decision that was moved, voted on and so on"),
    Column("action_id", Words, doc="the action that is owned"),
    Column("ballot", Words, doc="for, against or abstain"),
)

party_queue = Table(
    "party_queue",
    metadata,
    Column("scope", Words, primary_key=True, doc="whose papers changed since parties were resolved"),
)
