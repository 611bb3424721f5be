"""Put the rows of decisions together into meetings and agenda items, one council's day at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from minutes_miner.domain.dataset import Row


@dataclass(frozen=True, slots=True)
class Item:
    """Hold an agenda item with its decisions, in order; number and title are None where the minutes tell none."""

    number: str | None
    title: str | None
    decisions: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """Hold a meeting with the items on which something was decided."""

    authority: str | None
    committee: str | None
    day: date | None
    documents: tuple[Row, ...]
    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        """The name to show."""
        return " ".join(filter(None, (self.committee or self.authority, str(self.day or "")))) or "unknown meeting"

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from others: a meeting without a day is that of its paper."""
        named = (self.authority, self.committee, self.day or self.documents[0]["document_id"])
        return tuple(str(part or "") for part in named)


def iter_meetings(rows: Iterable[Row]) -> Iterator[Meeting]:
    """Group the rows of decisions, which are sorted by authority and day, into meetings.

    Decisions that another paper of the same meeting states too are told once.
    """
    for (authority, day, _), found in groupby(rows, _day_of):
        bodies: dict[object, list[Row]] = {}
        for row in found:
            if row["same_as"] is None:
                bodies.setdefault(row["committee"], []).append(row)
        for committee, held in bodies.items():
            papers: dict[object, Row] = {}
            for row in held:
                papers.setdefault(row["document_id"], row)
            named = (_text(authority), _text(committee), day if isinstance(day, date) else None)
            yield Meeting(*named, tuple(papers.values()), tuple(_items(held)))


def _day_of(row: Row) -> tuple[object, object, object]:
    return row["authority"], row["meeting_date"], None if row["meeting_date"] else row["document_id"]


def _items(rows: Iterable[Row]) -> Iterator[Item]:
    items: dict[tuple[object, object], list[Row]] = {}
    for row in rows:
        items.setdefault((row["item_number"], row["item_title"]), []).append(row)
    for (number, title), held in items.items():
        yield Item(_text(number), _text(title), tuple(held))


def _text(value: object) -> str | None:
    return str(value) if value else None


def find_url(row: Row) -> str | None:
    """Give the address of a row's paper, where it has one on the web."""
    places = (str(place) for place in (row["url"], row["source"]) if place)
    return next((place for place in places if place.startswith(("https://", "http://"))), None)
