"""Read all parties for export, a few at a time, with their names as written and where they are listed as present."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from minutes_miner.domain.dataset import PARTIES, Row
from minutes_miner.domain.vocabulary import Part
from minutes_miner.store.partytables import appearances, parties
from minutes_miner.store.tables import documents

_CHUNK = 500
_PLAIN = ("id", "kind", "authority", "name", "is_resolved", "may_be")


def count_parties(connection: Connection) -> int:
    """Count the parties of all authorities."""
    return connection.scalar(select(func.count()).select_from(parties)) or 0


def read_parties(connection: Connection) -> Iterator[Row]:
    """Read the rows of PARTIES, ordered by id."""
    statement = select(*(parties.c[name] for name in _PLAIN)).order_by(parties.c.id)
    found = connection.execute(statement.execution_options(yield_per=_CHUNK))
    for chunk in found.mappings().partitions():
        ids = [str(row["id"]) for row in chunk]
        names, seats = _read_names(connection, ids), _read_seats(connection, ids)
        for row in chunk:
            held = {**row, "names": names[row["id"]], "seats": seats[row["id"]]}
            yield {name: held[name] for name in PARTIES.columns}


def _read_names(connection: Connection, ids: Sequence[str]) -> dict[str, list[dict[str, str | None]]]:
    columns = (appearances.c.party_id, appearances.c.text)
    found: dict[str, list[dict[str, str | None]]] = defaultdict(list)
    for row in connection.execute(_current(ids, *columns).distinct().order_by(*columns)):
        found[row.party_id].append({"text": row.text})
    return found


def _read_seats(connection: Connection, ids: Sequence[str]) -> dict[str, list[dict[str, str | None]]]:
    columns = (appearances.c.party_id, documents.c.committee, appearances.c.role)
    listed = _current(ids, *columns).where(appearances.c.part == Part.ATTENDED.value).distinct()
    rows = [tuple(row) for row in connection.execute(listed)]
    found: dict[str, list[dict[str, str | None]]] = defaultdict(list)
    for party, body, role in sorted(rows, key=lambda row: tuple(part or "" for part in row)):
        found[party].append({"body": body, "role": role})
    return found


def _current(ids: Sequence[str], *columns: Any) -> Select[Any]:
    joined = appearances.join(documents, documents.c.id == appearances.c.document_id)
    return select(*columns).select_from(joined).where(appearances.c.party_id.in_(ids), documents.c.is_current)
