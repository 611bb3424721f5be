"""Decide what stands between a request and its answer: refusals, challenges, waits, robots.txt."""

from __future__ import annotations

import gzip
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, unquote, urlsplit

from .cmis import answer_cmis
from .moderngov import answer_moderngov
from .quirks import Quirks
from .site import Answer, State, challenge, redirect, refusal


@dataclass
class Gate:
    """Count a site's requests and answer them, with its quirks; ``moved_to`` where it only points elsewhere."""

    state: State
    moved_to: str | None = None
    count: int = 0
    failing_since: float | None = None
    has_recovered: bool = False
    pages: dict[tuple[str, int], Answer] = field(default_factory=dict)

    def answer(self, target: str, fields: Mapping[str, str]) -> tuple[Answer, bool]:
        """Answer a request.

        Args:
            target: path and query as sent.
            fields: of the head, by their names in lower case.

        Returns:
            The answer, and whether its body is to be cut off in the middle.
        """
        quirks = self.state.quirks
        if self.moved_to is not None:
            return redirect(self.moved_to + target, 301), False
        parts = urlsplit(target)
        if parts.path == "/robots.txt":
            return robots(quirks), False
        self.count += 1
        if self._is_failing():
            return refusal(500), False
        if quirks.busy_every and self.count % quirks.busy_every == 0:
            return replace(refusal(429), headers=(("Retry-After", str(quirks.retry_after)),)), False
        is_cut = bool(quirks.drops_every) and self.count % quirks.drops_every == 0
        answer = self._refuse(parts.path) or self._page(target)
        answer = dress(answer, quirks, fields)
        return replace(answer, seconds=answer.seconds + quirks.delay) if quirks.delay else answer, is_cut

    def forget(self) -> None:
        """Drop the pages kept, because the day has changed."""
        self.pages.clear()

    def _is_failing(self) -> bool:
        quirks = self.state.quirks
        if quirks.fails_after is None or self.count <= quirks.fails_after or self.has_recovered:
            return False
        self.failing_since = self.failing_since or time.monotonic()
        if quirks.fails_for is not None and time.monotonic() - self.failing_since >= quirks.fails_for:
            self.has_recovered = True
        return not self.has_recovered

    def _refuse(self, path: str) -> Answer | None:
        quirks = self.state.quirks
        name = path.lower().removeprefix(quirks.path.lower()).lstrip("/")
        is_service = name.startswith("mgwebservice.asmx")
        if quirks.challenged == "all" or (quirks.challenged == "pages" and not is_service):
            return challenge()
        if name.partition("/")[0] in quirks.challenged_pages:
            return challenge()
        status = quirks.web_service_status if is_service else quirks.pages_status
        return refusal(status) if status else None

    def _page(self, target: str) -> Answer:
        key = (target, self.state.advanced)
        if key not in self.pages:
            if len(self.pages) > 3_000:
                self.pages.clear()
            self.pages[key] = self._make(target)
        return self.pages[key]

    def _make(self, target: str) -> Answer:
        path, _, query = target.partition("?")
        path = unquote(path.partition("#")[0])
        base = self.state.quirks.path
        if base and not path.lower().startswith(f"{base.lower()}/"):
            return refusal(404)
        values = {key.lower(): value for key, value in parse_qsl(query, keep_blank_values=True)}
        inner = path[len(base) :].lstrip("/")
        if self.state.council.platform == "cmis":
            return answer_cmis(self.state, inner, values, query)
        return answer_moderngov(self.state, inner, values)


def dress(answer: Answer, quirks: Quirks, fields: Mapping[str, str]) -> Answer:
    """Add what the server adds to a good answer: a validator, and packing."""
    if answer.status != 200:
        return answer
    if quirks.has_validators:
        etag = f'"{hashlib.sha1(answer.body, usedforsecurity=False).hexdigest()[:16]}"'
        if fields.get("if-none-match") == etag:
            return Answer(b"", answer.media_type, 304, (("ETag", etag),))
        answer = replace(answer, headers=(*answer.headers, ("ETag", etag)))
    if quirks.compresses and "gzip" in fields.get("accept-encoding", ""):
        packed = (("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
        answer = replace(answer, body=gzip.compress(answer.body, 1, mtime=0), headers=(*answer.headers, *packed))
    return answer


def robots(quirks: Quirks) -> Answer:
    """Give robots.txt; a status other than 200 gives an error page."""
    if quirks.robots_status != 200:
        return refusal(quirks.robots_status)
    lines = ["User-agent: *"] + [f"Disallow: {path}" for path in quirks.robots_disallow or ("",)]
    if quirks.crawl_delay is not None:
        lines.append(f"Crawl-delay: {quirks.crawl_delay:g}")
    return Answer(("\r\n".join(lines) + "\r\n").encode(), "text/plain")
