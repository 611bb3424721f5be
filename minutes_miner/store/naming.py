"""Read the names in an authority's papers, and keep what they are resolved into."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from minutes_miner.domain.party import KnownParty, Mention, NamedPaper, Resolution
from minutes_miner.domain.resolution import scope_of
from minutes_miner.domain.vocabulary import Part
from minutes_miner.store.columns import clean_text
from minutes_miner.store.partyqueue import ONE
from minutes_miner.store.partytables import appearances, parties, party_queue
from minutes_miner.store.query import fold
from minutes_miner.store.repository import Store
from minutes_miner.store.rows import Row
from minutes_miner.store.tables import attendance, decisions, documents, named_votes, owners
from minutes_miner.store.tagging import retag

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Names:
    """Hold the names in the current papers of a scope; ``authority`` is None where the scope is one document."""

    scope: str
    authority: str | None
    papers: tuple[NamedPaper, ...]


class Naming:
    """Hold an open transaction in which a scope is resolved; made by :func:`open_naming`."""

    def __init__(self, connection: Connection, scope: str) -> None:
        self._connection = connection
        self._ids, self._authority, self._bodies = _find_documents(connection, scope)
        self._scope = scope

    def read(self) -> Names:
        """Read the names."""
        found: dict[str, list[Mention]] = defaultdict(list)
        for start in range(0, len(self._ids), _BATCH):
            for document, mention in _read_mentions(self._connection, self._ids[start : start + _BATCH]):
                found[document].append(mention)
        papers = tuple(NamedPaper(one, self._bodies[one], tuple(found[one])) for one in self._ids)
        return Names(self._scope, self._authority, papers)

    def save(self, resolution: Resolution) -> int:
        """Keep the parties; only what has changed is written.

        Returns:
            The number of documents in which something changed.
        """
        connection = self._connection
        wanted = {row["id"]: row for row in map(self._party_row, resolution.parties)}
        known = {row["id"]: row for row in _rows(connection, parties, self._scope)}
        rows: dict[str, list[Row]] = defaultdict(list)
        for one in resolution.appearances:
            rows[one.paper].append(_appearance_row(one.paper, one.position, one.party_id, one.role, one.mention))
        stored: dict[str, list[Row]] = defaultdict(list)
        for row in _rows(connection, appearances, self._scope):
            stored[row["document_id"]].append(row)
        renamed = {number for number, row in wanted.items() if number in known and known[number]["name"] != row["name"]}
        changed = sorted(one for one in {*rows, *stored} if rows.get(one, []) != stored.get(one, []))
        touched = {*changed, *(one for one, of_it in rows.items() if renamed & {row["party_id"] for row in of_it})}
        _replace_parties(connection, wanted, known)
        _replace_appearances(connection, changed, rows)
        gone = sorted({*known} - {*wanted})
        for start in range(0, len(gone), _BATCH):
            connection.execute(delete(parties).where(parties.c.id.in_(gone[start : start + _BATCH])))
        ordered = sorted(touched)
        for start in range(0, len(ordered), _BATCH):
            retag(connection, ordered[start : start + _BATCH])
        return len(changed)

    def _party_row(self, party: KnownParty) -> Row:
        name = clean_text(party.name)
        return {
            "id": party.id,
            "scope": self._scope,
            "authority": self._authority,
            "kind": party.kind.value,
            "name": name,
            "search_key": search_key(name),
            "is_resolved": party.is_resolved,
            "may_be": party.may_be,
        }


@contextmanager
def open_naming(store: Store, scope: str) -> Iterator[Naming]:
    """Begin to resolve a scope, and take it from the queue: one transaction, undone where an error is raised.

    Raises:
        StoreError: the database can't be written.
    """
    with store.write() as connection:
        connection.execute(delete(party_queue).where(party_queue.c.scope == scope))
        yield Naming(connection, scope)


def find_queue(store: Store) -> list[str]:
    """List the scopes whose papers changed since parties were resolved."""
    with store.read() as connection:
        return list(connection.scalars(select(party_queue.c.scope).order_by(party_queue.c.scope)))


def search_key(name: str) -> str:
    """Give what a part of a name is looked for in: apostrophes of either kind, or none."""
    folded = fold(name)
    return " | ".join(dict.fromkeys((folded, folded.replace("'", "’"), folded.replace("'", ""))))


def _find_documents(connection: Connection, scope: str) -> tuple[list[str], str | None, dict[str, str | None]]:
    """Find the current documents of a scope, the authority's commonest name, and the body that met in each."""
    about = select(documents.c.id, documents.c.authority, documents.c.committee).where(documents.c.is_current)
    if scope.startswith(ONE):
        found = connection.execute(about.where(documents.c.id == scope.removeprefix(ONE))).all()
        return [row.id for row in found], None, {row.id: row.committee for row in found}
    every = connection.scalars(select(documents.c.authority).distinct().where(documents.c.authority.is_not(None)))
    names = [name for name in every if scope_of(name) == scope]
    found = connection.execute(about.where(documents.c.authority.in_(names)).order_by(documents.c.id)).all()
    counted = Counter(row.authority for row in found)
    name = max(counted, key=lambda one: (not one.isupper(), counted[one], one), default=None)
    return [row.id for row in found], name, {row.id: row.committee for row in found}


def _read_mentions(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, Mention]]:
    """Read the names of some documents, each document's in one order."""
    for row in _of_documents(connection, attendance, ids, attendance.c.position):
        place = {"status": row.status, "start": row.start_offset, "end": row.end_offset}
        yield row.document_id, Mention(Part.ATTENDED, row.person, row.role, **place)
    parts = {
        "mover": Part.MOVED,
        "seconder": Part.SECONDED,
        "portfolio_holder": Part.PORTFOLIO,
        "decision_maker": Part.DECIDED,
    }
    for row in _of_documents(connection, decisions, ids, decisions.c.position, "id", *parts):
        for name, part in parts.items():
            if row._mapping[name]:
                yield row.document_id, Mention(part, row._mapping[name], decision_id=row.id)
    voted = (named_votes.c.decision_id, named_votes.c.position)
    for row in _of_documents(connection, named_votes, ids, *voted):
        yield row.document_id, Mention(Part.VOTED, row.person, decision_id=row.decision_id, ballot=row.ballot)
    for row in _of_documents(connection, owners, ids, owners.c.position):
        record = {"decision_id": row.decision_id, "action_id": row.action_id}
        yield row.document_id, Mention(Part.OWNS, row.text, row.role, **record)


def _of_documents(connection: Connection, table: Table, ids: Sequence[str], *about: Any) -> Iterator[Any]:
    order = [column for column in about if not isinstance(column, str)]
    names = [column for column in about if isinstance(column, str)]
    columns = [table.c.document_id, *(table.c[name] for name in names)] if names else [table]
    yield from connection.execute(select(*columns).where(table.c.document_id.in_(ids)).order_by(*order))


def _appearance_row(document: str, position: int, party: str, role: str | None, mention: Mention) -> Row:
    return {
        "document_id": document,
        "position": position,
        "party_id": party,
        "part": mention.part.value,
        "text": mention.text,
        "role": role,
        "decision_id": mention.decision_id,
        "action_id": mention.action_id,
        "ballot": mention.ballot,
    }


def _rows(connection: Connection, table: Table, scope: str) -> Iterator[Row]:
    """Read the rows of a scope, in the order of their keys."""
    wanted = select(table) if table is parties else select(table).join(parties, parties.c.id == table.c.party_id)
    for row in connection.execute(wanted.where(parties.c.scope == scope).order_by(*table.primary_key)):
        yield dict(row._mapping)


def _replace_parties(connection: Connection, wanted: dict[str, Row], known: dict[str, Row]) -> None:
    new = [row for number, row in sorted(wanted.items()) if number not in known]
    if new:
        connection.execute(insert(parties), new)
    for number, row in sorted(wanted.items()):
        if number in known and known[number] != row:
            connection.execute(parties.update().where(parties.c.id == number).values(row))


def _replace_appearances(connection: Connection, changed: Sequence[str], rows: dict[str, list[Row]]) -> None:
    for start in range(0, len(changed), _BATCH):
        some = changed[start : start + _BATCH]
        connection.execute(delete(appearances).where(appearances.c.document_id.in_(some)))
        found: Iterable[Row] = (row for one in some for row in rows.get(one, ()))
        if inserted := list(found):
            connection.execute(insert(appearances), inserted)
