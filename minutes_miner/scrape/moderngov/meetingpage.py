"""Read the page of a meeting: what it holds, and what it only links to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bs4 import BeautifulSoup
from bs4.element import Tag

from minutes_miner.scrape.moderngov.address import read_name, read_query, resolve
from minutes_miner.scrape.moderngov.answer import read_href, read_text
from minutes_miner.scrape.moderngov.period import find_day

_TOLD = re.compile(r"(?:decisions?|minutes)\s*:?$", re.IGNORECASE)
_REST = re.compile(r"\b(?:view|read|see|show)\b.{0,20}\b(?:full|more|rest)\b", re.IGNORECASE)
_PRINTED = re.compile(r"printed\s+(?P<draft>draft\s+)?(?P<kind>minutes|decisions)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"/documents/g(?P<agenda>\d+)/", re.IGNORECASE)
_KINDS = {"1": "minutes", "2": "decisions"}
_DRAFT = re.compile(r"\bdraft\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Printed:
    """Hold a link to printed ``minutes`` or ``decisions``; ``agenda`` is the number in its address."""

    url: str
    kind: str
    agenda: str
    is_draft: bool


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """Hold what the page of a meeting tells.

    Attributes:
        title: committee and day, as written.
        day: of the meeting.
        items: how many items it lists.
        told: how many parts of minutes and decisions stand under them.
        minuted: how many of these are minutes.
        shortened: keys of the items whose minutes it only begins.
        voted: keys of the items whose recorded votes stand on pages of their own.
        decided: addresses of pages that tell a decision.
        printed: its printed minutes and decisions.
        text: of its items.
        is_draft: whether it calls its minutes a draft.
    """

    title: str
    day: date | None
    items: int
    told: int
    minuted: int
    shortened: tuple[str, ...]
    voted: tuple[str, ...]
    decided: tuple[str, ...]
    printed: tuple[Printed, ...]
    text: str
    is_draft: bool


def read_page(page: BeautifulSoup, url: str) -> MeetingPage | None:
    """Read the page of a meeting; None where it is the page of none.

    Args:
        page: the whole page.
        url: where it stands, which its links start from.
    """
    title, table = read_text(page.select_one(".mgSubTitleTxt")), page.select_one("table.mgItemTable")
    if not title and table is None:
        return None
    links = list(page.find_all("a", href=True))
    parts = list(iter_parts(table)) if table else []
    shortened = [_read_key(link, url, "id") for link in find_rests(page)]
    voted = [_read_key(link, url, "aiid") for link in links if _leads_to(link, "mglistrecordedvotesshort.aspx")]
    decided = [resolve(read_href(link), url) for link in links if _leads_to(link, "iedecisiondetails.aspx")]
    printed = _choose(list(_iter_printed(links, table, url)), _find_agenda(links, table))
    return MeetingPage(
        title,
        read_date(page) or find_day(title),
        len(table.select("td.mgItemNumberCell")) if table else 0,
        len(parts),
        sum("minutes" in read_text(head).lower() for head, _ in parts),
        tuple(dict.fromkeys(filter(None, shortened))),
        tuple(dict.fromkeys(filter(None, voted))),
        tuple(dict.fromkeys(decided)),
        printed,
        read_text(table),
        bool(
            _DRAFT.search(f"{title} {read_text(page.select_one('.mgMainTitleTxt'))}")
            or any(one.is_draft for one in printed)
        ),
    )


def read_date(page: BeautifulSoup) -> date | None:
    """Give the day that the page's head names: the safest, as titles write it in many ways."""
    for meta in page.find_all("meta"):
        if str(meta.get("name", "")).lower() == "dc.date":
            return find_day(str(meta.get("content", "")))
    return None


def iter_parts(table: Tag) -> Iterator[tuple[Tag, Tag]]:
    """Give the titles "Decision:" and "Minutes:" of items, each with the text below it."""
    for title in table.select(".mgSubItemTitleTxt"):
        body = title.find_next_sibling()
        if _TOLD.match(read_text(title)) and isinstance(body, Tag) and read_text(body):
            yield title, body


def find_rests(page: BeautifulSoup) -> list[Tag]:
    """Find the links that lead from the beginning of a text to the whole."""
    links = page.find_all("a", href=True)
    return [link for link in links if _leads_to(link, "mgai.aspx") and _REST.search(read_text(link))]


def _leads_to(link: Tag, name: str) -> bool:
    return read_name(read_href(link)) == name


def _read_key(link: Tag, url: str, key: str) -> str:
    return read_query(resolve(read_href(link), url)).get(key, "")


def _find_agenda(links: list[Tag], table: Tag | None) -> str:
    """Give the number in the addresses of the meeting's other documents: its agenda and its pack of reports."""
    for link in links:
        found = _NUMBERED.search("/" + read_href(link))
        if found and read_query(read_href(link)).get("t") not in _KINDS and not _stands_in(link, table):
            return found["agenda"]
    return ""


def _iter_printed(links: list[Tag], table: Tag | None, url: str) -> Iterator[Printed]:
    """Give the printed minutes and decisions; attachments of items, such as the last meeting's minutes, are none."""
    for link in links:
        address, words = resolve(read_href(link), url), read_text(link)
        numbered, named = _NUMBERED.search(address), _PRINTED.match(words)
        kind = _KINDS.get(read_query(address).get("t", "")) if numbered else None
        kind = kind or (named["kind"].lower() if named else None)
        if kind and not _stands_in(link, table):
            yield Printed(address, kind, numbered["agenda"] if numbered else "", bool(_DRAFT.search(words)))


def _choose(printed: list[Printed], agenda: str) -> tuple[Printed, ...]:
    own = [one for one in printed if not (agenda and one.agenda) or one.agenda == agenda]
    return tuple(dict.fromkeys(own))


def _stands_in(link: Tag, table: Tag | None) -> bool:
    return table is not None and any(parent is table for parent in link.parents)
