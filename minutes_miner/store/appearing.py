"""Tell which parties a record names, and who is named most in the papers of a council."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, func, or_, select

from minutes_miner.domain.resolution import scope_of
from minutes_miner.domain.vocabulary import Part, PartyKind
from minutes_miner.store.columns import clean_text
from minutes_miner.store.partytables import appearances, parties
from minutes_miner.store.repository import Store

_NAMED = (
    select(appearances.c.part, appearances.c.text, appearances.c.party_id)
    .where(
        appearances.c.document_id == bindparam("document"),
        or_(appearances.c.decision_id == bindparam("record"), appearances.c.action_id == bindparam("record")),
    )
    .order_by(appearances.c.position)
)


@dataclass(frozen=True, slots=True)
class NamedParty:
    """Name a party in a record: what it did there, the name as written, and the party's id."""

    part: Part
    text: str
    party_id: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Hold a party with how often current and earlier papers of its council name it."""

    id: str
    name: str
    mentions: int


def find_named(store: Store, document_id: str, record_id: str) -> list[NamedParty]:
    """List the parties that a record names.

    Args:
        store: an open store.
        document_id: of the record's document.
        record_id: of the decision or action.

    Raises:
        StoreError: the database can't be read.
    """
    with store.read() as connection:
        rows = connection.execute(_NAMED, {"document": document_id, "record": record_id})
        return [NamedParty(Part(row.part), row.text, row.party_id) for row in rows]


def find_members(store: Store, authority: str, *, kind: PartyKind, limit: int = 20) -> list[MemberRow]:
    """List the parties of one kind whom the papers of an authority name most; of names that fit several, none.

    Args:
        store: an open store.
        authority: its whole name.
        kind: person, post or body.
        limit: the most rows.

    Raises:
        StoreError: the database can't be read.
    """
    count = func.count().label("mentions")
    joined = parties.join(appearances, appearances.c.party_id == parties.c.id)
    its = (parties.c.scope == scope_of(clean_text(authority)), parties.c.kind == kind.value, parties.c.is_resolved)
    counted = select(parties.c.id, parties.c.name, count).select_from(joined).where(*its)
    ordered = counted.group_by(parties.c.id, parties.c.name).order_by(count.desc(), parties.c.name, parties.c.id)
    with store.read() as connection:
        return [MemberRow(*row) for row in connection.execute(ordered.limit(limit))]
