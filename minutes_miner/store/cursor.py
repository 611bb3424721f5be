"""Write where a page of a list ends as a token, from which the next page begins.

The token holds the order's key of the last row, not how many rows went before, so that the ten thousandth page costs
no more than the first and rows that come in meanwhile shift nothing. It is opaque: only the same search can read it.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import Any

from minutes_miner.errors import StoreError
from minutes_miner.store.filters import DecisionFilter

Key = tuple[float | int, ...]
"""What a part of a list is sorted by, of one row; it ends with the decision's number."""

Place = tuple[str, Key]
"""The part of the list that a row stands in, and its key there."""


def numbers_of(places: Iterable[Place]) -> list[int]:
    """Give the numbers of the decisions that stand in some places, in their order."""
    return [int(key[-1]) for _, key in places]


def write_token(wanted: DecisionFilter, place: Place) -> str:
    """Write the token of a place in the list that a filter gives."""
    return pack(_bare(wanted), place)


def read_token(wanted: DecisionFilter, token: str) -> Place:
    """Read a token.

    Raises:
        StoreError: it is none, or of another search.
    """
    match unpack(_bare(wanted), token):
        case [part, [*key]] if key and all(isinstance(value, int | float) for value in key):
            return str(part), tuple(key)
    raise StoreError("the page token is not one of this search", advice="begin at the first page again")


def _bare(wanted: DecisionFilter) -> DecisionFilter:
    """Give what tells searches apart; how many rows a page has may change on the way."""
    return replace(wanted, limit=None, offset=0)


def pack(wanted: object, values: Iterable[object]) -> str:
    """Write values that JSON can hold as a token that :func:`unpack` reads for an equal filter alone."""
    held = json.dumps([_mark_of(wanted), *values], ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(held.encode("utf-8", "replace")).decode().rstrip("=")


def unpack(wanted: object, token: str) -> list[Any] | None:
    """Read the values of a token; None where it is no token, or one of another filter."""
    try:
        mark, *values = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, TypeError):
        return None
    return values if mark == _mark_of(wanted) else None


def _mark_of(wanted: object) -> str:
    return sha256(repr(wanted).encode("utf-8", "replace")).hexdigest()[:8]
