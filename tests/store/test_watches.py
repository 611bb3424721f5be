"""Saved searches: what they find, exactly once, and what changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from council import AREA, CAFE, HOUSING, LOST, PENSION, PIPELINE, ashcombe, at, meeting
from sqlalchemy import insert

from minutes_miner.domain.alert import Alert
from minutes_miner.domain.vocabulary import Kind, Outcome, Status
from minutes_miner.errors import StoreError
from minutes_miner.store import Store, open_store
from minutes_miner.store.copying import copy_store
from minutes_miner.store.corrections import Author, correct, suppress
from minutes_miner.store.gathertables import authorities, occasions, papers
from minutes_miner.store.redacting import redact
from minutes_miner.store.search import ActionFilter, DecisionFilter
from minutes_miner.store.watches import (
    BusyWatchError,
    add_watch,
    claiming,
    count_hits,
    find_news,
    find_told,
    find_watches,
    get_watch,
    mark_told,
    remove_watch,
)

ME = Author("the signed minutes say so")


def tell(store: Store, name: str) -> list[Alert]:
    """Run a saved search as the commands do."""
    watch = get_watch(store, name)
    with claiming(store, watch):
        found = find_news(store, watch)
        mark_told(store, watch, found)
    return [alert for alert in found if alert.change != "known"]


def test_only_what_came_after_is_told_and_only_once(shire: Store) -> None:
    watch = add_watch(shire, "sites", DecisionFilter(query="houses OR bridge"))
    assert count_hits(shire, watch) == 1 and tell(shire, "sites") == []
    shire.save(meeting("Reed Council", date(2025, 1, 9), "that the bridge be mended", LOST), pipeline=PIPELINE)
    (alert,) = tell(shire, "sites")
    assert (alert.change, alert.text, alert.authority) == ("new", "that the bridge be mended", "Reed Council")
    assert alert.facts["outcome"] == "carried"
    assert tell(shire, "sites") == []
    assert get_watch(shire, "sites").ran_at == "2026-01-05T09:30:00+00:00"


def test_what_was_not_marked_is_found_again(shire: Store) -> None:
    watch = add_watch(shire, "all", DecisionFilter(query="be"), tells_existing=True)
    first = find_news(shire, watch)
    assert len(first) == 7 and find_news(shire, watch) == first
    mark_told(shire, watch, first[:3])
    assert find_news(shire, watch) == first[3:]


def test_a_new_version_tells_what_changed_alone(store: Store) -> None:
    draft = ashcombe()
    store.save(draft, pipeline=PIPELINE)
    add_watch(store, "area", DecisionFilter(authority="ashcombe"))
    approved = ashcombe(extra="Approved.\n")
    area = replace(approved.decisions[1], outcome=Outcome.LOST)
    store.save(replace(approved, decisions=(approved.decisions[0], area, approved.decisions[2])), pipeline=PIPELINE)
    (alert,) = tell(store, "area")
    assert (alert.change, alert.record_id, dict(alert.details)) == ("changed", area.id, {"outcome": "carried"})
    assert alert.record_id != draft.decisions[1].id and tell(store, "area") == []


def test_a_draft_that_is_approved_is_told(store: Store) -> None:
    add_watch(store, "area", DecisionFilter(query="potholes"))
    with store.write() as connection:
        connection.execute(insert(authorities).values(code="ASH", name="Ashcombe Town Council"))
    for state, extra in (("draft", ""), ("approved", "Approved.\n")):
        found = ashcombe(f"https://ash.example/{state}", extra=extra)
        store.save(found, pipeline=PIPELINE)
        occasion = {"authority": "ASH", "key": state, "kind": "meeting", "standing": "held", "state": state}
        place = {"sha256": "0", "size": 1, "file": "x", "start": 0, "length": 1}
        with store.write() as connection:
            connection.execute(insert(occasions).values(**occasion, is_dirty=False))
            paper = {"authority": "ASH", "source": found.document.ref.source, "occasion": state, "rank": 0}
            connection.execute(insert(papers).values(**paper, **place))
        (alert,) = tell(store, "area")
        assert alert.facts["standing"] == state and alert.url == f"https://ash.example/{state}"
    assert (alert.change, dict(alert.details)) == ("changed", {"standing": "draft"})


def test_actions_are_watched_and_their_closing_is_told(shire: Store) -> None:
    wanted = ActionFilter(owner="clerk")
    add_watch(shire, "clerk", wanted, tells_existing=True)
    (alert,) = tell(shire, "clerk")
    assert (alert.noun, alert.facts["status"], alert.facts["due_by"]) == ("action", "open", "2024-06-30")
    correct(shire, alert.record_id, "status", "done", author=ME)
    (alert,) = tell(shire, "clerk")
    assert (alert.change, alert.facts["status"], dict(alert.details)) == ("changed", "done", {"status": "open"})


@pytest.mark.parametrize(
    "wanted",
    [
        DecisionFilter(
            query='"play area" -note kind:approve',
            kind=Kind.APPROVE,
            outcome=Outcome.CARRIED,
            since=date(2024, 1, 1),
            min_amount=Decimal("1000.50"),
            include_procedural=True,
        ),
        ActionFilter(status=Status.OPEN, due_before=date(2025, 1, 1)),
    ],
)
def test_a_filter_is_kept_whole(sqlite_url: str, wanted: DecisionFilter | ActionFilter) -> None:
    with open_store(sqlite_url) as store:
        store.save(ashcombe(), pipeline=PIPELINE)
        add_watch(store, "it", wanted, tells_existing=True)
        assert get_watch(store, "it").wanted == wanted
        (alert,) = tell(store, "it")
        assert alert.text in {AREA, ashcombe().actions[0].text}


def test_names_are_taken_once_and_forgotten(sqlite_url: str) -> None:
    with open_store(sqlite_url) as store:
        store.save(ashcombe(), pipeline=PIPELINE)
        add_watch(store, "a", DecisionFilter(query="be"), tells_existing=True)
        with pytest.raises(StoreError, match="there is a saved search called 'a' already"):
            add_watch(store, " a ", DecisionFilter(query="be"))
        with pytest.raises(StoreError, match="can't be called"):
            add_watch(store, " ", DecisionFilter(query="be"))
        with pytest.raises(StoreError, match="in the query, kind can't be 'odd'"):
            add_watch(store, "b", DecisionFilter(query="kind:odd"))
        assert [watch.name for watch in find_watches(store)] == ["a"]
        assert len(tell(store, "a")) == 2
        remove_watch(store, "a")
        with pytest.raises(StoreError, match="there is no saved search called 'a'"):
            remove_watch(store, "a")
        add_watch(store, "a", DecisionFilter(query="be"), tells_existing=True)
        assert len(tell(store, "a")) == 2


def test_two_runs_do_not_tell_the_same_and_a_dead_one_holds_nobody_up(url: str) -> None:
    now = [datetime(2026, 1, 5, 9, tzinfo=UTC)]
    with open_store(url, clock=lambda: now[0]) as store, open_store(url, clock=lambda: now[0]) as other:
        watch = add_watch(store, "a", DecisionFilter(query="be"))
        with claiming(store, watch):
            with pytest.raises(BusyWatchError, match="another run is telling 'a'"), claiming(other, watch):
                pass
            now[0] += timedelta(hours=1)
            with claiming(other, watch):
                pass
        with claiming(other, watch):
            pass


def test_what_was_told_is_read_as_it_is_now(shire: Store, tmp_path: Path) -> None:
    watch = add_watch(shire, "all", DecisionFilter(query="houses OR pension OR café"), tells_existing=True)
    assert {alert.text for alert in tell(shire, "all")} == {HOUSING, PENSION, CAFE}
    by_text = {alert.text: alert for alert in find_told(shire, watch, limit=10)}
    assert all(alert.change == "new" and alert.told_at for alert in by_text.values())
    suppress(shire, by_text[CAFE].record_id, author=ME)
    redact(shire, "Mill Lane", author=ME)
    assert {alert.text for alert in find_told(shire, watch, limit=10)} == {
        HOUSING.replace("Mill Lane", "█████████"),
        PENSION,
    }
    assert len(find_told(shire, watch, limit=1)) == 1 and tell(shire, "all") == []
    with open_store(f"sqlite:///{tmp_path / 'copy.db'}", clock=at(9)) as copy:
        copy_store(shire, copy)
        assert tell(copy, "all") == [] and find_told(copy, watch, limit=10) == find_told(shire, watch, limit=10)
