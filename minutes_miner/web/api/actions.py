"""Answer programs that look for what somebody must do."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request, Response

from minutes_miner.store.walking import page_actions
from minutes_miner.web.api.answers import ActionDetail, Actions
from minutes_miner.web.api.questions import ActionQuestion, PathId, next_address
from minutes_miner.web.api.routing import make_router, shown_row
from minutes_miner.web.pages.record import read_record
from minutes_miner.web.rendering import site_of
from minutes_miner.web.twin import record_twin

router = make_router("Actions")


@router.get("/actions", response_model=Actions)
def list_actions(request: Request, asked: Annotated[ActionQuestion, Query()], response: Response) -> Any:
    """List actions, those that are due first at the beginning, those without a day at the end."""
    found = page_actions(site_of(request).store, asked.filter(limit=asked.limit), after=asked.after or None)
    following = next_address(request, found.next_token)
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return {"items": [shown_row(request, row, "actions") for row in found.rows], "next": following}


@router.get("/actions/{record_id}", response_model=ActionDetail)
def get_action(request: Request, record_id: PathId) -> Any:
    """Look up an action by its id, with its evidence."""
    return record_twin(read_record(request, record_id, is_decision=False))
