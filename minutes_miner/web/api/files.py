"""Give whole results as files that are written while they are sent: CSV, JSON Lines and Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import StreamingResponse

from minutes_miner.domain.dataset import ACTIONS, DECISIONS, Row, Table
from minutes_miner.export.streaming import stream_csv, stream_jsonl, stream_parquet
from minutes_miner.store.filters import Sort
from minutes_miner.store.walking import walk_actions, walk_decisions
from minutes_miner.web.api.questions import ActionConditions, Ordered, bounded
from minutes_miner.web.api.routing import make_router, public_rows
from minutes_miner.web.rendering import site_of

router = make_router("Files")

Chunks = Iterator[list[Row]]
Writer = Callable[[Iterable[list[Row]], Table], Iterator[bytes]]

FORMATS: dict[str, tuple[str, Writer]] = {
    "csv": ("text/csv; charset=utf-8", stream_csv),
    "jsonl": ("application/jsonl", stream_jsonl),
    "parquet": ("application/vnd.apache.parquet", stream_parquet),
}
"""Media type and writer, by the suffix of the address."""


def _content(*suffixes: str) -> dict[int | str, dict[str, object]]:
    """Describe an answer that is a file."""
    held = {FORMATS[suffix][0].partition(";")[0]: {"schema": {"type": "string"}} for suffix in suffixes}
    return {200: {"description": "the file", "content": held}}


@router.get("/decisions.csv", response_class=StreamingResponse, responses=_content("csv"))
def give_decisions_csv(request: Request, asked: Annotated[Ordered, Query()]) -> StreamingResponse:
    """Give a whole search as CSV, a row a decision; text that a spreadsheet would run is made harmless."""
    return _give(_decisions(request, asked), DECISIONS, "csv")


@router.get("/decisions.jsonl", response_class=StreamingResponse, responses=_content("jsonl"))
def give_decisions_jsonl(request: Request, asked: Annotated[Ordered, Query()]) -> StreamingResponse:
    """Give a whole search as JSON Lines, an object a decision."""
    return _give(_decisions(request, asked), DECISIONS, "jsonl")


@router.get("/decisions.parquet", response_class=StreamingResponse, responses=_content("parquet"))
def give_decisions_parquet(request: Request, asked: Annotated[Ordered, Query()]) -> StreamingResponse:
    """Give a whole search as Parquet, typed."""
    return _give(_decisions(request, asked), DECISIONS, "parquet")


@router.get("/actions.csv", response_class=StreamingResponse, responses=_content("csv"))
def give_actions_csv(request: Request, asked: Annotated[ActionConditions, Query()]) -> StreamingResponse:
    """Give a whole list of actions as CSV."""
    return _give(_actions(request, asked), ACTIONS, "csv")


@router.get("/actions.jsonl", response_class=StreamingResponse, responses=_content("jsonl"))
def give_actions_jsonl(request: Request, asked: Annotated[ActionConditions, Query()]) -> StreamingResponse:
    """Give a whole list of actions as JSON Lines."""
    return _give(_actions(request, asked), ACTIONS, "jsonl")


@router.get("/actions.parquet", response_class=StreamingResponse, responses=_content("parquet"))
def give_actions_parquet(request: Request, asked: Annotated[ActionConditions, Query()]) -> StreamingResponse:
    """Give a whole list of actions as Parquet."""
    return _give(_actions(request, asked), ACTIONS, "parquet")


def _decisions(request: Request, asked: Ordered) -> Chunks:
    wanted = asked.filter(sort=Sort(asked.sort))
    return map(public_rows, walk_decisions(site_of(request).store, wanted, most=bounded(request)))


def _actions(request: Request, asked: ActionConditions) -> Chunks:
    return map(public_rows, walk_actions(site_of(request).store, asked.filter(), most=bounded(request)))


def _give(chunks: Chunks, table: Table, suffix: str) -> StreamingResponse:
    """Answer with a file; what is wrong with the question shows while its first rows are read, before the answer."""
    media_type, write = FORMATS[suffix]
    first = next(chunks, [])
    named = {"Content-Disposition": f'attachment; filename="{table.name}.{suffix}"'}
    return StreamingResponse(write(chain([first], chunks), table), media_type=media_type, headers=named)
