"""Tell answers that are not what was asked for: refusals, challenges and error pages."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from minutes_miner.domain.gathering import Exchange, Obstacle
from minutes_miner.domain.vocabulary import Coverage

REFUSED = frozenset({401, 403, 451})
MISSING = frozenset({404, 410})
WHOLE = frozenset({200, 203})
"""Statuses of answers that are what was asked for; others of success promise it for later, or send a part."""


HEADERS = (
    ("cf-mitigated", "challenge", "a Cloudflare challenge"),
    ("x-amzn-waf-action", "challenge", "an AWS challenge"),
    ("x-amzn-waf-action", "captcha", "an AWS captcha"),
)
"""Headers, values and what they show for certain."""

CHALLENGES = {
    "access denied": "an access denied page",
    "are you a robot?": "a captcha",
    "bot verification": "a challenge",
    "checking your browser": "a challenge",
    "human verification": "a captcha",
    "just a moment...": "a Cloudflare challenge",
    "one moment, please...": "a challenge",
    "pardon our interruption": "an Imperva challenge",
    "request blocked": "a firewall's block page",
    "request rejected": "a firewall's block page (request rejected)",
    "robot check": "a captcha",
    "security check": "a challenge",
    "the request is blocked": "a firewall's block page",
    "verify you are human": "a captcha",
    "web page blocked": "a firewall's block page",
    "web page blocked!": "a firewall's block page",
}
"""Whole titles of pages that firewalls put in the place of the answer, in lower case, and what they show."""

ERROR_PAGES = {
    "403 forbidden": "a refusal",
    "404 not found": "an error page",
    "forbidden": "a refusal",
    "internal server error": "an error page of the server",
    "page not found": "an error page",
    "runtime error": "an error page of the server",
    "service unavailable": "an error page of the server",
}
"""Whole titles of pages that servers send with an error; with status 200 they are no answer either."""

ERROR_STARTS = {"server error in '": "an error page of the server", "404 - ": "an error page", "403 - ": "a refusal"}

BRANDS = {
    "azure waf": "an Azure challenge",
    "captcha": "a captcha",
    "cloudflare": "a Cloudflare block page",
    "ddos-guard": "a challenge",
    "imperva": "an Imperva block page",
    "incapsula": "an Incapsula block page",
}
"""Parts of titles; they count only where there is little else to read, as do the marks."""

MARKS = (
    (b"_incapsula_resource", "an Incapsula challenge"),
    (b"incapsula incident id", "an Incapsula block page"),
    (b"_cf_chl_opt", "a Cloudflare challenge"),
    (b"cf-chl", "a Cloudflare challenge"),
    (b"challenges.cloudflare.com", "a Cloudflare challenge"),
    (b"/cdn-cgi/challenge-platform", "a Cloudflare challenge"),
    (b"azwaf", "an Azure challenge"),
    (b"the request is blocked", "a firewall's block page"),
    (b"the requested url was rejected", "a firewall's block page (request rejected)"),
    (b"token.awswaf.com", "an AWS challenge"),
    (b"captcha-delivery.com", "a captcha"),
    (b"px-captcha", "a captcha"),
    (b"g-recaptcha", "a captcha"),
    (b"hcaptcha.com", "a captcha"),
)
"""What stands in challenges, and now and then in good pages too: it counts only where there is little else to read."""

LARGEST_CHALLENGE = 150_000
START = 12_000
LITTLE_TO_READ = 800
"""Characters; the frame alone of a council's page has more."""

_TITLE = re.compile(rb"<title[^<>]*>([^<]{0,300})<", re.IGNORECASE)
_CODE = re.compile(rb"<(/?)(?:script|style|template)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(rb"<[^<>]*>")
_IS_PAGE = re.compile(rb"<!doctype html|<html\b", re.IGNORECASE)
_PAPERS = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")


def find_obstacle(exchange: Exchange) -> Obstacle | None:
    """Give what keeps an answer from being read, as far as shows without knowing the platform."""
    status, challenge = exchange.status, find_challenge(exchange)
    if status in REFUSED:
        return Obstacle(Coverage.REFUSED, f"status {status}" + (f", with {challenge}" if challenge else ""))
    if challenge and status not in MISSING:
        return Obstacle(Coverage.BLOCKED, f"{challenge} in place of the answer (status {status})")
    if status not in WHOLE:
        return Obstacle(Coverage.FAILED, f"status {status}")
    if error_page := _find_error_page(exchange):
        return Obstacle(Coverage.BLOCKED, f"{error_page} in place of the answer (status {status})")
    return None if exchange.body else Obstacle(Coverage.FAILED, "the answer is empty")


def find_challenge(exchange: Exchange) -> str | None:
    """Give what kind of challenge or block page a firewall sent; None where none shows, as in a PDF or in XML."""
    for name, value, meaning in HEADERS:
        if (exchange.header(name) or "").lower() == value:
            return meaning
    if not _is_page(exchange):
        return None
    title = _title(exchange.body)
    return CHALLENGES.get(title) or _find_mark(exchange.body, title)


def media_type_of(exchange: Exchange) -> str:
    """Give the media type that the server names, in lower case without parameters; empty where it names none."""
    return (exchange.header("content-type") or "").partition(";")[0].strip().lower()


def _find_error_page(exchange: Exchange) -> str | None:
    parts = urlsplit(exchange.url.lower())
    if parts.path.endswith("/mgerror.aspx"):
        return "an error page (mgError.aspx)"
    if "aspxerrorpath=" in parts.query:
        return "an error page of the server"
    title = _title(exchange.body) if _is_page(exchange) else ""
    starts = (meaning for start, meaning in ERROR_STARTS.items() if title.startswith(start))
    return ERROR_PAGES.get(title) or next(starts, None)


def _is_page(exchange: Exchange) -> bool:
    """Tell whether an answer is a page for people: a PDF, an office file or XML is never judged by its words."""
    start = exchange.body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(_PAPERS):
        return False
    media_type = media_type_of(exchange)
    return "html" in media_type or _IS_PAGE.search(start) is not None or (not media_type and start.startswith(b"<h"))


def _title(body: bytes) -> str:
    found = _TITLE.search(body[:20_000])
    title = found[1].decode("utf-8", errors="replace") if found else ""
    return " ".join(html.unescape(title).replace("\N{HORIZONTAL ELLIPSIS}", "...").lower().split())


def _find_mark(body: bytes, title: str) -> str | None:
    # The start is judged by itself: nearly all pages have enough to read there, and searching them costs far more.
    if len(body) > LARGEST_CHALLENGE or any(_count_readable(part) > LITTLE_TO_READ for part in (body[:START], body)):
        return None
    lowered = body.lower()
    marked = next((meaning for mark, meaning in MARKS if mark in lowered), None)
    return marked or next((meaning for brand, meaning in BRANDS.items() if brand in title), None)


def _count_readable(body: bytes) -> int:
    """Count the characters that a reader sees: what stands outside tags and code."""
    pieces = _CODE.split(body)
    shown = [pieces[0], *(piece for slash, piece in zip(pieces[1::2], pieces[2::2]) if slash)]
    return len(b" ".join(b" ".join(_TAG.sub(b" ", piece) for piece in shown).split()))
