"""Answer programs that look for people, posts and bodies, and what they did."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import Query, Request, Response
from starlette.exceptions import HTTPException

from minutes_miner.errors import StoreError
from minutes_miner.store.partypages import page_parties
from minutes_miner.store.search import get_party
from minutes_miner.web.api.answers import Parties, PartyAnswer
from minutes_miner.web.api.questions import PartyQuestion, PathId, next_address
from minutes_miner.web.api.routing import make_router
from minutes_miner.web.originals import public_source
from minutes_miner.web.pages.record import check_id
from minutes_miner.web.rendering import site_of

router = make_router("People")

DEEDS = 200
"""Deeds of a party that are told."""


@router.get("/parties", response_model=Parties)
def list_parties(request: Request, asked: Annotated[PartyQuestion, Query()], response: Response) -> Any:
    """List people, posts and bodies by council and name."""
    found = page_parties(site_of(request).store, asked.filter(), after=asked.after or None)
    following = next_address(request, found.next_token)
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return {"items": found.rows, "next": following}


@router.get("/parties/{party_id}", response_model=PartyAnswer)
def get_party_by_id(request: Request, party_id: PathId) -> Any:
    """Look up a person, post or body: how it is written, where it sits, how it voted, what it moved and must do."""
    check_id(party_id)
    try:
        found = get_party(site_of(request).store, party_id)
    except StoreError as error:
        if error.where is None:
            raise HTTPException(404, error.reason) from error
        raise
    deeds = [replace(deed, source=public_source(deed.source)) for deed in found.deeds]
    told = {name: getattr(found, name) for name in ("party", "names", "seats", "ballots")}
    return {**told, "deeds": deeds[:DEEDS], "deed_count": len(deeds)}
