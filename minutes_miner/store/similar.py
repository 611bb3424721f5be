"""Answer "what did others decide on this?": turn a decision, or words, into decisions on the same matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, or_, select

from minutes_miner.errors import StoreError
from minutes_miner.store.detail import get_record
from minutes_miner.store.filters import DecisionFilter
from minutes_miner.store.hits import among, hold_rows, select_hits
from minutes_miner.store.listing import DecisionRow
from minutes_miner.store.matching import Match, match_decisions
from minutes_miner.store.repository import Store
from minutes_miner.store.results import read_rows
from minutes_miner.store.tables import decisions, documents

if TYPE_CHECKING:  # numpy takes a tenth of a second, and other reads do without it
    from minutes_miner.store.embedding import Encoder, Vectors
    from minutes_miner.store.nearest import Nearest

PATIENCE = 2_000
"""So many documents are turned into vectors while a reader waits; more must be asked for."""

BUILD_COMMAND = "minutes-miner similar --build"

LEAST_ALIKE = 0.5
"""From this likeness on a decision is worth showing unasked: of 100 about other matters one at most is as alike.

Measured by ``make evaluate-similar``; docs/similar.md tells the figures.
"""

_LOOK = 1_000
_LOOKS = 3
_SAME = 0.97
"""From this likeness on, two decisions of one meeting are the same one told twice."""


@dataclass(frozen=True, slots=True)
class SimilarDecision:
    """Hold a decision and how alike its matter is: 1 for the same words, about 0 for nothing in common."""

    row: DecisionRow
    score: float


@dataclass(frozen=True, slots=True)
class _Question:
    """Hold what is asked for: a vector, the filter, and rows that are no answer whatever they say."""

    vector: Vectors
    match: Match
    barred: tuple[ColumnElement[bool], ...] = ()
    asked: DecisionRow | None = None


def find_similar(
    store: Store, record_id: str, *, filter: DecisionFilter = DecisionFilter(), limit: int = 10, elsewhere: bool = True
) -> list[SimilarDecision]:
    """Find decisions on the same matter as one, the most alike first.

    Neither the decision itself nor its copies in other papers are answers, nor what its own meeting says in nearly the
    same words.

    Args:
        store: an open store; its vectors are brought up to date first where few documents wait.
        record_id: of the decision, or as much of its beginning as no other record has.
        filter: which decisions may be answers; its sort, limit and offset count for nothing.
        limit: the most answers.
        elsewhere: whether only other authorities' decisions are answers.

    Raises:
        StoreError: no decision has the id, the query can't be understood, or the vectors have not been made yet.
    """
    from minutes_miner.store.embedding import describe, load_encoder

    encode = load_encoder()
    asked = get_record(store, record_id).record
    if not isinstance(asked, DecisionRow):
        advice = f"ask for the decision it rests on: {asked.decision_id}" if asked.decision_id else "name a decision"
        raise StoreError(f"{asked.id} is an action, not a decision", advice=advice)
    nearest = _get_nearest(store, encode)
    with store.read() as connection:
        barred = [*_own(connection, asked.id), *([_elsewhere(asked)] if elsewhere else [])]
        vector = encode([describe(asked.item_title, asked.text)])
        question = _Question(vector, match_decisions(connection, filter), tuple(barred), asked)
        return _find(connection, nearest, question, encode, limit)


def find_alike(
    store: Store, text: str, *, filter: DecisionFilter = DecisionFilter(), limit: int = 10
) -> list[SimilarDecision]:
    """Find decisions on the matter that some words tell, the most alike first; the words need not stand in them.

    Args:
        store, filter, limit: see :func:`find_similar`.
        text: a few words, or a whole paragraph.

    Raises:
        StoreError: the text has no word, the query can't be understood, or the vectors have not been made yet.
    """
    from minutes_miner.store.embedding import load_encoder

    encode = load_encoder()
    vector = encode([text])
    if not vector.any():
        raise StoreError(f"{text!r} has no word to go by", advice="write what the decisions are about")
    nearest = _get_nearest(store, encode)
    with store.read() as connection:
        return _find(connection, nearest, _Question(vector, match_decisions(connection, filter)), encode, limit)


def is_behind(store: Store) -> bool:
    """Tell whether documents were mined or corrected since the vectors were made.

    Raises:
        StoreError: the database can't be read.
    """
    from minutes_miner.store import vectors

    return vectors.is_behind(store)


def _get_nearest(store: Store, encode: Encoder) -> Nearest:
    from minutes_miner.store.vectors import update_vectors

    found = update_vectors(store, encode, most=PATIENCE)
    if found is None:
        raise StoreError(
            "the decisions of this database have no vectors yet", where=store.address, advice=f"run: {BUILD_COMMAND}"
        )
    return found


def _own(connection: Connection, decision: str) -> list[ColumnElement[bool]]:
    """Bar a decision and its copies in other papers of the meeting."""
    main = connection.scalar(select(decisions.c.same_as).where(decisions.c.id == decision)) or decision
    return [decisions.c.id.not_in((decision, main)), or_(decisions.c.same_as.is_(None), decisions.c.same_as != main)]


def _elsewhere(asked: DecisionRow) -> ColumnElement[bool]:
    """Bar the authority's own decisions; where it is unknown, those of the same document."""
    if asked.authority is None:
        return decisions.c.document_id != asked.document_id
    return or_(documents.c.authority.is_(None), documents.c.authority != asked.authority)


def _find(
    connection: Connection, nearest: Nearest, question: _Question, encode: Encoder, limit: int
) -> list[SimilarDecision]:
    """Compare the nearest by their signs exactly, looking further until enough of them are answers."""
    if question.match.is_hopeless:
        return []
    looked = nearest if question.match.words is None else nearest.among(_all_hits(connection, question.match))
    parts = looked.walk(question.vector, first=max(_LOOK, limit))
    found = _compare(connection, islice(parts, _LOOKS), question, encode, limit)
    if len(found) < limit and looked is nearest and next(parts, None):
        narrowed = nearest.among(_all_hits(connection, question.match))
        found = _compare(connection, narrowed.walk(question.vector, first=max(_LOOK, limit)), question, encode, limit)
    rows = read_rows(connection, [number for _, number in found[:limit]])
    return [SimilarDecision(rows[number], round(score, 4)) for score, number in found[:limit]]


def _all_hits(connection: Connection, match: Match) -> list[int]:
    return list(connection.scalars(select_hits(connection, match)))


def _compare(
    connection: Connection, parts: Iterator[list[int]], question: _Question, encode: Encoder, limit: int
) -> list[tuple[float, int]]:
    """Give likeness and number of the answers among some decisions, the most alike first."""
    found: list[tuple[float, int]] = []
    for part in parts:
        for begun in range(0, len(part), _LOOK):
            found += _score(connection, part[begun : begun + _LOOK], question, encode)
        if len(found) >= limit:
            break
    return sorted(found, reverse=True)


def _score(
    connection: Connection, numbers: list[int], question: _Question, encode: Encoder
) -> list[tuple[float, int]]:
    """Compare those of some decisions that may be answers."""
    from minutes_miner.store.embedding import describe

    told = (decisions.c.number, decisions.c.item_title, decisions.c.text, decisions.c.document_id)
    where = (documents.c.authority, documents.c.committee, documents.c.meeting_date)
    asked = (among(connection, numbers), *hold_rows(connection, question.match), *question.barred)
    rows = connection.execute(select(*told, *where).join_from(decisions, documents).where(*asked)).all()
    if not rows:
        return []
    scores = (encode([describe(row.item_title, row.text) for row in rows]) @ question.vector[0]).tolist()
    return [
        (score, row.number) for score, row in zip(scores, rows, strict=True) if not _is_retold(row, question, score)
    ]


def _is_retold(row: Any, question: _Question, score: float) -> bool:
    """Tell whether a decision is what the question's own meeting says once more."""
    asked = question.asked
    if asked is None or score < _SAME:
        return False
    same_meeting = asked.meeting_date is not None and (row.authority, row.committee, row.meeting_date) == (
        asked.authority,
        asked.committee,
        asked.meeting_date,
    )
    return same_meeting or row.document_id == asked.document_id
