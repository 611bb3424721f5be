"""Hold what a document says, once as people annotated it and once as the program found it, in the same nouns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int]
"""Half-open character offsets in the document's text."""

Key = tuple[str | None, str | None]
"""The value of a mention: amount and currency of a sum, first and last day of a date."""

STERLING = "GBP"
"""The currency of a sum that names none."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Hold words of the document; gold gives no ``span``."""

    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """Hold how a decision was carried; what is not stated is None."""

    manner: str | None
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """Hold when a task must be done: as written, and as ISO days where it could be resolved."""

    text: str
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Hold one decision or action; ``kind``, ``outcome`` and ``vote`` are a decision's.

    Attributes:
        mentions: every place that states it, the most telling first.
        owners: who must carry it out, one text each.
        confidence: between 0 and 1, where the program gave one.
    """

    mentions: tuple[Mention, ...]
    kind: str | None = None
    outcome: str | None = None
    vote: Vote | None = None
    owners: tuple[str, ...] = ()
    due: Due | None = None
    confidence: float | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Give the different words of its mentions, blank ones left out."""
        return tuple(dict.fromkeys(mention.text for mention in self.mentions if mention.text.strip()))

    @property
    def words(self) -> str:
        """Give the words to show for it."""
        return next(iter(self.texts), "")


@dataclass(frozen=True, slots=True)
class Value:
    """Hold one mention of a sum or a date with the value it was read as."""

    key: Key
    mention: Mention

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Give its one mention, as records give theirs."""
        return (self.mention,)

    @property
    def words(self) -> str:
        """Give the words to show for it."""
        return self.mention.text


Item = Record | Value
"""What stands in a document and is compared."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """Hold all that is annotated, or all that was found, in one document."""

    decisions: tuple[Record, ...] = ()
    actions: tuple[Record, ...] = ()
    money: tuple[Value, ...] = ()
    dates: tuple[Value, ...] = ()
    meeting_date: str | None = None


@dataclass(frozen=True, slots=True)
class Optional:
    """Hold words that count neither for nor against, by what they could be found as."""

    decisions: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """Hold one line of a gold file.

    Attributes:
        id: name of the document.
        path: where the document is.
        wanted: what is to be found in it.
        optional: what may be found in it.
        layout: kind of page, where the line tells one.
    """

    id: str
    path: Path
    wanted: Annotation
    optional: Optional = Optional()
    authority: str | None = None
    committee: str | None = None
    layout: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what was found in one document; ``error`` tells why nothing could be."""

    found: Annotation = Annotation()
    media_type: str | None = None
    error: str | None = None
