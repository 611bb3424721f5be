"""Read the times whose words name them in full."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import regex

from minutes_miner.annotate.anchor import Anchor, make_date, month_range, read_month, read_number, read_year
from minutes_miner.domain.vocabulary import Precision

SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}

Match = regex.Match[str]
Reading = tuple[date, date, Precision] | None
Reader = Callable[[Match, Anchor], Reading]


def _day(match: Match, anchor: Anchor) -> Reading:
    made = make_date(read_year(match["y"]), read_month(match["m"]), read_number(match["d"]))
    return (made, made, Precision.DAY) if made else None


def _days(match: Match, anchor: Anchor) -> Reading:
    month, last_day = read_month(match["m"]), read_number(match["d2"])
    near = anchor.near(month, last_day)
    year = read_year(match["y"]) if match["y"] else near.year if near else None
    if year is None:
        return None
    first, last = make_date(year, month, read_number(match["d"])), make_date(year, month, last_day)
    return (first, last, Precision.SPAN) if first and last and first < last else None


def read_whole_month(match: Match, anchor: Anchor) -> Reading:
    return (*month_range(read_year(match["y"]), read_month(match["m"])), Precision.MONTH)


def _quarter(match: Match, anchor: Anchor) -> Reading:
    words = match["q"].lower()
    quarter = ORDINALS.get(words) or int(words)
    year, month = int(match["y"]), quarter * 3 - 2
    if match["y2"]:
        year, month = (year, month + 3) if quarter < 4 else (year + 1, 1)
    return date(year, month, 1), month_range(year, month + 2)[1], Precision.QUARTER


def _season(match: Match, anchor: Anchor) -> Reading:
    first, last = SEASONS[match["s"].lower()]
    year = read_year(match["y"])
    return date(year, first, 1), month_range(year + (first > last), last)[1], Precision.SEASON


def _financial_year(match: Match, anchor: Anchor) -> Reading:
    first, second = int(match["y"]), int(match["y2"])
    years = (second - first) % 100
    if years == 1:
        return date(first, 4, 1), date(first + 1, 3, 31), Precision.FINANCIAL_YEAR
    if second > 99 or not 1 < years <= 10 or "/" in match.group():
        return None
    return date(first, 4, 1), date(first + years, 3, 31), Precision.SPAN


def _years(match: Match, anchor: Anchor) -> Reading:
    first, last = int(match["y"]), read_year(match["y2"])
    return (date(first, 1, 1), date(last, 12, 31), Precision.SPAN) if first < last <= first + 40 else None


def _year(match: Match, anchor: Anchor) -> Reading:
    year = int(match["y"])
    return date(year, 1, 1), date(year, 12, 31), Precision.YEAR


READERS: dict[str, Reader] = {
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
    "SEASON_YEARS": _season,
    "SEASON": _season,
    "MONTH": read_whole_month,
    "YEAR": _year,
}
"""One for each rule of ``patterns/times.jsonl`` that needs nothing but its own words."""
