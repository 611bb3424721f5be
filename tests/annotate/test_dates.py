"""Dates: every form in which minutes write a time, and figures that are none."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from comparing import annotate_case, load_params
from hypothesis import given
from hypothesis import strategies as st
from marked import Case
from spacy.language import Language

from minutes_miner.annotate.alignment import get_findings
from minutes_miner.annotate.anchor import Anchor
from minutes_miner.annotate.times import find_times
from minutes_miner.domain.finding import Time
from minutes_miner.domain.vocabulary import Label, SpanKey

MEETING = date(2024, 3, 14)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize("case", [*load_params("dates"), *load_params("date_traps")])
def test_dates_are_found_and_resolved(nlp: Language, case: Case) -> None:
    text = case.marked.text
    expected = [
        (text[mark.start : mark.end], mark.attributes["first"], mark.attributes.get("last", mark.attributes["first"]))
        for mark in case.marked.find_marks(Label.DATE)
    ]
    times: list[Time] = get_findings(annotate_case(nlp, case), SpanKey.DATES)
    found = [(text[time.start : time.end], time.first, time.last) for time in times if time.label is Label.DATE]
    assert found == expected


def _suffix(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _written_forms(day: date) -> list[str]:
    month, short, weekday = day.strftime("%B"), day.strftime("%b"), day.strftime("%A")
    return [
        f"{day.day} {month} {day.year}",
        f"{day.day}{_suffix(day.day)} {month} {day.year}",
        f"{day.day}{_suffix(day.day)} of {month} {day.year}",
        f"{day.day}{_suffix(day.day)} {month}, {day.year}",
        f"{weekday} {day.day} {month} {day.year}",
        f"{weekday}, {day.day}{_suffix(day.day)} {month} {day.year}",
        f"{day.day} {short} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day:02}/{day.month:02}/{day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day:02}-{day.month:02}-{day.year}",
        f"{day.day:02}/{day.month:02}/{day.year % 100:02}",
        f"{day.day}.{day.month}.{day.year % 100:02}",
        day.isoformat(),
    ]


@given(day=DAYS, form=st.integers(0, 14))
def test_a_written_day_is_read_back(day: date, form: int) -> None:
    words = _written_forms(day)[form]
    text = f"The deed was sealed on {words}, as the register shows."
    [time] = find_times(text, Anchor(None))
    assert text[time.start : time.end] == words
    assert (time.first, time.last) == (day, day)


@given(
    month=st.integers(1, 12),
    year=st.integers(1990, 2059),
    part=st.sampled_from(["", "early ", "late ", "mid-", "the end of "]),
)
def test_a_written_month_is_read_back(month: int, year: int, part: str) -> None:
    text = f"Works are planned for {part}{calendar.month_name[month]} {year}."
    [time] = find_times(text, Anchor(MEETING))
    assert (time.first, time.last) == (date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


@given(year=st.integers(2000, 2058), sign=st.sampled_from("/-–"), is_long=st.booleans())
def test_a_written_financial_year_is_read_back(year: int, sign: str, is_long: bool) -> None:
    words = f"{year}{sign}{year + 1 if is_long else f'{(year + 1) % 100:02}'}"
    [time] = find_times(f"The outturn for {words} was noted.", Anchor(MEETING))
    assert (time.first, time.last) == (date(year, 4, 1), date(year + 1, 3, 31))


@given(shift=st.integers(-120, 120), meeting=DAYS)
def test_a_day_without_year_is_the_one_nearest_to_the_meeting(shift: int, meeting: date) -> None:
    day = meeting + timedelta(days=shift)
    if (day.month, day.day) == (2, 29):
        return
    [time] = find_times(f"Fair: {day.day} {day:%B}.", Anchor(meeting))
    assert time.first == day


@given(text=st.text(max_size=400))
def test_any_text_gives_times_that_do_not_overlap(text: str) -> None:
    _check_times(text)


@given(
    pieces=st.lists(
        st.sampled_from(
            "31 30 1 12 2024 2023 24 / - . – ’ st th of to and April Feb May march".split()
            + "Q3 quarter spring 20 99 : , the Friday".split()
            + [" ", " ", " ", "\n"]
        ),
        max_size=40,
    )
)
def test_text_made_of_parts_of_dates_gives_times_that_do_not_overlap(pieces: list[str]) -> None:
    _check_times("".join(pieces))


def _check_times(text: str) -> None:
    times = find_times(text, Anchor(MEETING, text))
    for time in times:
        assert 0 <= time.start < time.end <= len(text)
        assert text[time.start : time.end].strip() == text[time.start : time.end]
        assert (time.first is None) == (time.last is None)
        assert time.first is None or time.last is None or time.first <= time.last
    assert all(before.end <= after.start for before, after in zip(times, times[1:], strict=False))
