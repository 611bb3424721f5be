"""Refuse addresses that ask for more than a question can hold."""

from __future__ import annotations

from fastapi import Request
from starlette.exceptions import HTTPException

from minutes_miner.web.rendering import site_of


def check_length(request: Request) -> None:
    """Let pass what is short enough.

    Raises:
        HTTPException: the address is longer than any page's own.
    """
    most = site_of(request).settings.max_query
    if len(request.url.query) > 4 * most or any(len(value) > most for value in request.query_params.values()):
        raise HTTPException(414, f"a search may have {most} characters")
