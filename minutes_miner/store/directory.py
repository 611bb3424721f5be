"""List councils, meetings and whole sets of ids page by page, by what the database's indexes hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import ColumnElement, and_, func, or_, select

from minutes_miner.store.repository import Store
from minutes_miner.store.tables import actions, decisions, documents

_PAPERS = 4
"""Papers of a meeting that are reckoned with; where there are more, the database is asked again."""

TABLES = {"decisions": decisions, "actions": actions, "documents": documents}
"""What has ids of 16 hexadecimal digits."""

FEW = 30_000
"""Ids of which a part is made; an address list for robots may hold 50,000."""


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """Tell of a council how many current papers there are, and of which days."""

    name: str
    papers: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """Name a meeting by one of its papers: what one body did on one day."""

    id: str
    authority: str
    committee: str | None
    day: date


@dataclass(frozen=True, slots=True)
class MeetingFilter:
    """Say which meetings are wanted.

    Attributes:
        authority: its whole name.
        since, until: first and last day.
        before: the last meeting of the page before.
        limit: the most rows.
    """

    authority: str | None = None
    since: date | None = None
    until: date | None = None
    before: MeetingRow | None = None
    limit: int = 20


def list_names(store: Store, *, after: str | None = None, limit: int = 20) -> list[AuthorityRow]:
    """List councils by name.

    Args:
        store: an open store.
        after: the last name of the page before.
        limit: the most rows.

    Raises:
        StoreError: the database can't be read.
    """
    name, day = documents.c.authority, documents.c.meeting_date
    wanted = select(name, func.count(), func.min(day), func.max(day)).where(name.is_not(None), documents.c.is_current)
    if after is not None:
        wanted = wanted.where(name > after)
    with store.read() as connection:
        return [AuthorityRow(*row) for row in connection.execute(wanted.group_by(name).order_by(name).limit(limit))]


def list_meetings(store: Store, wanted: MeetingFilter) -> list[MeetingRow]:
    """List meetings whose council and day are known, the newest first.

    Raises:
        StoreError: the database can't be read.
    """
    day, name, body = documents.c.meeting_date, documents.c.authority, func.coalesce(documents.c.committee, "")
    chosen = select(documents.c.id, name, documents.c.committee, day).where(*_conditions(wanted, body))
    ordered = chosen.order_by(day.desc(), name, body, documents.c.id)
    count = wanted.limit * _PAPERS
    while True:
        with store.read() as connection:
            rows = [MeetingRow(*row) for row in connection.execute(ordered.limit(count))]
        found = [next(papers) for _, papers in groupby(rows, key=lambda row: (row.day, row.authority, row.committee))]
        if len(found) >= wanted.limit or len(rows) < count:
            return found[: wanted.limit]
        count *= _PAPERS


def _conditions(wanted: MeetingFilter, body: ColumnElement[str]) -> Iterator[ColumnElement[bool]]:
    day, name = documents.c.meeting_date, documents.c.authority
    yield from (documents.c.is_current, day.is_not(None), name.is_not(None))
    if wanted.authority is not None:
        yield name == wanted.authority
    if wanted.since:
        yield day >= wanted.since
    if wanted.until:
        yield day <= wanted.until
    if last := wanted.before:
        yield day <= last.day
        later_body = and_(name == last.authority, body > (last.committee or ""))
        yield or_(day < last.day, name > last.authority, later_body)


def find_prefixes(store: Store, table: str) -> list[str]:
    """Part the ids of a table by their first digits, so that about FEW have the same ones at most.

    Ids are digests: of any beginning there are as many as of any other, so that the first part tells how many to make.

    Raises:
        StoreError: the database can't be read.
    """
    key = TABLES[table].c.id
    digits = 0
    with store.read() as connection:
        while digits < 3:
            first = select(key).where(_begins(key, "0" * digits)).limit(FEW + 1).subquery()
            if (connection.scalar(select(func.count()).select_from(first)) or 0) <= FEW:
                break
            digits += 1
    return [f"{number:0{digits}x}" for number in range(16**digits)] if digits else [""]


def list_ids(store: Store, table: str, prefix: str) -> Sequence[tuple[str, str]]:
    """Give the ids that begin so of what is current and not withdrawn, each with the moment when it was mined.

    Raises:
        StoreError: the database can't be read.
    """
    held = TABLES[table]
    wanted = select(held.c.id, documents.c.mined_at).where(documents.c.is_current, _begins(held.c.id, prefix))
    if held is not documents:
        wanted = wanted.join(documents, documents.c.id == held.c.document_id).where(~held.c.is_suppressed)
    with store.read() as connection:
        return [(row[0], row[1]) for row in connection.execute(wanted.order_by(held.c.id))]


def _begins(key: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """Ask for ids that begin so as a range, which every index understands."""
    return and_(key >= prefix, key < prefix + "g")
