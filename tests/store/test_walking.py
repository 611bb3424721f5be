"""Lists as rows of the exported tables, page by page and chunk by chunk; the same on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from council import CAFE, HOUSING, LOST, PIPELINE, meeting, task

from minutes_miner.domain.dataset import ACTIONS, DECISIONS
from minutes_miner.domain.vocabulary import Kind
from minutes_miner.errors import StoreError
from minutes_miner.store import Store
from minutes_miner.store.export import open_selection
from minutes_miner.store.feeding import find_newest
from minutes_miner.store.search import ActionFilter, DecisionFilter, Sort, find_actions, find_decisions
from minutes_miner.store.walking import page_actions, page_decisions, read_records, walk_actions, walk_decisions

WORDS = "that the Clerk paint the gate"


@pytest.fixture
def tasks(shire: Store) -> Store:
    """Add actions that are due on several days, on the same day, and on none."""
    for number, due in enumerate([date(2024, 5, 1), date(2024, 5, 1), None, date(2023, 1, 2), None]):
        held = meeting(f"Osier Parish Council {number}", date(2024, 1, 1 + number), WORDS, committee="Works")
        shire.save(task(held, WORDS, due, "Clerk"), pipeline=PIPELINE)
    return shire


@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST, Sort.AMOUNT])
def test_pages_and_chunks_of_decisions_are_in_the_order_of_search(shire: Store, sort: Sort) -> None:
    wanted = DecisionFilter(sort=sort, limit=2)
    listed = [row.id for row in find_decisions(shire, replace(wanted, limit=None))]
    found, token = [], None
    for _ in listed:
        page = page_decisions(shire, wanted, after=token)
        assert page.total is not None and page.total.count == len(listed)
        found += [row["id"] for row in page.rows]
        token = page.next_token
        if token is None:
            break
    assert found == listed and len(listed) == 7
    walked = [row["id"] for chunk in walk_decisions(shire, wanted, most=5) for row in chunk]
    assert walked == listed[:5]


def test_rows_are_those_of_an_export(tasks: Store) -> None:
    with open_selection(tasks, DecisionFilter()) as selection:
        exported = {table: {row["id"]: row for row in selection.rows(table)} for table in (DECISIONS, ACTIONS)}
    decisions = [row for chunk in walk_decisions(tasks, DecisionFilter(), most=100) for row in chunk]
    actions = [row for chunk in walk_actions(tasks, ActionFilter(), most=100) for row in chunk]
    assert {row["id"]: row for row in decisions} == exported[DECISIONS]
    assert {row["id"]: row for row in actions} == exported[ACTIONS]
    assert len(decisions) > 7 and len(actions) >= 5


def test_actions_come_by_their_deadline_each_once(tasks: Store) -> None:
    expected = [(row.due_to, row.id) for row in find_actions(tasks, ActionFilter())]
    found, token = [], None
    for _ in expected:
        page = page_actions(tasks, ActionFilter(limit=2), after=token)
        found += [(row["due_to"], row["id"]) for row in page.rows]
        token = page.next_token
        if token is None:
            break
    assert sorted(found, key=str) == sorted(expected, key=str)
    days = [day or date.max for day, _ in found]
    assert days == sorted(days)
    assert days.count(date.max) >= 2


def test_conditions_on_actions_hold_on_every_page(tasks: Store) -> None:
    wanted = ActionFilter(owner="clerk", due_after=date(2024, 1, 1), due_before=date(2024, 5, 2), limit=1)
    first = page_actions(tasks, wanted)
    second = page_actions(tasks, wanted, after=first.next_token)
    assert [row["due_to"] for row in (*first.rows, *second.rows)] == [date(2024, 5, 1)] * 2
    assert second.next_token is None
    with pytest.raises(StoreError, match="page token"):
        page_actions(tasks, wanted, after="yesterday")


def test_rows_are_read_in_the_order_in_which_they_are_named(shire: Store) -> None:
    ids = {row.text: row.id for row in find_decisions(shire, DecisionFilter())}
    rows = read_records(shire, DECISIONS, [ids[CAFE], "0" * 16, ids[HOUSING]])
    assert [row["text"] for row in rows] == [CAFE, HOUSING]


def test_a_feed_tells_the_newest_with_the_moment_they_were_mined(shire: Store) -> None:
    found = find_newest(shire, DecisionFilter(query="library OR houses", sort=Sort.OLDEST), most=5)
    assert [alert.text for alert in found] == [LOST, HOUSING]
    assert {alert.told_at for alert in found} == {"2026-01-05T09:30:00+00:00"}
    assert [alert.key for alert in found] == [alert.record_id for alert in found]
    assert find_newest(shire, DecisionFilter(kind=Kind.COMMENT), most=5) == []
