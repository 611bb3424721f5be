"""Show a decision: what was decided, how, by whom, and the words it was read from."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from minutes_miner.domain.record import NamedVote
from minutes_miner.domain.vocabulary import Ballot
from minutes_miner.errors import StoreError
from minutes_miner.store.search import DecisionRow, SlowQueryError, find_contents
from minutes_miner.store.similar import BUILD_COMMAND, LEAST_ALIKE, find_similar, is_behind
from minutes_miner.web.page import Page
from minutes_miner.web.pages.record import (
    add_twins,
    describe,
    path_of,
    read_record,
)
from minutes_miner.web.rendering import render, site_of

router = APIRouter(include_in_schema=False)
PAGE = Page(router)

NEIGHBOURS = 12
"""Other decisions of the same item that are listed."""

MOST_ALIKE = 6
"""Similar decisions that are shown."""


add_twins(router, "decisions", is_decision=True)


@router.get("/decisions/{record_id}/similar")
def show_similar(request: Request, record_id: str) -> Response:
    """Show what other councils decided on the same matter; its own page, and a part of the decision's."""
    found = read_record(request, record_id, is_decision=True)
    store = site_of(request).store
    shown: dict[str, Any] = {"row": found.record, "path_of_record": path_of(found), "build_command": BUILD_COMMAND}
    try:
        alike = find_similar(store, record_id, limit=MOST_ALIKE)
    except SlowQueryError:
        raise
    except StoreError:
        return render(request, "similar.html", similar=[], is_made=False, is_old=False, **shown)
    near = [one for one in alike if one.score >= LEAST_ALIKE]
    return render(request, "similar.html", similar=near, is_made=True, is_old=is_behind(store), **shown)


@router.get("/decisions/{record_id}")
def show_decision(request: Request, record_id: str) -> Response:
    """Show a decision."""
    found = read_record(request, record_id, is_decision=True)
    contents = find_contents(site_of(request).store, found.record.document_id)
    row = found.record
    return render(
        request,
        "decision.html",
        voters=group_votes(found.votes),
        tasks=[action for action in contents.actions if action.decision_id == row.id],
        neighbours=[one for one in contents.decisions if is_neighbour(one, row)][:NEIGHBOURS],
        **describe(request, found),
    )


def group_votes(votes: tuple[NamedVote, ...]) -> list[tuple[Ballot, list[str]]]:
    """Group the names of a recorded vote by how they voted."""
    groups = [(ballot, [vote.person for vote in votes if vote.ballot == ballot]) for ballot in Ballot]
    return [(ballot, names) for ballot, names in groups if names]


def is_neighbour(one: DecisionRow, row: object) -> bool:
    """Tell whether a decision was taken under the same item as another."""
    assert isinstance(row, DecisionRow)
    has_item = bool(row.item_title or row.item_number)
    return has_item and one.id != row.id and (one.item_number, one.item_title) == (row.item_number, row.item_title)
