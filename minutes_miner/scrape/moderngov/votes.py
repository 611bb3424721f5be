"""Read the pages of recorded votes, which tell how each member voted."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import Tag

from minutes_miner.scrape.moderngov.answer import read_text


class RecordedVote(NamedTuple):
    """Hold one vote by name.

    Attributes:
        meeting, item, title: the headings that it stands under; empty where there is none.
        status: the words below them, such as "Carried".
        ballots: names and how they voted, as written.
    """

    meeting: str
    item: str
    title: str
    status: str
    ballots: tuple[tuple[str, str], ...]


def read_votes(page: BeautifulSoup) -> list[RecordedVote]:
    """Read the votes of a page: a meeting at its second heading, an item at the third, a vote at the fourth."""
    found: list[RecordedVote] = []
    heads = {"h2": "", "h3": "", "h4": ""}
    status = ""
    for tag in page.find_all(["h2", "h3", "h4", "p", "table"]):
        if tag.name in heads:
            heads.update({name: "" for name in heads if name > tag.name})
            heads[tag.name], status = read_text(tag), ""
        elif tag.name == "p":
            status = status or (read_text(tag) if heads["h4"] else "")
        elif ballots := tuple(_iter_ballots(tag)):
            status = status or _read_between(tag, page)
            found.append(RecordedVote(heads["h2"], heads["h3"], heads["h4"], status, ballots))
            status = ""
    return found


def write_vote(vote: RecordedVote) -> str:
    """Write a vote as a titled table of names and votes."""
    told = " - ".join(filter(None, (vote.title or vote.item, vote.status[:200])))
    rows = "".join(f"<tr><td>{escape(name)}</td><td>{escape(ballot)}</td></tr>" for name, ballot in vote.ballots)
    title = f'<h3 class="mgSubSubTitleTxt">Recorded vote: {escape(told)}</h3>' if told else ""
    return f"{title}<table><tr><th>Councillor</th><th>Vote</th></tr>{rows}</table>"


def _iter_ballots(table: Tag) -> Iterator[tuple[str, str]]:
    """Give names with votes: cells are nested by mistake, and the last one is the vote."""
    for row in table.find_all("tr"):
        cells = [cell for cell in row.find_all("td") if cell.find_parent("tr") is row]
        if len(cells) < 2:
            continue
        name, ballot = _own_words(cells[0]), read_text(cells[-1])
        if name and ballot:
            yield name, ballot


def _own_words(cell: Tag) -> str:
    """Give a cell's words without those of a cell that was left inside it."""
    inner = {text for other in cell.find_all("td") for text in other.find_all(string=True)}
    return " ".join(" ".join(text for text in cell.find_all(string=True) if text not in inner).split())


def _read_between(table: Tag, page: BeautifulSoup) -> str:
    """Give the loose words between a vote's title and its table."""
    before = table.find_previous(["h4", "table"])
    if before is None or before.name != "h4":
        return ""
    words = []
    for node in before.next_elements:
        if node is table:
            break
        if isinstance(node, str) and before not in node.parents:
            words.append(str(node))
    return " ".join(" ".join(words).split())[:200]
