"""Resolve what a writer left out of a date."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.annotate.runs import find_runs
from minutes_miner.annotate.tenses import Tense

MONTHS = "january february march april may june july august september october november december".split()
_AHEAD = {Tense.PAST: 9.0, Tense.BACK: 2.0, Tense.OPEN: 0.75, Tense.AHEAD: 0.3, Tense.FUTURE: 0.1}
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


class Anchor:
    """Resolve days and months without a year against the day of the meeting, or else the days that the text names.

    Args:
        meeting: the day of the meeting, if known.
        text: the text, searched for full dates where the meeting's day is not known.
    """

    def __init__(self, meeting: date | None, text: str = "") -> None:
        self.day = meeting or _usual_day(text)
        self.is_meeting = meeting is not None

    def near(
        self, month: int, day: int | None = None, *, weekday: int | None = None, tense: Tense = Tense.OPEN
    ) -> date | None:
        """Give the nearest occurrence of a day or month.

        Args:
            month: from 1 to 12.
            day: of the month, or None for the month as a whole.
            weekday: Monday is 0; only such days are taken, where there are any.
            tense: whether it lies behind the meeting or before it, as far as words tell.
        """
        anchor = self.day
        if anchor is None:
            return None
        years = range(anchor.year - 2, anchor.year + 3)
        options = [made for year in years if (made := make_date(year, month, day or 15))]
        if weekday is not None:
            options = [made for made in options if made.weekday() == weekday] or options
        if self.is_meeting and tense is Tense.FUTURE:
            options = [made for made in options if made >= anchor] or options
        if self.is_meeting and tense is Tense.PAST:
            limit = anchor if day else month_range(anchor.year, anchor.month)[1]
            options = [made for made in options if made <= limit] or options
        return min(options, key=lambda made: _distance(made, anchor, tense), default=None)

    def find_weekday(self, weekday: int, day: int) -> date | None:
        """Give the day such as "Monday 12th" in the four weeks from the meeting on."""
        if self.day is None or not self.is_meeting:
            return None
        days = (self.day + timedelta(days=shift) for shift in range(-3, 29))
        return next((made for made in days if made.day == day and made.weekday() == weekday), None)

    def find_day(self, day: int, *, back: bool = False) -> date | None:
        """Give the nearest day such as "the 28th" after the meeting, or at or before it."""
        if self.day is None or not self.is_meeting:
            return None
        days = (self.day + timedelta(days=-shift if back else shift) for shift in range(not back, 62))
        return next((made for made in days if made.day == day), None)


def make_date(year: int, month: int, day: int) -> date | None:
    """Give a day, or None where it is in no calendar."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_range(year: int, month: int) -> tuple[date, date]:
    """Give the first and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def read_month(word: str) -> int:
    """Give the number of a month as written, in figures or letters."""
    if word.isdigit():
        return int(word)
    return next(number for number, name in enumerate(MONTHS, 1) if name.startswith(word.lower()[:3]))


def read_number(word: str) -> int:
    """Give the number in "3rd" or "9 th"."""
    return int("".join(filter(str.isdigit, word)))


def read_year(word: str) -> int:
    """Give the year of "2024", "\u201924" or "24"."""
    number = read_number(word)
    return number if number > 99 else number + (2000 if number < 70 else 1900)


def read_weekday(words: str) -> int | None:
    """Give the weekday that words begin with, Monday is 0."""
    head = words.lower()[:3]
    return next((number for number, name in enumerate(_DAYS) if name.startswith(head)), None)


def _distance(made: date, anchor: date, tense: Tense) -> float:
    """Give how far a day is: one ahead counts as a quarter nearer, since meetings plan more than they look back."""
    days = (made - anchor).days
    return days * _AHEAD[tense] if days > 0 else -days


def _usual_day(text: str) -> date | None:
    """Give the middle one of the days that a text names in full."""
    for rule in ("FULL", "NUMERIC", "SHORT_YEAR"):
        phrase = load_phrases("times")["NUMERIC" if rule == "SHORT_YEAR" else rule]
        runs = (run for run in find_runs(text) if phrase.can_match(run.clues))
        matches = (match for run in runs for match in phrase.finditer(text, run.start, run.end))
        days = (
            make_date(read_year(match["y"]), read_month(match["m"]), read_number(match["d"]))
            for match in matches
            if rule != "NUMERIC" or len(match["y"]) == 4
        )
        found = sorted(day for day in days if day)
        if found:
            return found[len(found) // 2]
    return None
