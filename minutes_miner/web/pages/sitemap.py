"""Tell search engines which pages there are: an index, and lists of addresses that are made of the ids' beginnings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from starlette.exceptions import HTTPException

from minutes_miner.store.directory import TABLES, find_prefixes, list_ids
from minutes_miner.web.page import Page
from minutes_miner.web.rendering import address_of, site_of

router = APIRouter(include_in_schema=False)
PAGE = Page(router)

_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PART = re.compile(rf"({'|'.join(TABLES)})-([0-9a-f]{{1,3}}|all)")
_PIECE = 1_000


@router.get("/sitemap.xml")
def give_index(request: Request) -> Response:
    """Name the lists."""
    _refuse_private(request)
    site = site_of(request)
    names = [f"{table}-{prefix or 'all'}" for table in TABLES for prefix in find_prefixes(site.store, table)]
    base = escape(address_of(request, "/sitemap/"))
    places = (f"<sitemap><loc>{base}{name}.xml</loc></sitemap>\n" for name in names)
    body = f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{"".join(places)}</sitemapindex>\n'
    return Response(body, media_type="application/xml")


@router.get("/sitemap/{name}.xml")
def give_part(request: Request, name: str) -> Response:
    """List the pages of one kind of record whose ids begin so."""
    _refuse_private(request)
    match = _PART.fullmatch(name)
    if match is None:
        raise HTTPException(404, "there is no such list")
    table, prefix = match[1], "" if match[2] == "all" else match[2]
    found = list_ids(site_of(request).store, table, prefix)
    return StreamingResponse(_write(escape(address_of(request, f"/{table}/")), found), media_type="application/xml")


def _write(place: str, found: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield f'{_HEAD}<urlset xmlns="{_SPACE}">\n'
    for start in range(0, len(found), _PIECE):
        some = found[start : start + _PIECE]
        yield "".join(f"<url><loc>{place}{one}</loc><lastmod>{moment}</lastmod></url>\n" for one, moment in some)
    yield "</urlset>\n"


def _refuse_private(request: Request) -> None:
    settings = site_of(request).settings
    if settings.token or settings.password_hash:
        raise HTTPException(404, "a private site names its pages to nobody")
