"""Read the pages of one meeting or one decision, and ask for the meeting's minutes."""

from __future__ import annotations

import re
from datetime import date

from bs4 import BeautifulSoup, Tag

from minutes_miner.domain.gathering import Findings, Obstacle, Occasion, OccasionKind, Request, Response, Standing
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.cmis.address import read_parts
from minutes_miner.scrape.cmis.detail import (
    find_day,
    find_documents,
    find_items,
    find_pane,
    find_title,
    iter_labels,
    read_labels,
)
from minutes_miner.scrape.cmis.entry import find_links, find_standing, read_soup
from minutes_miner.scrape.cmis.title import is_minutes, is_proposed

_FILES = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_ERROR = re.compile(r"\berror (?:has )?occurred\b|\bis currently unavailable\b|\bunexpected error\b", re.IGNORECASE)
_MAKERS = ("decision maker", "decision taker", "decision made by", "made by", "taken by", "committee", "portfolio")


def find_fault(response: Response) -> Obstacle | None:
    """Say why an answer of a meeting or decision is not what was asked for, or give None."""
    if response.obstacle:
        return response.obstacle
    kind = response.request.page
    if kind == "document":
        is_file = response.body.lstrip()[:8].startswith(_FILES)
        return None if is_file else Obstacle(Coverage.BLOCKED, "a page in place of the document")
    page = read_soup(response.body)
    pane = find_pane(page)
    if any(True for _ in iter_labels(pane)) or find_documents(page, response.url) or find_items(pane, response.url):
        return None
    # The tab of a meeting without documents may be empty, but it stands in the site's frame.
    if kind == "documents" and pane.get("id") and not _ERROR.search(pane.get_text(" ")):
        return None
    return Obstacle(Coverage.BLOCKED, f"no {kind} on the page")


def read_meeting(response: Response) -> Findings:
    """Read a meeting's page, and ask for its minutes, or for its list of documents where the page shows none."""
    page = read_soup(response.body)
    pane, request = find_pane(page), response.request
    labels = read_labels(pane)
    states = (find_standing(value) for name, value in labels.items() if "status" in name)
    standing = next(filter(None, states), None)
    day = request.day or find_day(labels, find_title(pane))
    name = request.fact("name") or labels.get("committee")
    occasion = Occasion(
        request.occasion or "",
        OccasionKind.MEETING,
        committee_name=name,
        day=day,
        standing=standing,
        url=request.url,
    )
    asked = _minutes(page, response, day, name)
    documents = request.fact("documents")
    if documents and not asked and standing is not Standing.CANCELLED:
        asked = [Request(documents, "documents", request.occasion, day, facts=(("name", name or ""),))]
    return Findings(tuple(asked), occasions=(occasion,))


def read_documents(response: Response) -> Findings:
    """Read the documents of a meeting, and ask for its minutes."""
    request = response.request
    return Findings(tuple(_minutes(read_soup(response.body), response, request.day, request.fact("name"))))


def read_decision(response: Response) -> Findings:
    """Read what the page of a decision says of it."""
    page = read_soup(response.body)
    pane = find_pane(page)
    labels = read_labels(pane)
    status = next((value for name, value in labels.items() if "status" in name), "")
    makers = (labels[name] for start in _MAKERS for name in labels if name.startswith(start))
    maker = next(filter(None, makers), None)
    occasion = Occasion(
        response.request.occasion or "",
        OccasionKind.NOTICE,
        committee_name=maker,
        day=find_day(labels),
        title=response.request.fact("title") or find_title(pane),
        standing=Standing.SCHEDULED if is_proposed(status) else Standing.HELD,
        url=response.request.url,
        within=_find_meeting(pane, response.url),
    )
    return Findings(occasions=(occasion,))


def _minutes(page: BeautifulSoup, response: Response, day: date | None, name: str | None) -> list[Request]:
    """Ask for the documents of a page that are the meeting's minutes by their titles."""
    return [
        Request(link.url, "document", response.request.occasion, facts=(("title", link.title),))
        for link in find_documents(page, response.url)
        if is_minutes(link.title, day, name)
    ]


def _find_meeting(pane: Tag, url: str) -> str | None:
    """Give the key of the meeting that a decision's page links to."""
    for link in find_links(pane, url):
        parts = read_parts(link)
        if parts.get("ctl", "").lower() == "viewmeetingpublic" and "meeting" in parts:
            return f"meeting/{parts['meeting']}"
    return None
