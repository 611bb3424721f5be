"""Answer programs that search decisions, look one up, or ask what others decided on the same matter."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request, Response
from starlette.exceptions import HTTPException

from minutes_miner.domain.dataset import DECISIONS
from minutes_miner.errors import StoreError
from minutes_miner.store.search import (
    SimilarDecision,
    SlowQueryError,
    Sort,
    UnknownRecordError,
    find_alike,
    find_similar,
)
from minutes_miner.store.walking import page_decisions, read_records
from minutes_miner.web.api.answers import DecisionDetail, Decisions, Similar
from minutes_miner.web.api.questions import DecisionQuestion, PathId, SimilarQuestion, next_address
from minutes_miner.web.api.routing import make_router, shown_row
from minutes_miner.web.pages.record import read_record
from minutes_miner.web.rendering import site_of
from minutes_miner.web.twin import record_twin

router = make_router("Decisions")


@router.get("/decisions", response_model=Decisions)
def list_decisions(request: Request, asked: Annotated[DecisionQuestion, Query()], response: Response) -> Any:
    """Search decisions: the words and conditions are those of the site's search."""
    wanted = asked.filter(limit=asked.limit, sort=Sort(asked.sort))
    found = page_decisions(site_of(request).store, wanted, after=asked.after or None)
    following = next_address(request, found.next_token)
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    items = [shown_row(request, row, "decisions") for row in found.rows]
    return {"total": found.total, "items": items, "next": following}


@router.get("/decisions/{record_id}", response_model=DecisionDetail)
def get_decision(request: Request, record_id: PathId) -> Any:
    """Look up a decision by its id, with its evidence."""
    return record_twin(read_record(request, record_id, is_decision=True))


@router.get("/similar", response_model=Similar)
def list_similar(request: Request, asked: Annotated[SimilarQuestion, Query()]) -> Any:
    """Find decisions on the same matter as one, or as some words tell; the words need not stand in them."""
    if bool(asked.id) == bool(asked.text.strip()):
        raise HTTPException(400, "name either an id or a text")
    found = _find(request, asked)
    rows = {row["id"]: row for row in read_records(site_of(request).store, DECISIONS, [one.row.id for one in found])}
    pairs = [(one.score, rows[one.row.id]) for one in found if one.row.id in rows]
    return {"items": [{"score": score, "decision": shown_row(request, row, "decisions")} for score, row in pairs]}


def _find(request: Request, asked: SimilarQuestion) -> list[SimilarDecision]:
    store, wanted = site_of(request).store, asked.filter()
    try:
        if asked.id:
            read_record(request, asked.id, is_decision=True)
            return find_similar(store, asked.id, filter=wanted, limit=asked.limit, elsewhere=asked.elsewhere)
        return find_alike(store, asked.text, filter=wanted, limit=asked.limit)
    except (SlowQueryError, UnknownRecordError):
        raise
    except StoreError as error:
        if error.where is None:
            raise
        raise HTTPException(503, "similar decisions can’t be found here yet") from error
