"""Read the days that CMIS pages and the titles of their documents name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WRITTEN = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[\s_-]+(?:of\s+)?{_NAME}\.?,?[\s_-]+(\d{{4}}|\d\d(?!\d|:))", re.IGNORECASE
)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})[./_-](\d{1,2})[./_-](\d{4}|\d\d)(?!\d)")
_RUN = re.compile(r"(?<!\d)(\d\d)(\d\d)((?:19|20)\d\d|\d\d)(?!\d)")
_CELL = re.compile(
    rf"(?:(mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+{_NAME}(?:,?\s+(\d{{4}}))?",
    re.IGNORECASE,
)


def find_days(text: str) -> list[date]:
    """Give the days of a text that are written with a year, such as ``9 Jul 2026``, ``09/07/2026`` or ``09072026``."""
    return [day for day in _iter_days(text) if day is not None]


def read_cell(text: str, first: date) -> date | None:
    """Read the heading of a calendar's day, such as ``Monday, 8 June``.

    Args:
        text: the whole heading.
        first: the first day of the month that the calendar was asked for; cells at its edges are of other months.

    Returns:
        The day in the nearest year; None where the text is no such heading, or the day of the week does not fit.
    """
    match = _CELL.fullmatch(" ".join(text.split()))
    if match is None:
        return None
    month = _MONTHS.index(match[3].lower()) + 1
    turn = (month - first.month > 6) - (first.month - month > 6)
    day = _day(int(match[4]) if match[4] else first.year - turn, month, int(match[2]))
    if day is None or match[1] and _DAYS[day.weekday()] != match[1].lower():
        return None
    return day


def is_cell(text: str) -> bool:
    """Tell whether a text heads a calendar's day, whether or not its day of the week fits."""
    match = _CELL.fullmatch(" ".join(text.split()))
    return match is not None and match[1] is not None


def last_of_month(day: date) -> date:
    """Give the last day of a day's month."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def iter_months(since: date, until: date) -> Iterator[date]:
    """Give the first day of each month of a range."""
    first = since.replace(day=1)
    while first <= until:
        yield first
        first = date.fromordinal(last_of_month(first).toordinal() + 1)


def _iter_days(text: str) -> Iterator[date | None]:
    for match in _WRITTEN.finditer(text):
        yield _day(_year(match[3]), _MONTHS.index(match[2].lower()) + 1, int(match[1]))
    for match in _ISO.finditer(text):
        yield _day(int(match[1]), int(match[2]), int(match[3]))
    for pattern in (_FIGURES, _RUN):
        for match in pattern.finditer(text):
            yield _day(_year(match[3]), int(match[2]), int(match[1]))


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
