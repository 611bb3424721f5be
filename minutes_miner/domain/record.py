"""Hold what was found in a document, each fact with the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from minutes_miner.domain.source import Document, Notice
from minutes_miner.domain.vocabulary import Ballot, Kind, Manner, Outcome, Precision, Presence, Status, SumRole


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Quote a document: ``quote == document.text[start:end]`` always."""

    start: int
    end: int
    quote: str
    page_number: int | None = None


@dataclass(frozen=True, slots=True)
class MoneyAmount:
    """Hold one mention of a sum.

    Attributes:
        amount: in the currency's main unit.
        currency: after ISO 4217.
        role: what the sum is; None where the words do not tell.
    """

    evidence: Evidence
    amount: Decimal
    currency: str
    role: SumRole | None = None


@dataclass(frozen=True, slots=True)
class DateRange:
    """Hold one mention of a time as an inclusive range of days; both ends None where it can't be resolved."""

    evidence: Evidence
    first: date | None
    last: date | None
    precision: Precision | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Name a person, post or body as written.

    Attributes:
        text: as written.
        name: the person's name where the words give it, such as "J. Howson".
        role: the post or body where the words give it, such as "Clerk".
    """

    text: str
    name: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class NamedVote:
    """Hold one person's vote, the name as written."""

    person: str
    ballot: Ballot


@dataclass(frozen=True, slots=True)
class VoteEvent:
    """Hold how a proposal was voted on (Popolo ``VoteEvent``); a count that is not stated is None."""

    manner: Manner
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    named: tuple[NamedVote, ...] = ()
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class TopicScore:
    """Say that a decision is about a topic: its ``code`` in :mod:`minutes_miner.domain.topic`, and how sure that is.

    ``confidence`` lies between 0 and 1.
    """

    code: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Decision:
    """Hold one operative clause that a meeting, or a person with delegated power, settled.

    Attributes:
        id: 16 hexadecimal digits from the document's digest and the clause's words: the same on every machine.
        text: the clause in the source's words; the first mention's quote.
        mentions: every place where the document states it.
        confidence: between 0 and 1.
        reason: why, as its item states it.
        alternatives: what else was considered, as its item states it.
        call_in: what its item says of the call-in of the decision.
        portfolio_holder: the member whose portfolio its item belongs to, as written.
        topics: what it is about, the surest first; none where nothing is sure enough.
    """

    id: str
    text: str
    mentions: tuple[Evidence, ...]
    kind: Kind
    outcome: Outcome
    procedural: bool
    confidence: float
    item_number: str | None = None
    item_title: str | None = None
    decision_maker: str | None = None
    vote: VoteEvent | None = None
    mover: Party | None = None
    seconder: Party | None = None
    reason: str | None = None
    alternatives: str | None = None
    call_in: str | None = None
    portfolio_holder: str | None = None
    owners: tuple[Party, ...] = ()
    due: DateRange | None = None
    money: tuple[MoneyAmount, ...] = ()
    topics: tuple[TopicScore, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """Hold a task that somebody is to do after the meeting; ``decision_id`` names the decision it rests on."""

    id: str
    text: str
    mentions: tuple[Evidence, ...]
    confidence: float
    owners: tuple[Party, ...] = ()
    due: DateRange | None = None
    decision_id: str | None = None
    status: Status = Status.OPEN
    item_number: str | None = None
    item_title: str | None = None


@dataclass(frozen=True, slots=True)
class Interest:
    """Hold a declaration of interest; ``withdrew`` tells whether the person left or did not vote."""

    person: str
    evidence: Evidence
    withdrew: bool | None


@dataclass(frozen=True, slots=True)
class Attendance:
    """Hold one name of an attendance list."""

    person: str
    role: str | None
    status: Presence
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Extraction:
    """Hold everything found in one document."""

    document: Document
    decisions: tuple[Decision, ...] = ()
    actions: tuple[Action, ...] = ()
    money: tuple[MoneyAmount, ...] = ()
    dates: tuple[DateRange, ...] = ()
    interests: tuple[Interest, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    notices: tuple[Notice, ...] = ()
