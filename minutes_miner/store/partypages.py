"""Give lists of people, posts and bodies page by page, from the place where the page before ended."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from minutes_miner.errors import StoreError
from minutes_miner.store.cursor import pack, unpack
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
    return pack(replace(wanted, limit=None), [last.authority, key, last.id])


def _read_token(wanted: PartyFilter, token: str) -> PartyKey:
    match unpack(replace(wanted, limit=None), token):  # how many rows a page has may change on the way
        case [str() | None as authority, str() as key, str() as party]:
            return authority, key, party
    raise StoreError("the page token is not one of this list", advice="begin at the first page again")
