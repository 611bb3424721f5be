"""Put a list of actions into the words of a report: what was asked, what was counted, and a line an action."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from minutes_miner.domain.vocabulary import Status
from minutes_miner.store.search import ActionRow
from minutes_miner.web.linebreaking import shorten
from minutes_miner.web.originals import public_source
from minutes_miner.web.tracker import SHOWS, Tracker
from minutes_miner.web.wording import write_day, write_short_day, write_typed_day

MOST_WORDS = 1_200
MOST_NAMES = 240
MOST_SOURCE = 160
"""Signs of an action, of who must act, and of a source that are printed."""

_LABELS = (("council", "authority"), ("committee", "committee"), ("who must act", "owner"), ("words", "text"))


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold an action as the report prints it.

    Attributes:
        due: the deadline.
        late: days since then, where it is past and the action open; "done" where it is done.
        owners: who must act.
        words: of the action.
        where: the meeting and item that asked for it.
        source: name or address of the paper.
        source_address: where the paper is, if in public.
        address: the action's own page.
    """

    due: str
    late: str
    owners: str
    words: str
    where: str
    source: str
    source_address: str | None
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the actions of a committee."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Hold all that a report says.

    Attributes:
        site: name of the installation.
        told: the filters, in a sentence.
        made: when the report was made, in a sentence.
        counts: what was counted, with how many.
        left_out: what of the list is not in the report, in a sentence; blank where it is whole.
        groups: the actions.
        address: where the same list can be seen as it is now.
    """

    site: str
    told: str
    made: str
    counts: tuple[tuple[str, str], ...]
    left_out: str
    groups: tuple[Group, ...]
    address: str


def tell_filters(tracker: Tracker, on: date) -> str:
    """Put into a sentence which actions a list holds."""
    parts = [f"{SHOWS[tracker.show]}, as of {write_day(on)}"]
    parts += [f"{label}: {getattr(tracker, name)}" for label, name in _LABELS if getattr(tracker, name)]
    first, last = (f"{word} {write_typed_day(day)}" if day else "" for word, day in _days(tracker))
    if first or last:
        parts.append(" ".join(filter(None, ("deadline", first, last))))
    return "; ".join(parts) + "."


def _days(tracker: Tracker) -> tuple[tuple[str, str], ...]:
    return ("from", tracker.first), ("up to", tracker.last)


def group_rows(rows: Iterable[ActionRow], *, on: date, base: str) -> tuple[Group, ...]:
    """Group actions by council and committee, by name; within a group they keep their order.

    Args:
        rows: the actions.
        on: the day that overdue is told by.
        base: address that the actions' own pages begin with.
    """
    held = sorted(rows, key=_place)
    return tuple(
        Group(_name(*place), tuple(_enter(row, on, base) for row in group)) for place, group in groupby(held, _place)
    )


def _place(row: ActionRow) -> tuple[str, str]:
    return row.authority or "", row.committee or ""


def _name(authority: str, committee: str) -> str:
    return " – ".join(filter(None, (authority or "Council not named", committee)))


def _enter(row: ActionRow, on: date, base: str) -> Entry:
    """Write an action; what is too long for a table is cut, for its own page has it whole."""
    source = public_source(row.source)
    item = " ".join(filter(None, ("item", row.item_number, row.item_title)))
    meeting = f"Meeting of {write_short_day(row.meeting_date)}" if row.meeting_date else "Meeting of unknown date"
    return Entry(
        due=write_short_day(row.due_to) if row.due_to else shorten(row.due_text or "no date told", MOST_NAMES),
        late=_tell_late(row, on),
        owners=shorten(row.owners or "nobody is named", MOST_NAMES),
        words=shorten(row.text, MOST_WORDS),
        where=shorten(", ".join(filter(None, (meeting, item if item != "item" else ""))), MOST_NAMES),
        source=shorten(source, MOST_SOURCE),
        source_address=source if source.lower().startswith(("http://", "https://")) else None,
        address=f"{base}/actions/{row.id}",
    )


def _tell_late(row: ActionRow, on: date) -> str:
    if row.status == Status.DONE:
        return "done"
    return f"{(on - row.due_to).days:,}" if row.due_to and row.due_to < on else ""
