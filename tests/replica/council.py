"""Model a council: committees, years of meetings, what each decided, and the register of decisions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from random import Random

from .business import Business, make_members
from .entries import make_meeting_notices, make_officer_notices
from .item import Item, Member
from .model import Committee, Meeting, Notice, Stage, Truth
from .timetable import make_calendar, make_committees


@dataclass(frozen=True)
class Council:
    """Model a council; everything in it follows from these fields.

    Attributes:
        code: short and unique.
        name: as it calls itself.
        platform: ``moderngov`` or ``cmis``.
        committees: how many bodies it has.
        years: how far back its meetings go from ``today``; they are listed for sixty days ahead.
        seed: another seed makes another council.
        today: the day that the site is served on, at first.
        officer_decisions: notices a year that no meeting took; 0 for a register of meetings' decisions alone.
        is_drafted: whether minutes read as their drafts did where drafts are amended: one decision of each meeting of
            a body that is not executive is worded otherwise.
    """

    code: str
    name: str
    platform: str = "moderngov"
    committees: int = 10
    years: int = 6
    seed: int = 0
    today: date = date(2026, 10, 2)
    officer_decisions: int = 24
    is_drafted: bool = False

    @property
    def root(self) -> str:
        """What all random streams of this council begin with."""
        return f"{self.code}/{self.seed}"

    @property
    def first(self) -> date:
        """The first day that it has meetings of."""
        return date(self.today.year - self.years, self.today.month, 1)

    @cached_property
    def bodies(self) -> tuple[Committee, ...]:
        """Its committees; each seventh has expired half-way."""
        return make_committees(self.root, self.committees)

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Its councillors."""
        return make_members(self.root, 18)

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """All meetings, by day."""
        calendars = (make_calendar(self.root, body, first=self.first, today=self.today) for body in self.bodies)
        found = [meeting for calendar in calendars for meeting in calendar]
        return tuple(sorted(found, key=lambda meeting: (meeting.day, meeting.id)))

    @cached_property
    def by_id(self) -> dict[int, Meeting]:
        """Meetings by their ids."""
        return {meeting.id: meeting for meeting in self.meetings}

    def committee_members(self, committee: Committee) -> tuple[Member, ...]:
        """Give who sits on a committee."""
        return tuple(Random(f"{self.root}/{committee.id}").sample(self.members, 9))

    def guid(self, ident: int) -> str:
        """Give the id of an item or a decision in CMIS permalinks."""
        digits = hashlib.md5(f"{self.root}/{ident}".encode(), usedforsecurity=False).hexdigest()
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

    @cached_property
    def items_by_guid(self) -> dict[str, tuple[Meeting, Item]]:
        """All items of all meetings by their permalink ids."""
        return {self.guid(item.id): (meeting, item) for meeting in self.meetings for item in self.items(meeting)}

    def items(self, meeting: Meeting) -> tuple[Item, ...]:
        """Give what a meeting does; written when asked for."""
        return _items(self, meeting)

    def stage(self, meeting: Meeting, today: date) -> Stage:
        """Tell how far the papers of a meeting are on a day."""
        age = (today - meeting.day).days
        if meeting.is_cancelled or age < -6:
            return Stage.NOTHING
        if age < 9:
            return Stage.AGENDA
        following = meeting.following or meeting.day + timedelta(days=60)
        return Stage.APPROVED if today >= following + timedelta(days=3) else Stage.DRAFT

    def notices(self) -> tuple[Notice, ...]:
        """Give the register of decisions: officers' and those of executive meetings."""
        return _notices(self)

    def truth(self, today: date | None = None, amends: bool = False) -> list[Truth]:
        """Give every decision that is published on a day, each once, whatever the number of places that state it.

        Args:
            today: the day; the council's own where it is not given.
            amends: whether drafts are worded otherwise than what is approved (``Quirks.amends``).
        """
        today = today or self.today
        drafts = replace(self, is_drafted=True) if amends else self
        found = []
        for meeting in self.meetings:
            stage = self.stage(meeting, today)
            if stage in (Stage.DRAFT, Stage.APPROVED):
                items = drafts.items(meeting) if stage is Stage.DRAFT else self.items(meeting)
                found += [truth for item in items for truth in _tell(meeting, item)]
        if self.officer_decisions:
            published = (one for one in self.notices() if one.published <= today)
            found += [truth for notice in published for truth in _tell_notice(self, notice)]
        return found


@lru_cache(maxsize=20_000)
def _items(council: Council, meeting: Meeting) -> tuple[Item, ...]:
    business = Business(
        f"{council.root}/{meeting.id}",
        meeting.day,
        kind=meeting.committee.kind,
        members=council.committee_members(meeting.committee),
        first_id=meeting.id * 50,
    )
    following = meeting.following or meeting.day + timedelta(days=60)
    minute = meeting.id % 97 + 1
    items = business.write(minute, meeting.committee.name, meeting.previous, following)
    if council.is_drafted and meeting.committee.kind != "executive":
        at = next(at for at, item in enumerate(items) if item.decisions and not item.decisions[0].procedural)
        items[at] = _amend(items[at])
    return tuple(items)


@lru_cache(maxsize=64)
def _notices(council: Council) -> tuple[Notice, ...]:
    taken = ((one, council.items(one)) for one in council.meetings)
    found = [notice for meeting, items in taken for notice in make_meeting_notices(meeting, items)]
    found += make_officer_notices(
        council.root, first=council.first, years=council.years, yearly=council.officer_decisions
    )
    return tuple(sorted(found, key=lambda notice: (notice.published, notice.id)))


def _amend(item: Item) -> Item:
    """Give an item as the draft had it, its first decision worded otherwise."""
    first, *others = item.decisions
    worded = replace(first, text=f"{first.text}, subject to the comments made at the meeting")
    return replace(item, decisions=(worded, *others))


def _tell(meeting: Meeting, item: Item) -> list[Truth]:
    name = meeting.committee.name
    return [
        Truth(
            meeting.key, meeting.day, name, f"{item.minute}.", item.title, one.text, one.kind, one.procedural, item.vote
        )
        for one in item.decisions
    ]


def _tell_notice(council: Council, notice: Notice) -> list[Truth]:
    if notice.meeting is not None:
        return []
    key = f"decision/{council.guid(notice.id) if council.platform == 'cmis' else notice.id}"
    return [
        Truth(key, notice.decided, notice.maker, "", notice.title, one.text, one.kind, one.procedural)
        for one in notice.decisions
    ]
