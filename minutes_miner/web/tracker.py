"""Hold what a reader of the actions tracker asks for, between the address and the store's filter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Self
from urllib.parse import urlencode

from minutes_miner.domain.vocabulary import Status
from minutes_miner.store.search import ActionFilter
from minutes_miner.web.asking import Params, read_day

_DAY = timedelta(days=1)


class Show(StrEnum):
    """Say which actions are listed."""

    OVERDUE = "overdue"
    COMING = "coming"
    UNDATED = "undated"
    DONE = "done"
    OPEN = "open"
    ALL = "all"


SHOWS = {
    Show.OVERDUE: "Overdue",
    Show.COMING: "Due on the day or later",
    Show.UNDATED: "Open, no date told",
    Show.DONE: "Done",
    Show.OPEN: "All that are open",
    Show.ALL: "All",
}
_STATUS = {Show.COMING: Status.OPEN, Show.UNDATED: Status.OPEN, Show.OPEN: Status.OPEN, Show.DONE: Status.DONE}


@dataclass(frozen=True, slots=True)
class Tracker:
    """Hold a list of actions as its address tells it; days and names as they were typed.

    Attributes:
        text: words of the action.
        authority, committee, owner: parts of names.
        show: which of them are listed.
        on: the day that overdue is told by; blank for today.
        first, last: days between which the deadline lies.
        after: token of the page before.
        is_print: whether all is listed on one page.
    """

    text: str = ""
    authority: str = ""
    committee: str = ""
    owner: str = ""
    show: Show = Show.OVERDUE
    on: str = ""
    first: str = ""
    last: str = ""
    after: str = ""
    is_print: bool = False

    @classmethod
    def read(cls, params: Params) -> Self:
        """Read an address's parameters; a list that there is not is the usual one."""
        told = {name: (params.get(key) or "").strip() for name, key in _NAMES.items()}
        show = params.get("show") or ""
        return cls(
            **told,
            show=Show(show) if show in SHOWS else Show.OVERDUE,
            after=params.get("after") or "",
            is_print=bool(params.get("print")),
        )

    def pairs(self) -> list[tuple[str, str]]:
        """Give the names and values of the address, without those that say nothing."""
        found = [(key, getattr(self, name)) for name, key in _NAMES.items()]
        found.insert(4, ("show", "" if self.show == Show.OVERDUE else self.show.value))
        found += [("after", self.after), ("print", "1" if self.is_print else "")]
        return [(key, value) for key, value in found if value]

    def address(self, path: str = "/actions") -> str:
        """Give the address of this list."""
        pairs = self.pairs()
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def having(self, **changes: str | Show | bool) -> Tracker:
        """Give the list with something changed, from its first page."""
        return replace(self, **{"after": "", **changes})  # type: ignore[arg-type]

    @property
    def is_latest_first(self) -> bool:
        """Whether the latest deadline comes first, as where all lie behind."""
        return self.show in {Show.OVERDUE, Show.DONE}

    def day(self, today: date) -> date:
        """Give the day that overdue is told by.

        Raises:
            StoreError: it is none.
        """
        return read_day(self.on, "the day") or today

    def filter(self, today: date) -> ActionFilter:
        """Give what to ask the store for.

        Raises:
            StoreError: a day can't be understood.
        """
        on = self.day(today)
        first, last = read_day(self.first, "the first day"), read_day(self.last, "the last day")
        earliest = max(filter(None, (first, on if self.show == Show.COMING else None)), default=None)
        return ActionFilter(
            query=self.text or None,
            authority=self.authority or None,
            committee=self.committee or None,
            owner=self.owner or None,
            overdue_on=on if self.show == Show.OVERDUE else None,
            status=_STATUS.get(self.show),
            has_due=False if self.show == Show.UNDATED else None,
            due_after=earliest - _DAY if earliest and earliest > date.min else None,
            due_before=last + _DAY if last and last < date.max else None,
        )

    def feed_address(self, today: date) -> str:
        """Give the address of the calendar with these actions; its names are those of the programs' interface."""
        wanted = self.filter(today)
        names = ("authority", "committee", "owner", "due_after", "due_before", "overdue_on", "status")
        told: Mapping[str, object] = {"q": wanted.query, **{name: getattr(wanted, name) for name in names}}
        pairs = [(name, str(value)) for name, value in told.items() if value]
        return f"/actions.ics?{urlencode(pairs)}" if pairs else "/actions.ics"


_NAMES = {
    "text": "q",
    "authority": "authority",
    "committee": "committee",
    "owner": "owner",
    "on": "on",
    "first": "from",
    "last": "to",
}
"""What attributes are called in an address."""
