"""Find expressions that name a time: one rule of ``patterns/times.jsonl`` a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import regex

from minutes_miner.annotate.anchor import (
    MONTHS,
    Anchor,
    make_date,
    month_range,
    read_month,
    read_number,
    read_weekday,
    read_year,
)
from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.annotate.runs import Run, find_runs
from minutes_miner.domain.finding import Time
from minutes_miner.domain.vocabulary import Precision

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
_SHIFT = {"last": -1, "this": 0, "next": 1}

Match = regex.Match[str]
Reading = tuple[date, date, Precision] | None


def find_times(text: str, anchor: Anchor) -> list[Time]:
    """Find every expression that names a time, each mention, in order.

    Day and month without a year are those nearest to the anchor; what can't be resolved is left out.

    Args:
        text: any text.
        anchor: what relative expressions rest on.

    Returns:
        Times that do not overlap; the rule that stands first in the grammar wins.
    """
    found: list[Time] = []
    taken = bytearray(len(text))
    for run in find_runs(text):
        for rule, match in _iter_matches(text, run):
            start, end = match.span()
            if any(taken[start:end]) or _is_excluded(text, match):
                continue
            reading = _READERS[rule](match, anchor)
            if reading:
                taken[start:end] = b"\x01" * (end - start)
                end -= match.group().endswith(".")
                found.append(Time(start, end, *reading))
    return sorted(found, key=lambda time: time.start)


def _iter_matches(text: str, run: Run) -> Iterator[tuple[str, Match]]:
    """Give what each rule matches in a run, the rules in the grammar's order."""
    for rule, phrase in load_phrases("times").items():
        if phrase.can_match(run.clues):
            for match in phrase.finditer(text, run.start, run.end):
                yield rule, match


def _is_excluded(text: str, match: Match) -> bool:
    """Tell whether what reads as a time is none: a year of an Act, the verb "may", a street's name."""
    phrases = load_phrases("dates")
    before = text[max(0, match.start() - 40) : match.start()]
    after = text[match.end() : match.end() + 30]
    words = match.group().rstrip(".")
    parts = match.groupdict()
    if parts.get("m") and not parts.get("d") and phrases["AFTER_A_DAY"].search(before):
        return True
    if words.isdigit() and len(words) == 4:
        return bool(phrases["NOT_A_YEAR_BEFORE"].search(before) or phrases["NOT_A_YEAR_AFTER"].match(after))
    if words.lower() in {"may", "march", "jan"}:
        return not (phrases["MONTH_BEFORE"].search(before) or phrases["MONTH_AFTER"].match(after))
    if words.lower() in MONTHS and phrases["A_NAME_AFTER"].match(after):
        return True
    return words[0].isdigit() and "." in words and bool(phrases["NOT_A_DATE_AFTER"].match(after))


def _day(match: Match, anchor: Anchor) -> Reading:
    made = make_date(read_year(match["y"]), read_month(match["m"]), read_number(match["d"]))
    return (made, made, Precision.DAY) if made else None


def _bare_day(match: Match, anchor: Anchor) -> Reading:
    ahead = load_phrases("dates")["AHEAD"].search(match.string, max(0, match.start() - 400), match.start())
    month, day = read_month(match["m"]), read_number(match["d"])
    made = anchor.near(month, day, weekday=read_weekday(match.group()), ahead=bool(ahead))
    shift = match.groupdict().get("rel")
    if made and shift and anchor.day:
        made = make_date(anchor.day.year + _SHIFT[shift.lower()], month, day)
    return (made, made, Precision.DAY) if made else None


def _days(match: Match, anchor: Anchor) -> Reading:
    month, last_day = read_month(match["m"]), read_number(match["d2"])
    near = anchor.near(month, last_day)
    year = read_year(match["y"]) if match["y"] else near.year if near else None
    if year is None:
        return None
    first, last = make_date(year, month, read_number(match["d"])), make_date(year, month, last_day)
    return (first, last, Precision.SPAN) if first and last and first < last else None


def _weekday(match: Match, anchor: Anchor) -> Reading:
    weekday = read_weekday(match.group())
    made = anchor.find_weekday(weekday, int(match["d"])) if weekday is not None else None
    return (made, made, Precision.DAY) if made else None


def _month(match: Match, anchor: Anchor) -> Reading:
    return (*month_range(read_year(match["y"]), read_month(match["m"])), Precision.MONTH)


def _bare_month(match: Match, anchor: Anchor) -> Reading:
    phrases = load_phrases("dates")
    before = match.string[max(0, match.start() - 20) : match.start()]
    meeting = phrases["MEETING_AFTER"].match(match.string, match.end())
    ahead = phrases["BY"].search(before) or (meeting and phrases["TOWARDS"].search(before))
    near = anchor.near(read_month(match["m"]), ahead=bool(ahead))
    if near is None or anchor.day is None:
        return None
    year = anchor.day.year + _SHIFT[match["rel"].lower()] if match["rel"] else near.year
    return (*month_range(year, near.month), Precision.MONTH)


def _quarter(match: Match, anchor: Anchor) -> Reading:
    words = match["q"].lower()
    quarter = _ORDINALS.get(words) or int(words)
    year, month = int(match["y"]), quarter * 3 - 2
    if match["y2"]:
        year, month = (year, month + 3) if quarter < 4 else (year + 1, 1)
    return date(year, month, 1), month_range(year, month + 2)[1], Precision.QUARTER


def _season(match: Match, anchor: Anchor) -> Reading:
    first, last = _SEASONS[match["s"].lower()]
    year = read_year(match["y"])
    return date(year, first, 1), month_range(year + (first > last), last)[1], Precision.SEASON


def _financial_year(match: Match, anchor: Anchor) -> Reading:
    first, second = int(match["y"]), int(match["y2"])
    if second % 100 != (first + 1) % 100:
        return None
    return date(first, 4, 1), date(first + 1, 3, 31), Precision.FINANCIAL_YEAR


def _years(match: Match, anchor: Anchor) -> Reading:
    first, last = int(match["y"]), read_year(match["y2"])
    return (date(first, 1, 1), date(last, 12, 31), Precision.SPAN) if first < last <= first + 40 else None


def _year(match: Match, anchor: Anchor) -> Reading:
    year = int(match["y"])
    return date(year, 1, 1), date(year, 12, 31), Precision.YEAR


_READERS: dict[str, Callable[[Match, Anchor], Reading]] = {
    "ISO": _day,
    "NUMERIC_DAYS": _days,
    "NUMERIC": _day,
    "DAYS": _days,
    "FULL": _day,
    "MONTH_FIRST": _day,
    "LISTED": _day,
    "QUARTER": _quarter,
    "FINANCIAL": _financial_year,
    "YEARS": _years,
    "SEASON": _season,
    "LISTED_BARE": _bare_day,
    "BARE_DAY": _bare_day,
    "MONTH": _month,
    "BARE_DAY_LAST": _bare_day,
    "BARE_MONTH": _bare_month,
    "WEEKDAY": _weekday,
    "YEAR": _year,
}
