"""Turn a filter of decisions into what the full-text index is asked: words, tags and a range of numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, exists, func, or_, select

from minutes_miner.errors import StoreError
from minutes_miner.store.columns import clean_text
from minutes_miner.store.fields import SPENT, UNTOLD, AmountRange, Conditions, split_query
from minutes_miner.store.filters import DecisionFilter
from minutes_miner.store.numbers import HIGHEST, first_number, last_number
from minutes_miner.store.partytables import appearances, parties
from minutes_miner.store.query import Query, fold, parse_query
from minutes_miner.store.tables import decided_sums, decision_sums, decisions, documents, facet_values, owners, sums
from minutes_miner.store.tags import (
    FACETS,
    HAS_MENTION,
    HAS_SUM,
    PART_LETTERS,
    Facet,
    bucket_of,
    lowest_sum,
    mention_tag,
    reach_tag,
    reach_tags,
    tag_of,
    value_of,
    visibility_tag,
)

MANY = 500
"""A part of a name that fits more names than this is looked for in the rows, not in the index."""

_WHOLE = ("authority", "committee")
"""What a filter can name as a whole."""


@dataclass(frozen=True, slots=True)
class Match:
    """Say which decisions are wanted.

    Attributes:
        words: groups of words of which one must hold; None where words don't matter, empty where nothing can match.
        tags: groups of tags; of each group the decision has at least one.
        unwanted: tags of which it has none.
        low: the lowest number, see :mod:`minutes_miner.store.numbers`.
        high: the highest number.
        rows: conditions on the rows of ``decisions`` that no tag tells exactly.
        misses: select numbers of decisions that have the tags, and yet are not wanted.
        numbers: all hits, the lowest first, where they are few and were found already.
    """

    words: Query | None
    tags: tuple[tuple[str, ...], ...]
    unwanted: tuple[str, ...] = ()
    low: int = 0
    high: int = HIGHEST
    rows: tuple[ColumnElement[bool], ...] = ()
    misses: tuple[Select[Any], ...] = ()
    numbers: tuple[int, ...] | None = None

    @property
    def is_hopeless(self) -> bool:
        """Whether no decision can match."""
        return self.words == () or not all(self.tags) or self.low > self.high

    def within(self) -> tuple[int, ...]:
        """Give those of the hits found that lie in the range of numbers, the lowest first."""
        numbers = self.numbers or ()
        return numbers[bisect_left(numbers, self.low) : bisect_right(numbers, self.high)]

    def narrowed(self, *tags: str, low: int = 0, high: int = HIGHEST) -> Match:
        """Give the part of the hits that have some more tags, and numbers in a range."""
        more = tuple((tag,) for tag in tags)
        return replace(self, tags=(*self.tags, *more), low=max(low, self.low), high=min(high, self.high))

    def excluding(self, *tags: str) -> Match:
        """Give the part of the hits that have none of some tags."""
        return replace(self, unwanted=(*self.unwanted, *tags))

    def settled(self, numbers: Sequence[int]) -> Match:
        """Give a match whose hits were all found."""
        return replace(self, tags=(), unwanted=(), rows=(), misses=(), numbers=tuple(sorted(numbers)))


def match_decisions(connection: Connection, wanted: DecisionFilter) -> Match:
    """Work out what to ask for.

    Raises:
        StoreError: the query is too long, or a field in it can't be understood.
    """
    text, conditions = split_query(wanted.query or "")
    match = Match(parse_query(text) if text.strip() else None, ())
    for name, values in _demands(conditions.wanted, wanted):
        match = _demand(connection, match, _facet(name), values)
    for name in _WHOLE if wanted.is_whole else ():
        if value := getattr(wanted, name):
            match = replace(match, tags=(*match.tags, _tags_of_name(connection, name, value)))
    for name, values in conditions.unwanted.items():
        for value in values:
            match = _exclude(connection, match, _facet(name), value)
    own = AmountRange(wanted.min_amount, wanted.max_amount)
    for bounds in (*conditions.amounts, *((own,) if own != AmountRange() else ())):
        match = _ask_sums(connection, match, bounds)
    for bounds in conditions.mentions:
        reach = HAS_MENTION if bounds.least is None else mention_tag(bounds.least)
        match = replace(match.narrowed(reach), rows=(*match.rows, *_sum_conditions(bounds, _NAMED)))
    match = _ask_roles(match, conditions)
    match = _show(match, wanted)
    return _between(_between(match, conditions.since, conditions.until), wanted.since, wanted.until)


def _facet(name: str) -> Facet:
    return next(facet for facet in FACETS if facet.field == name)


def _show(match: Match, wanted: DecisionFilter) -> Match:
    """Leave out routine, earlier versions and copies, unless asked for; beside something rarer, by what they are.

    Most decisions may be shown, so the index has less to go through where it looks for those that may not.
    """
    states = [(is_current, is_copy) for is_current, is_copy in ((True, False), (False, False), (True, True))]
    shown: list[str] = []
    hidden = [visibility_tag(is_current=True, is_procedural=False, is_suppressed=True)]
    for is_current, is_copy in states:
        for is_procedural in (False, True):
            may = (wanted.include_superseded or is_current) and (wanted.include_copies or not is_copy)
            tag = visibility_tag(is_current=is_current, is_procedural=is_procedural, is_copy=is_copy)
            (shown if may and (wanted.include_procedural or not is_procedural) else hidden).append(tag)
    has_words = match.words is not None and all(group.wanted for group in match.words)
    return match.excluding(*hidden) if match.tags or has_words else replace(match, tags=(tuple(shown),))


def _demands(fields: Mapping[str, tuple[str, ...]], wanted: DecisionFilter) -> Iterator[tuple[str, tuple[str, ...]]]:
    """List what the query and the filter's own attributes ask of the facets; each must hold."""
    yield from fields.items()
    for name in (*_WHOLE, "territory", "owner", "kind", "outcome", "topic"):
        value: str | None = getattr(wanted, name)
        if value and value.strip() and not (wanted.is_whole and name in _WHOLE):
            yield name, (str(value).strip(),)


def _demand(connection: Connection, match: Match, facet: Facet, values: tuple[str, ...]) -> Match:
    """Narrow a match to decisions that have one of some values."""
    found = [_find_tags(connection, facet, value) for value in values]
    tags = dict.fromkeys(tag for some in found for tag in some)
    if len(tags) <= MANY:
        return replace(match, tags=(*match.tags, tuple(tags)))
    return replace(match, rows=(*match.rows, or_(*(_in_row(connection, facet, value) for value in values))))


def _exclude(connection: Connection, match: Match, facet: Facet, value: str) -> Match:
    tags = _find_tags(connection, facet, value)
    if len(tags) <= MANY:
        return match.excluding(*tags)
    return replace(match, rows=(*match.rows, ~_in_row(connection, facet, value)))


def _find_tags(connection: Connection, facet: Facet, value: str) -> list[str]:
    """List the tags of the values that a part of a name fits, but no more than one over MANY."""
    if value.startswith("=") and facet.is_open:
        return list(_tags_of_name(connection, facet.field, value[1:].strip()))
    if not facet.is_open:
        return [tag_of(facet.letter, value_of(value, value))]
    fits = _holds(connection, facet_values.c.search_key, value)
    known = select(facet_values.c.tag).where(facet_values.c.field == facet.field, fits)
    return list(connection.scalars(known.order_by(facet_values.c.tag).limit(MANY + 1)))


def _tags_of_name(connection: Connection, name: str, value: str) -> tuple[str, ...]:
    """List the tags of a whole name, in each of its spellings."""
    is_it = facet_values.c.search_key == clean_text(fold(value))
    known = select(facet_values.c.tag).where(facet_values.c.field == name, is_it)
    return tuple(connection.scalars(known.order_by(facet_values.c.tag)))


def _holds(connection: Connection, column: ColumnElement[str], part: str) -> ColumnElement[bool]:
    find = func.instr if connection.dialect.name == "sqlite" else func.strpos
    return find(column, clean_text(fold(part.strip()))) > 0


def _in_row(connection: Connection, facet: Facet, value: str) -> ColumnElement[bool]:
    """Ask a decision's own rows for a part of a name."""
    if facet.field == "owner":
        return exists().where(owners.c.decision_id == decisions.c.id, _holds(connection, owners.c.search_key, value))
    if facet.letter in PART_LETTERS:
        return _in_part(connection, facet, value)
    if facet.field not in documents.c:
        raise StoreError(f"{facet.field}: {value!r} fits too many", advice="write more of it")
    fits = _holds(connection, facet_values.c.search_key, value)
    names = select(facet_values.c.label).where(facet_values.c.field == facet.field, fits)
    return exists().where(documents.c.id == decisions.c.document_id, documents.c[facet.field].in_(names))


def _in_part(connection: Connection, facet: Facet, value: str) -> ColumnElement[bool]:
    """Ask for a part of the name of who moved, seconded or voted."""
    part, ballot = PART_LETTERS[facet.letter]
    joined = appearances.join(parties, parties.c.id == appearances.c.party_id)
    named = select(appearances.c.position).select_from(joined).where(appearances.c.decision_id == decisions.c.id)
    named = named.where(appearances.c.document_id == decisions.c.document_id, appearances.c.part == part)
    if ballot:
        named = named.where(appearances.c.ballot == ballot)
    return named.where(_holds(connection, parties.c.search_key, value)).correlate(decisions).exists()


class _Sums(NamedTuple):
    """Name what one sort of sums is kept in: the largest, the smallest, any one, and what ties it to its decision."""

    largest: ColumnElement[Decimal]
    smallest: ColumnElement[Decimal]
    amount: ColumnElement[Decimal]
    is_own: tuple[ColumnElement[bool], ...]


_DECIDED = _Sums(
    decisions.c.decided_amount,
    decisions.c.least_decided,
    decided_sums.c.amount,
    (decided_sums.c.number == decisions.c.number,),
)
_NAMED = _Sums(
    decisions.c.largest_amount,
    decisions.c.smallest_amount,
    sums.c.amount,
    (
        decision_sums.c.decision_id == decisions.c.id,
        decision_sums.c.document_id == sums.c.document_id,
        decision_sums.c.sum_position == sums.c.position,
    ),
)


def _ask_sums(connection: Connection, match: Match, bounds: AmountRange) -> Match:
    """Ask for a sum by tags and, where a bound lies within a bucket, by what its rows hold.

    SQLite reads a row for each hit when it must, so it is rather told which few of the lowest bucket are too small.
    """
    if bounds.least is None:
        return replace(match.narrowed(HAS_SUM), rows=(*match.rows, *_sum_conditions(bounds, _DECIDED)))
    if bounds.most is not None or connection.dialect.name != "sqlite":
        return replace(match.narrowed(reach_tag(bounds.least)), rows=(*match.rows, *_sum_conditions(bounds, _DECIDED)))
    largest = _DECIDED.largest
    is_small = largest <= bounds.least if bounds.is_over else largest < bounds.least
    lowest = lowest_sum(bucket_of(bounds.least))
    too_small = select(decisions.c.number).where(largest >= lowest, is_small)
    some, none = reach_tags(bounds.least)
    return replace(match.excluding(*none), tags=(*match.tags, some), misses=(*match.misses, too_small))


def _ask_roles(match: Match, conditions: Conditions) -> Match:
    """Ask for a sum that is decided, of one of some roles and in one of some currencies; for one that is spent too."""
    if not conditions.roles and not conditions.currencies:
        return match
    is_own: list[ColumnElement[bool]] = []
    told = [role for role in conditions.roles if role not in {SPENT, UNTOLD}]
    if told or UNTOLD in conditions.roles:
        untold = [decided_sums.c.role.is_(None)] if UNTOLD in conditions.roles else []
        is_own.append(or_(*([decided_sums.c.role.in_(told)] if told else []), *untold))
    if conditions.currencies:
        is_own.append(decided_sums.c.currency.in_(conditions.currencies))
    some = [is_own] if is_own else []
    if SPENT in conditions.roles:
        some.append([decided_sums.c.is_spent])
    asked = (exists().where(decided_sums.c.number == decisions.c.number, *each) for each in some)
    return replace(match.narrowed(HAS_SUM), rows=(*match.rows, *asked))


def _sum_conditions(bounds: AmountRange, kept: _Sums) -> Iterator[ColumnElement[bool]]:
    """Ask for a sum within bounds; only one between the smallest and the largest must be looked for."""
    inner = []
    # the nought keeps PostgreSQL from reading half the index of sums beside the one of words and tags
    largest, smallest = kept.largest + 0, kept.smallest + 0
    if bounds.least is not None:
        yield largest > bounds.least if bounds.is_over else largest >= bounds.least
        inner.append(kept.amount > bounds.least if bounds.is_over else kept.amount >= bounds.least)
    if bounds.most is not None:
        yield smallest < bounds.most if bounds.is_under else smallest <= bounds.most
        inner.append(kept.amount < bounds.most if bounds.is_under else kept.amount <= bounds.most)
    if len(inner) == 2:
        is_between = exists().where(*kept.is_own, *inner)
        yield or_(largest <= bounds.most, smallest >= bounds.least, is_between)


def _between(match: Match, since: date | None, until: date | None) -> Match:
    low = first_number(since) if since else first_number(date.min) if until else 0
    return match.narrowed(low=low, high=last_number(until) if until else HIGHEST)
