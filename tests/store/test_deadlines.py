"""Actions by deadline: every page, every filter and every month; the same on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from council import PIPELINE, meeting, task

from minutes_miner.domain.vocabulary import Status
from minutes_miner.errors import StoreError
from minutes_miner.store import Store
from minutes_miner.store.deadlines import MonthCount, count_actions, count_months, list_deadlines
from minutes_miner.store.sampling import Total
from minutes_miner.store.search import ActionFilter

TODAY = date(2024, 6, 15)


@pytest.fixture
def filled(store: Store) -> Store:
    """Store seven tasks of two councils: three overdue, one due that day, one later, one done, one without a day."""
    words = [f"that task {number} be done" for number in range(7)]
    first = meeting("Ashcombe Town Council", date(2024, 1, 9), *words[:4], committee="Amenities")
    for one, due, owner in (
        (words[0], date(2024, 3, 1), "the Clerk"),
        (words[1], date(2024, 3, 1), "the Treasurer"),
        (words[2], date(2024, 6, 15), "the Clerk"),
        (words[3], None, "the Clerk"),
    ):
        first = task(first, one, due, owner)
    second = meeting("Northmere County Council", date(2024, 2, 1), *words[4:], committee="Cabinet")
    second = task(second, words[4], date(2024, 5, 31), "the Director")
    second = task(second, words[5], date(2024, 7, 1), "the Director")
    second = task(second, words[6], date(2024, 3, 2), "the Director", Status.DONE)
    for extraction in (first, second):
        store.save(extraction, pipeline=PIPELINE)
    return store


def numbers(store: Store, wanted: ActionFilter, **how: bool) -> str:
    """Read all pages of two rows; the tasks by their numbers."""
    found, token = "", None
    for _ in range(9):
        page = list_deadlines(store, replace(wanted, limit=2), after=token, **how)
        found += "".join(row.text.split()[2] for row in page.rows)
        token = page.next_token
        if token is None:
            return found
    raise AssertionError("the pages never end")


def test_pages_go_by_deadline_and_end_with_what_has_none(filled: Store) -> None:
    assert numbers(filled, ActionFilter()) == "0164253"
    assert numbers(filled, ActionFilter(), latest_first=True) == "5246103"


CHOSEN = [
    (ActionFilter(overdue_on=TODAY), "014"),
    (ActionFilter(due_after=TODAY - timedelta(days=1), status=Status.OPEN), "25"),
    (ActionFilter(has_due=False), "3"),
    (ActionFilter(has_due=True), "016425"),
    (ActionFilter(status=Status.DONE), "6"),
    (ActionFilter(authority="ashcombe"), "0123"),
    (ActionFilter(committee="cabinet"), "645"),
    (ActionFilter(owner="clerk"), "023"),
    (ActionFilter(query='"task 4"'), "4"),
    (ActionFilter(due_after=date(2024, 2, 29), due_before=date(2024, 4, 1)), "016"),
]


def test_a_filter_chooses_what_is_listed_and_counted(filled: Store) -> None:
    for wanted, found in CHOSEN:
        assert numbers(filled, wanted) == found, wanted
        assert count_actions(filled, wanted) == Total(len(found), True), wanted


def test_months_count_by_state(filled: Store) -> None:
    assert count_months(filled, ActionFilter(), on=TODAY) == (
        MonthCount(date(2024, 3, 1), 2, 0, 1),
        MonthCount(date(2024, 5, 1), 1, 0, 0),
        MonthCount(date(2024, 6, 1), 0, 1, 0),
        MonthCount(date(2024, 7, 1), 0, 1, 0),
    )
    later = ActionFilter(due_after=date(2024, 5, 31), owner="clerk")
    assert count_months(filled, later, on=date(2024, 6, 16)) == (MonthCount(date(2024, 6, 1), 1, 0, 0),)


def test_what_an_earlier_version_says_is_not_counted(filled: Store) -> None:
    source = "minutes/Ashcombe Town Council-2024-01-09.txt"
    changed = meeting("Ashcombe Town Council", date(2024, 1, 9), "that nothing be done", source=source)
    filled.save(changed, pipeline=PIPELINE)
    assert numbers(filled, ActionFilter()) == "645"
    assert count_actions(filled, ActionFilter()) == Total(3, True)
    assert [one.month.month for one in count_months(filled, ActionFilter(), on=TODAY)] == [3, 5, 7]


@pytest.mark.parametrize("token", ["", "x", "2024-13-01.5", "2024-01-01", "undated.x", "2024-01-01.-1"])
def test_a_token_that_is_none_is_refused(filled: Store, token: str) -> None:
    with pytest.raises(StoreError, match="token"):
        list_deadlines(filled, ActionFilter(), after=token)
