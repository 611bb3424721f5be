"""Find the items of a meeting that recorded votes were on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import Tag

from minutes_miner.scrape.moderngov.calls import speaks_of_votes
from minutes_miner.scrape.moderngov.votes import RecordedVote


class ItemWords(NamedTuple):
    """Hold an item's key, its title and what was minuted."""

    key: str
    title: str
    words: str


def match_votes(
    votes: Iterable[tuple[str | None, RecordedVote]], committee: str, items: Sequence[ItemWords]
) -> list[tuple[str, RecordedVote]]:
    """Give the votes with the key of the item that each was on; those that fit no item are left out.

    Args:
        votes: each with the key of its item, where that is known.
        committee: whose votes are wanted, as the list of a day holds those of several meetings.
        items: of the meeting.
    """
    speaking = [item.key for item in items if speaks_of_votes(item.words)]
    found = []
    for known, vote in votes:
        if known is None and committee and vote.meeting and _squeeze(committee) not in _squeeze(vote.meeting):
            continue
        titled = [item.key for item in items if _is_same(item.title, vote.item)]
        lone = speaking if len(speaking) == 1 and not vote.item else []
        if keys := [known] if known else titled or lone:
            found.append((keys[0], vote))
    return found


def list_items(page: BeautifulSoup) -> list[ItemWords]:
    """Give the items on a meeting's page that have a key."""
    found = []
    for cell in page.select("td.mgItemNumberCell"):
        anchor, row = cell.find("a", attrs={"name": True}), cell.find_parent("tr")
        titles = row.select("p.mgAiTitleTxt") if row is not None else []
        if isinstance(anchor, Tag) and row is not None and titles:
            key = str(anchor.get("name", "")).removeprefix("AI")
            found.append(ItemWords(key, titles[-1].get_text(" "), row.get_text(" ")))
    return found


def _is_same(title: str, told: str) -> bool:
    """Tell whether one title holds the other; numbers and parts of resolutions stand around them."""
    one, other = _squeeze(title), _squeeze(told)
    return bool(one) and bool(other) and (one in other or other in one)


def _squeeze(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())
