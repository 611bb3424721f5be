"""Name what a council has: committees, meetings, notices of decisions, and the truth about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .item import Decision, Vote


class Stage(StrEnum):
    """How far the papers of a meeting are."""

    NOTHING = "nothing"
    AGENDA = "agenda"
    DRAFT = "draft"
    APPROVED = "approved"


@dataclass(frozen=True)
class Committee:
    """Describe a body; an expired one no longer meets."""

    id: int
    name: str
    kind: str
    yearly: int
    is_expired: bool = False


@dataclass(frozen=True)
class Meeting:
    """Describe a meeting; ``agenda`` is the id of its agenda, which is not always its own."""

    id: int
    agenda: int
    committee: Committee
    day: date
    hour: int
    venue: str
    is_cancelled: bool
    previous: tuple[int, date] | None
    following: date | None

    @property
    def key(self) -> str:
        """The occasion's key, as gatherers name it."""
        return f"meeting/{self.id}"

    @property
    def time(self) -> str:
        """The hour as ModernGov writes it: ``6.30 pm``."""
        return f"{(self.hour - 1) % 12 + 1}.{30 if self.hour > 16 else 0:02} {'am' if self.hour < 12 else 'pm'}"


@dataclass(frozen=True)
class Notice:
    """Describe an entry of the decision register; ``meeting`` and ``item`` where it was taken at a meeting."""

    id: int
    title: str
    maker: str
    decided: date
    published: date
    decisions: tuple[Decision, ...]
    is_key: bool
    is_officer: bool
    meeting: int | None = None
    item: int | None = None


@dataclass(frozen=True)
class Truth:
    """Hold one decision of the model, once: where it was taken and in which words."""

    occasion: str
    day: date
    committee: str
    item: str
    title: str
    text: str
    kind: str
    procedural: bool
    vote: Vote | None = None
