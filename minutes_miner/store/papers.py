"""Keep the papers that occasions were composed to, and tell which records of them say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Table, and_, delete, exists, select, update

from minutes_miner.domain.gathering import OccasionKind, Place
from minutes_miner.domain.vocabulary import OBSTACLES, Coverage
from minutes_miner.store.gathertables import authorities, occasions, papers, place_columns
from minutes_miner.store.repository import Store
from minutes_miner.store.saving import insert_into
from minutes_miner.store.tables import actions, decisions, sources
from minutes_miner.store.tagging import retag


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """Hold a paper, and where the archive keeps its bytes; ``sha256`` and ``size`` are of the bytes unpacked."""

    source: str
    rank: int
    title: str | None
    sha256: str
    size: int
    place: Place


@dataclass(frozen=True, slots=True)
class MinablePaper:
    """Hold a paper with what its occasion tells of it.

    Attributes:
        paper: what is to be mined.
        authority: the authority's name.
        committee: name of the body, or of who decided.
        day: of the meeting.
        url: a page to open.
    """

    paper: KeptPaper
    authority: str
    committee: str | None
    day: date | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """Hold a record of one paper, to be compared with those of the others.

    Attributes:
        table: decisions or actions.
        id: of the record.
        source: of its paper.
        text, item_title, outcome: as stored; an action has no outcome.
        same_as: as stored.
    """

    table: str
    id: str
    source: str
    text: str
    item_title: str | None
    outcome: str | None
    same_as: str | None


_RECORDS: dict[str, Table] = {"decisions": decisions, "actions": actions}


def save_composition(
    store: Store, code: str, occasion: str, state: Coverage, evidence: str, kept: Sequence[KeptPaper]
) -> None:
    """Put an occasion's papers in the place of those that it has, in one transaction.

    Where it could not be read this time, those that it has stay, and so does what is said of them.
    """
    same = and_(occasions.c.authority == code, occasions.c.key == occasion)
    with store.write() as connection:
        has_papers = exists().where(papers.c.authority == code, papers.c.occasion == occasion)
        if not kept and state in OBSTACLES and connection.scalar(select(has_papers)):
            connection.execute(update(occasions).where(same).values(is_dirty=False))
            return
        connection.execute(
            delete(papers).where(
                papers.c.authority == code,
                papers.c.occasion == occasion,
                papers.c.source.not_in([paper.source for paper in kept]),
            )
        )
        for paper in kept:
            facts = {"occasion": occasion, "rank": paper.rank, "title": paper.title, "sha256": paper.sha256}
            facts |= {"size": paper.size, **place_columns(paper.place)}
            inserting = insert_into(connection, papers).values(authority=code, source=paper.source, **facts)
            connection.execute(inserting.on_conflict_do_update(index_elements=["authority", "source"], set_=facts))
        facts = {"state": state.value, "evidence": evidence, "is_dirty": False}
        connection.execute(update(occasions).where(same).values(facts))


def find_papers(store: Store, codes: Sequence[str]) -> list[MinablePaper]:
    """Give the papers of some authorities, in the order of their meetings."""
    statement = (
        select(papers, authorities.c.name, occasions.c.committee_name, occasions.c.day, occasions.c.url)
        .join(authorities, authorities.c.code == papers.c.authority)
        .join(occasions, and_(occasions.c.authority == papers.c.authority, occasions.c.key == papers.c.occasion))
        .where(papers.c.authority.in_(codes))
        .order_by(papers.c.authority, occasions.c.day, papers.c.occasion, papers.c.rank, papers.c.source)
    )
    found = []
    with store.read() as connection:
        for row in connection.execute(statement):
            place = Place(row.file, row.start, row.length)
            paper = KeptPaper(row.source, row.rank, row.title, row.sha256, row.size, place)
            found.append(MinablePaper(paper, row.name, row.committee_name, row.day, row.url))
    return found


def find_shared_occasions(store: Store, code: str) -> list[list[str]]:
    """Give, for each meeting that more than one paper tells of, the papers' sources in the order of their rank.

    The notices of decisions taken at a meeting are papers of that meeting, after its own.
    """
    meeting = select(
        papers.c.source,
        papers.c.rank,
        occasions.c.kind,
        occasions.c.key,
        occasions.c.within,
    ).join(occasions, and_(occasions.c.authority == papers.c.authority, occasions.c.key == papers.c.occasion))
    groups: dict[str, list[tuple[bool, int, str]]] = {}
    with store.read() as connection:
        for row in connection.execute(meeting.where(papers.c.authority == code)):
            is_notice = row.kind == OccasionKind.NOTICE.value
            groups.setdefault(row.within or row.key, []).append((is_notice, row.rank, row.source))
    return [[source for _, _, source in sorted(group)] for group in groups.values() if len(group) > 1]


def find_statements(store: Store, found: Iterable[str]) -> list[Statement]:
    """Give the decisions and actions of some sources, in the order of the sources and of their words."""
    order = {source: number for number, source in enumerate(found)}
    statements = []
    with store.read() as connection:
        for name, table in _RECORDS.items():
            outcome = [table.c.outcome] if "outcome" in table.c else []
            columns = (table.c.id, table.c.text, table.c.item_title, table.c.same_as, table.c.position, *outcome)
            joined = select(sources.c.source, *columns).join(table, table.c.document_id == sources.c.document_id)
            rows = connection.execute(joined.where(sources.c.source.in_(list(order)))).all()
            for row in sorted(rows, key=lambda row: (order[row.source], row.position)):
                facts = (row.text, row.item_title, getattr(row, "outcome", None), row.same_as)
                statements.append(Statement(name, row.id, row.source, *facts))
    return statements


def save_sameness(store: Store, same: Iterable[tuple[Statement, str | None]]) -> None:
    """Note for each record which other one says the same; None where it stands for itself."""
    changed = [(statement, other) for statement, other in same if statement.same_as != other]
    with store.write() as connection:
        for statement, other in changed:
            table = _RECORDS[statement.table]
            connection.execute(update(table).where(table.c.id == statement.id).values(same_as=other))
        holders = sources.c.source.in_({statement.source for statement, _ in changed})
        retag(connection, list(connection.scalars(select(sources.c.document_id).where(holders))))
