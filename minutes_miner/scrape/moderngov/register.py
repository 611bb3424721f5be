"""Read the register of decisions: its lists, the page of a decision, and the history of an issue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import Tag

from minutes_miner.scrape.moderngov.address import read_name, read_query, resolve
from minutes_miner.scrape.moderngov.answer import read_href, read_text
from minutes_miner.scrape.moderngov.asking import find_meeting
from minutes_miner.scrape.moderngov.listing import find_body, says_none
from minutes_miner.scrape.moderngov.period import find_day

_ISSUES = frozenset({"mgissuehistoryhome.aspx", "ieissuedetails.aspx", "mgissuehistorychronology.aspx"})
_DECISION = re.compile(r"decisions?(?:\s+(?:made|taken|details?))?\s*:?$", re.IGNORECASE)
_STATUS = re.compile(r"decision\s+status\b", re.IGNORECASE)
_NOISE = ["mgHide", "mgFileSize"]
_COMING = re.compile(r"\b(?:for\s+determination|forthcoming|proposed|pending|not\s+yet)\b", re.IGNORECASE)


class Entry(NamedTuple):
    """Hold a decision that a list links to; ``of_item`` where it is known by its agenda item alone."""

    number: str
    of_item: bool
    title: str
    day: date | None


class Link(NamedTuple):
    """Hold a meeting that a page links to."""

    meeting: str
    committee: str
    day: date | None


class DecisionPage(NamedTuple):
    """Hold what the page of a decision tells; ``is_taken`` where there is a decision and not only its announcement."""

    title: str
    maker: str
    day: date | None
    meeting: str
    issues: tuple[str, ...]
    is_taken: bool


def read_entries(page: BeautifulSoup, url: str) -> list[Entry] | None:
    """Read the decisions that a page links to; None where a list is missing and nothing says that it is empty."""
    body = find_body(page)
    found = {(entry.number, entry.of_item): entry for entry in _iter_entries(body, url)}
    return list(found.values()) if found or says_none(body) or _has_columns(body) else None


def read_meetings(page: BeautifulSoup, url: str) -> list[Link]:
    """Read the meetings that a page links to."""
    found: dict[str, Link] = {}
    for link in find_body(page).find_all("a", href=True):
        address = resolve(read_href(link), url)
        named = find_meeting(address) if read_name(address) == "ielistdocuments.aspx" else None
        if named and named[0] not in found:
            found[named[0]] = Link(*named, find_day(f"{read_text(link)} {_read_row(link)}"))
    return list(found.values())


def read_decision(page: BeautifulSoup, url: str) -> DecisionPage | None:
    """Read the page of a decision; None where it is the page of none."""
    body = find_body(page)
    labels = {read_text(label).rstrip(" :?").lower(): label for label in body.select(".mgLabel")}
    if not labels or body.select_one(".mgSubTitleTxt, h1, h2") is None:
        return None
    at = labels.get("decided at meeting")
    link = _find_link(at)
    meeting = find_meeting(resolve(read_href(link), url)) if link is not None else None
    links = [resolve(read_href(one), url) for one in body.find_all("a", href=True)]
    issues = [read_query(one).get("iid", "") for one in links if read_name(one) in _ISSUES]
    return DecisionPage(
        read_text(body.select_one(".mgSubTitleTxt") or body.select_one("h2, h1")),
        _read_value(labels.get("decision maker")),
        find_day(_read_value(labels.get("date of decision"))),
        meeting[0] if meeting else "",
        tuple(dict.fromkeys(filter(str.isdecimal, issues))),
        _is_taken(body, _read_value(labels.get("decision status"))),
    )


def drop_status(page: BeautifulSoup) -> bool:
    """Take the register's note on the state of a decision out of a page that states the decision itself.

    "Recommendations Approved" would else read as one more decision.

    Returns:
        Whether the page was changed.
    """
    body = find_body(page)
    if not _read_decision(body):
        return False
    notes = [label.parent for label in body.select(".mgLabel") if _STATUS.match(read_text(label))]
    for note in notes:
        if note is not None:
            note.decompose()
    return bool(notes)


def _iter_entries(body: Tag, url: str) -> Iterator[Entry]:
    for link in body.find_all("a", href=True):
        address = resolve(read_href(link), url)
        query = read_query(address) if read_name(address) == "iedecisiondetails.aspx" else {}
        number, item = query.get("id", ""), query.get("aiid", "")
        if number.isdecimal() or item.isdecimal():
            yield Entry(number or item, not number, _read_title(link), find_day(_read_row(link)))


def _has_columns(body: Tag) -> bool:
    """Tell whether a table with the register's columns is there, be it empty."""
    heads = [read_text(cell).lower() for cell in body.select("table th, table thead td")]
    return any(head.startswith("title") for head in heads) and any(head.startswith("date") for head in heads)


def _read_title(link: Tag) -> str:
    """Give a link's words without those for machines and the sizes of files."""
    words = [text for text in link.find_all(string=True) if not text.find_parent(class_=_NOISE)]
    return " ".join(" ".join(words).split())


def _read_row(link: Tag) -> str:
    """Give the words around a link in its row, without its own, whose days are those of a title."""
    row = link.find_parent(["tr", "li"])
    return read_text(row).replace(read_text(link), " ", 1) if row is not None else ""


def _read_value(label: Tag | None) -> str:
    """Give the words beside a label."""
    parent = label.parent if label is not None else None
    return read_text(parent).removeprefix(read_text(label)).strip() if parent is not None else ""


def _find_link(label: Tag | None) -> Tag | None:
    """Give the link beside a label."""
    link = label.find_next("a", href=True) if label is not None else None
    return link if isinstance(link, Tag) and label is not None and link.parent is label.parent else None


def _is_taken(body: Tag, status: str) -> bool:
    if _COMING.search(status):
        return False
    return bool(status) or bool(_read_decision(body))


def _read_decision(body: Tag) -> str:
    """Give the words under the title "Decision:"."""
    titles = [title for title in body.select(".mgSubSubTitleTxt, h3") if _DECISION.match(read_text(title))]
    return " ".join(read_text(title.find_next_sibling()) for title in titles).strip()
