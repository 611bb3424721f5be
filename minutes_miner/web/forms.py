"""Read what a form sends, from pages of this site alone."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from minutes_miner.web.rendering import address_of

MOST_BYTES = 16_384
"""Bytes of a form."""


async def read_form(request: Request) -> QueryParams:
    """Read the fields of a form.

    Raises:
        HTTPException: it is too long, or comes from another site.
    """
    check_same_site(request)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413, "the form is too long")
    return QueryParams(body.decode("utf-8", "replace"))


def check_same_site(request: Request) -> None:
    """Refuse what the browser says that another site's page sends.

    Raises:
        HTTPException: it does.
    """
    origin, told = request.headers.get("origin", "null"), request.headers.get("sec-fetch-site", "same-origin")
    own = {request.url.netloc, urlsplit(address_of(request, "/")).netloc}
    if told != "same-origin" or (origin != "null" and urlsplit(origin).netloc not in own):
        raise HTTPException(403, "another site's page sent this")
