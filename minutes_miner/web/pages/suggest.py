"""Suggest councils, committees and owners while somebody types."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from minutes_miner.store.suggesting import Suggestion, find_suggestions
from minutes_miner.web.asking import Asking
from minutes_miner.web.page import Page
from minutes_miner.web.rendering import render, site_of
from minutes_miner.web.wording import write_field

router = APIRouter(include_in_schema=False)
PAGE = Page(router)

LEAST = 3
"""Letters of a word from which on something is suggested."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Offer a value of a facet, by what it is, its name, and the address of the search with it."""

    title: str
    label: str
    address: str


@router.get("/suggest")
def suggest(request: Request) -> Response:
    """Suggest names that begin as the last word that was typed, as a part of a page."""
    asking = Asking.read(request.query_params)
    before, _, word = asking.text.rpartition(" ")
    found: list[Suggestion] = []
    if LEAST <= len(word) <= site_of(request).settings.max_query and word.isalpha():
        found = find_suggestions(site_of(request).store, word)
    rest = replace(asking, text=before.strip(), after="")
    offers = [Offer(write_field(one.field), one.value, rest.having(one.field, one.value).address()) for one in found]
    return render(request, "suggestions.html", choices=offers)
