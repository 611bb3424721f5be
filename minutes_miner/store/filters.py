"""State what a reader may ask a list for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from minutes_miner.domain.vocabulary import Kind, Outcome, Status


class Sort(StrEnum):
    """The order of a list; what has no date or sum comes last."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    AMOUNT = "amount"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """Say which decisions are wanted; every condition that is given must hold.

    Attributes:
        query: words, ``"phrases"``, ``-not``, ``OR``, ``prefix*``, and conditions such as ``kind:refuse``, see
            :mod:`minutes_miner.store.fields`; blank for all.
        authority: part of the authority's name; capitals and accents make no difference, here and below.
        committee: part of the committee's name.
        is_whole: whether ``authority`` and ``committee`` are whole names instead, as the papers have them.
        territory: part of the United Kingdom: its code or name.
        topic: code of a topic that it is about, see :mod:`minutes_miner.domain.topic`.
        owner: part of the name, post or body that must carry it out.
        since: first day of the meeting.
        until: last day of the meeting.
        min_amount: at least one sum that is decided, see :mod:`minutes_miner.domain.decided`, is not smaller than this,
            and not larger than ``max_amount``.
        max_amount: see there; both in the currency's main unit, whatever the currency.
        include_procedural: whether to list routine business too.
        include_superseded: whether to list what only earlier versions of a document say.
        include_copies: whether to list what another paper of the same meeting says too.
        limit: the most rows; None for all.
        offset: rows to leave out at the beginning.
        sort: ``relevance`` is ``newest`` without a query.
    """

    query: str | None = None
    authority: str | None = None
    committee: str | None = None
    territory: str | None = None
    topic: str | None = None
    kind: Kind | None = None
    outcome: Outcome | None = None
    owner: str | None = None
    since: date | None = None
    until: date | None = None
    min_amount: Decimal | None = None
    max_amount: Decimal | None = None
    include_procedural: bool = False
    include_superseded: bool = False
    include_copies: bool = False
    limit: int | None = None
    offset: int = 0
    sort: Sort = Sort.RELEVANCE
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class ActionFilter:
    """Say which actions are wanted; the deadline of an action is the last day that its words can mean.

    Attributes:
        due_before: the deadline is earlier than this day.
        due_after: the deadline is later than this day.
        overdue_on: the action is open and its deadline is earlier than this day.
        has_due: whether its deadline is a calendar day; None for both.
        sort: ``due`` puts the earliest deadline first.

    The others are those of :class:`DecisionFilter`, but that the query holds words alone.
    """

    query: str | None = None
    authority: str | None = None
    committee: str | None = None
    territory: str | None = None
    owner: str | None = None
    since: date | None = None
    until: date | None = None
    due_before: date | None = None
    due_after: date | None = None
    overdue_on: date | None = None
    has_due: bool | None = None
    status: Status | None = None
    include_superseded: bool = False
    limit: int | None = None
    offset: int = 0
    sort: Sort = Sort.DUE
