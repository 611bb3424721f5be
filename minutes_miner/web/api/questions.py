"""Read what programs ask for: the search's own conditions, checked and described."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import Path, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from minutes_miner.domain.vocabulary import Kind, Outcome, PartyKind, Status
from minutes_miner.store.search import ActionFilter, DecisionFilter, Grouping, PartyFilter, Sort
from minutes_miner.web.asking import FACETS, Asking
from minutes_miner.web.rendering import address_of, site_of

MOST = 100
"""Rows of a page at most."""

_BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def iso_day(value: object) -> object:
    """Read a day as a reader types it, 31/03/2024; other ways of writing pass as they are."""
    match = _BRITISH.fullmatch(value) if isinstance(value, str) else None
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else value


Words = Annotated[str, Field(max_length=500)]
Name = Annotated[str, Field(min_length=1, max_length=500)]
Names = Annotated[list[Name], Field(max_length=20)]
RecordId = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
PathId = Annotated[str, Path(description="Its id: 16 digits and letters from a to f.")]
Token = Annotated[str, Field(max_length=400)]
LongToken = Annotated[str, Field(max_length=4_000)]
Day = Annotated[date, BeforeValidator(iso_day)]
ListSort = Literal["relevance", "newest", "oldest", "amount"]


class Question(BaseModel):
    """Refuse what is not known: a condition that is misspelt would otherwise find too much."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Conditions(Question):
    """Hold the conditions of a search of decisions; of several values of one name either may hold."""

    q: Words = Field("", description="Words and conditions in the query language of search.")
    authority: Names = Field([], description="Name of a council, or part of it.")
    territory: Names = Field([], description="England, Scotland, Wales or Northern Ireland.")
    committee: Names = Field([], description="Name of a committee, or part of it.")
    kind: list[Kind] = Field([], description="What the decision does.")
    outcome: list[Outcome] = Field([], description="What became of it.")
    topic: Names = Field([], description="Code of a topic, such as send.")
    year: list[Annotated[int, Field(ge=1000, le=9999)]] = Field([], description="Year of the meeting.")
    owner: Names = Field([], description="Who must carry it out, or part of the name.")
    mover: Names = Field([], description="Who moved it.")
    seconder: Names = Field([], description="Who seconded it.")
    voter: Names = Field([], description="Who voted, whichever way.")
    for_: Names = Field([], alias="for", description="Who voted for it.")
    against: Names = Field([], description="Who voted against it.")
    abstained: Names = Field([], description="Who abstained.")
    since: Day | None = Field(None, description="First day of the meeting.")
    until: Day | None = Field(None, description="Last day of the meeting.")
    least: Annotated[str, Field(max_length=30)] = Field("", description="Smallest sum decided: 500000, 500k or £1.5m.")
    routine: bool = Field(False, description="Whether routine business is wanted too.")

    def asking(self, *, sort: Sort = Sort.RELEVANCE, after: str = "") -> Asking:
        """Give the search as a page of the site would hold it."""
        held = self.model_dump(mode="json", by_alias=True)
        facets = {name: tuple(str(value) for value in held[name]) for name in FACETS if held.get(name)}
        return Asking(
            text=self.q.strip(),
            facets=facets,
            since=held["since"] or "",
            until=held["until"] or "",
            least=self.least.strip(),
            routine=self.routine,
            sort=sort,
            after=after,
        )

    def filter(self, *, limit: int = MOST, sort: Sort = Sort.RELEVANCE) -> DecisionFilter:
        """Give what to ask the store for.

        Raises:
            StoreError: the sum can't be understood.
        """
        return self.asking(sort=sort).filter(limit)


class Ordered(Conditions):
    """Add an order."""

    sort: ListSort = Field("relevance", description="Which come first; relevance is newest without words.")


class Paged(Question):
    """Ask for a part of a list."""

    limit: int = Field(20, ge=1, le=MOST, description="Rows of the page.")
    after: Token = Field("", description="Token of the page before, as its `next` address holds it.")


class DecisionQuestion(Ordered, Paged):
    """Ask for a page of decisions."""


class FacetQuestion(Conditions):
    """Ask what decisions have in common."""

    limit: int = Field(20, ge=1, le=MOST, description="Values of each facet.")


class MoneyQuestion(Conditions):
    """Ask what sums come to."""

    by: Grouping | None = Field(None, description="What the groups have in common; without it there are none.")


class SimilarQuestion(Conditions):
    """Ask for decisions on the same matter as one, or as some words tell; the conditions say which may be answers."""

    id: RecordId | None = Field(None, description="The decision whose like is wanted.")
    text: Annotated[str, Field(max_length=2_000)] = Field("", description="Or words on the matter.")
    elsewhere: bool = Field(True, description="With an id: whether only other councils' decisions are answers.")
    limit: int = Field(10, ge=1, le=50, description="The most answers.")


class ActionConditions(Question):
    """Hold the conditions of a search of actions."""

    q: Words = Field("", description="Words; phrases in quotes, -not, OR and prefix* as in search.")
    authority: Words = Field("", description="Name of a council, or part of it.")
    committee: Words = Field("", description="Name of a committee, or part of it.")
    territory: Words = Field("", description="England, Scotland, Wales or Northern Ireland.")
    owner: Words = Field("", description="Who must act, or part of the name.")
    since: Day | None = Field(None, description="First day of the meeting.")
    until: Day | None = Field(None, description="Last day of the meeting.")
    due_after: Day | None = Field(None, description="The deadline is later than this day.")
    due_before: Day | None = Field(None, description="The deadline is earlier than this day.")
    overdue_on: Day | None = Field(None, description="Open, and the deadline is earlier than this day.")
    status: Status | None = Field(None, description="Open or done, as the document tells it.")

    def filter(self, *, limit: int = MOST) -> ActionFilter:
        """Give what to ask the store for."""
        days = ("since", "until", "due_after", "due_before", "overdue_on", "status")
        words = {name: getattr(self, name).strip() or None for name in ("authority", "committee", "territory", "owner")}
        told: Mapping[str, Any] = {name: getattr(self, name) for name in days} | words
        return ActionFilter(query=self.q.strip() or None, limit=limit, **told)


class ActionQuestion(ActionConditions, Paged):
    """Ask for a page of actions, those that are due first at the beginning."""


class PartyQuestion(Question):
    """Ask for people, posts and bodies."""

    name: Words = Field("", description="Part of the name, or a name as minutes write it.")
    authority: Words = Field("", description="Name of the council, or part of it.")
    kind: PartyKind | None = Field(None, description="Person, post or body.")
    limit: int = Field(20, ge=1, le=MOST, description="Rows of the page.")
    after: LongToken = Field("", description="Token of the page before, as its `next` address holds it.")

    def filter(self) -> PartyFilter:
        """Give what to ask the store for."""
        return PartyFilter(self.name.strip() or None, self.authority.strip() or None, self.kind, self.limit)


class NameQuestion(Question):
    """Ask for councils, by name."""

    limit: int = Field(20, ge=1, le=MOST, description="Rows of the page.")
    after: Words = Field("", description="Last name of the page before.")


class MeetingQuestion(Question):
    """Ask for meetings, the newest first."""

    authority: Words = Field("", description="Whole name of a council.")
    since: Day | None = Field(None, description="First day.")
    until: Day | None = Field(None, description="Last day.")
    limit: int = Field(20, ge=1, le=MOST, description="Rows of the page.")
    after: Token = Field("", description="Token of the page before, as its `next` address holds it.")


def next_address(request: Request, token: str | None) -> str | None:
    """Give the address of the next page: that of this one, from another place on; None without a token."""
    if not token:
        return None
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    return address_of(request, f"{request.url.path}?{urlencode([*pairs, ('after', token)])}")


def bounded(request: Request) -> int:
    """Give the most rows of a file."""
    return site_of(request).settings.max_rows
