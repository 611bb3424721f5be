"""Write the register of decisions: what officers decided, and what executive meetings did."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from .item import Decision, Item
from .model import Meeting, Notice
from .vocabulary import POSTS
from .wording import MAKERS, Words


def make_officer_notices(root: str, *, first: date, years: int, yearly: int) -> list[Notice]:
    """Make the decisions of officers; each twentieth is published years after it was taken."""
    random = Random(f"{root}/officers")
    found = []
    for at in range(yearly * years):
        words = Words(f"{root}/officer/{at}", first + timedelta(days=random.randrange(0, years * 365)))
        delay = random.randrange(400, 1200) if at % 20 == 7 else random.randrange(1, 15)
        clause = MAKERS[words.one(["award", "grant", "authorise", "adopt", "paper"])](words)
        found.append(
            Notice(
                id=700_000 + at,
                title=clause.title,
                maker=random.choice(POSTS),
                decided=words.day,
                published=words.day + timedelta(days=delay),
                decisions=(Decision(clause.text, clause.kind),),
                is_key=at % 6 == 0,
                is_officer=True,
            )
        )
    return found


def make_meeting_notices(meeting: Meeting, items: Iterable[Item]) -> list[Notice]:
    """Make the entries of what a meeting decided, for executive bodies."""
    if meeting.is_cancelled or meeting.committee.kind != "executive":
        return []
    return [
        Notice(
            id=item.id,
            title=item.title,
            maker=meeting.committee.name,
            decided=meeting.day,
            published=meeting.day + timedelta(days=9),
            decisions=item.decisions,
            is_key=item.id % 3 == 0,
            is_officer=False,
            meeting=meeting.id,
            item=item.id,
        )
        for item in items
        if item.decisions and not item.decisions[0].procedural
    ]
