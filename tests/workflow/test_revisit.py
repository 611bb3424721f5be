"""When an address is asked for again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from minutes_miner.domain.gathering import Obstacle, Request
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.workflow.revisit import next_visit

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


def page(day: date | None, *, is_list: bool = False) -> Request:
    return Request("https://ashcombe.example/page", "page", "meeting/1", day, is_list)


@pytest.mark.parametrize(
    ("request_", "waits"),
    [
        (page(date(2026, 5, 20)), timedelta(days=1)),
        (page(date(2026, 9, 1)), timedelta(days=1)),
        (page(date(2026, 2, 1)), None),
        (page(None), None),
        (page(date(2026, 12, 31), is_list=True), timedelta(0)),
        (page(None, is_list=True), timedelta(0)),
        (page(date(2024, 12, 31), is_list=True), timedelta(days=30)),
    ],
    ids=["draft", "coming", "settled", "timeless", "list of now", "list of all", "old list"],
)
def test_what_was_read(request_: Request, waits: timedelta | None) -> None:
    assert next_visit(request_, None, NOW) == (None if waits is None else NOW + waits)


@pytest.mark.parametrize("state", [Coverage.REFUSED, Coverage.BLOCKED, Coverage.FAILED])
def test_what_could_not_be_read_is_asked_for_again_some_day(state: Coverage) -> None:
    settled = next_visit(page(date(2020, 1, 1)), Obstacle(state, "status 500"), NOW)
    assert settled is not None and settled > NOW
    assert next_visit(page(None, is_list=True), Obstacle(state, "status 500"), NOW) == NOW
