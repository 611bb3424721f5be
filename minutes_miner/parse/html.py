"""Turn a web page into a document: ModernGov's meeting, item and decision pages, and any other page."""

from __future__ import annotations

import re
from datetime import date

from bs4 import BeautifulSoup, Tag

from minutes_miner.config import Limits
from minutes_miner.domain.outline import find_items
from minutes_miner.domain.source import Document, DocumentRef, Notice
from minutes_miner.domain.vocabulary import WarningCode
from minutes_miner.errors import ParseError
from minutes_miner.parse.body import find_authority, find_committee
from minutes_miner.parse.day import find_days
from minutes_miner.parse.encoding import decode
from minutes_miner.parse.header import Header, read_header
from minutes_miner.parse.page import find_content, make_soup, measure_nesting
from minutes_miner.parse.walk import PageWriter

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*(?P<name>[\w-]+)", re.IGNORECASE)
_FAILED = re.compile(
    r"^(?:(?:http\s+)?(?:error\s+)?(?:403|404|500|502|503)\b|page\s+not\s+found|access\s+denied"
    r"|request\s+rejected|just\s+a\s+moment|"
    r"attention\s+required|service\s+unavailable|an\s+error\s+has\s+occurred)",
    re.IGNORECASE,
)
_FULL_TEXT = re.compile(r"view\s+the\s+full\s+\w+\s+text", re.IGNORECASE)
_MAX_NESTING = 1000
_MAX_LISTS = 60
"""Lists and tables inside each other that are still read; real pages have fewer than ten."""
_TITLES = ("h2.mgSubTitleTxt", "h1.mgMainTitleTxt", "h1", "h2")


class HtmlParser:
    """Read web pages, with numbers of lists written out and the items that ModernGov's mark-up tells."""

    media_types = ("text/html", "application/xhtml+xml")

    def parse(self, data: bytes, ref: DocumentRef, *, limits: Limits = Limits()) -> Document:
        """Read a page.

        Raises:
            ParseError: it has no words, is an error page, or nests its elements too deep.
        """
        markup, notices = _decode(data)
        soup = make_soup(markup.replace("\0", ""))
        _check_nesting(soup, ref)
        head = _read_head(soup)
        content = find_content(soup)
        writer = PageWriter()
        title = _words(soup.title) if soup.title else ""
        if title and content.get_text().strip():
            writer.write_title(title)
        writer.write(content)
        text, blocks = writer.draft.text, tuple(writer.draft.blocks)
        if not blocks:
            raise ParseError("the page has no words", where=ref.source, advice="fetch it again")
        if len(text) < 1500 and _FAILED.match((head.title or text).strip()):
            raise ParseError("the page is a server's error page", where=ref.source, advice="fetch it again")
        if any(_FULL_TEXT.search(text[block.start : block.end]) for block in blocks):
            message = "the page shows only the beginning of some minutes and links to the rest"
            notices = (*notices, Notice(WarningCode.TRUNCATED, message))
        found = read_header([text[block.start : block.end] for block in blocks], head.title)
        return Document(
            ref,
            text,
            blocks,
            items=tuple(writer.draft.items) or find_items(text, blocks),
            title=head.title or found.title,
            authority=ref.authority or head.authority or found.authority,
            committee=head.committee or found.committee,
            meeting_date=_choose_date(head, found, text),
            notices=notices,
        )


def _check_nesting(soup: BeautifulSoup, ref: DocumentRef) -> None:
    depth, lists = measure_nesting(soup)
    if depth > _MAX_NESTING or lists > _MAX_LISTS:
        raise ParseError(
            f"the page nests its elements {depth:,} deep, lists and tables {lists:,} deep",
            where=ref.source,
            advice="save its text as a new file: the page's mark-up is broken",
        )


def _choose_date(head: Header, found: Header, text: str) -> date | None:
    """Choose the page's own date, but for pages of one decision, whose head gives the day of publication."""
    if head.meeting_date and not (
        found.meeting_date and re.search(r"\b(?:date\s+of\s+decision|meeting\s*:\s*\d)", text, re.I)
    ):
        return head.meeting_date
    return found.meeting_date


def _decode(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """Decode a page by its byte order mark, its declared character set, or as any text."""
    match = _CHARSET.search(data[:2048])
    if match and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = match["name"].decode("ascii").lower()
        if name.startswith(("utf-16", "utf16", "utf-32", "utf32")):  # such bytes could not have shown it as ASCII
            name = "utf-8"
        try:
            return data.decode("cp1252" if name in {"iso-8859-1", "latin-1", "ascii", "us-ascii"} else name), ()
        except (LookupError, UnicodeError):
            pass
    return decode(data)


def _read_head(soup: BeautifulSoup) -> Header:
    """Read what the page's head and its own titles say of the meeting."""
    titles = [_words(tag) for selector in _TITLES for tag in soup.select(selector)[:1]]
    page_title = _words(soup.title) if soup.title else None
    described = [text for text in (_meta(soup, "DC.title"), _meta(soup, "og:title"), page_title) if text]
    names = [*titles, *described]
    site = [
        _meta(soup, "og:site_name"),
        *(_words(tag)[:200] for tag in soup.select("footer, #footer, #page-footer")[:2]),
        page_title,
    ]
    authority = find_authority([name for name in site if name])
    return Header(
        _meta_date(soup),
        find_committee([name for name in names if name], authority),
        authority,
        next(filter(None, names), None),
    )


def _meta_date(soup: BeautifulSoup) -> date | None:
    days = find_days(_meta(soup, "DC.date") or "")
    return days[0].value if days else None


def _meta(soup: BeautifulSoup, name: str) -> str | None:
    tag = soup.find("meta", attrs={"name": name}) or soup.find("meta", attrs={"property": name})
    content = tag.get("content") if isinstance(tag, Tag) else None
    return " ".join(str(content).split()) if content else None


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())
