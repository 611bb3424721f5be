"""A page costs the same wherever it stands in its list: in statements and in rows, not in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from council import PIPELINE, meeting
from databases import make_database
from sqlalchemy import Engine, event

from minutes_miner.store import Store, open_store, ordering, sampling
from minutes_miner.store.search import DecisionFilter, Sort, search_decisions

STEPS = 20
"""SQLite tells of every so many steps of its machine."""


@contextmanager
def counting() -> Iterator[Counter[str]]:
    """Count statements, and the rows that a server gives or the steps that SQLite takes."""
    cost: Counter[str] = Counter()

    def before(connection: Any, cursor: Any, *_: Any) -> None:
        cost["statements"] += 1
        if connection.dialect.name == "sqlite":
            cursor.connection.set_progress_handler(lambda: cost.update(steps=1), STEPS)

    def after(connection: Any, cursor: Any, *_: Any) -> None:
        cost["rows"] += max(cursor.rowcount, 0)

    event.listen(Engine, "before_cursor_execute", before)
    event.listen(Engine, "after_cursor_execute", after)
    yield cost
    event.remove(Engine, "before_cursor_execute", before)
    event.remove(Engine, "after_cursor_execute", after)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def long(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Hold 500 decisions in ten meetings, each with a sum of its own."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('long') / 'minutes.db'}"
    else:
        url = make_database(request.getfixturevalue("server_url"))
    with open_store(url) as store:
        for number in range(10):
            amounts = [f"{number + 1}{place:02}0" for place in range(50)]
            clauses = [(f"mend fence {amount} for £{amount}", {"sums": [(f"£{amount}", amount)]}) for amount in amounts]
            day = date(2020, 1, 1) + timedelta(days=number)
            store.save(meeting("Bramley Parish", day, *clauses, source=f"{number}.txt"), pipeline=PIPELINE)
        yield store


@pytest.mark.parametrize("query", ("fence", None))
@pytest.mark.parametrize("sort", (Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST, Sort.AMOUNT))
def test_the_fortieth_page_costs_no_more_than_the_first(
    long: Store, sort: Sort, query: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "FEW", 20)
    monkeypatch.setattr(ordering, "RANKED", 15)
    monkeypatch.setattr(ordering, "WALKED", 40)
    wanted = DecisionFilter(query=query, sort=sort, limit=10)
    costs: list[Counter[str]] = []
    ids: set[str] = set()
    token: str | None = None
    for _ in range(40):
        with counting() as cost:
            page = search_decisions(long, wanted, after=token)
        costs.append(cost)
        ids.update(row.id for row in page.rows)
        token = page.next_token
        assert token
    assert len(ids) == 400
    first, last = costs[0], costs[-1]
    assert first["statements"] >= 4 and (first["steps"] or first["rows"]) > 20
    assert last["statements"] <= first["statements"] + 1
    assert last["rows"] <= first["rows"] + 10 and last["steps"] <= 1.3 * first["steps"] + 10
