"""Lay out what the gatherer remembers: whom it asks, what it asked for, what came, and what that is good for.

``requests`` is the frontier of the crawl, a row an address: what waits, what was answered and how, and when it is
due again. ``papers`` are what is mined. Places (``file``, ``start``, ``length``) point into the archive, whose folder
is told at run time. Moments are ISO 8601 in UTC, days ISO dates.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Date, ForeignKey
from sqlalchemy import ForeignKeyConstraint as Reference
from sqlalchemy import Index, Integer, Table, UniqueConstraint

from minutes_miner.domain.gathering import Place
from minutes_miner.store.columns import SourceName, Words
from minutes_miner.store.tables import metadata

authorities = Table(
    "authorities",
    metadata,
    Column("code", Words, primary_key=True),
    Column("name", Words, nullable=False, index=True),
    Column("kind", Words),
    Column("territory", Words, index=True),
    Column("platform", Words),
    Column("base_url", Words),
    Column("began_at", Words, doc="of the newest run"),
    Column("ended_at", Words, doc="of the newest run; null while it goes on or where it was cut off"),
)


def _authority(**options: Any) -> Column[str]:
    return Column("authority", Words, ForeignKey("authorities.code"), nullable=False, **options)


committees = Table(
    "committees",
    metadata,
    _authority(primary_key=True),
    Column("key", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("url", Words),
)

occasions = Table(
    "occasions",
    metadata,
    _authority(primary_key=True),
    Column("key", Words, primary_key=True),
    Column("kind", Words, nullable=False, doc="meeting, or notice of a decision in a register"),
    Column("committee", Words, doc="key in committees, where the site has one"),
    Column("committee_name", Words, doc="of the body, or of the decision maker"),
    Column("day", Date),
    Column("title", Words),
    Column("standing", Words, nullable=False, doc="scheduled, held, cancelled or vanished"),
    Column("url", Words, doc="a page to open"),
    Column("within", Words, doc="key of the meeting at which a notice's decision was taken"),
    Column("state", Words, nullable=False, doc="see Coverage; mined stands in papers"),
    Column("evidence", Words, doc="why the state is so"),
    Column("is_dirty", Boolean, nullable=False, doc="whether something came that its papers do not hold yet"),
    CheckConstraint("kind IN ('meeting', 'notice')", name="kind"),
    Index(None, "authority", "day"),
    Index(None, "authority", "within"),
)

requests = Table(
    "requests",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    _authority(),
    Column("url", SourceName, nullable=False),
    Column("host", Words, nullable=False),
    Column("page", Words, nullable=False),
    Column("occasion", Words),
    Column("day", Date),
    Column("is_list", Boolean, nullable=False),
    Column("facts", Words, nullable=False, doc="JSON object"),
    Column("state", Words, nullable=False, doc="waiting, answered, refused, blocked or failed"),
    Column("reason", Words, doc="why it was refused, blocked or failed"),
    Column("due", Words, doc="when to ask again; null for never"),
    Column("fetched_at", Words),
    Column("status", Integer, doc="HTTP status; 0 where no answer came"),
    Column("answered_by", SourceName, doc="the address after redirects"),
    Column("media_type", Words),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("sha256", Words, doc="of the body"),
    Column("size", BigInteger),
    Column("file", Words),
    Column("start", BigInteger),
    Column("length", Integer),
    UniqueConstraint("authority", "url"),
    Index(None, "authority", "occasion"),
    Index("ix_requests_frontier", "host", "state", "number"),
)

papers = Table(
    "papers",
    metadata,
    _authority(primary_key=True),
    Column("source", SourceName, primary_key=True, doc="as in sources, once it is mined"),
    Column("occasion", Words, nullable=False),
    Column("rank", Integer, nullable=False, doc="0 comes first where papers state the same decision"),
    Column("title", Words),
    Column("sha256", Words, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("file", Words, nullable=False),
    Column("start", BigInteger, nullable=False),
    Column("length", Integer, nullable=False),
    Reference(["authority", "occasion"], ["occasions.authority", "occasions.key"]),
    Index(None, "authority", "occasion"),
    Index(None, "source"),
)


def place_columns(place: Place) -> dict[str, str | int]:
    """Give the columns that say where the archive holds a record."""
    return {"file": place.file, "start": place.offset, "length": place.length}
