"""Tell machines how the server is, and what they may read."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from sqlalchemy import text

from minutes_miner.errors import StoreError
from minutes_miner.web.page import Page
from minutes_miner.web.rendering import address_of, site_of

router = APIRouter(include_in_schema=False)
PAGE = Page(router)


@router.get("/healthz")
def health(request: Request) -> Response:
    """Tell whether the database answers: 200 or 503."""
    try:
        with site_of(request).store.read() as connection:
            connection.execute(text("SELECT 1"))
    except StoreError:
        return JSONResponse({"status": "the database does not answer"}, status_code=503)
    return JSONResponse({"status": "ok"})


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Give counts and times of requests in the text format of Prometheus."""
    return PlainTextResponse(site_of(request).metrics.as_text(), media_type="text/plain; version=0.0.4")


@router.get("/robots.txt")
def robots(request: Request) -> Response:
    """Let robots read records, and keep them out of the endless space of searches and pictures."""
    settings = site_of(request).settings
    if settings.token or settings.password_hash:
        return PlainTextResponse("User-agent: *\nDisallow: /\n")
    kept = (f"Disallow: {path}" for path in ("/search", "/suggest", "/pictures/", "/api/", "/feed."))
    lines = ("User-agent: *", *kept, "Crawl-delay: 1")
    return PlainTextResponse("\n".join((*lines, f"Sitemap: {address_of(request, '/sitemap.xml')}", "")))
