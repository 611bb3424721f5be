"""Read what a web page's head and titles say of the meeting, and where the page is not what it should be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from minutes_miner.parse.body import find_authority, find_committee
from minutes_miner.parse.day import find_days
from minutes_miner.parse.element import Element, Page
from minutes_miner.parse.header import Header
from minutes_miner.parse.inline import read_words

_TITLES = frozenset({"mgSubTitleTxt", "mgMainTitleTxt", "h1", "h2"})
_PLACES = 2
"""Headers and footers of a page that are read; others belong to its parts."""
_FOOTERS = {"footer", "page-footer"}
_TELLING = frozenset("meta title h1 h2 frame iframe input header footer".split())
_LONGEST_FOOTER = 200
_ITEM = re.compile(r"\bitem\s+(?P<number>\w{1,6}(?:[./]\w{1,4})*)", re.IGNORECASE)
_REST = re.compile(r"\W*(?:(?:view|read|see|show)\s+)?(?:the\s+)?(?:full|more|rest)\b|[\s.\u2026]+$", re.IGNORECASE)
"""What links say that lead from the beginning of some minutes to the rest."""


@dataclass(slots=True)
class PageHead:
    """Hold what a page tells outside its content.

    Attributes:
        title: the words of ``title``.
        titles: the words of the first element of each kind of title, ModernGov's before others.
        described: the ``meta`` elements, by name or property in lower case.
        headers: the words at the top of the page and of its parts, cut short.
        footers: the words at the foot, cut short.
        frames: addresses of the pages that the page shows inside it.
        asks_password: whether it holds a field for one.
        shortened: the items whose minutes it only begins; an empty text for an item without a number.
    """

    title: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    described: dict[str, str] = field(default_factory=dict)
    headers: list[str] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    asks_password: bool = False
    shortened: list[str] = field(default_factory=list)


def read_head(page: Page) -> PageHead:
    """Read a page's head, titles, foot, frames and links to the rest of shortened minutes.

    Args:
        page: as ``read_markup`` gives it, before it is cleared.
    """
    head = PageHead()
    number = ""
    for element in page.elements:
        name = element.name
        if name == "a":
            if "mgai.aspx" in element.get("href").lower() and _REST.match(words := read_words(element.children)):
                item = _ITEM.search(words)
                head.shortened.append(item["number"] if item else number)
        elif name == "td":
            if "mgItemNumberCell" in element.classes:
                number = read_words(element.children).strip(" .:")
        elif name in _TELLING or ("id" in element.attributes and element.attributes["id"] in _FOOTERS):
            _read_element(head, element)
    return head


def _read_element(head: PageHead, element: Element) -> None:
    name = element.name
    if name == "meta":
        key = element.get("name") or element.get("property")
        head.described.setdefault(key.lower(), " ".join(element.get("content").split()))
    elif name == "title":
        head.title = head.title or read_words(element.children)
    elif name in {"h1", "h2"}:
        for kind in _TITLES.intersection({name, *element.classes}):
            if kind not in head.titles and (words := read_words(element.children)):
                head.titles[kind] = words
    elif name in {"frame", "iframe"}:
        head.frames.append(element.get("src"))
    elif name == "input":
        head.asks_password = head.asks_password or element.get("type").lower() == "password"
    else:
        places = head.headers if name == "header" else head.footers
        if len(places) < _PLACES:
            places.append(_start(element))


def read_meeting(head: PageHead) -> Header:
    """Say which meeting a page is of, as far as its head tells."""
    names = [head.titles.get(kind, "") for kind in ("mgSubTitleTxt", "mgMainTitleTxt", "h1", "h2")]
    names += [head.described.get("dc.title", ""), head.described.get("og:title", ""), head.title]
    names = [name for name in names if name]
    site = [head.described.get("og:site_name", ""), *head.footers, head.title]
    authority = find_authority([name for name in site if name])
    days = find_days(head.described.get("dc.date", ""))
    return Header(
        days[0].value if days else None, find_committee(names, authority), authority, names[0] if names else None
    )


def _start(element: Element) -> str:
    """Give the first words of an element that may hold many."""
    words: list[str] = []
    for text in element.iter_text():
        words.extend(text.split())
        if len(words) > _LONGEST_FOOTER:
            break
    return " ".join(words)[:_LONGEST_FOOTER]
