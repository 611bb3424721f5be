"""Whole tables of records, read a few rows at a time."""

from __future__ import annotations

import tracemalloc
from collections import deque
from datetime import date
from decimal import Decimal
from itertools import islice

import pytest
from council import AREA, BAND, CAFE, HOUSING, LOST, PENSION, PIPELINE, SCHOOL, ashcombe, meeting

from minutes_miner.domain.dataset import ACTIONS, DECISIONS, SUMS, TABLES, VOTES
from minutes_miner.domain.vocabulary import Kind, Outcome
from minutes_miner.store import Store, open_store
from minutes_miner.store.export import CHUNK, open_selection
from minutes_miner.store.search import ActionFilter, DecisionFilter, find_actions, find_decisions


@pytest.mark.parametrize("name", TABLES)
def test_rows_have_the_columns_of_their_table_and_are_counted(name: str, shire: Store) -> None:
    table = TABLES[name]
    with open_selection(shire, DecisionFilter()) as selection:
        rows = list(selection.rows(table))
        assert rows and len(rows) == selection.count(table)
    assert all(tuple(row) == table.columns for row in rows)
    assert all(row[field.name] is not None for row in rows for field in table.fields if field.required)
    assert len({tuple(row[part] for part in table.key) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (DecisionFilter(), {HOUSING, SCHOOL, CAFE, PENSION, LOST, AREA, BAND}),
        (DecisionFilter(query="houses OR library"), {HOUSING, LOST}),
        (DecisionFilter(query="-library", authority="northmere"), {HOUSING, SCHOOL, PENSION}),
        (DecisionFilter(owner="o dalaigh"), {PENSION}),
        (DecisionFilter(min_amount=Decimal(500_000)), {CAFE, AREA}),
        (DecisionFilter(kind=Kind.DEFER), {SCHOOL}),
        (DecisionFilter(since=date(2024, 2, 1), until=date(2024, 2, 29)), {PENSION, LOST}),
        (DecisionFilter(query="aeroplane"), set()),
    ],
)
def test_the_filters_are_those_of_search(shire: Store, wanted: DecisionFilter, expected: set[str]) -> None:
    with open_selection(shire, wanted) as selection:
        assert {row["text"] for row in selection.rows(DECISIONS)} == expected
        decisions = {row["id"] for row in selection.rows(DECISIONS)}
        assert decisions == {row.id for row in find_decisions(shire, wanted)}
        for table in (SUMS, VOTES):
            assert {row["decision_id"] for row in selection.rows(table)} <= decisions
        assert sum(selection.pipelines().values()) == len(expected)


def test_values_are_typed_and_have_their_evidence(shire: Store) -> None:
    with open_selection(shire, DecisionFilter(query="potholes")) as selection:
        (area,) = selection.rows(DECISIONS)
        sums = list(selection.rows(SUMS))
        (vote,) = selection.rows(VOTES)
    text = ashcombe().document.text
    assert text[area["start_offset"] : area["end_offset"]] == area["text"] == AREA  # type: ignore[misc]
    assert (area["meeting_date"], area["due_to"]) == (date(2024, 3, 14), date(2024, 6, 30))
    assert (area["procedural"], area["largest_amount"], area["page_number"]) == (False, Decimal("784000.00"), 1)
    assert area["owners"] == [{"text": "Town Surveyor", "name": None, "role": "Town Surveyor"}]
    assert (area["source"], area["pipeline"]) == ("minutes/ashcombe.txt", PIPELINE)
    assert [(row["quote"], row["amount"]) for row in sums] == [
        ("£784,000.00", Decimal("784000.00")),
        ("£12,500", Decimal("12500.00")),
    ]
    for row in sums:
        assert text[row["start_offset"] : row["end_offset"]] == row["quote"]  # type: ignore[misc]
    assert (vote["manner"], vote["votes_for"], vote["votes_against"], vote["abstentions"]) == ("counted", 5, 2, 1)


def test_named_votes_come_with_their_vote(shire: Store) -> None:
    with open_selection(shire, DecisionFilter(query="band")) as selection:
        (vote,) = selection.rows(VOTES)
    assert vote["ballots"] == [{"person": "Marrow", "ballot": "for"}, {"person": "Quill", "ballot": "against"}]


def test_actions_are_chosen_by_what_they_share_or_by_their_decisions(shire: Store) -> None:
    def actions(wanted: DecisionFilter) -> list[object]:
        with open_selection(shire, wanted) as selection:
            return [row["id"] for row in selection.rows(ACTIONS)]

    (letter,) = (row.id for row in find_actions(shire, ActionFilter()))
    assert actions(DecisionFilter()) == actions(DecisionFilter(owner="clerk", query="contractor")) == [letter]
    assert actions(DecisionFilter(owner="surveyor")) == []
    assert actions(DecisionFilter(min_amount=Decimal(700_000))) == [letter]
    assert actions(DecisionFilter(outcome=Outcome.LOST)) == []


def test_rows_are_sorted_so_that_each_authority_stands_together(shire: Store) -> None:
    shire.save(meeting("Northmere County Council", None, "that the weir be mended"), pipeline=PIPELINE)
    with open_selection(shire, DecisionFilter()) as selection:
        rows = list(selection.rows(DECISIONS))
    names = [row["authority"] for row in rows]
    runs = [name for place, name in enumerate(names) if place == 0 or names[place - 1] != name]
    assert len(runs) == len(set(names)) == 3
    days = [row["meeting_date"] for row in rows if row["authority"] == "Northmere County Council"]
    assert days == [date(2023, 9, 27)] * 2 + [date(2024, 2, 1)] * 2 + [None]


def test_earlier_versions_are_left_out(shire: Store) -> None:
    shire.save(ashcombe(extra="Closed at nine."), pipeline=PIPELINE)
    with open_selection(shire, DecisionFilter(authority="ashcombe")) as selection:
        assert [row["text"] for row in selection.rows(DECISIONS)] == [AREA, BAND]
        assert selection.count(VOTES) == 2


def test_what_others_write_meanwhile_does_not_show(url: str) -> None:
    with open_store(url) as store, open_store(url) as other:
        store.save(ashcombe(), pipeline=PIPELINE)
        with open_selection(store, DecisionFilter()) as selection:
            before = selection.count(DECISIONS)
            other.save(meeting("Tarn Parish Council", None, "that the pound be mended"), pipeline=PIPELINE)
            assert len(list(selection.rows(DECISIONS))) == selection.count(DECISIONS) == before == 2
        with open_selection(store, DecisionFilter()) as selection:
            assert selection.count(DECISIONS) == 3


def test_memory_does_not_grow_with_the_number_of_rows(store: Store) -> None:
    for number in range(6):
        clauses = [f"that plot {number}-{plot} of the allotments be let to the next applicant" for plot in range(1000)]
        store.save(meeting(f"Council {number}", date(2024, 1, 1), *clauses), pipeline=PIPELINE)
    with open_selection(store, DecisionFilter()) as selection:
        assert selection.count(DECISIONS) == 6 * CHUNK

        def peak(many: int) -> int:
            tracemalloc.start()
            deque(islice(selection.rows(DECISIONS), many), maxlen=0)
            found = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            return found

        peak(10)  # what is compiled and cached once
        assert peak(6 * CHUNK) < 1.6 * peak(CHUNK + 1)
