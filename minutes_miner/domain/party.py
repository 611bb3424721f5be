"""Hold who appears in an authority's papers: people, posts and bodies, resolved, and where each appears."""

from __future__ import annotations

from dataclasses import dataclass

from minutes_miner.domain.vocabulary import Part, PartyKind


@dataclass(frozen=True, slots=True)
class Mention:
    """Hold one name as a paper writes it.

    Attributes:
        part: what the named one did.
        text: as written.
        role: post beside the name, where the paper's lists have one.
        decision_id: of the decision that it belongs to.
        action_id: of the action that it belongs to.
        ballot: of a vote.
        status: of an attendance.
        start: first character of an attendance in the paper's text.
        end: the character after the last.
    """

    part: Part
    text: str
    role: str | None = None
    decision_id: str | None = None
    action_id: str | None = None
    ballot: str | None = None
    status: str | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class NamedPaper:
    """Hold the names in one paper; ``body`` is the one that met."""

    id: str
    body: str | None
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, order=True)
class KnownParty:
    """Hold a person, post or body of one authority.

    Attributes:
        id: 16 hexadecimal digits from authority, kind and key.
        kind: what it is.
        name: for reading, the fullest that the papers have.
        is_resolved: false where the name fits several that are kept apart, so that it may be any of them.
        may_be: their names, joined by "; ".
    """

    id: str
    kind: PartyKind
    name: str
    is_resolved: bool = True
    may_be: str | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """Tie a mention to a party; ``position`` counts from 0 through the paper's appearances."""

    paper: str
    position: int
    party_id: str
    mention: Mention
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Hold what an authority's papers amount to."""

    parties: tuple[KnownParty, ...]
    appearances: tuple[Appearance, ...]
