"""Hold what the language pipeline marks in a text, by offsets, before it is made into records."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from minutes_miner.domain.vocabulary import Kind, Label, Manner, Outcome, Precision, Status, SumRole

Offsets = tuple[int, int]
"""Half-open character offsets in the text."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Mark a sum of money; ``amount`` in the currency's main unit, ``currency`` after ISO 4217."""

    start: int
    end: int
    amount: Decimal
    currency: str
    role: SumRole | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """Mark an expression that names a time, as an inclusive range; both ends None where it can't be resolved."""

    start: int
    end: int
    first: date | None
    last: date | None
    precision: Precision
    label: Label = Label.DATE


@dataclass(frozen=True, slots=True)
class Section:
    """Mark a headed part of a document; ``topic`` is a label of ``patterns/sections.jsonl``, such as ``APOLOGIES``."""

    start: int
    end: int
    body: int
    number: str | None
    title: str
    topic: str | None
    parent: int | None = None


class SectionIndex:
    """Answer which section and which agenda item an offset stands in.

    Args:
        sections: in the order of the text.
    """

    def __init__(self, sections: Sequence[Section]) -> None:
        self._parents = [section.parent for section in sections]
        self._starts = [section.start for section in sections]

    def find_section(self, offset: int) -> int:
        """Give the index of the section that an offset stands in, or -1 before the first."""
        return bisect_right(self._starts, offset) - 1

    def find_item(self, offset: int) -> int:
        """Give the index of the agenda item that an offset stands in, or -1 before the first."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return -1
        parent = self._parents[index]
        return index if parent is None else parent


@dataclass(frozen=True, slots=True)
class Resolution:
    """Mark an operative clause and what its sentence tells of it.

    Attributes:
        start, end: the clause.
        label: DECISION, or MOTION where no sentence settles it.
        mentions: other places that state the same decision.
        trigger: name of the pattern that found it.
        confidence: between 0 and 1.
        group: the same for all clauses of one lead-in, which share mover, seconder and vote.
    """

    start: int
    end: int
    label: Label
    kind: Kind
    outcome: Outcome
    procedural: bool
    trigger: str
    confidence: float
    group: int = 0
    mentions: tuple[Offsets, ...] = ()


@dataclass(frozen=True, slots=True)
class Vote:
    """Mark a vote with the counts it states and the names it lists, as written.

    Attributes:
        outcome: what came of it, where its own words tell.
        at: where in its sentence the figures or words of voting begin.
        bare: whether the sentence tells nothing but the vote, so that it belongs to a decision beside it.
        unsided: whether its figures are the two sides' and only the outcome tells which was for.
        amends: whether its sentence is about an amendment.
        in_table: whether it stands in a row of a table of votes.
        clauses: numbers of the clauses that it says it settled, in small letters; empty where it names none.
    """

    start: int
    end: int
    manner: Manner
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    named: tuple[tuple[str, str], ...] = ()
    outcome: Outcome | None = None
    at: int = 0
    bare: bool = False
    unsided: bool = False
    amends: bool = False
    in_table: bool = False
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """Mark words that set a task, who is to do it, and how sure that is."""

    start: int
    end: int
    owners: tuple[Offsets, ...]
    trigger: str
    confidence: float
    mentions: tuple[Offsets, ...] = ()
    status: Status = Status.OPEN
    due: Offsets | None = None
