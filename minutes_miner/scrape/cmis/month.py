"""Read the days of a calendar's month, whose headings leave the year out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bs4 import BeautifulSoup, Tag

from minutes_miner.scrape.cmis.day import is_cell, read_cell

_DAY_LINK = re.compile(r"#(\d{4})-(\d\d)-(\d\d)$")
_GRID = ("table", "tbody", "thead", "tr", "body", "form")


def count_headings(page: BeautifulSoup, first: date) -> tuple[int, int]:
    """Count the headings of days in a calendar: those of the month that begins on a day, and all."""
    texts = [text for text in _iter_texts(page) if is_cell(text) or _DAY_LINK.search(text)]
    days = (_read_heading(text, first) for text in texts)
    return sum(day is not None and (day.year, day.month) == (first.year, first.month) for day in days), len(texts)


def count_unlinked(page: BeautifulSoup) -> int:
    """Count the appointments of a calendar that have a title and lead nowhere."""
    shown = page.select("div.rsApt[title]")
    return sum(div.find("a", href=True) is None and div.find_parent("a", href=True) is None for div in shown)


def find_days_of_links(page: Tag, first: date) -> dict[int, date]:
    """Give the day under whose heading each link of a calendar stands, by the link's ``id()``; none where in doubt.

    Args:
        page: held while the answer is used.
        first: the first day of the month that the calendar was asked for.
    """
    around: dict[int, set[date]] = {}
    before: dict[int, date | None] = {}
    last: date | None = None
    for node in page.descendants:
        texts = _iter_own(node) if isinstance(node, Tag) else iter((str(node),))
        for day in filter(None, (_read_heading(text, first) for text in texts)):
            last = day
            for above in (node, *node.parents):
                around.setdefault(id(above), set()).add(day)
        if isinstance(node, Tag) and node.name == "a":
            before[id(node)] = last
    links = (link for link in page.find_all("a") if id(link) in before)
    found = ((id(link), _choose(link, around, before[id(link)])) for link in links)
    return {key: day for key, day in found if day}


def _choose(link: Tag, around: dict[int, set[date]], before: date | None) -> date | None:
    """Take the one day that the nearest element around a link names; else the last heading, but not across a grid."""
    for above in (link, *link.parents):
        days = around.get(id(above), set())
        if days:
            return next(iter(days)) if len(days) == 1 else None if above.name in _GRID else before
    return None


def _read_heading(text: str, first: date) -> date | None:
    """Read a heading such as ``Monday, 8 June`` or a link such as ``#2026-06-08``."""
    linked = _DAY_LINK.search(text)
    try:
        return date(*map(int, linked.groups())) if linked else read_cell(text, first) if is_cell(text) else None
    except ValueError:
        return None


def _iter_texts(tag: Tag) -> Iterator[str]:
    """Give every text that may head a day, of elements, titles and links."""
    yield from tag.stripped_strings
    for inner in (tag, *tag.find_all(True)):
        yield from _iter_own(inner)


def _iter_own(tag: Tag) -> Iterator[str]:
    for name in ("title", "aria-label", "href"):
        if value := tag.get(name):
            yield str(value)
