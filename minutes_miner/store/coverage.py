"""Tell what was read, refused and missing: the ledger of what was gathered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, distinct, extract, func, select

from minutes_miner.domain.gathering import OccasionKind, Standing
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.store.gathertables import authorities, occasions, papers, requests
from minutes_miner.store.repository import Store
from minutes_miner.store.tables import sources


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """Count the meetings or notices of one body, year and state.

    Attributes:
        authority: its code.
        name: its name.
        kind: meeting, or notice of a decision in a register.
        committee: name of the body; None where the site tells none.
        year: of the meetings; None where their day is not known.
        state: how far they have been read.
        cancelled: of ``count``, those that the site calls cancelled.
        vanished: of ``count``, those that the site lists no more.
        count: how many there are.
    """

    authority: str
    name: str
    kind: OccasionKind
    committee: str | None
    year: int | None
    state: Coverage
    cancelled: int
    vanished: int
    count: int


@dataclass(frozen=True, slots=True)
class AuthorityCoverage:
    """Sum up what is known of one authority.

    Attributes:
        code, name: of the authority.
        state: of its lists: NOT_TRIED before the first run, the obstacle where no list could be read, EMPTY where they
            hold nothing, else MINED.
        asked_at: when its newest run began, in UTC.
        is_whole: whether that run came to its end.
        newest: day of the newest meeting that has been mined.
        lists_unread: lists that could not be read, by reason.
    """

    code: str
    name: str
    state: Coverage
    asked_at: str | None
    is_whole: bool
    newest: date | None
    lists_unread: dict[str, int]


def count_coverage(store: Store, code: str | None = None) -> list[CoverageRow]:
    """Count meetings and notices by authority, body, year and state.

    Args:
        store: holds what was gathered.
        code: of one authority; None for all.
    """
    kept = _kept_papers().subquery()
    state = _state(kept)
    year = extract("year", occasions.c.day)
    keys = (occasions.c.authority, authorities.c.name, occasions.c.kind, occasions.c.committee_name, year, state)
    statement = (
        select(*keys, _count(Standing.CANCELLED), _count(Standing.VANISHED), func.count())
        .join(authorities, authorities.c.code == occasions.c.authority)
        .join(kept, _same(kept), isouter=True)
        .group_by(*keys)
        .order_by(*keys)
    )
    if code is not None:
        statement = statement.where(occasions.c.authority == code)
    with store.read() as connection:
        return [
            CoverageRow(row[0], row[1], OccasionKind(row[2]), row[3], _year(row[4]), Coverage(row[5]), *row[6:])
            for row in connection.execute(statement)
        ]


def list_authorities(store: Store, code: str | None = None) -> list[AuthorityCoverage]:
    """Sum up each authority that was ever gathered, in the order of their codes."""
    chosen = select(authorities).order_by(authorities.c.code)
    if code is not None:
        chosen = chosen.where(authorities.c.code == code)
    with store.read() as connection:
        newest = _find_newest(connection)
        unread: dict[str, Counter[tuple[str, str]]] = {}
        answered: Counter[str] = Counter()
        lists = select(requests.c.authority, requests.c.state, requests.c.reason, func.count())
        columns = (requests.c.authority, requests.c.state, requests.c.reason)
        for name, state, reason, count in connection.execute(lists.where(requests.c.is_list).group_by(*columns)):
            if reason is None:
                answered[name] += count if state == "answered" else 0
            else:
                unread.setdefault(name, Counter())[(state, reason)] += count
        return [
            AuthorityCoverage(
                code=row.code,
                name=row.name,
                state=_sum_up(answered[row.code], unread.get(row.code), row.code in newest),
                asked_at=row.began_at,
                is_whole=row.ended_at is not None,
                newest=newest.get(row.code),
                lists_unread={reason: count for (_, reason), count in unread.get(row.code, Counter()).items()},
            )
            for row in connection.execute(chosen).all()
        ]


def _sum_up(answered: int, unread: Counter[tuple[str, str]] | None, has_mined: bool) -> Coverage:
    if has_mined:
        return Coverage.MINED
    if answered:
        return Coverage.EMPTY
    return Coverage(unread.most_common(1)[0][0][0]) if unread else Coverage.NOT_TRIED


def _find_newest(connection: Any) -> dict[str, date]:
    newest = (
        select(occasions.c.authority, func.max(occasions.c.day))
        .join(papers, and_(papers.c.authority == occasions.c.authority, papers.c.occasion == occasions.c.key))
        .join(sources, and_(sources.c.source == papers.c.source, sources.c.state == "mined"))
        .group_by(occasions.c.authority)
    )
    return {code: day for code, day in connection.execute(newest)}


def _kept_papers() -> Any:
    """Count each occasion's papers, those mined, and those that could not be."""
    counts = (
        func.count(distinct(papers.c.source)).label("papers"),
        func.count(distinct(case((sources.c.state == "mined", papers.c.source)))).label("mined"),
        func.count(distinct(case((sources.c.state == "failed", papers.c.source)))).label("failed"),
    )
    joined = select(papers.c.authority, papers.c.occasion, *counts)
    joined = joined.join(sources, sources.c.source == papers.c.source, isouter=True)
    return joined.group_by(papers.c.authority, papers.c.occasion)


def _same(kept: Any) -> Any:
    return and_(kept.c.authority == occasions.c.authority, kept.c.occasion == occasions.c.key)


def _state(kept: Any) -> Any:
    is_mined = and_(kept.c.papers > 0, kept.c.mined == kept.c.papers)
    return case(
        (is_mined, Coverage.MINED.value), (kept.c.failed > 0, Coverage.FAILED.value), else_=occasions.c.state
    ).label("shown")


def _count(standing: Standing) -> Any:
    return func.sum(case((occasions.c.standing == standing.value, 1), else_=0))


def _year(value: Any) -> int | None:
    return None if value is None else int(value)
