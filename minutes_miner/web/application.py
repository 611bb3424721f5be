"""Make the web application out of its settings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from minutes_miner import __version__
from minutes_miner.store.search import open_reader
from minutes_miner.web.access import Access, check_digest
from minutes_miner.web.api import ROUTERS
from minutes_miner.web.assets import Assets
from minutes_miner.web.counting import CountRequests
from minutes_miner.web.failures import handle_failures
from minutes_miner.web.limiting import OpenToScripts, RateLimit
from minutes_miner.web.pages import PAGES
from minutes_miner.web.pictures import Pictures
from minutes_miner.web.rendering import STATIC, make_templates
from minutes_miner.web.replaying import Replay
from minutes_miner.web.security import SecurityHeaders
from minutes_miner.web.settings import Settings
from minutes_miner.web.shelf import Shelf
from minutes_miner.web.site import Site
from minutes_miner.web.watching import open_watching


def create_app(settings: Settings) -> FastAPI:
    """Make the application; its database is opened at once, for reading alone unless readers may watch searches.

    Raises:
        ConfigError: the password's digest is none, or what mails need is missing.
        StoreError: the database can't be opened, or is of another version, or must be written and can't.
    """
    if settings.password_hash:
        check_digest(settings.password_hash)
    links = tuple(page.link for page in PAGES if page.link)
    store = open_reader(settings.database, max_seconds=settings.max_seconds)
    watching = open_watching(settings, store)
    templates, shelf = make_templates(settings, links), Shelf(settings.shelf)
    site = Site(settings, store, templates, Pictures(settings.archive), shelf, watching)

    @asynccontextmanager
    async def run(_app: FastAPI) -> AsyncIterator[None]:
        from anyio import to_thread

        to_thread.current_default_thread_limiter().total_tokens = settings.threads
        yield
        site.close()

    app = FastAPI(
        title=settings.title, version=__version__, docs_url=None, redoc_url=None, openapi_url=None, lifespan=run
    )
    app.state.site = site
    for page in PAGES:
        app.include_router(page.router)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", Assets(directory=STATIC), name="static")
    handle_failures(app)
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)
    app.add_middleware(Replay, store=store, shelf=shelf)
    if settings.token or settings.password_hash:
        app.add_middleware(Access, token=settings.token, password_hash=settings.password_hash)
    else:
        app.add_middleware(OpenToScripts)
    if settings.rate:
        app.add_middleware(RateLimit, rate=settings.rate)
    app.add_middleware(SecurityHeaders, is_https=(settings.address or "").startswith("https://"))
    app.add_middleware(CountRequests, metrics=site.metrics)
    return app
