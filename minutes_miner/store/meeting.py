"""Turn one paper of a meeting into the whole meeting: its papers, its items in order, and who was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from minutes_miner.domain.record import Attendance, Evidence, Interest
from minutes_miner.domain.vocabulary import Presence
from minutes_miner.store.detail import DocumentFacts, UnknownRecordError, read_facts
from minutes_miner.store.listing import ActionRow, DecisionRow, action_row, decision_row, select_rows
from minutes_miner.store.repository import Store
from minutes_miner.store.tables import actions, attendance, decisions, documents, interests

MOST_PAPERS = 40
"""Papers of a meeting that are read: a full agenda's decision notices, and more."""


@dataclass(frozen=True, slots=True)
class MeetingDetail:
    """Hold a meeting: what the current papers of one body and day tell.

    Attributes:
        authority, committee, day: which meeting it is, as far as its papers tell.
        papers: the main one first.
        decisions: in the order of the papers and of their words, those once that several papers state.
        actions: in the same order.
        attendance: who was there and who was not, as the papers tell.
        interests: that were declared.
    """

    authority: str | None
    committee: str | None
    day: date | None
    papers: tuple[DocumentFacts, ...]
    decisions: tuple[DecisionRow, ...]
    actions: tuple[ActionRow, ...]
    attendance: tuple[Attendance, ...]
    interests: tuple[Interest, ...]


def get_meeting(store: Store, document_id: str) -> MeetingDetail:
    """Give the meeting that a document is of.

    A document that names no body or no day is a meeting of its own.

    Raises:
        UnknownRecordError: no document has that id.
        StoreError: the database can't be read.
    """
    with store.read() as connection:
        row = connection.execute(
            select(documents.c.authority, documents.c.committee, documents.c.meeting_date).where(
                documents.c.id == document_id
            )
        ).one_or_none()
        if row is None:
            raise UnknownRecordError(f"no document has the id {document_id!r}", advice="take the id from a record")
        ids = _paper_ids(connection, document_id, row.authority, row.committee, row.meeting_date)
        return MeetingDetail(
            row.authority,
            row.committee,
            row.meeting_date,
            papers=tuple(read_facts(connection, one) for one in ids),
            decisions=_decisions(connection, ids),
            actions=_actions(connection, ids),
            attendance=_attendance(connection, ids),
            interests=_interests(connection, ids),
        )


def _paper_ids(  # the four facts that make a meeting
    connection: Connection, document_id: str, authority: str | None, committee: str | None, day: date | None
) -> list[str]:
    """List the papers of a meeting, the one with most decisions first; an earlier version stands alone."""
    is_current = connection.scalar(select(documents.c.is_current).where(documents.c.id == document_id))
    if not (authority and day and is_current):
        return [document_id]
    same = (documents.c.authority == authority, documents.c.meeting_date == day, documents.c.is_current)
    body = documents.c.committee == committee if committee else documents.c.committee.is_(None)
    wanted = select(documents.c.id).where(*same, body).order_by(documents.c.character_count.desc(), documents.c.id)
    return list(connection.scalars(wanted.limit(MOST_PAPERS)))


def _decisions(connection: Connection, ids: list[str]) -> tuple[DecisionRow, ...]:
    own = (decisions.c.document_id.in_(ids), decisions.c.same_as.is_(None), ~decisions.c.is_suppressed)
    wanted = select_rows(decisions).where(*own).order_by(decisions.c.position)
    rows = [decision_row(row) for row in connection.execute(wanted)]
    return tuple(sorted(rows, key=lambda row: ids.index(row.document_id)))


def _actions(connection: Connection, ids: list[str]) -> tuple[ActionRow, ...]:
    own = (actions.c.document_id.in_(ids), actions.c.same_as.is_(None), ~actions.c.is_suppressed)
    wanted = select_rows(actions).where(*own).order_by(actions.c.position)
    rows = [action_row(row) for row in connection.execute(wanted)]
    return tuple(sorted(rows, key=lambda row: ids.index(row.document_id)))


def _attendance(connection: Connection, ids: list[str]) -> tuple[Attendance, ...]:
    wanted = select(attendance).where(attendance.c.document_id == ids[0]).order_by(attendance.c.position)
    return tuple(
        Attendance(
            row.person,
            row.role,
            Presence(row.status),
            Evidence(row.start_offset, row.end_offset, row.quote, row.page_number),
        )
        for row in connection.execute(wanted)
    )


def _interests(connection: Connection, ids: list[str]) -> tuple[Interest, ...]:
    wanted = select(interests).where(interests.c.document_id == ids[0]).order_by(interests.c.position)
    return tuple(
        Interest(row.person, Evidence(row.start_offset, row.end_offset, row.quote, row.page_number), row.withdrew)
        for row in connection.execute(wanted)
    )
