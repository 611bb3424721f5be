"""Show an action: who must do what, by when, and the words it was read from."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from minutes_miner.store.search import ActionRow, UnknownRecordError, check_shown, get_record
from minutes_miner.web.page import Page
from minutes_miner.web.pages.record import (
    add_twins,
    describe,
    read_record,
)
from minutes_miner.web.rendering import render, site_of

router = APIRouter(include_in_schema=False)
PAGE = Page(router)


add_twins(router, "actions", is_decision=False)


@router.get("/actions/{record_id}")
def show_action(request: Request, record_id: str) -> Response:
    """Show an action, with the decision that it rests on."""
    found = read_record(request, record_id, is_decision=False)
    row = found.record
    assert isinstance(row, ActionRow)
    basis = None
    if row.decision_id:
        try:
            check_shown(site_of(request).store, row.decision_id)
            basis = get_record(site_of(request).store, row.decision_id).record
        except UnknownRecordError:
            basis = None
    return render(request, "action.html", basis=basis, **describe(request, found))
