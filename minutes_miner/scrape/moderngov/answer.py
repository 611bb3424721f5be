"""Tell answers from error pages, challenges and nonsense, and open those that can be read."""

from __future__ import annotations

import re
from dataclasses import replace

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag
from lxml import etree

from minutes_miner.domain.gathering import Obstacle, Response
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.moderngov.address import read_name

_ERROR_PAGES = frozenset({"mgerror.aspx", "error.aspx", "mglogin.aspx", "login.aspx", "ielogon.aspx", "mglogon.aspx"})
_REFUSING = frozenset({401, 403, 404, 405, 410, 451})
_ERROR = re.compile(
    r"(?:error|an?\s+(?:\w+\s+)?error\s+(?:has\s+)?occurred|(?:server|runtime|application)\s+error\b.*"
    r"|just\s+a\s+moment\b.*|attention\s+required\b.*|access\s+denied|forbidden"
    r"|(?:40\d|50\d)(?:\W+(?:error|not\s+found|forbidden|bad|gateway|service|internal|access|page|file)\b.*)?"
    r"|request\s+(?:rejected|unsuccessful)"
    r"|pardon\s+our\s+interruption|object\s+moved\b.*|service\s+unavailable|page\s+not\s+found|(?:log|sign)\s*(?:in|on)"
    r"|azure\s+waf|security\s+check)\W*",
    re.IGNORECASE,
)
"""Whole titles of pages that stand in the place of an answer; a committee on errors has more words to its name."""
_ERROR_PAGE = "an error page"
_LONGEST_TITLE = 120
_CHALLENGE = re.compile(
    rb"_Incapsula_Resource|Incapsula incident|cf-browser-verification|cf_chl_opt|Azure WAF", re.IGNORECASE
)
_OWN = re.compile(rb"\bmg(?:Main|Sub)TitleTxt|\bmgItemTable|\bid=.?modgov\b", re.IGNORECASE)
"""What stands in ModernGov's own pages: firewalls put their scripts into good pages too."""
_NO_METHOD = b"Web Service method name is not valid"
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_FILES = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")


def is_refusal(response: Response, obstacle: Obstacle) -> bool:
    """Tell whether the server will answer likewise however small a part is asked for.

    It will not where it failed, or showed an error page at the address itself, as those do that take too long.
    """
    if obstacle.state is Coverage.FAILED:
        return response.status in _REFUSING or _NO_METHOD in response.body[:4000]
    is_sent_on = read_name(response.url) in _ERROR_PAGES
    return obstacle.state is not Coverage.BLOCKED or is_sent_on or not obstacle.reason.startswith(_ERROR_PAGE)


def judge(response: Response) -> Response:
    """Add the obstacle that status and address of a new answer show.

    Only when it is read first: of an answer that a later try found no better, both are those of that try.
    """
    if response.obstacle:
        return response
    obstacle = None
    if response.status >= 400 or not response.status:
        state = Coverage.REFUSED if response.status in {401, 403, 451} else Coverage.FAILED
        obstacle = Obstacle(state, f"status {response.status}" if response.status else "no answer")
    elif read_name(response.url) in _ERROR_PAGES:
        obstacle = Obstacle(Coverage.BLOCKED, f"sent on to {response.url.split('?')[0].rpartition('/')[2]}")
    return replace(response, obstacle=obstacle)


def open_xml(response: Response) -> etree._Element | Obstacle:
    """Open an answer of the web service.

    Returns:
        Its root, or why it can't be read.
    """
    if obstacle := _find_obstacle(response):
        return obstacle
    start = response.body[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if _NO_METHOD in start:
        return Obstacle(Coverage.FAILED, "the web service does not know the operation")
    if re.match(rb"<!doctype\s+html|<html", start, re.IGNORECASE):
        wrong = _find_error(make_soup(decode(response.body)))
        return Obstacle(Coverage.BLOCKED, wrong or "a web page came in the place of XML")
    try:
        root = etree.fromstring(response.body.lstrip(b"\xef\xbb\xbf \t\r\n"), _make_parser())
    except (etree.XMLSyntaxError, ValueError):
        return Obstacle(Coverage.FAILED, "the answer is no XML")
    return root if root is not None else Obstacle(Coverage.FAILED, "the answer is empty")


def open_html(response: Response) -> BeautifulSoup | Obstacle:
    """Open a web page.

    Returns:
        The page, or why it can't be read.
    """
    if obstacle := _find_obstacle(response):
        return obstacle
    if not response.body.strip():
        return Obstacle(Coverage.FAILED, "the answer is empty")
    if response.body.startswith(_FILES):
        return Obstacle(Coverage.FAILED, "a file came in the place of a web page")
    page = make_soup(decode(response.body))
    if wrong := _find_error(page):
        return Obstacle(Coverage.BLOCKED, wrong)
    return page


def open_file(response: Response) -> Obstacle | None:
    """Tell why an answer is no document file, or None where it is one."""
    if obstacle := _find_obstacle(response):
        return obstacle
    if any(mark in response.body[:1024] for mark in _FILES[:1]) or response.body.startswith(_FILES):
        return None
    return Obstacle(Coverage.BLOCKED, "something else came in the place of a document")


def decode(body: bytes) -> str:
    """Give the characters of a page: UTF-8, or else what Windows writes."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    return _DECLARED.sub("", text.replace("\x00", ""))


def make_soup(text: str) -> BeautifulSoup:
    """Parse a page or a part of one."""
    return BeautifulSoup(text, "lxml")


def read_text(tag: PageElement | None) -> str:
    """Give the words of an element on one line."""
    return " ".join(tag.get_text(" ").split()) if tag is not None else ""


def read_href(tag: Tag) -> str:
    """Give the address that a link leads to, as it is written."""
    value = tag.get("href")
    return value if isinstance(value, str) else ""


def _find_obstacle(response: Response) -> Obstacle | None:
    """Tell what stands in the way whatever kind of answer is expected."""
    if response.obstacle:
        return response.obstacle
    if _CHALLENGE.search(response.body[:20_000]) and not _OWN.search(response.body):
        return Obstacle(Coverage.BLOCKED, "a challenge page")
    return None


def _find_error(page: BeautifulSoup) -> str | None:
    """Tell whether a page's titles are those of an error or a challenge."""
    titles = [read_text(tag) for tag in [page.title, *page.find_all(["h1", "h2"], limit=3)]]
    told = [part for title in titles for part in (title, title.split(" - ")[0]) if len(part) < _LONGEST_TITLE]
    wrong = next(filter(_ERROR.fullmatch, told), None)
    return f"{_ERROR_PAGE}: {wrong}" if wrong else None


def _make_parser() -> etree.XMLParser:
    """Make a parser that opens no other file, whatever a server sends."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True
    )
