"""Keep numbers and tags of the decisions in step with what they tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from minutes_miner.store.numbers import find_slot, number_of
from minutes_miner.store.partytables import appearances, parties
from minutes_miner.store.tables import decided_sums, decisions, documents, facet_values, owners
from minutes_miner.store.tags import Row, Subject, standing_in, tags_of, values_of

_BATCH = 1000

_PAPERS = 100
"""Documents that are read at once."""

_OWN = ("id", "document_id", "number", "kind", "outcome", "procedural", "same_as", "is_suppressed", "tags", "topics")
_READ = (*_OWN, "decided_amount", "largest_amount")
_ABOUT = ("id", "authority", "territory", "committee", "meeting_date", "is_current")


def mark_decisions(connection: Connection, document: Row, rows: Sequence[Row], owned: Iterable[Row]) -> list[Row]:
    """Give a document's rows of ``decisions`` with their numbers and tags, and remember the values of the tags.

    Args:
        connection: inside the transaction that will insert them.
        document: the document's row.
        rows: of ``decisions``, in their order.
        owned: rows of ``owners``.
    """
    slot = find_slot(connection, document["id"], document["meeting_date"], len(rows))
    marked, values = tag_subjects(subjects(document, rows, owned))
    put_values(connection, values)
    day = document["meeting_date"]
    return [{**row, "number": number_of(day, slot, place)} for place, row in enumerate(marked)]


def tag_subjects(found: Iterable[Subject]) -> tuple[list[Row], list[Row]]:
    """Give the rows of some decisions with their tags, and the rows of ``facet_values`` that those need."""
    marked, values = [], {}
    for subject in found:
        tags = values_of(subject)
        values.update(tags)
        marked.append({**subject.decision, "tags": tags_of(subject, tags)})
    return marked, [
        {"tag": tag, "field": facet.field, "label": value.label, "search_key": value.key}
        for tag, (facet, value) in sorted(values.items())  # in one order, lest two writers wait for each other
    ]


def subjects(
    document: Row, rows: Iterable[Row], owned: Iterable[Row], parts: Iterable[Row] = ()
) -> Iterator[Subject]:
    """Put each decision together with its document, its owners and who had part in it."""
    owners_of, parts_of = _by_decision(owned), _by_decision(parts)
    for row in rows:
        yield Subject(document, row, owners_of.get(row["id"], ()), parts_of.get(row["id"], ()))


def _by_decision(rows: Iterable[Row]) -> dict[str, list[Row]]:
    by_decision: dict[str, list[Row]] = {}
    for row in rows:
        by_decision.setdefault(row["decision_id"], []).append(row)
    return by_decision


def put_values(connection: Connection, rows: Sequence[Row]) -> None:
    """Remember which value each tag stands for."""
    if rows:
        dialect: Any = sqlite if connection.dialect.name == "sqlite" else postgresql
        connection.execute(dialect.insert(facet_values).on_conflict_do_nothing(), rows)


def retag(connection: Connection, document_ids: Sequence[str] | None = None) -> None:
    """Write the tags anew: after a document's standing or ``same_as`` has changed, or where a migration asked for it.

    Args:
        connection: inside a transaction that writes.
        document_ids: of the documents whose decisions are meant; None for all.
    """
    chosen = documents.c.id.in_(document_ids) if document_ids is not None else documents.c.id.is_not(None)
    for batch in _batches(stored_subjects(connection, chosen)):
        marked, values = tag_subjects(batch)
        put_values(connection, values)
        changed = [
            {"wanted": new["number"], "new": new["tags"]}
            for new, old in zip(marked, batch, strict=True)
            if new["tags"] != old.decision["tags"]
        ]
        if changed:
            setting = update(decisions).where(decisions.c.number == bindparam("wanted")).values(tags=bindparam("new"))
            connection.execute(setting, changed)
        _mark_sums(connection, [one for one, new in zip(batch, marked) if new["tags"] != one.decision["tags"]])


def _mark_sums(connection: Connection, changed: Iterable[Subject]) -> None:
    """Tell again beside the sums that some decisions decide what totals ask of those."""
    rows = [
        {"wanted": one.decision["number"], "standing": standing_in(one.document, one.decision)}
        | {name: one.decision[name] for name in ("kind", "outcome", "topics")}
        for one in changed
        if one.decision["decided_amount"] is not None
    ]
    if rows:
        setting = update(decided_sums).where(decided_sums.c.number == bindparam("wanted"))
        names = [name for name in rows[0] if name != "wanted"]
        connection.execute(setting.values({name: bindparam(name) for name in names}), rows)


def stored_subjects(connection: Connection, chosen: ColumnElement[bool]) -> Iterator[Subject]:
    """Read the decisions of some documents, a few documents at a time."""
    about, columns = [documents.c[name] for name in _ABOUT], [decisions.c[name] for name in _READ]
    found = connection.execute(select(*about).where(chosen).order_by(documents.c.id)).all()
    for start in range(0, len(found), _PAPERS):
        some = {document.id: dict(document._mapping) for document in found[start : start + _PAPERS]}
        of_them = select(*columns).where(decisions.c.document_id.in_(list(some)))
        rows = _rows(connection, of_them.order_by(decisions.c.document_id, decisions.c.position))
        owners_of, parts_of = _by_decision(_owned(connection, list(some))), _by_decision(_parts(connection, list(some)))
        for row in rows:
            document = some[row.pop("document_id")]
            yield Subject(document, row, owners_of.get(row["id"], ()), parts_of.get(row["id"], ()))


def _owned(connection: Connection, ids: Sequence[str]) -> list[Row]:
    read = ("decision_id", "text", "name", "role", "search_key")
    wanted = select(*(owners.c[name] for name in read)).where(owners.c.document_id.in_(ids))
    of_decisions = wanted.where(owners.c.decision_id.is_not(None))
    return _rows(connection, of_decisions.order_by(owners.c.document_id, owners.c.position))


def _parts(connection: Connection, ids: Sequence[str]) -> list[Row]:
    """Read who moved, seconded and voted on the decisions of some documents."""
    about = (appearances.c.decision_id, appearances.c.part, appearances.c.ballot)
    joined = select(*about, parties.c.name, parties.c.search_key).join_from(appearances, parties)
    in_them = joined.where(appearances.c.document_id.in_(ids))
    wanted = in_them.where(appearances.c.part.in_(("moved", "seconded", "voted")))
    return _rows(connection, wanted.order_by(appearances.c.document_id, appearances.c.position))


def _rows(connection: Connection, statement: Select[Any]) -> list[Row]:
    return [dict(row._mapping) for row in connection.execute(statement)]


def _batches(found: Iterable[Subject]) -> Iterator[list[Subject]]:
    batch: list[Subject] = []
    for subject in found:
        batch.append(subject)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
