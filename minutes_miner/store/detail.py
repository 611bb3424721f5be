"""Turn the id of a record into all that is known of it, with the words around each mention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, Table, bindparam, or_, select

from minutes_miner.domain.record import Evidence, MoneyAmount, NamedVote, Party, TopicScore
from minutes_miner.domain.vocabulary import Ballot, SumRole
from minutes_miner.errors import StoreError
from minutes_miner.store.listing import ActionRow, DecisionRow, action_row, decision_row, select_rows
from minutes_miner.store.repository import Store
from minutes_miner.store.tables import (
    actions,
    decision_sums,
    decision_topics,
    decisions,
    documents,
    mentions,
    named_votes,
    owners,
    sources,
    sums,
)

CONTEXT = 600
"""The most characters of context on either side of a mention."""


class UnknownRecordError(StoreError):
    """An id that no record has, or several."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold the paragraph around a mention; ``text[start:end]`` is the mention, to be highlighted."""

    evidence: Evidence
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """Tell which document a record was read from, and every place that holds it now."""

    id: str
    sha256: str
    media_type: str
    size: int
    title: str | None
    authority: str | None
    committee: str | None
    meeting_date: date | None
    character_count: int
    page_count: int
    pipeline: str
    mined_at: str
    is_current: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Twin:
    """Name a record of another paper of the same meeting that says the same; ``source`` is where that paper is."""

    id: str
    source: str


@dataclass(frozen=True, slots=True)
class RecordDetail:
    """Hold a decision or an action with its evidence.

    Attributes:
        record: as a list shows it.
        passages: one for each mention, in the document's order.
        owners: who must carry it out, one by one.
        votes: each person's vote, where the document names them.
        sums: each sum of a decision, with its place in the text.
        action_ids: of the actions that rest on a decision.
        twins: records of other papers that say the same; lists show one of them all.
        document: where it was read.
        topics: what a decision is about, the surest first.
    """

    record: DecisionRow | ActionRow
    passages: tuple[Passage, ...]
    owners: tuple[Party, ...]
    votes: tuple[NamedVote, ...]
    sums: tuple[MoneyAmount, ...]
    action_ids: tuple[str, ...]
    twins: tuple[Twin, ...]
    document: DocumentFacts
    topics: tuple[TopicScore, ...] = ()


def get_record(store: Store, record_id: str) -> RecordDetail:
    """Give all that is known of a decision or an action.

    Args:
        store: an open store.
        record_id: its id, or as much of its beginning as no other record has.

    Raises:
        UnknownRecordError: no record has that id, or several begin with it.
        StoreError: the database can't be read.
    """
    with store.read() as connection:
        table, full_id = _resolve(connection, record_id.strip().lower())
        row = connection.execute(_select_record(table), {"record": full_id}).one()
        record = decision_row(row) if table is decisions else action_row(row)
        key = "decision_id" if table is decisions else "action_id"
        return RecordDetail(
            record=record,
            passages=_passages(connection, key, record),
            owners=_owners(connection, key, full_id),
            votes=_votes(connection, full_id) if table is decisions else (),
            sums=_sums(connection, full_id) if table is decisions else (),
            action_ids=_action_ids(connection, full_id),
            twins=_twins(connection, table, full_id),
            document=read_facts(connection, record.document_id),
            topics=_topics(connection, full_id),
        )


def cut_passage(text: str, evidence: Evidence) -> Passage:
    """Cut out the paragraph around a mention: up to a blank line, or at a line or word within CONTEXT characters."""
    first, last = max(0, evidence.start - CONTEXT), min(len(text), evidence.end + CONTEXT)
    before, after = text[first : evidence.start], text[evidence.end : last]
    if "\n\n" in before:
        before = before[before.rindex("\n\n") + 2 :]
    elif first > 0:
        before = before[_gap(before) + 1 :]
    if "\n\n" in after:
        after = after[: after.index("\n\n")]
    elif last < len(text):
        after = after[: len(after) - 1 - _gap(after[::-1])]
    quote = text[evidence.start : evidence.end]
    return Passage(evidence, before + quote + after, len(before), len(before) + len(quote))


def _gap(text: str) -> int:
    """Find the first line break, or the first space, or nothing (-1)."""
    line = text.find("\n")
    return line if line >= 0 else text.find(" ")


def _resolve(connection: Connection, prefix: str) -> tuple[Table, str]:
    """Find the one record whose id is this, or begins so."""
    if prefix:
        for table in (decisions, actions):
            if connection.scalar(select(table.c.id).where(table.c.id == prefix)):
                return table, prefix
    found: list[tuple[Table, str]] = []
    for table in (decisions, actions):
        starts = select(table.c.id).where(table.c.id.startswith(prefix, autoescape=True)).order_by(table.c.id).limit(3)
        found += [(table, full) for full in connection.scalars(starts)]
    if not prefix or not found:
        advice = "take the id from a list of decisions or actions"
        raise UnknownRecordError(f"no record has the id {prefix!r}", advice=advice)
    if len(found) > 1:
        some = ", ".join(full for _, full in found[:3])
        reason = f"several records have an id that begins with {prefix!r}"
        raise UnknownRecordError(reason, advice=f"write more of it: {some}")
    return found[0]


@cache
def _select_record(table: Table) -> Select[Any]:
    """Select a record; a statement that is made once costs a third of one that is made for each question."""
    return select_rows(table).where(table.c.id == _RECORD)


@cache
def _select_of_record(table: Table, key: str) -> Select[Any]:
    """Select what a table holds of a record, in its order."""
    return select(table).where(table.c[key] == _RECORD).order_by(table.c.position)


@cache
def _select_twins(table: Table) -> Select[Any]:
    named = or_(table.c.id == bindparam("main"), table.c.same_as == bindparam("main"))
    joined = select(table.c.id, sources.c.source).join(sources, sources.c.document_id == table.c.document_id)
    return joined.where(named, table.c.id != _RECORD).order_by(sources.c.source, table.c.id)


_RECORD: BindParameter[str] = bindparam("record")
_DOCUMENT: BindParameter[str] = bindparam("document")
_TEXT = select(documents.c.text).where(documents.c.id == _DOCUMENT)
_SUMS = select(sums).join(decision_sums).where(decision_sums.c.decision_id == _RECORD).order_by(sums.c.position)
_TOPICS = (
    select(decision_topics)
    .where(decision_topics.c.decision_id == _RECORD)
    .order_by(decision_topics.c.confidence.desc(), decision_topics.c.topic)
)
_ACTIONS = select(actions.c.id).where(actions.c.decision_id == _RECORD).order_by(actions.c.position)
_FACTS = select(
    *(documents.c[name] for name in DocumentFacts.__dataclass_fields__ if name != "sources")
).where(documents.c.id == _DOCUMENT)
_SOURCES = select(sources.c.source).where(sources.c.document_id == _DOCUMENT).order_by(sources.c.source)


def _passages(connection: Connection, key: str, record: DecisionRow | ActionRow) -> tuple[Passage, ...]:
    text = connection.scalar(_TEXT, {"document": record.document_id}) or ""
    rows = connection.execute(_select_of_record(mentions, key), {"record": record.id})
    return tuple(cut_passage(text, _evidence(row)) for row in rows)


def _owners(connection: Connection, key: str, record: str) -> tuple[Party, ...]:
    rows = connection.execute(_select_of_record(owners, key), {"record": record})
    return tuple(Party(row.text, row.name, row.role) for row in rows)


def _votes(connection: Connection, decision: str) -> tuple[NamedVote, ...]:
    rows = connection.execute(_select_of_record(named_votes, "decision_id"), {"record": decision})
    return tuple(NamedVote(row.person, Ballot(row.ballot)) for row in rows)


def _sums(connection: Connection, decision: str) -> tuple[MoneyAmount, ...]:
    rows = connection.execute(_SUMS, {"record": decision})
    return tuple(MoneyAmount(_evidence(row), row.amount, row.currency, _sum_role(row.role)) for row in rows)


def _topics(connection: Connection, record: str) -> tuple[TopicScore, ...]:
    return tuple(TopicScore(row.topic, row.confidence) for row in connection.execute(_TOPICS, {"record": record}))


def _sum_role(value: str | None) -> SumRole | None:
    return SumRole(value) if value else None


def _action_ids(connection: Connection, decision: str) -> tuple[str, ...]:
    return tuple(connection.scalars(_ACTIONS, {"record": decision}))


def _twins(connection: Connection, table: Table, record: str) -> tuple[Twin, ...]:
    main = connection.scalar(select(table.c.same_as).where(table.c.id == record)) or record
    rows = connection.execute(_select_twins(table), {"main": main, "record": record})
    return tuple(Twin(row.id, row.source) for row in rows)


def read_facts(connection: Connection, document: str) -> DocumentFacts:
    """Tell what is known of a document and where it is."""
    row = connection.execute(_FACTS, {"document": document}).one()
    return DocumentFacts(**row._mapping, sources=tuple(connection.scalars(_SOURCES, {"document": document})))


def _evidence(row: Any) -> Evidence:
    return Evidence(row.start_offset, row.end_offset, row.quote, row.page_number)
