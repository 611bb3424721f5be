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


def find_day(link: Tag, first: date) -> date | None:
    """Give the day under whose heading a link stands, or None where that is in doubt.

    Args:
        link: in a calendar.
        first: the first day of the month that the calendar was asked for.
    """
    for around in link.parents:
        days = {day for text in _iter_texts(around) if (day := _read_heading(text, first))}
        if len(days) == 1:
            return days.pop()
        if days or around.name in ("body", "form"):
            return None if around.name in _GRID else _find_before(link, first)
    return None


def _find_before(link: Tag, first: date) -> date | None:
    """Give the day of the last heading that stands before a link."""
    for before in link.previous_elements:
        texts = _iter_own(before) if isinstance(before, Tag) else iter((str(before),))
        if day := next((day for text in texts if (day := _read_heading(text, first))), None):
            return day
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
