"""Give each decision a number that sorts as a reader reads: by day, then by document, then by place in it.

A number holds, from its highest bit down, 22 bits of the meeting's day (0 where it is unknown), 20 bits of the
document's slot and 11 bits of the decision's place, the last two turned round. Counting down from the highest number is
therefore the list "newest first", with each document's decisions in its own order. A full-text index keeps its hits by
that number, so that a page of the newest hits, wherever it begins, costs no more than the rows on it; a range of days
is a range of numbers. Numbers stay below 2 ** 53, so that JavaScript reads them exactly.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from minutes_miner.errors import StoreError
from minutes_miner.store.tables import decisions

_SLOT_BITS, _PLACE_BITS = 20, 11
_SLOTS, _PLACES = 1 << _SLOT_BITS, 1 << _PLACE_BITS
_DAY = _SLOTS * _PLACES

DATED = _DAY
"""The lowest number of a decision whose day is known."""

HIGHEST = (1 << 53) - 1


def first_number(day: date) -> int:
    """Give the lowest number of a day."""
    return day.toordinal() * _DAY


def last_number(day: date) -> int:
    """Give the highest number of a day."""
    return first_number(day) + _DAY - 1


def number_of(day: date | None, slot: int, place: int) -> int:
    """Give the number of the decision at a place (from 0) of the document in a slot."""
    further, within = divmod(place, _PLACES)
    slot = (slot - further) % _SLOTS
    return (day.toordinal() if day else 0) * _DAY + slot * _PLACES + (_PLACES - 1 - within)


def document_numbers(number: int) -> tuple[int, int]:
    """Give the lowest and the highest number in a number's slot."""
    first = number // _PLACES * _PLACES
    return first, first + _PLACES - 1


def slot_of(document: str) -> int:
    """Give the slot that a document's id asks for; the lowest id has the highest."""
    return _SLOTS - 1 - int(document[:5], 16)


def find_slot(connection: Connection, document: str, day: date | None, count: int) -> int:
    """Find slots for a document's decisions that no other document of the day has.

    Args:
        connection: inside the transaction that will insert them.
        document: the document's id.
        day: of its meeting.
        count: of its decisions.

    Returns:
        The first slot to give to :func:`number_of`.

    Raises:
        StoreError: the day is full.
    """
    wanted = slot_of(document)
    needed = range(0, max(count, 1), _PLACES)
    for step in range(_SLOTS):
        slot = (wanted - step) % _SLOTS
        if not any(_is_taken(connection, document, number_of(day, slot, place)) for place in needed):
            return slot
    raise StoreError(f"too many documents of one day ({day})", advice="report it: it should never happen")


def _is_taken(connection: Connection, document: str, highest: int) -> bool:
    """Tell whether another document has a number in the slot whose highest number this is."""
    in_slot = decisions.c.number.between(*document_numbers(highest))
    return connection.scalar(select(decisions.c.id).where(in_slot, decisions.c.document_id != document)) is not None
