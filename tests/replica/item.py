"""Hold an item of business: what it says, decides, and how it was voted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Member:
    """Describe a councillor."""

    id: int
    name: str
    party: str
    ward: str

    @property
    def styled(self) -> str:
        """The name with its style."""
        return f"Councillor {self.name}"


@dataclass(frozen=True)
class Vote:
    """Hold a vote: names where it was recorded, and the counts."""

    ayes: tuple[str, ...]
    noes: tuple[str, ...]
    abstained: tuple[str, ...]
    is_named: bool

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many voted for, against and abstained."""
        return len(self.ayes), len(self.noes), len(self.abstained)


@dataclass(frozen=True)
class Decision:
    """Hold one operative clause as the minutes word it, without the full stop."""

    text: str
    kind: str
    procedural: bool = False


@dataclass(frozen=True)
class LinkedDocument:
    """Describe a file under an item; ``minutes_of`` is the meeting whose minutes it holds."""

    id: int
    title: str
    published: date
    minutes_of: int | None = None


@dataclass(frozen=True)
class Item:
    """Hold one item of business.

    Attributes:
        number: on the agenda; 0 for a section heading.
        minute: number of the minute; 0 where there is none.
        opening: how the resolution is led in, such as ``It was RESOLVED that``.
        blocks: which block states the decisions: ``minutes``, ``decision``, or ``both`` in the same words.
    """

    id: int
    number: int
    minute: int
    title: str
    summary: str
    narrative: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    opening: str = "RESOLVED that"
    vote: Vote | None = None
    documents: tuple[LinkedDocument, ...] = ()
    blocks: str = "minutes"
    is_restricted: bool = False

    def statement(self, opening: str) -> list[str]:
        """Give the paragraphs that state the decisions; lettered or numbered ones where there are several."""
        if not self.decisions:
            return []
        if len(self.decisions) == 1:
            return [f"{opening} {self.decisions[0].text}."]
        last = len(self.decisions) - 1
        ends = [";" if at < last - 1 else "; and" if at < last else "." for at in range(last + 1)]
        clauses = zip(self.decisions, ends, strict=True)
        letter = self.id % 2 == 0
        return [f"{opening}:"] + [
            f"{f'({chr(97 + at)})' if letter else f'{at + 1}.'} {decision.text}{end}"
            for at, (decision, end) in enumerate(clauses)
        ]

    def decision_lines(self) -> list[str]:
        """Give the paragraphs of the Decision block."""
        return [] if self.blocks == "minutes" else self.statement("RESOLVED that")

    def minutes_lines(self, is_printed: bool = False) -> list[str]:
        """Give the paragraphs of the Minutes block; what is printed states every decision."""
        stated = self.statement(self.opening) if is_printed or self.blocks != "decision" else []
        return [*self.narrative, *stated, *self.vote_lines()]

    def vote_lines(self) -> list[str]:
        """Give the paragraphs that tell how it was voted."""
        if self.vote is None:
            return []
        if not self.vote.is_named:
            ayes, noes, none = self.vote.counts
            return [f"Voting: {ayes} for, {noes} against, {none} abstentions."]
        groups = (("For", self.vote.ayes), ("Against", self.vote.noes), ("Abstained", self.vote.abstained))
        lines = [f"{label}: Councillors {', '.join(names)} ({len(names)})" for label, names in groups if names]
        return ["A recorded vote was taken, as follows:"] + lines
