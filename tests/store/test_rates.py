"""Meetings are counted once, whatever papers they have; councils are found by part of their name."""

from __future__ import annotations

from datetime import date

import pytest
from council import PIPELINE, meeting

from minutes_miner.store import Store
from minutes_miner.store.rates import MeetingYears, count_meetings, find_authorities

NORTH = "Northmere County Council"


@pytest.fixture
def filled(store: Store) -> Store:
    """Store meetings of three councils, one of which has two papers, one no decision, and one no day."""
    for name, day, committee, words in (
        (NORTH, date(2023, 9, 27), "Cabinet", "that the road be mended"),
        (NORTH, date(2023, 9, 27), "Cabinet", "that the bridge be mended"),
        (NORTH, date(2023, 9, 27), "Pension Board", "that the fund be merged"),
        ("NORTHMERE County Council", date(2024, 2, 1), "Cabinet", "that the gate be shut"),
        (NORTH, None, "Cabinet", "that the light be lit"),
        ("North Council", date(2024, 3, 1), "Cabinet", "that the bell be rung"),
        ("Cyngor Ynys Wên", date(2024, 3, 1), "Pwyllgor", "that the café be let"),
    ):
        found = meeting(name, day, words, committee=committee, source=f"minutes/{words}.txt")
        store.save(found, pipeline=PIPELINE)
    store.save(meeting(NORTH, date(2024, 5, 1), committee="Cabinet"), pipeline=PIPELINE)
    return store


def test_each_meeting_counts_once_in_its_year(filled: Store) -> None:
    found = count_meetings(filled, "northmere county council")
    assert found == MeetingYears({2023: 2, 2024: 2}, 1)
    assert found.total == 5
    assert count_meetings(filled, "North Council") == MeetingYears({2024: 1})
    assert count_meetings(filled, "North").total == 0


def test_days_bound_the_meetings(filled: Store) -> None:
    assert count_meetings(filled, NORTH, since=date(2024, 2, 1)) == MeetingYears({2024: 2})
    assert count_meetings(filled, NORTH, until=date(2024, 2, 1)) == MeetingYears({2023: 2, 2024: 1})


def test_what_is_superseded_is_no_meeting(filled: Store) -> None:
    source = "minutes/that the gate be shut.txt"
    filled.save(meeting("North Council", date(2024, 3, 2), "that it be opened", source=source), pipeline=PIPELINE)
    assert count_meetings(filled, NORTH).by_year == {2023: 2, 2024: 1}
    assert count_meetings(filled, "North Council").by_year == {2024: 2}


def test_councils_are_found_by_part_of_their_name(filled: Store) -> None:
    assert find_authorities(filled, "north") == ["North Council", find_authorities(filled, "northmere")[0]]
    assert find_authorities(filled, "YNYS WEN") == ["Cyngor Ynys Wên"]
    assert find_authorities(filled, "nowhere") == []
    assert len(find_authorities(filled)) == 3
    assert find_authorities(filled, "council", limit=1) == ["North Council"]
