"""List councils with their bodies, and the meetings of one body, by what current papers and the register tell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, func, select

from minutes_miner.domain.resolution import scope_of
from minutes_miner.store.gathertables import authorities
from minutes_miner.store.repository import Store
from minutes_miner.store.tables import actions, decisions, documents


@dataclass(frozen=True, slots=True)
class BodyRow:
    """Count the meetings of one body.

    Attributes:
        key: its name without capitals, accents and doubled blanks; empty where papers tell no body.
        name: as most papers have it; None where they tell none.
        spellings: its name in each way in which papers have it.
        meetings: days on which it met; each paper without a day is one.
        papers: current papers.
        first_day, last_day: of its meetings.
    """

    key: str
    name: str | None
    spellings: tuple[str, ...]
    meetings: int
    papers: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class CouncilRow:
    """Hold a council with its bodies.

    Attributes:
        key: its name without capitals, accents and doubled blanks: two councils never share one.
        name: as the register has it, or most papers.
        spellings: its name in each way in which papers have it; none where nothing was read.
        code: in the register of what was gathered; None where it is not in there.
        territory: ENG, NIR, SCT or WLS, where known.
        bodies: by name; what tells no body last.
    """

    key: str
    name: str
    spellings: tuple[str, ...]
    code: str | None
    territory: str | None
    bodies: tuple[BodyRow, ...] = field(default=())

    @property
    def meetings(self) -> int:
        """Meetings of all its bodies."""
        return sum(body.meetings for body in self.bodies)

    @property
    def papers(self) -> int:
        """Current papers of all its bodies."""
        return sum(body.papers for body in self.bodies)

    @property
    def first_day(self) -> date | None:
        """Day of its oldest meeting."""
        return min((body.first_day for body in self.bodies if body.first_day), default=None)

    @property
    def last_day(self) -> date | None:
        """Day of its newest meeting."""
        return max((body.last_day for body in self.bodies if body.last_day), default=None)


@dataclass(frozen=True, slots=True)
class MeetingCount:
    """Count what was read of a meeting.

    Attributes:
        id: of its main paper.
        day: None where the paper tells none.
        title: of its main paper.
        papers: current papers.
        decisions: each once that several papers state.
        actions: likewise.
    """

    id: str
    day: date | None
    title: str | None
    papers: int
    decisions: int
    actions: int


def find_councils(store: Store) -> list[CouncilRow]:
    """List the councils that current papers name or that were gathered, by name.

    Raises:
        StoreError: the database can't be read.
    """
    with store.read() as connection:
        register = {scope_of(row.name): row for row in connection.execute(select(authorities))}
        codes = {scope_of(row.code): key for key, row in register.items()}
        found: dict[str, list[Any]] = {key: [] for key in register}
        for row in _count_papers(connection):
            key = scope_of(row.authority)
            if key:
                found.setdefault(key if key in register else codes.get(key, key), []).append(row)
    councils = [_council(key, rows, register.get(key)) for key, rows in found.items()]
    return sorted(councils, key=lambda council: (council.key, council.name))


def find_meetings(
    store: Store, council: CouncilRow, body: BodyRow, *, offset: int = 0, limit: int = 50
) -> list[MeetingCount]:
    """List the meetings of a body, the newest first, those without a day last.

    Raises:
        StoreError: the database can't be read.
    """
    day, committee = documents.c.meeting_date, documents.c.committee
    its = committee.in_(body.spellings) if body.key else (committee.is_(None) | (func.trim(committee) == ""))
    wanted = select(documents.c.id, day, documents.c.title)
    wanted = wanted.where(documents.c.authority.in_(council.spellings), documents.c.is_current, its)
    ordered = wanted.order_by(day.desc().nulls_last(), documents.c.character_count.desc(), documents.c.id)
    with store.read() as connection:
        rows = connection.execute(ordered).all()
        met = [list(papers) for _, papers in groupby(rows, key=lambda row: row.meeting_date or row.id)]
        shown = met[offset : offset + limit]
        ids = [paper.id for papers in shown for paper in papers]
        decided, asked = (_count_records(connection, table, ids) for table in (decisions, actions))
    return [
        MeetingCount(
            papers[0].id,
            papers[0].meeting_date,
            papers[0].title,
            len(papers),
            sum(decided[paper.id] for paper in papers),
            sum(asked[paper.id] for paper in papers),
        )
        for papers in shown
    ]


def _count_papers(connection: Connection) -> Sequence[Any]:
    """Count current papers by council and body; plain columns would have SQLite read every document's whole row."""
    day = documents.c.meeting_date
    name, body = (func.coalesce(column, "") for column in (documents.c.authority, documents.c.committee))
    days = (func.count(day.distinct()).label("days"), func.count(day).label("dated"))
    ends = (func.min(day).label("first"), func.max(day).label("last"))
    place = func.min(documents.c.territory).label("territory")
    keys = (name.label("authority"), body.label("committee"))
    counted = select(*keys, place, func.count().label("papers"), *days, *ends)
    return connection.execute(counted.where(documents.c.is_current).group_by(name, body)).all()


def _count_records(connection: Connection, table: Any, ids: Sequence[str]) -> Counter[str]:
    """Count the records of some documents, without copies of what another paper states and what was withdrawn."""
    own = (table.c.document_id.in_(ids), table.c.same_as.is_(None), ~table.c.is_suppressed)
    counted = select(table.c.document_id, func.count()).where(*own).group_by(table.c.document_id)
    return Counter({row[0]: row[1] for row in connection.execute(counted)})


def _council(key: str, rows: Sequence[Any], registered: Any) -> CouncilRow:
    papers: Counter[str] = Counter()
    bodies: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        papers[row.authority] += row.papers
        bodies[scope_of(row.committee or "")].append(row)
    places = [row.territory for row in rows if row.territory]
    return CouncilRow(
        key,
        registered.name if registered else _commonest(papers),
        tuple(sorted(papers)),
        registered.code if registered else None,
        (registered.territory if registered else None) or next(iter(places), None),
        tuple(_body(one, bodies[one]) for one in sorted(bodies, key=lambda one: (not one, one))),
    )


def _body(key: str, rows: Sequence[Any]) -> BodyRow:
    """Put the spellings of a body together; the days that two of them share count twice."""
    named: Counter[str] = Counter()
    for row in rows:
        named[row.committee or ""] += row.papers
    return BodyRow(
        key,
        _commonest(named) if key else None,
        tuple(sorted(named)),
        sum(row.days + row.papers - row.dated for row in rows),
        sum(row.papers for row in rows),
        min((row.first for row in rows if row.first), default=None),
        max((row.last for row in rows if row.last), default=None),
    )


def _commonest(names: Counter[str]) -> str:
    return max(names, key=lambda name: (not name.isupper(), names[name], name))
