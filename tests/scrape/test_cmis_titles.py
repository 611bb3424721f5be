"""A meeting's own minutes are told from earlier ones, others' ones and all the rest by their titles."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_miner.scrape.cmis.day import find_days, iter_months, last_of_month, read_cell
from minutes_miner.scrape.cmis.title import is_draft, is_minutes, is_proposed

DAY = date(2026, 4, 16)


@pytest.mark.parametrize(
    "title",
    [
        "Minutes",
        "MINUTES",
        "Draft Minutes",
        "Final Planning Minutes 16042026",
        "Planning Minutes 16.04.26 (draft)",
        "Minutes of Meeting 16th April 2026",
        "Minutes of the Planning Committee",
        "Minutes of the meeting of the Planning Committee held on 16 April 2026",
        "Draft_Minutes_16-04-2026.pdf",
        "Public Minutes",
        "Non-Exempt Minutes",
        "Minutes (published 30/04/2026)",
        "Printed minutes 2026-04-16",
    ],
)
def test_these_are_the_minutes(title: str) -> None:
    assert is_minutes(title, DAY, "Planning Committee")


@pytest.mark.parametrize(
    "title",
    [
        "Minutes of the last meeting",
        "Minutes of Previous Meeting",
        "Minutes 12 March 2026",
        "Draft Planning Minutes 12032026",
        "Approval of minutes",
        "Minutes to be approved",
        "Minutes for approval",
        "Agenda and Minutes",
        "Minutes report pack",
        "Appendix B - minutes of the working party",
        "Minutes of the Licensing Committee",
        "Exempt Minutes",
        "Agenda",
        "Public reports pack",
        "Committee update sheet",
        "A minute's silence",
        "",
    ],
)
def test_these_are_not(title: str) -> None:
    assert not is_minutes(title, DAY, "Planning Committee")


@pytest.mark.parametrize(
    ("title", "expected"), [("Unconfirmed Minutes", True), ("Minutes (DRAFT)", True), ("Minutes", False)]
)
def test_drafts_say_so(title: str, expected: bool) -> None:
    assert is_draft(title) is expected


@pytest.mark.parametrize(
    ("status", "expected"), [("Decision Proposed", True), ("Pending", True), ("Implemented", False)]
)
def test_what_is_proposed_is_not_taken(status: str, expected: bool) -> None:
    assert is_proposed(status) is expected


@given(st.dates(date(2000, 1, 1), date(2068, 12, 31)))
def test_days_are_read_however_they_are_written(day: date) -> None:
    words = (f"{day.day} {day:%B %Y}", f"{day.day}th {day:%b %Y}")
    for text in (*words, f"{day:%d/%m/%Y}", f"{day:%d%m%Y}", f"{day:%d.%m.%y}", f"{day}"):
        assert find_days(f"Minutes {text} final") == [day], text


@given(st.dates(date(2000, 1, 1), date(2068, 12, 31)), st.sampled_from([-6, 0, 6]))
def test_a_calendars_day_is_of_the_month_that_was_asked_for(day: date, shift: int) -> None:
    shown = date.fromordinal(day.toordinal() + shift)
    assert read_cell(f"{shown:%A}, {shown.day} {shown:%B}", day.replace(day=1)) == shown


def test_a_calendar_of_another_year_is_noticed_by_the_day_of_the_week() -> None:
    assert read_cell("Monday, 8 June", date(2026, 6, 1)) == date(2026, 6, 8)
    assert read_cell("Monday, 8 June", date(2025, 6, 1)) is None
    assert read_cell("Monday, 31 June", date(2026, 6, 1)) is None


def test_what_is_no_day_is_none() -> None:
    assert find_days("item 32.14.2026, ref 99999999, at 10:00 on 9 July 10:00") == []


def test_months_follow_each_other_to_the_end() -> None:
    assert list(iter_months(date(2025, 11, 30), date(2026, 1, 1))) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
    ]
    assert last_of_month(date(2024, 2, 1)) == date(2024, 2, 29)
    assert last_of_month(date(2025, 12, 9)) == date(2025, 12, 31)
