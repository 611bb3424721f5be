"""Give lists of people, posts and bodies page by page, from the place where the page before ended."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from hashlib import sha256

from sqlalchemy import select

from minutes_miner.errors import StoreError
from minutes_miner.store.parties import PartyFilter, PartyKey, PartyRow, find_parties
from minutes_miner.store.partytables import parties
from minutes_miner.store.repository import Store


@dataclass(frozen=True, slots=True)
class PartyPage:
    """Hold part of a list of parties; ``next_token`` gives the next page, None on the last."""

    rows: tuple[PartyRow, ...]
    next_token: str | None


def page_parties(store: Store, wanted: PartyFilter, *, after: str | None = None) -> PartyPage:
    """Give a page of the parties that match, by authority and name.

    Args:
        store: an open store.
        wanted: the filter; its limit is the number of rows.
        after: the token of the page before; None for the first.

    Raises:
        StoreError: the database can't be read, or the token is none or of another list.
    """
    count = wanted.limit or 50
    start = _read_token(wanted, after) if after else None
    rows = find_parties(store, replace(wanted, limit=count + 1), after=start)
    shown = tuple(rows[:count])
    return PartyPage(shown, _write_token(store, wanted, shown[-1]) if len(rows) > count else None)


def _write_token(store: Store, wanted: PartyFilter, last: PartyRow) -> str:
    with store.read() as connection:
        key = connection.scalar(select(parties.c.search_key).where(parties.c.id == last.id))
    held = json.dumps([_mark_of(wanted), last.authority, key, last.id], ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(held.encode("utf-8", "replace")).decode().rstrip("=")


def _read_token(wanted: PartyFilter, token: str) -> PartyKey:
    try:
        mark, authority, key, party = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        is_place = isinstance(key, str) and isinstance(party, str) and isinstance(authority, str | None)
        if is_place and mark == _mark_of(wanted):
            return authority, key, party
    except (ValueError, TypeError):
        pass
    raise StoreError("the page token is not one of this list", advice="begin at the first page again")


def _mark_of(wanted: PartyFilter) -> str:
    """Tell lists apart; how many rows a page has may change on the way."""
    return sha256(repr(replace(wanted, limit=None)).encode("utf-8", "replace")).hexdigest()[:8]
