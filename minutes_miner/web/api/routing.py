"""Make the routes of the interface alike: its version, what may go wrong, and rows as the public may see them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute

from minutes_miner.domain.dataset import Row
from minutes_miner.web.api.answers import PROBLEMS
from minutes_miner.web.originals import public_sources
from minutes_miner.web.rendering import address_of

PREFIX = "/api/v1"
"""Version 1: within it answers may gain members, and none is taken away or changes its meaning."""


def make_router(tag: str) -> APIRouter:
    """Make a router of the interface, its answers under one heading of the reference page."""
    return APIRouter(prefix=PREFIX, tags=[tag], responses=PROBLEMS, generate_unique_id_function=_name)


def _name(route: APIRoute) -> str:
    return route.name


def shown_row(request: Request, row: Row, noun: str) -> dict[str, Any]:
    """Give a row with the address of its page; of a file on the server only the name is told.

    Args:
        request: what is answered.
        row: of the table decisions or actions.
        noun: the table's name.
    """
    return public_row(row) | {"page": address_of(request, f"/{noun}/{row['id']}")}


def public_row(row: Row) -> dict[str, Any]:
    """Give a row as the public may see it."""
    return {**row, "source": next(iter(public_sources(_text(row["source"]))), None)}


def public_rows(rows: Iterable[Row]) -> list[Row]:
    """Give rows as the public may see them."""
    return [public_row(row) for row in rows]


def _text(value: object) -> list[str]:
    return [str(value)] if value else []
