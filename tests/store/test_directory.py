"""Councils, meetings and ids page by page; the same on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from council import PIPELINE, meeting

from minutes_miner.store import Store, directory
from minutes_miner.store.directory import MeetingFilter, find_prefixes, list_ids, list_meetings, list_names
from minutes_miner.store.search import DecisionFilter, find_decisions


def test_councils_come_by_name_page_by_page(shire: Store) -> None:
    everyone = list_names(shire)
    assert [row.name for row in everyone] == ["Ashcombe Town Council", "Cyngor Ynys Wen", "Northmere County Council"]
    assert everyone[2].papers == 2
    assert (everyone[2].first_day, everyone[2].last_day) == (date(2023, 9, 27), date(2024, 2, 1))
    assert list_names(shire, after=everyone[0].name, limit=1) == everyone[1:2]


def test_meetings_come_newest_first_page_by_page(shire: Store) -> None:
    for body in ("Works", "Finance"):
        facts = {"committee": body, "source": f"minutes/{body}.txt"}
        extraction = meeting("Osier Parish Council", date(2024, 2, 1), f"that {body} meet again", **facts)
        shire.save(extraction, pipeline=PIPELINE)
    everything = list_meetings(shire, MeetingFilter())
    assert [(row.day, row.committee) for row in everything] == [
        (date(2024, 3, 14), "Amenities Committee"),
        (date(2024, 2, 1), "Pension Board"),
        (date(2024, 2, 1), "Finance"),
        (date(2024, 2, 1), "Works"),
        (date(2023, 9, 27), "Cabinet"),
    ]
    wanted, found = MeetingFilter(limit=1), []
    for _ in everything:
        rows = list_meetings(shire, wanted)
        found += rows
        wanted = replace(wanted, before=rows[-1])
    assert found == everything
    assert list_meetings(shire, wanted) == []
    some = MeetingFilter("Northmere County Council", since=date(2023, 1, 1), until=date(2023, 12, 31))
    assert [row.committee for row in list_meetings(shire, some)] == ["Cabinet"]


def test_a_meeting_of_many_papers_is_one_row(shire: Store) -> None:
    for number in range(9):
        facts = {"committee": "Works", "source": f"minutes/{number}.txt"}
        extraction = meeting("Osier Parish Council", date(2025, 1, 1), f"that paper {number} be noted", **facts)
        shire.save(extraction, pipeline=PIPELINE)
    found = list_meetings(shire, MeetingFilter(limit=2))
    assert [(row.day, row.committee) for row in found] == [
        (date(2025, 1, 1), "Works"),
        (date(2024, 3, 14), "Amenities Committee"),
    ]


def test_ids_are_parted_so_that_every_one_is_in_one_part(shire: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_prefixes(shire, "decisions") == [""]
    everything = list_ids(shire, "decisions", "")
    shown = find_decisions(shire, DecisionFilter(include_procedural=True))
    assert {one for one, _ in everything} == {row.id for row in shown}
    assert {moment for _, moment in everything} == {"2026-01-05T09:30:00+00:00"}
    monkeypatch.setattr(directory, "FEW", 1)
    parts = find_prefixes(shire, "decisions")
    assert len(parts) in {16, 256}
    assert [pair for part in parts for pair in list_ids(shire, "decisions", part)] == everything
    assert len(list_ids(shire, "documents", "")) == 4
