"""Fetch pages politely: addresses to answers, each kept in the archive before it is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Protocol, Self

from minutes_miner import __version__
from minutes_miner.config import Courtesy
from minutes_miner.domain.gathering import Exchange, Place, Request, Response
from minutes_miner.errors import ConfigError, ScrapeError
from minutes_miner.scrape.messenger import Messenger
from minutes_miner.scrape.refusal import find_obstacle, media_type_of
from minutes_miner.scrape.robots import PRODUCT
from minutes_miner.scrape.trouble import Trouble
from minutes_miner.scrape.unpacking import ACCEPTED


class Keeper(Protocol):
    """Keep what came; the archive does."""

    def keep(self, exchange: Exchange) -> Place:
        """Keep an answer as it came, and say where."""
        ...

    def read(self, place: Place) -> bytes:
        """Give the body of an answer that was kept.

        Raises:
            ScrapeError: it can't be had any more.
        """
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """Hold what the server said the last time, so that it need not say it again.

    Attributes:
        etag, last_modified: of the last good answer.
        place: where the archive holds it.
        media_type: of it; answers that say "nothing has changed" do not name one.
    """

    etag: str | None
    last_modified: str | None
    place: Place
    media_type: str = ""


class Client:
    """Ask other people's servers, one request at a time to each, no more often than they or the settings allow.

    Args:
        courtesy: how gently.
        archive: where every answer is kept, redirects, robots.txt and failed tries too. Answers that break off, or are
            larger than allowed, are not whole and not kept.

    Raises:
        ConfigError: the settings can't be kept to.
    """

    def __init__(self, courtesy: Courtesy, archive: Keeper) -> None:
        self._archive = archive
        self._agent = name_agent(courtesy.contact)
        self._messenger = Messenger(courtesy, archive.keep)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._messenger.close()

    def has_given_up(self, url: str) -> bool:
        """Tell whether an address's host is left alone for the rest of the run: nothing more will be asked of it."""
        return self._messenger.has_given_up(url)

    async def fetch(self, request: Request, *, known: Known | None = None) -> Response:
        """Ask for one address; what goes wrong stands in the response's obstacle.

        Args:
            request: what is asked for.
            known: of the last good answer, so that only a change is sent.
        """
        try:
            exchange, place = await self._messenger.follow(request.url, self._headers(known))
        except Trouble as trouble:
            now = datetime.now(UTC)
            return Response(request, request.url, trouble.status, b"", "", now, obstacle=trouble.obstacle)
        if exchange.status == 304 and known is not None:
            try:
                response = self._unchanged(request, exchange, known)
            except ScrapeError:
                return await self.fetch(request)
        else:
            response = answer_to(request, exchange, place)
        self._messenger.count(exchange.url, response.obstacle, exchange.status)
        return response

    def _unchanged(self, request: Request, exchange: Exchange, known: Known) -> Response:
        return Response(
            request,
            exchange.url,
            exchange.status,
            self._archive.read(known.place),
            media_type_of(exchange) or known.media_type,
            exchange.fetched_at,
            place=known.place,
            etag=exchange.header("etag") or known.etag,
            last_modified=exchange.header("last-modified") or known.last_modified,
            is_unchanged=True,
        )

    def _headers(self, known: Known | None) -> list[tuple[str, str]]:
        headers = [("User-Agent", self._agent), ("Accept", "*/*"), ("Accept-Encoding", ACCEPTED)]
        if known and known.etag:
            headers.append(("If-None-Match", known.etag))
        if known and known.last_modified:
            headers.append(("If-Modified-Since", known.last_modified))
        return headers


def answer_to(request: Request, exchange: Exchange, place: Place) -> Response:
    """Make the response to a request of the answer that came, and of where it is kept."""
    return Response(
        request,
        exchange.url,
        exchange.status,
        exchange.body,
        media_type_of(exchange),
        exchange.fetched_at,
        obstacle=find_obstacle(exchange),
        place=place,
        etag=exchange.header("etag"),
        last_modified=exchange.header("last-modified"),
    )


def name_agent(contact: str | None) -> str:
    """Give the ``User-Agent``: what this program is, and how the person who runs it can be reached.

    Raises:
        ConfigError: the contact can't stand in a header.
    """
    contact = (contact or "").strip()
    if not contact:
        return f"{PRODUCT}/{__version__}"
    if not (contact.isascii() and contact.isprintable()) or set("()") & set(contact):
        raise ConfigError("the contact must be plain letters and signs, without brackets", where=contact)
    return f"{PRODUCT}/{__version__} (+{contact})"
