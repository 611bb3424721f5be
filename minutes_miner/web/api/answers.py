"""Describe what programs are given: rows as in every export, records with all that is known, and problems."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, Field, PlainSerializer, WithJsonSchema, create_model

from minutes_miner.domain.dataset import ACTIONS, DECISIONS, MEMBERS, FieldType, Table
from minutes_miner.domain.record import MoneyAmount, NamedVote, Party, TopicScore
from minutes_miner.domain.vocabulary import Ballot, Kind, Manner, Outcome, Status
from minutes_miner.export.contract import format_amount
from minutes_miner.store.directory import AuthorityRow, MeetingRow
from minutes_miner.store.search import (
    ActionRow,
    Counted,
    DecisionRow,
    Deed,
    DocumentFacts,
    PartyRow,
    Passage,
    Seat,
    Total,
    Twin,
    WrittenAs,
)

Amount = Annotated[
    Decimal,
    PlainSerializer(format_amount, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+\.\d\d$"}),
]
"""A sum as text with two decimals: a number would lose pennies."""

_TYPES: dict[FieldType, Any] = {
    FieldType.TEXT: str,
    FieldType.DATE: date,
    FieldType.AMOUNT: Amount,
    FieldType.WHOLE: int,
    FieldType.SHARE: float,
    FieldType.TRUTH: bool,
    FieldType.OWNERS: list[dict[str, str | None]],
    FieldType.BALLOTS: list[dict[str, str | None]],
}
_WORDS: dict[str, Any] = {"kind": Kind, "outcome": Outcome, "status": Status, "vote_manner": Manner}


def _model(name: str, table: Table) -> type[BaseModel]:
    """Make the model of a table's rows: the names, types and meanings that every export has."""
    fields: dict[str, Any] = {}
    for field in table.fields:
        kind = _WORDS.get(field.name, _TYPES[field.type])
        is_certain = field.required or field.type in MEMBERS
        fields[field.name] = (kind if is_certain else kind | None, Field(description=field.meaning))
    fields["page"] = (str, Field(description="address of the record's page on this site"))
    return create_model(name, __doc__=table.about, **fields)


Decision = _model("Decision", DECISIONS)
Action = _model("Action", ACTIONS)


class Problem(BaseModel):
    """What went wrong, after RFC 9457."""

    type: str = Field(description="always about:blank: the status tells the kind")
    title: str
    status: int
    detail: str | None = None
    advice: str | None = Field(None, description="what can be done about it")


class Decisions(BaseModel):
    """A page of decisions."""

    total: Total = Field(description="how many there are in all; an estimate unless is_exact")
    items: list[Decision]  # type: ignore[valid-type]  # made of the table above
    next: str | None = Field(description="address of the next page")


class Actions(BaseModel):
    """A page of actions."""

    items: list[Action]  # type: ignore[valid-type]  # made of the table above
    next: str | None = Field(description="address of the next page")


class Alike(BaseModel):
    """A decision, and how alike its matter is: 1 for the same words, about 0 for nothing in common."""

    score: float
    decision: Decision  # type: ignore[valid-type]  # made of the table above


class Similar(BaseModel):
    """Decisions on the same matter, the most alike first."""

    items: list[Alike]


class _Detail(BaseModel):
    passages: list[Passage] = Field(description="the paragraph around each mention; text[start:end] is the mention")
    owners: list[Party]
    votes: list[NamedVote]
    sums: list[MoneyAmount]
    action_ids: list[str] = Field(description="of the actions that rest on the decision")
    twins: list[Twin] = Field(description="records of other papers that say the same")
    document: DocumentFacts
    topics: list[TopicScore]


class DecisionDetail(_Detail):
    """All that is known of a decision, with its evidence: offsets count characters of the document's text."""

    record: DecisionRow


class ActionDetail(_Detail):
    """All that is known of an action, with its evidence: offsets count characters of the document's text."""

    record: ActionRow


class Facets(BaseModel):
    """What decisions have in common; estimates unless the total is exact."""

    total: Total
    sampled: int = Field(description="how many of them were looked at")
    counts: dict[str, list[Counted]] = Field(description="the commonest values by facet")


class MoneyRow(BaseModel):
    """What some sums of one currency come to, each counted once."""

    group: str | None
    currency: str
    count: int
    total: Amount
    median: Amount
    largest: Amount


class Money(BaseModel):
    """What sums come to, in all and by group."""

    overall: list[MoneyRow]
    groups: list[MoneyRow]


class Parties(BaseModel):
    """A page of people, posts and bodies, by council and name."""

    items: list[PartyRow]
    next: str | None = Field(description="address of the next page")


class PartyAnswer(BaseModel):
    """All that is known of a person, post or body."""

    party: PartyRow
    names: list[WrittenAs]
    seats: list[Seat]
    ballots: dict[Ballot, int]
    deeds: list[Deed] = Field(description="the newest first, 200 at most")
    deed_count: int


class Authorities(BaseModel):
    """A page of councils, by name."""

    items: list[AuthorityRow]
    next: str | None = Field(description="address of the next page")


class Meetings(BaseModel):
    """A page of meetings, the newest first."""

    items: list[MeetingRow]
    next: str | None = Field(description="address of the next page")


class Present(BaseModel):
    """Somebody whom the papers list, and whether they were there."""

    person: str
    role: str | None
    status: str


class Meeting(BaseModel):
    """A meeting: its papers, decisions, actions, and who was there."""

    authority: str | None
    committee: str | None
    day: date | None
    papers: list[DocumentFacts]
    decisions: list[DecisionRow]
    actions: list[ActionRow]
    attendance: list[Present]


PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": words, "content": {"application/problem+json": {"schema": Problem.model_json_schema()}}}
    for status, words in (
        (400, "The question can't be understood."),
        (404, "There is no such record."),
        (422, "A parameter has a value that it can't have."),
        (429, "Too many questions: the header Retry-After tells the seconds to wait."),
        (503, "The question takes too long, or the database does not answer."),
    )
}
"""What any answer may be instead."""
