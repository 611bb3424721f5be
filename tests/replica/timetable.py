"""Make a council's committees and the calendar of their meetings."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from .model import Committee, Meeting

BODIES = (
    ("Council", "other", 6),
    ("Cabinet", "executive", 11),
    ("Planning Committee", "planning", 12),
    ("Overview and Scrutiny Committee", "scrutiny", 9),
    ("Audit and Governance Committee", "other", 5),
    ("Licensing Committee", "other", 6),
    ("Health and Wellbeing Board", "other", 5),
    ("Housing Scrutiny Panel", "scrutiny", 7),
    ("Transport Committee", "executive", 8),
    ("Staffing Committee", "other", 4),
    ("Pension Fund Committee", "other", 4),
    ("Area Committee (North)", "executive", 6),
)
"""Names of committees, their kinds and how many times a year they meet."""


def make_committees(root: str, count: int) -> tuple[Committee, ...]:
    """Make so many committees; each seventh has expired half-way."""
    start = Random(f"{root}/bodies").randrange(100, 400)
    return tuple(
        Committee(start + 3 * at, _name(at), BODIES[at % len(BODIES)][1], BODIES[at % len(BODIES)][2], at % 7 == 6)
        for at in range(count)
    )


def _name(at: int) -> str:
    name, again = BODIES[at % len(BODIES)][0], at // len(BODIES)
    return f"{name} {again + 1}" if again else name


def make_calendar(root: str, committee: Committee, *, first: date, today: date) -> list[Meeting]:
    """Make the meetings of a committee, by day, from ``first`` to a year after ``today``."""
    random = Random(f"{root}/{committee.id}/calendar")
    last = first + (today - first) / 2 if committee.is_expired else today + timedelta(days=365)
    step, day, days = 365 / committee.yearly, first + timedelta(days=random.randrange(0, 25)), []
    while day <= last:
        shift = timedelta(days=random.randrange(0, 5) - day.weekday())
        if day + shift >= first:
            days.append(day + shift)
        day += timedelta(days=step * random.uniform(0.85, 1.15))
    return _number(committee, days, random)


def _number(committee: Committee, days: list[date], random: Random) -> list[Meeting]:
    cancelled = [random.random() < 0.05 for _ in days]
    found: list[Meeting] = []
    held: tuple[int, date] | None = None
    for at, (day, is_cancelled) in enumerate(zip(days, cancelled, strict=True)):
        ident = committee.id * 1000 + at * 7
        ahead = zip(days[at + 1 :], cancelled[at + 1 :], strict=True)
        following = next((later for later, is_gone in ahead if not is_gone), None)
        agenda = ident + (500 if at % 5 == 3 else 0)
        hour = random.choice([10, 14, 18, 19])
        venue = random.choice(["Council Chamber", "Committee Room 1", "Guildhall", "Committee Rooms 3 & 4"])
        found.append(Meeting(ident, agenda, committee, day, hour, venue, is_cancelled, held, following))
        held = held if is_cancelled else (ident, day)
    return found
