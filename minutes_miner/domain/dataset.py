"""Describe what is exported: tables of stable columns, and where their rows come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

Row = Mapping[str, object]
"""Values by column, of the types that :class:`FieldType` names; None is unknown."""


class FieldType(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    DATE = "date"
    AMOUNT = "amount"
    WHOLE = "whole number"
    SHARE = "share"
    TRUTH = "yes or no"
    OWNERS = "owners"
    BALLOTS = "ballots"
    PARTS = "parts"
    NAMES = "names"
    SEATS = "seats"


MEMBERS: Mapping[FieldType, tuple[str, ...]] = {
    FieldType.OWNERS: ("text", "name", "role"),
    FieldType.BALLOTS: ("person", "ballot"),
    FieldType.PARTS: ("part", "text", "party_id"),
    FieldType.NAMES: ("text",),
    FieldType.SEATS: ("body", "role"),
}
"""The keys of each object of a column that holds lists; all their values are text."""


@dataclass(frozen=True, slots=True)
class Field:
    """Hold a column: its name, its type, and what it means in one line."""

    name: str
    type: FieldType
    meaning: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Hold one record type: a name, what a row is, and the columns in their order; ``key`` names a row."""

    name: str
    about: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(field.name for field in self.fields)


@dataclass(frozen=True, slots=True)
class Dataset:
    """Hold what an export writes.

    Attributes:
        tables: the record types that are wanted.
        rows: reads a table's rows anew, a few at a time, ordered by authority, meeting and place in the document.
        provenance: where the data come from, of plain values that JSON can hold.
        escape: whether text that a spreadsheet would run as a formula is made harmless, where a format needs it.
    """

    tables: tuple[Table, ...]
    rows: Callable[[Table], Iterator[Row]]
    provenance: Mapping[str, object]
    escape: bool = True


def _meeting() -> tuple[Field, ...]:
    return (
        Field("authority", FieldType.TEXT, "the council, as its minutes or the user name it"),
        Field("committee", FieldType.TEXT, "the body that met"),
        Field("meeting_date", FieldType.DATE, "the day of the meeting"),
        Field("item_number", FieldType.TEXT, "number of the agenda item, as written"),
        Field("item_title", FieldType.TEXT, "title of the agenda item"),
    )


def _due() -> tuple[Field, ...]:
    return (
        Field("owners", FieldType.OWNERS, "who must carry it out: words as written, name and post where known"),
        Field("due_text", FieldType.TEXT, "the deadline in the source's words"),
        Field("due_from", FieldType.DATE, "first day that the deadline can mean"),
        Field("due_to", FieldType.DATE, "last day that the deadline can mean"),
    )


def _origin() -> tuple[Field, ...]:
    """Tell where the words stand: offsets count characters of the document's text, half-open."""
    return (
        Field("page_number", FieldType.WHOLE, "page on which the words stand, from 1; empty where there are no pages"),
        Field("start_offset", FieldType.WHOLE, "first character of the words in the document's text, from 0"),
        Field("end_offset", FieldType.WHOLE, "the character after the last of them"),
        Field("source", FieldType.TEXT, "path or address that the document was read from"),
        Field("url", FieldType.TEXT, "address at which the document was published, where it is known"),
        Field("document_id", FieldType.TEXT, "first 16 digits of the document's SHA-256", required=True),
        Field("pipeline", FieldType.TEXT, "version of the pipeline that found the record", required=True),
    )


def _tally() -> tuple[Field, ...]:
    return (
        Field("votes_for", FieldType.WHOLE, "votes for, where they are stated"),
        Field("votes_against", FieldType.WHOLE, "votes against, where they are stated"),
        Field("abstentions", FieldType.WHOLE, "abstentions, where they are stated"),
    )


_CONFIDENCE = Field("confidence", FieldType.SHARE, "probability that the record is right, from 0 to 1", required=True)
_SAME_AS = Field("same_as", FieldType.TEXT, "id of the record in another paper of the meeting that says the same")
_CORRECTED = Field("corrected", FieldType.TEXT, "names of the fields that somebody corrected, joined")
_OUTCOME = Field("outcome", FieldType.TEXT, "carried, lost or withdrawn", required=True)

DECISIONS = Table(
    "decisions",
    "One operative clause that a meeting, or a person with delegated power, settled.",
    (
        Field("id", FieldType.TEXT, "the decision's id: the same on every machine", required=True),
        *_meeting(),
        Field("text", FieldType.TEXT, "the clause in the source's words", required=True),
        Field("kind", FieldType.TEXT, "what the decision does, such as approve, note or refuse", required=True),
        _OUTCOME,
        Field("procedural", FieldType.TRUTH, "whether it is routine business, such as earlier minutes", required=True),
        Field("decision_maker", FieldType.TEXT, "who decided, where it is not the meeting"),
        Field("mover", FieldType.TEXT, "who proposed it"),
        Field("seconder", FieldType.TEXT, "who seconded it"),
        Field("reason", FieldType.TEXT, "why, as its item states it"),
        Field("alternatives", FieldType.TEXT, "what else was considered"),
        Field("call_in", FieldType.TEXT, "what is said of its call-in"),
        Field("portfolio_holder", FieldType.TEXT, "the member whose portfolio it belongs to"),
        Field("topics", FieldType.TEXT, "codes of what it is about, joined, the surest first"),
        Field("territory", FieldType.TEXT, "ENG, NIR, SCT or WLS, where the council is known"),
        Field("vote_manner", FieldType.TEXT, "how it was carried or lost, such as unanimous or counted"),
        *_tally(),
        Field("sums", FieldType.TEXT, "the sums in it, joined; one row each in the table sums"),
        Field("decided_amount", FieldType.AMOUNT, "the largest of them that is decided, in the currency's main unit"),
        Field("decided_currency", FieldType.TEXT, "currency of the largest sum decided, after ISO 4217"),
        Field("largest_amount", FieldType.AMOUNT, "the largest of them, decided or only named"),
        Field("currency", FieldType.TEXT, "currency of the largest sum named, after ISO 4217"),
        *_due(),
        _CONFIDENCE,
        _SAME_AS,
        _CORRECTED,
        *_origin(),
    ),
    ("id",),
)

ACTIONS = Table(
    "actions",
    "One task that somebody is to do after the meeting.",
    (
        Field("id", FieldType.TEXT, "the action's id: the same on every machine", required=True),
        *_meeting(),
        Field("text", FieldType.TEXT, "the task in the source's words", required=True),
        *_due(),
        Field("status", FieldType.TEXT, "open or done, as the document tells it", required=True),
        Field("decision_id", FieldType.TEXT, "id of the decision that it rests on"),
        _CONFIDENCE,
        _SAME_AS,
        _CORRECTED,
        *_origin(),
    ),
    ("id",),
)

SUMS = Table(
    "sums",
    "One mention of a sum of money in a decision.",
    (
        Field("decision_id", FieldType.TEXT, "id of the decision that it stands in", required=True),
        Field("position", FieldType.WHOLE, "place among the sums of the document, from 0", required=True),
        *_meeting(),
        Field("kind", FieldType.TEXT, "what the decision does", required=True),
        _OUTCOME,
        Field("quote", FieldType.TEXT, "the sum in the source's words", required=True),
        Field("amount", FieldType.AMOUNT, "in the currency's main unit", required=True),
        Field("currency", FieldType.TEXT, "after ISO 4217", required=True),
        Field("role", FieldType.TEXT, "what the sum is, such as grant or threshold, where the words tell"),
        *_origin(),
    ),
    ("decision_id", "position"),
)

VOTES = Table(
    "votes",
    "One vote on a decision, with the counts and names that are stated.",
    (
        Field("decision_id", FieldType.TEXT, "id of the decision that was voted on", required=True),
        *_meeting(),
        Field("text", FieldType.TEXT, "what was voted on, in the source's words", required=True),
        _OUTCOME,
        Field("mover", FieldType.TEXT, "who proposed it"),
        Field("seconder", FieldType.TEXT, "who seconded it"),
        Field("manner", FieldType.TEXT, "how it was carried or lost", required=True),
        *_tally(),
        Field("ballots", FieldType.BALLOTS, "each person's vote, where votes are named"),
        Field("quote", FieldType.TEXT, "the vote in the source's words"),
        *_origin(),
    ),
    ("decision_id",),
)

TABLES: Mapping[str, Table] = {table.name: table for table in (DECISIONS, ACTIONS, SUMS, VOTES)}
"""The record types, by name."""

_PARTS = Field("parts", FieldType.PARTS, "who moved, seconded and voted, as written, and as resolved")
PERSONAL_VOTES = replace(VOTES, fields=(*VOTES.fields, _PARTS))
"""Votes whose names are resolved; no table that a reader can ask for, but what formats with persons are made of."""

PARTIES = Table(
    "parties",
    "One person, post or body in the papers of one authority, all spellings together.",
    (
        Field("id", FieldType.TEXT, "the party's id: the same on every machine", required=True),
        Field("kind", FieldType.TEXT, "person, post or body", required=True),
        Field("authority", FieldType.TEXT, "the council in whose papers it stands"),
        Field("name", FieldType.TEXT, "the fullest name that the papers have", required=True),
        Field("is_resolved", FieldType.TRUTH, "no: the name fits several that are kept apart", required=True),
        Field("may_be", FieldType.TEXT, "the names of those"),
        Field("names", FieldType.NAMES, "the names as written"),
        Field("seats", FieldType.SEATS, "bodies, and posts there, in which it is listed as present"),
    ),
    ("id",),
)
"""All parties, whatever is chosen of the records."""
