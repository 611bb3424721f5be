"""Searches of readers: saved once for an address, forgotten by their key, and nothing else is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from council import PIPELINE, meeting
from sqlalchemy import delete, func, select, text, update

from minutes_miner.errors import StoreError
from minutes_miner.store import Store, subscribing
from minutes_miner.store.keepingtables import watch_hits, watches
from minutes_miner.store.search import DecisionFilter, open_reader
from minutes_miner.store.subscribing import Subscriptions, open_subscriptions
from minutes_miner.store.tables import decisions
from minutes_miner.store.watches import Watch, claiming, find_news, find_watches, get_watch, mark_told

WANTED = DecisionFilter(query="houses OR bridge", limit=20)
SITE = {"title": "Minutes: houses OR bridge", "site": "https://minutes.example", "path": "/search?q=houses+OR+bridge"}


@pytest.fixture
def subscriptions(shire: Store) -> Iterator[Subscriptions]:
    """Open a filled store of either kind as the web application does."""
    with open_reader(shire.url, max_seconds=20) as reader:
        opened = open_subscriptions(reader)
        yield opened
        opened.close()


def add(subscriptions: Subscriptions, address: str = "ann@tarn.example", wanted: DecisionFilter = WANTED) -> Watch:
    return subscriptions.add(wanted, address=address, **SITE)


def count(store: Store) -> tuple[int, int]:
    with store.read() as connection:
        counted = [connection.scalar(select(func.count()).select_from(table)) for table in (watches, watch_hits)]
    return counted[0] or 0, counted[1] or 0


def test_a_search_is_saved_and_tells_what_comes_later(shire: Store, subscriptions: Subscriptions) -> None:
    watch = add(subscriptions)
    assert find_watches(shire) == [replace(watch, wanted=replace(WANTED, limit=None))]
    assert watch.subscriber is not None and watch.subscriber.path == SITE["path"]
    assert count(shire) == (1, 1)
    assert [alert.change for alert in find_news(shire, watch)] == []
    shire.save(meeting("Reed Council", date(2025, 1, 9), "that the bridge be mended"), pipeline=PIPELINE)
    (alert,) = find_news(shire, get_watch(shire, watch.name))
    assert (alert.change, alert.text) == ("new", "that the bridge be mended")


def test_the_same_search_of_the_same_address_is_saved_once(shire: Store, subscriptions: Subscriptions) -> None:
    first = add(subscriptions)
    again = add(subscriptions, "Ann@Tarn.Example", replace(WANTED, limit=50))
    assert again.name == first.name and again.subscriber == first.subscriber
    other = add(subscriptions, "ben@tarn.example")
    assert other.name != first.name and count(shire) == (2, 2)


def test_the_key_ends_it_and_nothing_of_the_address_is_left(shire: Store, subscriptions: Subscriptions) -> None:
    watch, kept = add(subscriptions), add(subscriptions, "ben@tarn.example")
    assert watch.subscriber and subscriptions.find(watch.subscriber.stop_key) is not None
    assert subscriptions.remove(watch.subscriber.stop_key)
    assert not subscriptions.remove(watch.subscriber.stop_key)
    assert subscriptions.find(watch.subscriber.stop_key) is None
    assert [one.name for one in find_watches(shire)] == [kept.name] and count(shire) == (1, 1)


def test_a_search_that_is_ended_while_it_is_told_stays_ended(shire: Store, subscriptions: Subscriptions) -> None:
    watch = add(subscriptions)
    shire.save(meeting("Reed Council", date(2025, 1, 9), "that the bridge be mended"), pipeline=PIPELINE)
    with claiming(shire, watch):
        found = find_news(shire, watch)
        assert watch.subscriber and subscriptions.remove(watch.subscriber.stop_key)
        mark_told(shire, watch, found)
    assert found and count(shire) == (0, 0)


def test_there_are_bounds(shire: Store, subscriptions: Subscriptions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribing, "MOST_OF_ONE", 1)
    add(subscriptions)
    with pytest.raises(StoreError, match="an address may watch 1 searches"):
        add(subscriptions, "ANN@tarn.example", DecisionFilter(query="school"))
    monkeypatch.setattr(subscribing, "MOST_FOUND", 2)
    with pytest.raises(StoreError, match="finds more than 2 decisions"):
        add(subscriptions, "ben@tarn.example", DecisionFilter(query="be"))
    monkeypatch.setattr(subscribing, "MOST_IN_ALL", 1)
    assert subscriptions.is_full
    with pytest.raises(StoreError, match="no more searches can be watched here"):
        add(subscriptions, "ben@tarn.example")
    with pytest.raises(StoreError, match="kind can't be 'odd'"):
        monkeypatch.undo()
        add(subscriptions, "ben@tarn.example", DecisionFilter(query="kind:odd"))
    assert count(shire) == (1, 1)


def test_nothing_but_saved_searches_can_be_written(shire: Store, subscriptions: Subscriptions) -> None:
    odd = [delete(decisions), update(decisions).values(text="x"), text("DELETE FROM decisions"), text("DROP TABLE x")]
    for statement in odd:
        with pytest.raises(StoreError, match="only saved searches"), subscriptions._writer.write() as connection:
            connection.execute(statement)
    with shire.read() as connection:
        assert (connection.scalar(select(func.count()).select_from(decisions)) or 0) > 5


@pytest.mark.postgresql
def test_a_database_that_can_not_be_written_is_told_at_once(postgresql_url: str) -> None:
    from minutes_miner.store import open_store

    open_store(postgresql_url).close()
    sign = "&" if "?" in postgresql_url else "?"
    with open_reader(f"{postgresql_url}{sign}options=-c%20default_transaction_read_only%3Don", max_seconds=5) as reader:
        with pytest.raises(StoreError, match="can't be written"):
            open_subscriptions(reader)
