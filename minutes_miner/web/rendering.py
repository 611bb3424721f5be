"""Turn a template and what it shows into an answer."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from minutes_miner.web import wording
from minutes_miner.web.page import Link
from minutes_miner.web.places import council_path
from minutes_miner.web.settings import Settings
from minutes_miner.web.site import Site

STATIC = Path(__file__).parent / "static"
"""Folder of the style sheet, scripts and pictures that are served as they are."""


def make_templates(settings: Settings, links: tuple[Link, ...]) -> Environment:
    """Load the templates; every value is escaped, and a name that is missing is an error."""
    templates = Environment(
        loader=PackageLoader("minutes_miner.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(wording.FILTERS, council_path=council_path)
    templates.globals.update(site_title=settings.title, links=links, static=static_address)
    return templates


@cache
def static_address(name: str) -> str:
    """Give the address of a static file; it changes with the file, so that browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def site_of(request: Request) -> Site:
    """Give what the pages share."""
    site: Site = request.app.state.site
    return site


def render(request: Request, template: str, *, status: int = 200, **shown: Any) -> HTMLResponse:
    """Answer with a page.

    Args:
        request: what is answered.
        template: name of the template.
        status: of the answer.
        shown: what the template shows.
    """
    page = site_of(request).templates.get_template(template)
    html = page.render(path=request.url.path, canonical=address_of(request, request.url.path), **shown)
    return HTMLResponse(html, status_code=status)


def address_of(request: Request, path: str) -> str:
    """Give the address of a page as it is cited."""
    base = site_of(request).settings.address or f"{request.url.scheme}://{request.url.netloc}"
    return base.rstrip("/") + path
