"""Settle the years of the dates of one list or range: "25 March to 8 June", "23 March, 22 June, 23 November 2023"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from minutes_miner.annotate.anchor import Anchor, make_date, month_range
from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.domain.finding import Time
from minutes_miner.domain.vocabulary import Precision

Found = tuple[Time, bool]
"""A time, and whether its year was left out."""
_FEWEST = 3
"""Days of a list for which a year named before it holds."""
_BEFORE = 160
_KINDS = {Precision.DAY, Precision.MONTH}


def settle_years(text: str, found: list[Found], anchor: Anchor) -> list[Time]:
    """Give times in order, where those of one list follow one another within a year.

    Args:
        text: the text they stand in.
        found: times in order, and whether their years were left out.
        anchor: the day of the meeting.
    """
    settled: list[Time] = []
    for group in _lists(text, found):
        year = _find_year(text, group)
        if year is not None:
            settled += _set_year(group, year)
        else:
            settled += _settle(group, anchor.day) if len(group) > 1 and anchor.day else [time for time, _ in group]
    return settled


def _find_year(text: str, group: list[Found]) -> int | None:
    """Give the year that the words before a list of days name: "dates for the meetings in 2019:"."""
    if len(group) < _FEWEST or not all(without for _, without in group):
        return None
    start = group[0][0].start
    told = load_phrases("dates")["YEAR_TOLD"].search(text[max(0, start - _BEFORE) : start])
    return int(told["y"]) if told else None


def _set_year(group: list[Found], year: int) -> list[Time]:
    """Give the times of a list from a year on."""
    first = group[0][0]
    made = first.first and make_date(year, first.first.month, first.first.day)
    times = [replace(first, first=made, last=made) if made and first.precision is Precision.DAY else first]
    for time, _ in group[1:]:
        times.append(_move(time, times[-1], later=True))
    return times


def _lists(text: str, found: list[Found]) -> Iterator[list[Found]]:
    """Give the dates that stand in one list, one by one where they stand alone."""
    gap = load_phrases("dates")["RANGE_GAP"]
    group: list[Found] = []
    for item in found:
        if group:
            last = group[-1][0]
            joined = item[0].start - last.end < 12 and gap.match(text[last.end : item[0].start])
            if not joined or item[0].precision not in _KINDS or last.precision not in _KINDS:
                yield group
                group = []
        group.append(item)
    if group:
        yield group


def _settle(group: list[Found], meeting: date) -> list[Time]:
    times = [time for time, _ in group]
    bare = [without for _, without in group]
    days = [time.first for time in times if time.first]
    if len(days) < len(times) or not any(bare):
        return times
    fixed = [index for index, without in enumerate(bare) if not without]
    if not fixed and (all(day <= meeting for day in days) or days == sorted(days) and days[0] > meeting):
        return times
    pivot = fixed[-1] if fixed else min(range(len(days)), key=lambda index: abs((days[index] - meeting).days))
    for index in range(pivot - 1, -1, -1):
        if bare[index]:
            times[index] = _move(times[index], times[index + 1], later=False)
    for index in range(pivot + 1, len(times)):
        if bare[index]:
            times[index] = _move(times[index], times[index - 1], later=True)
    return times


def _move(time: Time, beside: Time, *, later: bool) -> Time:
    """Give a time in the year in which it comes next after, or last before, the one beside it."""
    if time.first is None or beside.first is None:
        return time
    own, other = (time.first.month, time.first.day), (beside.first.month, beside.first.day)
    year = beside.first.year + (later and own < other) - (not later and own > other)
    if time.precision is Precision.MONTH:
        first, last = month_range(year, time.first.month)
        return replace(time, first=first, last=last)
    made = make_date(year, *own)
    return replace(time, first=made, last=made) if made else time
