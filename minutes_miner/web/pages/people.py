"""Show members, posts and bodies: who moved, seconded, voted and must act, as the papers name them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from minutes_miner.domain.vocabulary import Ballot, Part, PartyKind
from minutes_miner.errors import StoreError
from minutes_miner.store.search import (
    Deed,
    PartyDetail,
    PartyFilter,
    PartyRow,
    SlowQueryError,
    count_unresolved,
    find_parties,
    get_party,
)
from minutes_miner.web.originals import public_source
from minutes_miner.web.page import Link, Page
from minutes_miner.web.pages.council import search_address
from minutes_miner.web.pages.record import check_id
from minutes_miner.web.rendering import render, site_of
from minutes_miner.web.twin import as_json

router = APIRouter(include_in_schema=False)
PAGE = Page(router, Link("People", "/people"))

MOST = 100
"""Names of one page."""

SHOWN = 60
"""Of the same part, so many records are shown; the search has all."""

KINDS = {PartyKind.PERSON: "Member", PartyKind.POST: "Post", PartyKind.BODY: "Body"}

TITLES = {
    Part.VOTED: ("Votes", "Only where the minutes name who voted how.", "voter"),
    Part.MOVED: ("Moved", "", "mover"),
    Part.SECONDED: ("Seconded", "", "seconder"),
    Part.DECIDED: ("Decided alone", "", ""),
    Part.PORTFOLIO: ("Decisions in the portfolio", "", ""),
    Part.OWNS: ("Must carry out", "", "owner"),
}
"""Title, what to know, and the condition of the search that finds all, by part."""

BALLOTS = {Ballot.FOR: "for", Ballot.AGAINST: "against", Ballot.ABSTAIN: "abstained"}


@dataclass(frozen=True, slots=True)
class Group:
    """Hold what somebody did in one part, and where the rest of it is."""

    part: Part
    title: str
    hint: str
    count: int
    deeds: tuple[Deed, ...]
    address: str


@router.get("/people.json")
def list_twin(request: Request) -> Response:
    """Give those with a name as JSON."""
    rows, _ = _find(request)
    return _answer(as_json(rows))


@router.get("/people")
def list_people(request: Request) -> Response:
    """Show the members, posts and bodies with a name, all or those of a council."""
    wanted = _read(request)
    rows, has_more = _find(request)
    return render(
        request,
        "people.html",
        rows=rows,
        has_more=has_more,
        most=MOST,
        asked=wanted,
        kinds=KINDS,
        waiting=count_unresolved(site_of(request).store),
        twin=f"/people.json?{request.url.query}".rstrip("?"),
    )


@router.get("/people/{party_id}.json")
def show_twin(request: Request, party_id: str) -> Response:
    """Give all that is known of somebody as JSON."""
    told = as_json(_get(request, party_id))
    for deed in told["deeds"]:
        deed["source"] = public_source(deed["source"])
    return _answer(told)


@router.get("/people/{party_id}")
def show_person(request: Request, party_id: str) -> Response:
    """Show somebody with votes, motions, posts and what is to be done."""
    found = _get(request, party_id)
    return render(
        request,
        "person.html",
        found=found,
        party=found.party,
        kind=KINDS[found.party.kind],
        groups=list(_group(found)),
        ballots=[(ballot, BALLOTS[ballot], count) for ballot, count in found.ballots.items()],
        may_be=(found.party.may_be or "").split("; ") if found.party.may_be else [],
        waiting=count_unresolved(site_of(request).store),
    )


def _read(request: Request) -> PartyFilter:
    params = request.query_params
    kind = params.get("kind") or ""
    return PartyFilter(
        name=" ".join((params.get("q") or "").split())[:100] or None,
        authority=" ".join((params.get("authority") or "").split())[:200] or None,
        kind=PartyKind(kind) if kind in set(PartyKind) else None,
        limit=MOST + 1,
    )


def _find(request: Request) -> tuple[list[PartyRow], bool]:
    """Find a page of names, and tell whether there are more."""
    rows = find_parties(site_of(request).store, _read(request))
    return rows[:MOST], len(rows) > MOST


def _get(request: Request, party_id: str) -> PartyDetail:
    """Give a party.

    Raises:
        HTTPException: there is none of that id.
    """
    check_id(party_id)
    try:
        return get_party(site_of(request).store, party_id)
    except SlowQueryError:
        raise
    except StoreError as error:
        raise HTTPException(404, "nobody has this id: it may have changed with a fuller name") from error


def _group(found: PartyDetail) -> Any:
    for part, (title, hint, field) in TITLES.items():
        deeds = found.find(part)
        if deeds:
            name = {field: found.party.name} if field and found.party.is_resolved else {}
            address = search_address(authority=found.party.authority or "", **name) if name else ""
            yield Group(part, title, hint, len(deeds), deeds[:SHOWN], address)


def _answer(told: Any) -> Response:
    return JSONResponse(told)
