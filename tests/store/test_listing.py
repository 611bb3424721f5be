"""What a reader finds: by words, by filters, in order; the same on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from council import AREA, BAND, CAFE, EVERYTHING, HOUSING, LOST, PENSION, PIPELINE, SCHOOL, ashcombe, meeting, task

from minutes_miner.domain.vocabulary import Kind, Manner, Outcome, Status
from minutes_miner.store import Store
from minutes_miner.store.search import ActionFilter, DecisionFilter, DecisionRow, Sort, find_actions, find_decisions


def texts(store: Store, **wanted: Any) -> list[str]:
    return [row.text for row in find_decisions(store, DecisionFilter(**wanted))]


def test_without_a_filter_everything_but_routine_is_found(shire: Store) -> None:
    assert set(texts(shire)) == EVERYTHING
    assert len(texts(shire, include_procedural=True)) == len(EVERYTHING) + 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("library", {LOST}),
        ("LIBRARY closed", {LOST}),
        ("library houses", set()),
        ("library OR houses", {LOST, HOUSING}),
        ("house", {HOUSING}),
        ("potholes", {AREA}),
        ("pothole", {AREA}),
        ('"school transport"', {SCHOOL}),
        ('"transport school"', set()),
        ("“school transport”", {SCHOOL}),
        ("transp*", {SCHOOL}),
        ('"school trans*"', {SCHOOL}),
        ("paid -library", {PENSION}),
        ("-library", EVERYTHING - {LOST}),
        ('-library -"school transport"', EVERYTHING - {LOST, SCHOOL}),
        ("houses OR -library", EVERYTHING - {LOST}),
        ("houses -mill OR library", {LOST}),
        ("cafe", {CAFE}),
        ("CAFÉ", {CAFE}),
        ("mon", {CAFE}),
        ("£500,000", {CAFE}),
        ("499,999.99", {PENSION}),
        ("children's", {SCHOOL}),
        ("housing sites", {HOUSING}),
        ("linden green", {AREA}),
        ("houses AND built", {HOUSING}),
        ("(library)", {LOST}),
        ('"library', {LOST}),
        ("£", set()),
        ('"" - * ( ) : ^', set()),
        ("text:library", set()),
        ("library^2", set()),
        ("NEAR(library closed)", set()),
        ("   ", EVERYTHING),
    ],
)
def test_query(shire: Store, query: str, found: set[str]) -> None:
    assert set(texts(shire, query=query)) == found


def test_the_best_match_comes_first(store: Store) -> None:
    often = "that the allotment rent for the allotment be that of an allotment"
    once = "that the hedge beside the long path from the church to the old allotment be cut back before the spring"
    store.save(meeting("Bramley Parish", date(2024, 5, 1), once, often), pipeline=PIPELINE)
    assert texts(store, query="allotment") == [often, once]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"authority": "northmere"}, {HOUSING, SCHOOL, PENSION, LOST}),
        ({"authority": "nowhere"}, set()),
        ({"authority": "%"}, set()),
        ({"committee": "pension"}, {PENSION, LOST}),
        ({"authority": "Ashcombe", "committee": "amenities"}, {AREA, BAND}),
        ({"kind": Kind.DEFER}, {SCHOOL}),
        ({"outcome": Outcome.LOST}, {LOST}),
        ({"owner": "director"}, {HOUSING}),
        ({"owner": "o dalaigh"}, {PENSION}),
        ({"owner": "_"}, set()),
        ({"since": date(2024, 2, 1)}, {PENSION, LOST, AREA, BAND}),
        ({"since": date(2024, 2, 2)}, {AREA, BAND}),
        ({"until": date(2023, 9, 27)}, {HOUSING, SCHOOL}),
        ({"until": date(2023, 9, 26)}, set()),
        ({"query": "be", "authority": "Ashcombe", "min_amount": Decimal("3000")}, None),
    ],
)
def test_filters(shire: Store, wanted: dict[str, Any], found: set[str] | None) -> None:
    if found is None:
        wanted, found = {**wanted, "query": "renewed"}, {AREA}
    assert set(texts(shire, **wanted)) == found


@pytest.mark.parametrize(
    ("least", "most", "found"),
    [
        ("500000", None, {CAFE, AREA}),
        ("500000.01", None, {AREA}),
        ("499999.99", None, {CAFE, PENSION, AREA}),
        ("784000", "784000", {AREA}),
        ("784000.01", None, set()),
        (None, "2500.10", {BAND}),
        (None, "2500.09", set()),
        ("12500", "12500", {AREA}),
        ("10000", "499999.99", {PENSION, AREA}),
        ("12500.01", "499999.98", set()),
    ],
)
def test_sums_are_compared_exactly(shire: Store, least: str | None, most: str | None, found: set[str]) -> None:
    wanted = {"min_amount": Decimal(least) if least else None, "max_amount": Decimal(most) if most else None}
    assert set(texts(shire, **wanted)) == found


def test_order_and_cut(shire: Store) -> None:
    newest = texts(shire, sort=Sort.NEWEST)
    assert newest == [AREA, BAND, PENSION, LOST, HOUSING, SCHOOL, CAFE]
    assert texts(shire) == newest
    assert texts(shire, sort=Sort.OLDEST) == [HOUSING, SCHOOL, PENSION, LOST, AREA, BAND, CAFE]
    assert texts(shire, sort=Sort.AMOUNT)[:4] == [AREA, CAFE, PENSION, BAND]
    assert texts(shire, limit=2) == newest[:2]
    assert texts(shire, limit=2, offset=2) == newest[2:4]
    assert texts(shire, offset=5) == newest[5:]


def test_what_only_an_earlier_version_says_is_left_out(store: Store) -> None:
    store.save(ashcombe(), pipeline=PIPELINE)
    store.save(replace(ashcombe(extra="Corrected.\n"), decisions=(), actions=()), pipeline=PIPELINE)
    assert texts(store) == []
    assert texts(store, query="potholes") == []
    assert texts(store, query="potholes", include_superseded=True) == [AREA]


def test_records_that_were_replaced_are_found_no_more(store: Store) -> None:
    store.save(ashcombe(), pipeline=PIPELINE)
    store.save(replace(ashcombe(), decisions=ashcombe().decisions[2:], actions=()), pipeline="rules-2")
    assert texts(store, query="potholes") == []
    assert texts(store, query="band") == [BAND]


def test_a_row_holds_what_a_list_shows(shire: Store) -> None:
    (row,) = find_decisions(shire, DecisionFilter(query="potholes"))
    assert row == DecisionRow(
        id=ashcombe().decisions[1].id,
        authority="Ashcombe Town Council",
        committee="Amenities Committee",
        meeting_date=date(2024, 3, 14),
        item_number="5",
        item_title="Play area at Linden Green",
        text=AREA,
        kind=Kind.APPROVE,
        outcome=Outcome.CARRIED,
        procedural=False,
        decision_maker=None,
        vote_manner=Manner.COUNTED,
        votes_for=5,
        votes_against=2,
        abstentions=1,
        mover="Cllr Marrow",
        seconder="Cllr Quill",
        reason=None,
        alternatives=None,
        call_in=None,
        portfolio_holder=None,
        sums="784000.00 GBP; 12500.00 GBP",
        decided_amount=Decimal("784000.00"),
        decided_currency="GBP",
        largest_amount=Decimal("784000.00"),
        currency="GBP",
        owners="Town Surveyor",
        due_text="30 June 2024",
        due_from=date(2024, 6, 30),
        due_to=date(2024, 6, 30),
        topics=None,
        confidence=0.95,
        source="minutes/ashcombe.txt",
        document_id=ashcombe().document.ref.sha256[:16],
        is_current=True,
        corrected=None,
    )
    assert isinstance(row.kind, Kind) and isinstance(row.vote_manner, Manner)


TASKS = {
    "clear the ditch": (date(2024, 4, 30), "the Clerk", Status.OPEN),
    "mend the fence": (date(2024, 5, 31), "Cllr Bell", Status.OPEN),
    "paint the gate": (date(2024, 4, 1), "Cllr Bell", Status.DONE),
    "ask for prices": (None, "the Clerk", Status.OPEN),
}


@pytest.fixture
def tasks(store: Store) -> Store:
    found = meeting("Bramley Parish", date(2024, 3, 1), *TASKS, committee="Full Council")
    for words, (due, owner, status) in TASKS.items():
        found = task(found, words, due, owner, status)
    store.save(found, pipeline=PIPELINE)
    return store


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["paint the gate", "clear the ditch", "mend the fence", "ask for prices"]),
        ({"owner": "clerk"}, ["clear the ditch", "ask for prices"]),
        ({"status": Status.DONE}, ["paint the gate"]),
        ({"due_before": date(2024, 4, 30)}, ["paint the gate"]),
        ({"due_before": date(2024, 5, 1)}, ["paint the gate", "clear the ditch"]),
        ({"due_after": date(2024, 4, 30)}, ["mend the fence"]),
        ({"due_after": date(2024, 4, 29)}, ["clear the ditch", "mend the fence"]),
        ({"overdue_on": date(2024, 4, 30)}, []),
        ({"overdue_on": date(2024, 5, 1)}, ["clear the ditch"]),
        ({"overdue_on": date(2024, 6, 1)}, ["clear the ditch", "mend the fence"]),
        ({"overdue_on": date(2024, 6, 1), "owner": "bell"}, ["mend the fence"]),
        ({"query": "fences"}, ["mend the fence"]),
        ({"query": "-fence", "limit": 2}, ["paint the gate", "clear the ditch"]),
        ({"authority": "bramley", "committee": "full"}, list(TASKS)),
        ({"authority": "ashcombe"}, []),
        ({"since": date(2024, 3, 2)}, []),
        ({"sort": Sort.NEWEST, "limit": 1}, ["clear the ditch"]),
    ],
)
def test_actions(tasks: Store, wanted: dict[str, Any], found: list[str]) -> None:
    rows = find_actions(tasks, ActionFilter(**wanted))
    ordered = [row.text for row in rows]
    assert sorted(ordered) == sorted(found)
    if found != list(TASKS):
        assert ordered == found
