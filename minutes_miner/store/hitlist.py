"""Turn what a filter finds into alerts: records with what may change of them, a few rows at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select

from minutes_miner.domain.alert import Alert
from minutes_miner.store.export import CHUNK, URL
from minutes_miner.store.filters import ActionFilter, DecisionFilter
from minutes_miner.store.gathertables import occasions, papers
from minutes_miner.store.hits import select_decisions
from minutes_miner.store.listing import select_actions, select_rows
from minutes_miner.store.recordkey import record_keys
from minutes_miner.store.tables import actions, decisions, documents, sources

Told = Mapping[str, tuple[str, str]]
"""Key and facts of what was told, by the record's id and by its key."""

_FACTS = {
    "decision": ("kind", "outcome", "vote_manner", "votes_for", "votes_against", "abstentions", "sums", "owners"),
    "action": ("status", "owners"),
}

_STANDING = (
    select(func.min(occasions.c.state))
    .select_from(sources)
    .join(papers, papers.c.source == sources.c.source)
    .join(occasions, and_(occasions.c.authority == papers.c.authority, occasions.c.key == papers.c.occasion))
    .where(sources.c.document_id == documents.c.id, occasions.c.state.in_(("draft", "approved")))
    .correlate(documents)
    .scalar_subquery()
    .label("standing")
)
"""Whether the gatherer knows a document as a draft or as approved; approved where two papers disagree."""


def iter_alerts(connection: Connection, wanted: DecisionFilter | ActionFilter, told: Told) -> Iterator[Alert]:
    """Give what a filter finds and was not told as it is now.

    Args:
        connection: for reading.
        wanted: the filter.
        told: what was told; an alert that is ``known`` stands for a record that has only another id now.

    Raises:
        StoreError: the query can't be understood.
    """
    is_for_actions = isinstance(wanted, ActionFilter)
    statement = _statement(is_for_actions)
    if isinstance(wanted, ActionFilter):
        chosen: Select[Any] = select_actions(connection, wanted).order_by(None).limit(None).offset(None)
        chosen = chosen.with_only_columns(actions.c.number, maintain_column_froms=True)
        statement = statement.where(actions.c.number.in_(chosen))
    else:
        statement = statement.where(decisions.c.number.in_(select_decisions(connection, wanted)))
    for chunk in connection.execute(statement.execution_options(yield_per=CHUNK)).partitions():
        fresh = [row for row in chunk if told.get(row.id, ("", ""))[1] != _json(_facts(row, is_for_actions))]
        keys = _keys(connection, is_for_actions, sorted({row.document_id for row in fresh}))
        for row in fresh:
            yield _judge(row, is_for_actions, keys[row.id], told)


def read_alerts(connection: Connection, is_for_actions: bool, ids: Sequence[str]) -> dict[str, Alert]:
    """Read records by their ids, those that are left out of lists left out here, too."""
    table = actions if is_for_actions else decisions
    found = {}
    for start in range(0, len(ids), CHUNK):
        some = table.c.id.in_(ids[start : start + CHUNK])
        for row in connection.execute(_statement(is_for_actions).where(some, ~table.c.is_suppressed)):
            found[row.id] = _alert(row, is_for_actions, "", "known", {})
    return found


def _statement(is_for_actions: bool) -> Select[Any]:
    rows = select_rows(actions if is_for_actions else decisions)
    return rows.add_columns(URL, _STANDING)


def _judge(row: Row[Any], is_for_actions: bool, key: str, told: Told) -> Alert:
    """Tell whether a record is new, changed, or known from another version of its document."""
    before = told.get(row.id) or told.get(key)
    if before is None:
        return _alert(row, is_for_actions, key, "new", {})
    old, new = json.loads(before[1]), _facts(row, is_for_actions)
    changed = {name: old.get(name, "") for name in sorted({*old, *new}) if old.get(name, "") != new.get(name, "")}
    return _alert(row, is_for_actions, before[0], "changed" if changed else "known", changed)


def _alert(row: Row[Any], is_for_actions: bool, key: str, change: str, details: Mapping[str, str]) -> Alert:
    source = str(row.source or "")
    return Alert(
        key=key,
        change=change,
        noun="action" if is_for_actions else "decision",
        record_id=row.id,
        document_id=row.document_id,
        text=row.text,
        authority=row.authority,
        committee=row.committee,
        meeting_date=row.meeting_date,
        item_title=row.item_title,
        facts=_facts(row, is_for_actions),
        details=details,
        url=row.url or (source if source.startswith(("https://", "http://")) else None),
    )


def _facts(row: Row[Any], is_for_actions: bool) -> dict[str, str]:
    """Give what may change of a record, what is not known left out."""
    held = {name: getattr(row, name) for name in _FACTS["action" if is_for_actions else "decision"]}
    held |= {"due": row.due_text, "due_by": row.due_to, "standing": row.standing}
    return {name: " ".join(str(value).split()) for name, value in held.items() if value is not None}


def _keys(connection: Connection, is_for_actions: bool, document_ids: Sequence[str]) -> dict[str, str]:
    """Give the keys of all records of some documents, by id."""
    table, noun = (actions, "action") if is_for_actions else (decisions, "decision")
    columns = (documents.c.id, documents.c.authority, documents.c.meeting_date)
    keys: dict[str, str] = {}
    for document in connection.execute(select(*columns).where(documents.c.id.in_(document_ids))).mappings().all():
        of_it = select(table.c.id, table.c.text, table.c.item_title).where(table.c.document_id == document["id"])
        rows = [dict(row._mapping) for row in connection.execute(of_it.order_by(table.c.position))]
        keys |= record_keys(noun, dict(document), rows)
    return keys


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
