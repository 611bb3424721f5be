"""Mark dates, months, quarters, seasons and years, resolved against the meeting's date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import regex
from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate.alignment import get_blocks, get_meeting_date, get_text, set_spans
from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.domain.finding import Time
from minutes_miner.domain.source import Block
from minutes_miner.domain.vocabulary import Label, Precision, SpanKey

_MONTHS = "january february march april may june july august september october november december".split()
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()

_MON = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_WDAY = r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,{0,2}\s*(?:the\s+)?)?"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:\s?(?:st|nd|rd|t\s?h)\b)?"
_YEAR = r"(?:(?:19|20)\d{2}|['’]\d{2})(?!\d)"
_SEP = r"[\s,]+"
_RANGE = r"\s?(?:-|–|—|to|and|&|until|or)\s?"

Build = Callable[["re.Match[str]", "Anchor"], "tuple[date | None, date | None, Precision] | None"]


class Anchor:
    """Resolve what a writer left out, against the day of the meeting or else the days that the text names.

    Args:
        meeting: the day of the meeting, if known.
        text: the text, searched for full dates where the meeting's day is not known.
    """

    def __init__(self, meeting: date | None, text: str = "") -> None:
        self.day = meeting or _usual_day(text)
        self.is_meeting = meeting is not None

    def near(self, month: int, day: int | None = None, weekday: int | None = None, ahead: bool = False) -> date | None:
        """Give the occurrence of a day or month that is nearest to the anchor, on the weekday named, or else the next one."""
        if self.day is None:
            return None
        options = [
            made for year in range(self.day.year - 2, self.day.year + 3) if (made := _make(year, month, day or 15))
        ]
        if weekday is not None:
            options = [made for made in options if made.weekday() == weekday] or options
        anchor = self.day
        if ahead and self.is_meeting:
            options = [made for made in options if made >= anchor] or options
        return min(options, key=lambda made: _distance(made, anchor), default=None)


def _distance(made: date, anchor: date) -> float:
    """Give how far a day is: one ahead counts as a quarter nearer, since meetings plan more than they look back."""
    days = (made - anchor).days
    return days * 0.75 if days > 0 else -days


def _usual_day(text: str) -> date | None:
    found = sorted(
        made
        for match in _FULL.finditer(text)
        if (made := _make(_year(match["y"]), _month(match["m"]), _number(match["d"])))
    )
    found = found or sorted(
        made
        for match in _NUMERIC.finditer(text)
        if len(match["y"]) == 4 and (made := _make(_year(match["y"]), int(match["m"]), int(match["d"])))
    )
    return found[len(found) // 2] if found else None


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int:
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(word.lower().rstrip(".")[:3]))


def _number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _year(word: str) -> int:
    number = _number(word)
    return number if number > 99 else number + (2000 if number < 70 else 1900)


def _weekday(words: str) -> int | None:
    head = re.match(r"[a-z]{3}", words.lower())
    return next((i for i, name in enumerate(_DAYS) if head and name.startswith(head.group())), None)


def month_range(year: int, month: int) -> tuple[date, date]:
    """Give the first and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _day_of(match: re.Match[str], anchor: Anchor) -> tuple[date | None, date | None, Precision] | None:
    made = _make(_year(match["y"]), _month(match["m"]), _number(match["d"]))
    return (made, made, Precision.DAY) if made else None


def _numeric_of(match: re.Match[str], anchor: Anchor) -> tuple[date | None, date | None, Precision] | None:
    made = _make(_year(match["y"]), int(match["m"]), int(match["d"]))
    return (made, made, Precision.DAY) if made else None


def _numeric_days_of(match: re.Match[str], anchor: Anchor) -> tuple[date | None, date | None, Precision] | None:
    year, month = _year(match["y"]), int(match["m"])
    first, last = _make(year, month, int(match["d"])), _make(year, month, int(match["d2"]))
    return (first, last, Precision.SPAN) if first and last and first < last else None


def _days_of(match: re.Match[str], anchor: Anchor) -> tuple[date | None, date | None, Precision] | None:
    month = _month(match["m"])
    near = anchor.near(month, _number(match["d2"]))
    year = _year(match["y"]) if match["y"] else near.year if near else None
    if year is None:
        return None
    first, last = _make(year, month, _number(match["d"])), _make(year, month, _number(match["d2"]))
    return (first, last, Precision.SPAN) if first and last and first < last else None


def _bare_day_of(match: re.Match[str], anchor: Anchor) -> tuple[date | None, date | None, Precision] | None:
    year = match.groupdict().get("rel")
    ahead = bool(load_phrases("dates")["AHEAD"].search(match.string, max(0, match.start() - 400), match.start()))
    made = anchor.near(_month(match["m"]), _number(match["d"]), _weekday(match.group()), ahead)
    if made and year and anchor.day:
        made = _make(anchor.day.year + _shift(year), made.month, made.day)
    return (made, made, Precision.DAY) if made else None


def _shift(words: str) -> int:
    return -1 if words.lower().startswith("last") else 1 if words.lower().startswith("next") else 0


def _month_of(match: re.Match[str], anchor: Anchor) -> tuple[date | None, date | None, Precision] | None:
    year = _year(match["y"])
    return (*month_range(year, _month(match["m"])), Precision.MONTH)


def _bare_month_of(match: re.Match[str], anchor: Anchor) -> tuple[date | None, date | None, Precision] | None:
    month = _month(match["m"])
    phrases = load_phrases("dates")
    after = phrases["MEETING_AFTER"].match(match.string, match.end())
    near = anchor.near(month, ahead=bool(after and phrases["TOWARDS"].search(match.string[: match.start()][-20:])))
    if near is None or anchor.day is None:
        return None
    year = anchor.day.year + _shift(match["rel"]) if match["rel"] else near.year
    return (*month_range(year, month), Precision.MONTH)


def _financial_of(match: re.Match[str], anchor: Anchor) -> tuple[date | None, date | None, Precision] | None:
    first = int(match["y"])
    second = int(match["y2"])
    if second % 100 != (first + 1) % 100:
        return None
    return date(first, 4, 1), date(first + 1, 3, 31), Precision.FINANCIAL_YEAR


def _years_of(match: re.Match[str], anchor: Anchor) -> tuple[date | None, date | None, Precision] | None:
    first, last = int(match["y"]), _year(match["y2"])
    return (date(first, 1, 1), date(last, 12, 31), Precision.SPAN) if first < last <= first + 40 else None


def _quarter_of(match: re.Match[str], anchor: Anchor) -> tuple[date | None, date | None, Precision] | None:
    words = match["q"].lower()
    quarter = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}.get(words) or int(words)
    year = int(match["y"])
    month = quarter * 3 - 2
    if match["y2"]:
        year, month = (year, month + 3) if quarter < 4 else (year + 1, 1)
    return date(year, month, 1), month_range(year, month + 2)[1], Precision.QUARTER


def _season_of(match: re.Match[str], anchor: Anchor) -> tuple[date | None, date | None, Precision] | None:
    first, last = _SEASONS[match["s"].lower()]
    year = _year(match["y"])
    return date(year, first, 1), month_range(year + (first > last), last)[1], Precision.SEASON


def _year_of(match: re.Match[str], anchor: Anchor) -> tuple[date | None, date | None, Precision] | None:
    year = int(match["y"])
    return date(year, 1, 1), date(year, 12, 31), Precision.YEAR


def _in_month_of(match: re.Match[str], anchor: Anchor) -> tuple[date | None, date | None, Precision] | None:
    if anchor.day is None or not anchor.is_meeting:
        return None
    weekday = _weekday(match.group())
    near = [anchor.day + timedelta(days=shift) for shift in range(-3, 29)]
    made = next((d for d in near if d.day == _number(match["d"]) and d.weekday() == weekday), None)
    return (made, made, Precision.DAY) if made else None


_FULL = re.compile(
    rf"{_WDAY}\b(?P<d>{_DAY})\s?(?:day\s+)?(?:of\s+)?(?P<m>{_MON}),?\s?(?:of\s)?{_SEP}?(?P<y>{_YEAR})", re.I
)
_NUMERIC = re.compile(
    r"(?<![\w./£€-])(?P<d>3[01]|[12]\d|0?[1-9])(?P<sep>[/.-])(?P<m>1[0-2]|0?[1-9])(?P=sep)(?P<y>(?:19|20)\d{2}|\d{2})(?![\w/]|[.-]\d)"
)
_RULES: tuple[tuple[re.Pattern[str], Build], ...] = tuple(
    (re.compile(pattern, re.I), build)
    for pattern, build in (
        (r"(?<![\w/-])(?P<y>(?:19|20)\d{2})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?![\w/-])", _numeric_of),
        (
            r"(?<![\w./£€-])(?P<d>[0-3]?\d)-(?P<d2>[0-3]?\d)\.(?P<m>1[0-2]|0?[1-9])\.(?P<y>(?:20)?\d{2})(?![\w/]|[.-]\d)",
            _numeric_days_of,
        ),
        (_NUMERIC.pattern, _numeric_of),
        (
            rf"{_WDAY}\b(?P<d>{_DAY})\s?(?:-|–|—|to|until)\s?{_WDAY}(?P<d2>{_DAY})\s?(?:of\s+)?(?P<m>{_MON})(?:,?\s+(?P<y>{_YEAR}))?",
            _days_of,
        ),
        (_FULL.pattern, _day_of),
        (rf"{_WDAY}\b(?P<m>{_MON})\s+(?P<d>{_DAY}),?\s+(?P<y>{_YEAR})", _day_of),
        (
            rf"\b(?:Q\s?|quarter\s|(?=(?:first|second|third|fourth|final)\b))(?P<q>[1-4]|first|second|third|fourth|final)(?:\squarter)?(?:,|\sof)?\s(?:the\s)?(?:financial\syear\s)?(?P<y>20\d{{2}})(?:[/–-](?P<y2>(?:20)?\d{{2}})\b)?",
            _quarter_of,
        ),
        (r"(?<![\w/.-])(?P<y>(?:19|20)\d{2})\s?[/–_-]\s?(?P<y2>(?:20)?\d{2})(?![\w/-]|\.\d)", _financial_of),
        (r"(?<![\w/.-])(?P<y>(?:19|20)\d{2})\s?(?:–|-|to)\s?(?P<y2>20\d{2})(?![\w/-])", _years_of),
        (rf"\b(?P<s>spring|summer|autumn|winter)\s(?:of\s)?(?P<y>{_YEAR})", _season_of),
        (
            rf"{_WDAY}\b(?P<d>{_DAY})\s?(?:of\s+)?(?P<m>{_MON})(?!\w)(?:,?\s(?P<rel>last|next|this)\syear)?",
            _bare_day_of,
        ),
        (
            rf"\b(?P<m>{_MON}),?\s?(?:of\s)?\s?(?P<y>(?:19|20)\d{{2}}\b|['’]\d{{2}}\b|(?<=[a-z])\d{{2}}\b(?!\.\d))",
            _month_of,
        ),
        (rf"{_WDAY}\b(?P<m>{_MON})[^\S\n]+(?P<d>{_DAY})(?![\d/:.]\d|\.\s|\)\s)\b(?P<rel>)", _bare_day_of),
        (
            rf"\b(?-i:(?P<m>January|February|March|April|May|June|July|August|September|October|November|December"
            rf"|Jan|Feb|Apr|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|APR|AUG|SEPT?|OCT|NOV|DEC|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER))(?!\w)"
            rf"(?:,?\s(?P<rel>last|next|this)\syear)?",
            _bare_month_of,
        ),
        (r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s(?:the\s)?(?P<d>[0-3]?\d)(?:st|nd|rd|th)\b", _in_month_of),
        (r"(?<![\w./,£€$#:(–-])(?P<y>(?:18[5-9]|19\d|20[0-6])\d)(?![\w/,]\d|[\w%-]|\.\d|:\d)", _year_of),
        (r"(?<=\()(?P<y>(?:19|20)\d{2})(?=\))", _year_of),
    )
)


def find_times(text: str, anchor: Anchor) -> list[Time]:
    """Find every expression that names a time, each mention, in order.

    Day and month without a year are those nearest to the anchor; without an anchor they stay unresolved and are left out.

    Args:
        text: any text.
        anchor: what relative expressions rest on.

    Returns:
        Times that do not overlap; the longest reading wins.
    """
    phrases = load_phrases("dates")
    found: list[Time] = []
    taken = bytearray(len(text))
    for pattern, build in _RULES:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]) or _is_excluded(text, match, phrases):
                continue
            made = build(match, anchor)
            if made:
                taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
                end = match.end() - (
                    text[match.end() - 1] == "." and not text[match.start() : match.end() - 1].isdigit()
                )
                found.append(Time(match.start(), end, *made))
    return sorted(found, key=lambda item: item.start)


def _is_excluded(text: str, match: re.Match[str], phrases: dict[str, regex.Pattern[str]]) -> bool:
    before = text[max(0, match.start() - 40) : match.start()]
    after = text[match.end() : match.end() + 30]
    words = match.group().rstrip(".")
    if match.groupdict().get("m") and not match.groupdict().get("d") and phrases["AFTER_A_DAY"].search(before):
        return True
    if words.isdigit():
        return bool(phrases["NOT_A_YEAR_BEFORE"].search(before) or phrases["NOT_A_YEAR_AFTER"].match(after))
    if words.lower() in {"may", "march", "jan"}:
        return not (phrases["MONTH_BEFORE"].search(before) or phrases["MONTH_AFTER"].match(after))
    if words.lower() in _MONTHS and phrases["A_NAME_AFTER"].match(after):
        return True
    return words[0].isdigit() and "." in words and bool(phrases["NOT_A_DATE_AFTER"].match(after))


def iter_impossible(text: str) -> Iterator[str]:
    """Give the full dates of a text that are in no calendar, such as 31st April 2024."""
    for match in _FULL.finditer(text):
        if _make(_year(match["y"]), _month(match["m"]), _number(match["d"])) is None:
            yield " ".join(match.group().split())


def mark_minute_numbers(times: list[Time], blocks: tuple[Block, ...]) -> list[Time]:
    """Drop what reads as a date but is the number of a minute, such as 07.11.22 at the start of an item."""
    numbers = {(block.start, block.body) for block in blocks if block.number}
    spans = sorted(numbers)
    return [time for time in times if not any(start <= time.start < body for start, body in spans)]


def find_due(text: str, dates: list[Time], anchor: Anchor) -> Iterator[Time]:
    """Find words that say when something must be done, such as "by the end of May" or "before the next meeting".

    Args:
        text: any text.
        dates: the times found in it.
        anchor: the day of the meeting.

    Yields:
        Times labelled DUE, resolved where they hold a date, name the next meeting and the text tells when that is, or
        name the end of the year.
    """
    phrases = load_phrases("due")
    following = _next_meeting(text, dates, anchor)
    for match in phrases["DUE"].finditer(text):
        inside = [time for time in dates if match.start() <= time.start < match.end()]
        first = inside[0].first if inside else None
        last = inside[-1].last if inside else None
        precision = inside[0].precision if inside else Precision.DAY
        end = max([match.end(), *(time.end for time in inside)])
        if not inside and following and phrases["NEXT_MEETING"].search(match.group()):
            first = last = following
        elif not inside and anchor.is_meeting and anchor.day and phrases["END_OF_YEAR"].search(match.group()):
            first = last = date(anchor.day.year, 12, 31)
        yield Time(match.start(), end, first, last, precision, Label.DUE)


def _next_meeting(text: str, dates: list[Time], anchor: Anchor) -> date | None:
    """Give the day of the next meeting, where the text tells it."""
    if not anchor.is_meeting or anchor.day is None:
        return None
    for match in reversed(list(load_phrases("due")["NEXT_MEETING_TOLD"].finditer(text))):
        for time in dates:
            if match.end() <= time.start < match.end() + 250 and time.precision is Precision.DAY and time.first:
                if time.first > anchor.day:
                    return time.first
    return None


@Language.factory("minutes_dates")
class Dates:
    """Mark expressions that name a time.

    Marks: ``doc.spans["dates"]``, label DATE; ``span._.date_range`` is a ``Time`` with its first and last day.
    Needs: ``doc._.meeting_date`` to resolve "12 March" or "September"; without it, the days that the text names.
    Example: "2023/24" is 2023-04-01 to 2024-03-31, "spring of 2025" is 2025-03-01 to 2025-05-31.
    Limits: "next year", "last week" and feasts are not marked; years of Acts are left out.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        anchor = Anchor(get_meeting_date(doc), get_text(doc))
        times = mark_minute_numbers(find_times(get_text(doc), anchor), get_blocks(doc))
        dates = [time for time in times if time.first]
        found = sorted([*dates, *find_due(get_text(doc), dates, anchor)], key=lambda time: (time.start, -time.end))
        set_spans(doc, SpanKey.DATES, ((t.start, t.end, t.label, t) for t in found))
        return doc
