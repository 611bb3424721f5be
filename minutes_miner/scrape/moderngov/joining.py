"""Put whole texts and votes into the page of a meeting, where it only begins them or links to them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bs4 import BeautifulSoup
from bs4.element import Tag

from minutes_miner.scrape.moderngov.address import read_query
from minutes_miner.scrape.moderngov.answer import make_soup, read_href, read_text
from minutes_miner.scrape.moderngov.listing import find_body
from minutes_miner.scrape.moderngov.meetingpage import find_rests
from minutes_miner.scrape.moderngov.votes import RecordedVote, write_vote
from minutes_miner.scrape.moderngov.wordtext import clean_html

_SAME = 60
"""Letters at the beginning that tell the whole of a text from other texts of its item."""
_PARTS = ".mgWordPara"


def join_texts(page: BeautifulSoup, wholes: Mapping[str, BeautifulSoup]) -> list[str]:
    """Put the whole texts of items in the places of their beginnings.

    Args:
        page: of the meeting; it is changed.
        wholes: the pages of items by their keys.

    Returns:
        The keys of the items whose text remains a beginning.
    """
    left = []
    for link in find_rests(page):
        key = read_query(read_href(link)).get("id", "")
        begun = link.find_parent(class_="mgWordPara") or link.find_parent(["div", "td"])
        whole = _find_whole(begun, wholes[key], read_text(link)) if begun is not None and key in wholes else None
        if begun is None or whole is None:
            left.append(key)
            continue
        begun.clear()
        inside = make_soup(clean_html(whole.decode_contents())).body
        for child in list(inside.contents) if inside else []:
            begun.append(child.extract())
    return left


def join_votes(page: BeautifulSoup, votes: Sequence[tuple[str, RecordedVote]]) -> None:
    """Put votes below what they were on: the decision of an item, or else all that was minuted; the page is changed.

    Args:
        page: of the meeting.
        votes: each with the key of its item, which an anchor such as ``AI123`` names on the page.
    """
    for key, vote in votes:
        anchor = page.find("a", attrs={"name": f"AI{key}"}) or page.find("a", id=f"AI{key}")
        row = anchor.find_parent("tr") if isinstance(anchor, Tag) else None
        cells = row.find_all("td", recursive=False) if row is not None else []
        written = make_soup(write_vote(vote)).body
        minutes = _find_minutes(cells[-1]) if cells else None
        for child in list(written.contents) if cells and written else []:
            if minutes is not None:
                minutes.insert_before(child.extract())
            else:
                cells[-1].append(child.extract())


def _find_minutes(cell: Tag) -> Tag | None:
    """Find the title of an item's minutes where the decision is stated above them."""
    titles = cell.select(".mgSubItemTitleTxt")
    told = [read_text(title).lower().strip(" :") for title in titles]
    decided = "decision" in told and "minutes" in told and told.index("decision") < told.index("minutes")
    return titles[told.index("minutes")] if decided else None


def _find_whole(begun: Tag, whole: BeautifulSoup, words: str) -> Tag | None:
    """Find the text that goes on from a beginning: by its first letters, or else by the title above it."""
    body, start = find_body(whole), _letters(read_text(begun))[:_SAME]
    parts = body.select(_PARTS)
    same = [part for part in parts if start and _starts_with(part, start)]
    kind = "decision" if "decision" in words.lower() else "minutes"
    titled = [part for part in parts if _title_above(part).lower().startswith(kind)]
    if same or titled:
        return max(same or titled, key=lambda part: len(read_text(part)))
    others = [part for part in body.select("div, td") if len(start) == _SAME and _starts_with(part, start)]
    return others[-1] if others else None


def _starts_with(part: Tag, start: str) -> bool:
    return _letters(read_text(part)).startswith(start)


def _title_above(part: Tag) -> str:
    title = part.find_previous_sibling(["p", "h2", "h3", "h4"])
    return read_text(title)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)
