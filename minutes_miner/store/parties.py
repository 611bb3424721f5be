"""Look up who appears in the papers, and what each voted for, moved and must do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from minutes_miner.domain.personname import Written, read_name
from minutes_miner.domain.vocabulary import Ballot, Outcome, Part, PartyKind
from minutes_miner.errors import StoreError
from minutes_miner.store.listing import SOURCE
from minutes_miner.store.partytables import appearances, parties, party_queue
from minutes_miner.store.query import fold
from minutes_miner.store.repository import Store
from minutes_miner.store.tables import actions, decisions, documents

_BATCH = 500


PartyKey = tuple[str | None, str, str]
"""What a list of parties is sorted by, of one row: authority, name without capitals and accents, id."""


@dataclass(frozen=True, slots=True)
class PartyFilter:
    """Say which parties are wanted; every condition that is given must hold.

    Attributes:
        name: part of the name, or a name as minutes write it: "Cllr J. Howson" finds John Howson too.
        authority: part of the authority's name.
        kind: person, post or body.
        limit: the most rows; None for all.
    """

    name: str | None = None
    authority: str | None = None
    kind: PartyKind | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class PartyRow:
    """Hold a party as a list shows it.

    Attributes:
        id: 16 hexadecimal digits.
        authority: the council; None where the document tells none.
        kind: person, post or body.
        name: the fullest that the papers have.
        is_resolved: false where the name fits several that are kept apart.
        may_be: their names, joined by "; ".
        mentions: how often current papers name it.
        first_day: of the meetings in which they do.
        last_day: likewise.
    """

    id: str
    authority: str | None
    kind: PartyKind
    name: str
    is_resolved: bool
    may_be: str | None
    mentions: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class WrittenAs:
    """Tell how often a name is written so."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Seat:
    """Tell in which body, and in which post, a member is listed as present, and in how many papers."""

    body: str | None
    role: str | None
    papers: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Deed:
    """Hold something a party did or must do, with the record and the paper that tell it.

    Attributes:
        part: voted, moved, seconded, portfolio, decided or owns.
        ballot: of a vote.
        record: decision or action.
        record_id: its id.
        meeting_date: of the meeting.
        committee: the body that met.
        text: the record's words.
        outcome: of a decision.
        status: of an action.
        written: the name as the paper has it.
        source: path or address of the paper.
        document_id: of the paper.
    """

    part: Part
    ballot: Ballot | None
    record: str
    record_id: str
    meeting_date: date | None
    committee: str | None
    text: str
    outcome: Outcome | None
    status: str | None
    written: str
    source: str | None
    document_id: str


@dataclass(frozen=True, slots=True)
class PartyDetail:
    """Hold all that is known of a party.

    Attributes:
        party: as a list shows it.
        names: as written, the most frequent first.
        seats: by the lists of those present.
        ballots: how many named votes fell which way.
        deeds: the newest first; of several papers of one meeting that say the same, one counts.
    """

    party: PartyRow
    names: tuple[WrittenAs, ...]
    seats: tuple[Seat, ...]
    ballots: dict[Ballot, int]
    deeds: tuple[Deed, ...]

    def find(self, *parts: Part) -> tuple[Deed, ...]:
        """Give the deeds of some parts."""
        return tuple(deed for deed in self.deeds if deed.part in parts)


def find_parties(store: Store, wanted: PartyFilter, *, after: PartyKey | None = None) -> list[PartyRow]:
    """List parties by authority and name.

    Args:
        store: an open store.
        wanted: the filter.
        after: the place of the last row of the page before.

    Raises:
        StoreError: the database can't be read.
    """
    with store.read() as connection:
        read = _read_asked(wanted.name)
        plain = "BINARY" if connection.dialect.name == "sqlite" else "C"  # one order whatever the server's language
        authority, name = (column.collate(plain) for column in (parties.c.authority, parties.c.search_key))
        statement = select(parties).where(*_conditions(connection, wanted))
        if after:
            statement = statement.where(_beyond(after, authority, name))
        ordered = statement.order_by(authority.asc().nulls_last(), name, parties.c.id)
        rows = connection.execute(ordered.limit(None if read else wanted.limit)).all()
        if read:
            rows = [row for row in rows if _is_asked(row, wanted.name or "", read)][: wanted.limit]
        return list(_count(connection, rows))


def get_party(store: Store, party_id: str) -> PartyDetail:
    """Give all that is known of a party.

    Args:
        store: an open store.
        party_id: its id, or as much of its beginning as no other party has.

    Raises:
        StoreError: no party has that id, or several begin with it.
    """
    with store.read() as connection:
        row = _resolve(connection, party_id.strip().lower())
        party = next(_count(connection, [row]))
        deeds = sorted(_deeds(connection, party.id), key=_newest)
        votes = Counter(deed.ballot for deed in deeds if deed.ballot)
        ballots = {ballot: votes[ballot] for ballot in Ballot if votes[ballot]}
        return PartyDetail(party, _names(connection, party.id), _seats(connection, party.id), ballots, tuple(deeds))


def count_unresolved(store: Store) -> int:
    """Count the authorities whose papers changed since names were resolved: what is known of them is incomplete."""
    with store.read() as connection:
        return connection.scalar(select(func.count()).select_from(party_queue)) or 0


def _conditions(connection: Connection, wanted: PartyFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.kind:
        yield parties.c.kind == wanted.kind.value
    if wanted.authority and wanted.authority.strip():
        part = fold(wanted.authority.strip())
        known = connection.scalars(select(parties.c.authority).distinct().where(parties.c.authority.is_not(None)))
        yield parties.c.authority.in_([name for name in known if part in fold(name)])
    if wanted.name and wanted.name.strip():
        read = _read_asked(wanted.name)
        asked = read.shown.split()[-1] if read else wanted.name.strip()
        yield parties.c.search_key.contains(fold(asked), autoescape=True)


def _beyond(after: PartyKey, authority: ColumnElement[Any], name: ColumnElement[Any]) -> ColumnElement[bool]:
    """Ask for what comes later than a place; parties of no authority come last."""
    council, key, party = after
    in_council = or_(name > key, and_(name == key, parties.c.id > party))
    if council is None:
        return and_(parties.c.authority.is_(None), in_council)
    return or_(authority > council, parties.c.authority.is_(None), and_(authority == council, in_council))


def _read_asked(asked: str | None) -> Written | None:
    """Read a name with initials or titles, which need not stand so in the name that is shown."""
    read = read_name(asked.strip()) if asked else None
    return read if read and (read.name.forenames or fold(read.shown) != fold((asked or "").strip())) else None


def _is_asked(row: Any, asked: str, read: Written) -> bool:
    """Tell whether a party's name holds what was asked for, or is one that it can stand for."""
    if fold(asked.strip()) in row.search_key:
        return True
    other = read_name(row.name) if row.kind == PartyKind.PERSON.value else None
    return other is not None and other.name.can_be(read.name)


def _count(connection: Connection, rows: Sequence[Any]) -> Iterator[PartyRow]:
    """Add to parties how often, and when, current papers name them."""
    found: dict[str, Any] = {}
    joined = appearances.join(documents, documents.c.id == appearances.c.document_id)
    days = (func.min(documents.c.meeting_date).label("first"), func.max(documents.c.meeting_date).label("last"))
    ids = [row.id for row in rows]
    for start in range(0, len(ids), _BATCH):
        counted = select(appearances.c.party_id, func.count().label("mentions"), *days).select_from(joined)
        chosen = counted.where(appearances.c.party_id.in_(ids[start : start + _BATCH]), documents.c.is_current)
        found |= {row.party_id: row for row in connection.execute(chosen.group_by(appearances.c.party_id))}
    for row in rows:
        told = found.get(row.id)
        counts = (told.mentions, told.first, told.last) if told else (0, None, None)
        yield PartyRow(row.id, row.authority, PartyKind(row.kind), row.name, row.is_resolved, row.may_be, *counts)


def _resolve(connection: Connection, prefix: str) -> Any:
    """Find the one party whose id is this, or begins so."""
    starts = parties.c.id.startswith(prefix, autoescape=True)
    found = connection.execute(select(parties).where(starts).order_by(parties.c.id).limit(3)).all() if prefix else []
    if not found:
        raise StoreError(f"no party has the id {prefix!r}", advice="take the id from a list: minutes-miner people")
    if len(found) > 1:
        some = ", ".join(row.id for row in found)
        raise StoreError(f"several parties have an id that begins with {prefix!r}", advice=f"write more of it: {some}")
    return found[0]


def _of_party(party: str, *columns: Any) -> Select[Any]:
    """Select from the appearances of a party in current papers."""
    joined = appearances.join(documents, documents.c.id == appearances.c.document_id)
    return select(*columns).select_from(joined).where(appearances.c.party_id == party, documents.c.is_current)


def _names(connection: Connection, party: str) -> tuple[WrittenAs, ...]:
    count = func.count().label("count")
    written = _of_party(party, appearances.c.text, count).group_by(appearances.c.text)
    return tuple(
        WrittenAs(row[0], row[1]) for row in connection.execute(written.order_by(count.desc(), appearances.c.text))
    )


def _seats(connection: Connection, party: str) -> tuple[Seat, ...]:
    day = documents.c.meeting_date
    about = (documents.c.committee, appearances.c.role)
    papers = func.count(appearances.c.document_id.distinct()).label("papers")
    counted = _of_party(party, *about, papers, func.min(day), func.max(day))
    listed = counted.where(appearances.c.part == Part.ATTENDED.value).group_by(*about)
    return tuple(sorted((Seat(*row) for row in connection.execute(listed)), key=lambda seat: (-seat.papers, str(seat))))


def _deeds(connection: Connection, party: str) -> Iterator[Deed]:
    """Read what a party did: records that say the same as another one's, or are suppressed, are left out."""
    about = (appearances.c.part, appearances.c.ballot, appearances.c.text.label("written"), appearances.c.document_id)
    meeting = (documents.c.meeting_date, documents.c.committee, SOURCE)
    for record, table in (("decision", decisions), ("action", actions)):
        stands = table.c.outcome if table is decisions else table.c.status
        columns = (*about, *meeting, table.c.id, table.c.text.label("words"), stands.label("stands"))
        joined = appearances.join(documents, documents.c.id == appearances.c.document_id)
        joined = joined.join(table, table.c.id == appearances.c[f"{record}_id"])
        wanted = select(*columns).select_from(joined).where(appearances.c.party_id == party, documents.c.is_current)
        shown = wanted.where(table.c.same_as.is_(None), ~table.c.is_suppressed)
        for row in connection.execute(shown.order_by(appearances.c.document_id, appearances.c.position)):
            yield Deed(
                part=Part(row.part),
                ballot=Ballot(row.ballot) if row.ballot else None,
                record=record,
                record_id=row.id,
                meeting_date=row.meeting_date,
                committee=row.committee,
                text=row.words,
                outcome=Outcome(row.stands) if table is decisions else None,
                status=row.stands if table is actions else None,
                written=row.written,
                source=row.source,
                document_id=row.document_id,
            )


def _newest(deed: Deed) -> tuple[Any, ...]:
    day = deed.meeting_date
    return (day is None, -day.toordinal() if day else 0, deed.document_id)
