"""Resolve words that say when a task is due, counted from the day of the meeting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import regex

from minutes_miner.annotate.anchor import Anchor, make_date, month_range, read_number, read_weekday
from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.annotate.tally import read_count

_WEEK = 7

Range = tuple[date, date]
Reader = Callable[[regex.Match[str], date], "Range | None"]


def read_deadline(words: str, anchor: Anchor) -> Range | None:
    """Give the first and last day of words such as "by Friday", "within 28 days" or "this month".

    Args:
        words: as written.
        anchor: the day of the meeting.

    Returns:
        The range, or None where the meeting's day is not known or the words do not tell it.
    """
    if not anchor.is_meeting or anchor.day is None:
        return None
    for label, read in _READERS.items():
        match = load_phrases("due")[label].search(words)
        if match:
            return read(match, anchor.day)
    return None


def _count(match: regex.Match[str]) -> int:
    word = match["n"].lower()
    return 1 if word in {"a", "an"} else read_count(word)


def _span(match: regex.Match[str], meeting: date) -> Range | None:
    """Read "within 28 days" as that day; "in six months" as the month then."""
    unit, count = match["unit"].lower(), _count(match)
    if match.group().lower().startswith("within") or unit in {"day", "week", "fortnight"}:
        if match["working"]:
            return None
        days = {"day": 1, "week": _WEEK, "fortnight": 2 * _WEEK}
        day = meeting + timedelta(days=days[unit] * count) if unit in days else _add_months(meeting, unit, count)
        return (day, day) if day else None
    then = _add_months(meeting.replace(day=1), unit, count)
    return month_range(then.year, then.month) if then else None


def _add_months(day: date, unit: str, count: int) -> date | None:
    months = day.month - 1 + count * (12 if unit == "year" else 1)
    return make_date(day.year + months // 12, months % 12 + 1, day.day)


def _weekday(match: regex.Match[str], meeting: date) -> Range | None:
    """Read "by Friday" as the next Friday after the meeting, "by Friday week" as the one after that."""
    weekday = read_weekday(match["day"])
    if weekday is None:
        return None
    day = meeting + timedelta(days=(weekday - meeting.weekday() - 1) % _WEEK + 1 + (_WEEK if match["week"] else 0))
    return day, day


def _day_of_month(match: regex.Match[str], meeting: date) -> Range | None:
    """Read "by the 13th" and "by Fri 12/4" as the first such day from the meeting on."""
    month = int(match["m"]) if match["m"] else meeting.month
    for shift in range(13):
        here = (month - 1 + shift) % 12 + 1
        day = make_date(meeting.year + (month - 1 + shift) // 12, here, read_number(match["d"]))
        if day and day >= meeting and (not match["m"] or here == month):
            return day, day
    return None


def _shifted(days: int) -> Reader:
    return lambda match, meeting: (meeting + timedelta(days=days), meeting + timedelta(days=days))


def _week(match: regex.Match[str], meeting: date) -> Range:
    monday = meeting - timedelta(days=meeting.weekday()) + timedelta(days=_WEEK if match["next"] else 0)
    return monday, monday + timedelta(days=_WEEK - 1)


def _week_end(match: regex.Match[str], meeting: date) -> Range:
    sunday = meeting + timedelta(days=_WEEK - 1 - meeting.weekday())
    return sunday, sunday


def _weekend(match: regex.Match[str], meeting: date) -> Range:
    saturday = meeting + timedelta(days=(5 - meeting.weekday()) % _WEEK)
    return saturday, saturday + timedelta(days=1)


def _month(match: regex.Match[str], meeting: date) -> Range | None:
    then = _add_months(meeting.replace(day=1), "month", 1 if match["next"] else 0)
    return month_range(then.year, then.month) if then else None


def _christmas(match: regex.Match[str], meeting: date) -> Range:
    day = date(meeting.year + (meeting > date(meeting.year, 12, 25)), 12, 25)
    return day, day


def _year_end(match: regex.Match[str], meeting: date) -> Range:
    return date(meeting.year, 12, 31), date(meeting.year, 12, 31)


_READERS: dict[str, Reader] = {
    "SPAN": _span,
    "DAY_OF_MONTH": _day_of_month,
    "WEEK_END": _week_end,
    "ON_WEEKDAY": _weekday,
    "WEEKEND": _weekend,
    "NEXT_DAY": _shifted(1),
    "SAME_DAY": _shifted(0),
    "THE_WEEK": _week,
    "THE_MONTH": _month,
    "CHRISTMAS": _christmas,
    "END_OF_YEAR": _year_end,
}
