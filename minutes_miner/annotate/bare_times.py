"""Read the times that leave something out, mostly the year: "12 March", "in the autumn", "by the 28th"."""

from __future__ import annotations

from datetime import date

from minutes_miner.annotate.anchor import (
    Anchor,
    make_date,
    month_range,
    read_month,
    read_number,
    read_weekday,
    read_year,
)
from minutes_miner.annotate.phrases import load_phrases, read_clues
from minutes_miner.annotate.readings import ORDINALS, SEASONS, Match, Reader, Reading, read_whole_month
from minutes_miner.annotate.tenses import Tense, read_tense
from minutes_miner.domain.vocabulary import Precision

_SHIFT = {"last": -1, "this": 0, "next": 1}
_FAR = 400
"""Characters before a date within which its list can be said to be of meetings to come."""


def _bare_day(match: Match, anchor: Anchor) -> Reading:
    month, day = read_month(match["m"]), read_number(match["d"])
    made = anchor.near(month, day, weekday=read_weekday(match.group()), tense=_tense(match))
    shift = match.groupdict().get("rel")
    if made and shift and anchor.day:
        made = make_date(anchor.day.year + _SHIFT[shift.lower()], month, day)
    return (made, made, Precision.DAY) if made else None


def _tense(match: Match) -> Tense:
    """Tell whether a day or month without a year lies behind the meeting or before it."""
    phrases = load_phrases("dates")
    start, end = max(0, match.start() - _FAR), match.start()
    if phrases["AHEAD"].can_match(read_clues(match.string[start:end])):
        if phrases["AHEAD"].search(match.string, start, end):
            return Tense.FUTURE
    before = match.string[max(0, match.start() - 20) : match.start()]
    tense = read_tense(match.string, match.start(), match.end())
    if phrases["UP_TO"].search(before):
        return Tense.AHEAD
    if not phrases["BY"].search(before):
        return tense
    if tense in {Tense.PAST, Tense.BACK} and phrases["DONE_BY"].search(before):
        return tense
    return Tense.OPEN if tense is Tense.BACK else Tense.FUTURE


def _bare_month(match: Match, anchor: Anchor) -> Reading:
    phrases = load_phrases("dates")
    before = match.string[max(0, match.start() - 20) : match.start()]
    meeting = phrases["MEETING_AFTER"].match(match.string, match.end())
    towards = meeting and phrases["TOWARDS"].search(before)
    near = anchor.near(read_month(match["m"]), tense=Tense.FUTURE if towards else _tense(match))
    if near is None or anchor.day is None:
        return None
    year = anchor.day.year + _SHIFT[match["rel"].lower()] if match["rel"] else near.year
    return (*month_range(year, near.month), Precision.MONTH)


def _bare_season(match: Match, anchor: Anchor) -> Reading:
    first, last = SEASONS[match["s"].lower()]
    middle = 1 if first > last else first + 1
    shift = _SHIFT.get((match["rel"] or "").lower(), 0) if match["rel"] else 0
    tense = {-1: Tense.PAST, 1: Tense.FUTURE}.get(shift) or _tense(match)
    near = anchor.near(middle, tense=tense)
    if near is None or not anchor.is_meeting:
        return None
    year = near.year - (first > last)
    return date(year, first, 1), month_range(near.year, last)[1], Precision.SEASON


def _bare_quarter(match: Match, anchor: Anchor) -> Reading:
    words = match["q"].lower()
    quarter = ORDINALS.get(words) or int(words)
    near = anchor.near((quarter * 3 + 1) % 12 + 1 if quarter < 4 else 2, tense=_tense(match))
    if near is None or not anchor.is_meeting:
        return None
    return date(near.year, near.month - 1, 1), month_range(near.year, near.month + 1)[1], Precision.QUARTER


def _short_month(match: Match, anchor: Anchor) -> Reading:
    if anchor.day is None or not -3 <= read_year(match["y"]) - anchor.day.year <= 2:
        return None
    return read_whole_month(match, anchor)


def _slashed_day(match: Match, anchor: Anchor) -> Reading:
    month, day = read_month(match["m"]), read_number(match["d"])
    made = anchor.near(month, day, weekday=read_weekday(match.group()), tense=_tense(match))
    return (made, made, Precision.DAY) if made and anchor.is_meeting else None


def _ordinal(match: Match, anchor: Anchor) -> Reading:
    tense = read_tense(match.string, match.start(), match.end())
    back = match["lead"].lower() == "on" and tense in {Tense.PAST, Tense.BACK}
    made = anchor.find_day(read_number(match["d"]), back=back)
    return (made, made, Precision.DAY) if made else None


def _this_month(match: Match, anchor: Anchor) -> Reading:
    if anchor.day is None or not anchor.is_meeting:
        return None
    return (*month_range(anchor.day.year, anchor.day.month), Precision.MONTH)


def _weekday(match: Match, anchor: Anchor) -> Reading:
    weekday = read_weekday(match.group())
    made = anchor.find_weekday(weekday, int(match["d"])) if weekday is not None else None
    return (made, made, Precision.DAY) if made else None


BARE_READERS: dict[str, Reader] = {
    "QUARTER_BARE": _bare_quarter,
    "MONTH_SHORT": _short_month,
    "DAY_SLASH": _slashed_day,
    "ORDINAL": _ordinal,
    "SEASON_BARE": _bare_season,
    "END_OF_MONTH": _this_month,
    "LISTED_BARE": _bare_day,
    "BARE_DAY": _bare_day,
    "BARE_DAY_LAST": _bare_day,
    "BARE_MONTH": _bare_month,
    "WEEKDAY": _weekday,
}
"""One for each rule of ``patterns/times.jsonl`` that rests on the meeting's day and the words around."""
