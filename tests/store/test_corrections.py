"""Corrections: shown everywhere, beside what the document says, and lasting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from council import AREA, BAND, PIPELINE, ashcombe, at, dump
from sqlalchemy import update

from minutes_miner.domain.dataset import ACTIONS, DECISIONS
from minutes_miner.domain.record import Party
from minutes_miner.domain.vocabulary import Kind, Outcome, Status
from minutes_miner.errors import StoreError
from minutes_miner.store import Store, open_store
from minutes_miner.store.copying import copy_store
from minutes_miner.store.corrections import Author, correct, find_corrections, suppress, undo
from minutes_miner.store.export import open_selection
from minutes_miner.store.search import (
    ActionFilter,
    DecisionFilter,
    count_facets,
    count_records,
    find_actions,
    find_decisions,
    get_record,
    total_money,
)
from minutes_miner.store.tables import decisions

ME = Author("the minutes say so on page 3", "A. Clerk")
AREA_ID, BAND_ID = ashcombe().decisions[1].id, ashcombe().decisions[2].id
LETTER = ashcombe().actions[0].id


def texts(store: Store, query: str) -> set[str]:
    return {row.text for row in find_decisions(store, DecisionFilter(query=query))}


def test_a_corrected_kind_is_found_counted_shown_and_exported(shire: Store) -> None:
    assert AREA in texts(shire, "kind:approve") and AREA not in texts(shire, "kind:defer")
    (entry,) = correct(shire, AREA_ID[:9], "kind", "Defer", author=ME)
    assert (entry.old, entry.new, entry.source, entry.made_by, entry.is_found) == (
        *("approve", "defer", "approve", "A. Clerk"),
        True,
    )
    assert AREA in texts(shire, "kind:defer") and AREA not in texts(shire, "kind:approve")
    kinds = {one.value: one.count for one in count_facets(shire, DecisionFilter(authority="ashcombe")).counts["kind"]}
    assert kinds == {"approve": 1, "defer": 1}
    record = get_record(shire, AREA_ID).record
    assert record.corrected == "kind" and record.kind is Kind.DEFER  # type: ignore[union-attr]
    with open_selection(shire, DecisionFilter(kind=Kind.DEFER, authority="ashcombe")) as selection:
        (row,) = selection.rows(DECISIONS)
    assert (row["id"], row["kind"], row["corrected"]) == (AREA_ID, "defer", "kind")
    assert shire.check() == []


SEARCHED = {
    "outcome": ("lost", "outcome:lost"),
    "owners": ("Head of Parks; Clerk", 'owner:"head of parks"'),
    "committee": ("Parks Committee", 'committee:"parks committee"'),
    "authority": ("Ashcombe Parish", 'authority:"ashcombe parish"'),
    "meeting-date": ("2021-07-01", "year:2021 since:2021-07-01 until:2021-07-01"),
    "item_title": ("Wildflowers", "wildflowers"),
}


def test_what_is_corrected_is_searched_by_and_can_be_undone(shire: Store) -> None:
    before = dump(shire)
    assert before["decided_sums"]
    for field, (value, query) in SEARCHED.items():
        assert AREA not in texts(shire, query), field
        entries = correct(shire, AREA_ID, field, value, author=ME)
        assert AREA in texts(shire, query), field
        undo(shire, entries[0].number, author=Author("a slip"))
        assert AREA not in texts(shire, query), field
        after = dump(shire)
        for name in ("documents", "decisions", "actions", "decided_sums"):
            assert after[name] == before[name], field
    assert len(after["owners"]) == len(before["owners"]) and shire.check() == []
    assert [entry.undone_reason for entry in find_corrections(shire)] == ["a slip"] * len(SEARCHED)
    assert find_corrections(shire, include_undone=False) == []


def test_what_is_decided_follows_a_corrected_kind_and_comes_back(shire: Store) -> None:
    def totals(query: str) -> list[Decimal]:
        return [one.total for one in total_money(shire, DecisionFilter(query=f"potholes {query}")).overall]

    def decided() -> Decimal | None:
        return get_record(shire, AREA_ID).record.decided_amount  # type: ignore[union-attr]

    before = dump(shire)
    large = {row.id for row in find_decisions(shire, DecisionFilter(query="amount:>700k"))}
    assert AREA_ID in large and decided() == Decimal("784000.00") and len(totals("")) == 1
    (entry,) = correct(shire, AREA_ID, "kind", "note", author=ME)
    assert decided() is None and totals("") == totals("kind:note") == []
    after = {row.id for row in find_decisions(shire, DecisionFilter(query="amount:>700k"))}
    assert after == large - {AREA_ID}
    shire.save(ashcombe(), pipeline="rules-2")  # mined anew, it holds
    assert decided() is None and totals("") == []
    undo(shire, entry.number, author=ME)
    assert dump(shire)["decided_sums"] == before["decided_sums"] and len(totals("")) == 1


def test_totals_follow_a_corrected_outcome(shire: Store) -> None:
    whole = total_money(shire, DecisionFilter(query="potholes")).overall
    (entry,) = correct(shire, AREA_ID, "outcome", "lost", author=ME)
    assert whole and total_money(shire, DecisionFilter(query="potholes")).overall == ()
    assert total_money(shire, DecisionFilter(query="potholes outcome:lost")).overall == whole
    undo(shire, entry.number, author=ME)
    suppress(shire, AREA_ID, author=ME)
    assert total_money(shire, DecisionFilter(query="potholes")).overall == ()


def test_a_corrected_authority_lies_where_it_lies(shire: Store) -> None:
    places = {"Abertarn Council": "WLS"}
    (entry,) = correct(shire, AREA_ID, "authority", "Abertarn Council", author=ME, find_territory=places.get)
    assert AREA in texts(shire, "territory:wales") and entry.new == "Abertarn Council"
    shire.save(ashcombe(), pipeline="rules-2")
    assert AREA in texts(shire, "territory:wales")
    undo(shire, entry.number, author=ME)
    assert AREA not in texts(shire, "territory:wales") and AREA in texts(shire, "authority:ashcombe")


def test_an_officer_closes_an_action(shire: Store) -> None:
    (entry,) = correct(shire, LETTER, "status", "closed", author=Author("the letter went out on 3 May"))
    assert (entry.old, entry.new) == ("open", "done")
    assert find_actions(shire, ActionFilter(status=Status.OPEN)) == []
    (row,) = find_actions(shire, ActionFilter(status=Status.DONE))
    assert (row.id, row.corrected) == (LETTER, "status")
    assert count_records(shire).actions_open == 0


def test_votes_deadlines_and_names_are_corrected(shire: Store) -> None:
    for field, value in (
        ("votes_for", "6"),
        ("abstentions", "none"),
        ("mover", "Cllr Sedge"),
        ("due", "2024-09"),
        ("vote_manner", "casting vote"),
    ):
        correct(shire, AREA_ID, field, value, author=ME)
    row = get_record(shire, AREA_ID).record
    assert (row.votes_for, row.votes_against, row.abstentions) == (6, 2, None)  # type: ignore[union-attr]
    assert (row.mover, row.vote_manner) == ("Cllr Sedge", "casting_vote")  # type: ignore[union-attr]
    assert (row.due_text, row.due_from, row.due_to) == ("2024-09", date(2024, 9, 1), date(2024, 9, 30))
    assert row.corrected == "votes_for; abstentions; mover; due; vote_manner"
    assert shire.check() == []


def test_a_count_where_no_vote_was_told_makes_it_counted(shire: Store) -> None:
    row = next(one for one in find_decisions(shire, DecisionFilter(authority="northmere")) if one.vote_manner is None)
    correct(shire, row.id, "votes_against", "0", author=ME)
    found = get_record(shire, row.id).record
    assert (found.vote_manner, found.votes_against) == ("counted", 0)  # type: ignore[union-attr]


REFUSED = [
    ("kind", "maybe", "kind can't be 'maybe'; it takes approve, agree"),
    ("votes_for", "-3", "votes_for can't be '-3'; it takes a whole number"),
    ("meeting_date", "2024-06", "it takes a day such as"),
    ("due", "2024-06-30..2024-06-01", "due can't be"),
    ("outcome", "none", "outcome can't be 'none'"),
    ("text", "other words", "'text' of a decision can't be corrected; these can: kind, outcome"),
    ("status", "done", "'status' of a decision can't be corrected"),
    ("kind", "approve", "is approve already"),
    ("mover", "x" * 3000, "mover can't be 'xxx"),
]


def test_what_a_field_can_not_be_is_refused(sqlite_url: str) -> None:
    with open_store(sqlite_url) as store:
        store.save(ashcombe(), pipeline=PIPELINE)
        for field, value, said in REFUSED:
            with pytest.raises(StoreError, match=said):
                correct(store, AREA_ID, field, value, author=ME)
        assert find_corrections(store) == []


def test_a_reason_is_wanted_and_an_entry_is_undone_once(shire: Store) -> None:
    with pytest.raises(StoreError, match="no reason is given"):
        correct(shire, AREA_ID, "kind", "note", author=Author("  "))
    (entry,) = correct(shire, AREA_ID, "kind", "note", author=ME)
    undo(shire, entry.number, author=ME)
    with pytest.raises(StoreError, match="was undone on 2026-01-05"):
        undo(shire, entry.number, author=ME)
    with pytest.raises(StoreError, match="there is no correction 99"):
        undo(shire, 99, author=ME)


def test_of_two_corrections_the_later_holds_and_either_can_be_undone(shire: Store) -> None:
    first = correct(shire, AREA_ID, "kind", "note", author=ME)[0]
    second = correct(shire, AREA_ID, "kind", "refuse", author=ME)[0]
    assert (second.old, second.source) == ("note", "approve")
    undo(shire, first.number, author=ME)
    assert get_record(shire, AREA_ID).record.kind is Kind.REFUSE  # type: ignore[union-attr]
    undo(shire, second.number, author=ME)
    assert get_record(shire, AREA_ID).record.kind is Kind.APPROVE  # type: ignore[union-attr]


def test_a_suppressed_record_is_in_no_list_count_or_export(shire: Store) -> None:
    before = count_records(shire)
    (entry,) = suppress(shire, AREA_ID, author=Author("read out of an agenda"))
    suppress(shire, LETTER, author=Author("not an action"))
    assert AREA not in texts(shire, "area OR potholes") and find_actions(shire, ActionFilter()) == []
    after = count_records(shire)
    assert (after.decisions, after.actions) == (before.decisions - 1, before.actions - 1)
    with open_selection(shire, DecisionFilter(include_procedural=True)) as selection:
        assert AREA_ID not in {row["id"] for row in selection.rows(DECISIONS)}
        assert list(selection.rows(ACTIONS)) == []
    with shire.read() as connection:
        shown = connection.exec_driver_sql("SELECT decision_id FROM decisions_overview").scalars().all()
    assert shown and AREA_ID not in shown
    assert get_record(shire, AREA_ID).record.id == AREA_ID, "who has the id may still look"
    with pytest.raises(StoreError, match="is left out already"):
        suppress(shire, AREA_ID, author=ME)
    undo(shire, entry.number, author=ME)
    assert AREA in texts(shire, "potholes") and shire.check() == []


def test_corrections_last_when_the_document_is_mined_again(shire: Store) -> None:
    wanted = {"kind": "note", "owners": "Sexton", "meeting_date": "2024-03-15", "committee": "Parks"}
    for field, value in wanted.items():
        correct(shire, AREA_ID, field, value, author=ME)
    correct(shire, LETTER, "status", "done", author=ME)
    suppress(shire, BAND_ID, author=ME)
    before = dump(shire)
    assert shire.save(ashcombe(), pipeline=PIPELINE).change == "unchanged"
    assert shire.save(ashcombe(), pipeline=PIPELINE, replace=True).change == "replaced"
    after = dump(shire)
    for name in ("documents", "decisions", "corrections", "facet_values"):
        assert after[name] == before[name], name
    assert [row[1:] for row in after["actions"]] == [row[1:] for row in before["actions"]]
    assert shire.check() == [] and BAND not in texts(shire, "authority:ashcombe")


def test_a_newer_pipeline_changes_what_the_source_is_said_to_say(shire: Store) -> None:
    correct(shire, AREA_ID, "kind", "note", author=ME)
    found = ashcombe()
    better = replace(found.decisions[1], kind=Kind.AUTHORISE, outcome=Outcome.LOST)
    shire.save(replace(found, decisions=(found.decisions[0], better, found.decisions[2])), pipeline="rules-2")
    row = get_record(shire, AREA_ID).record
    assert (row.kind, row.outcome) == (Kind.NOTE, Outcome.LOST)  # type: ignore[union-attr]
    (entry,) = find_corrections(shire, record_id=AREA_ID)
    assert (entry.old, entry.source) == ("approve", "authorise")


def test_a_new_version_of_the_document_inherits_what_it_states_too(shire: Store) -> None:
    correct(shire, AREA_ID, "kind", "note", author=ME)
    correct(shire, AREA_ID, "owners", "Sexton", author=ME)
    correct(shire, AREA_ID, "committee", "Parks Committee", author=ME)
    suppress(shire, BAND_ID, author=ME)
    new = ashcombe(extra="Signed as a true record.\n")
    shire.save(new, pipeline=PIPELINE)
    (row,) = find_decisions(shire, DecisionFilter(authority="ashcombe"))
    assert row.id == new.decisions[1].id != AREA_ID
    assert (row.kind, row.owners, row.committee) == (Kind.NOTE, "Sexton", "Parks Committee")
    entries = find_corrections(shire, record_id=row.id)
    assert {entry.field for entry in entries} == {"kind", "owners", "committee"}
    shire.save(new, pipeline=PIPELINE, replace=True)
    assert find_corrections(shire, record_id=row.id) == entries
    first = next(entry for entry in find_corrections(shire, record_id=AREA_ID) if entry.field == "kind")
    undo(shire, first.number, author=ME)
    assert get_record(shire, row.id).record.kind is Kind.APPROVE  # type: ignore[union-attr]


def test_a_new_version_that_states_the_day_right_needs_no_correction(shire: Store) -> None:
    correct(shire, AREA_ID, "meeting_date", "2024-03-15", author=ME)
    new = ashcombe(extra="Reprinted.\n")
    document = replace(new.document, meeting_date=date(2024, 3, 16))
    shire.save(replace(new, document=document), pipeline=PIPELINE)
    assert {row.meeting_date for row in find_decisions(shire, DecisionFilter(authority="ashcombe"))} == {
        date(2024, 3, 16)
    }


def test_another_paper_that_states_the_same_words_is_corrected_with_it(store: Store) -> None:
    store.save(ashcombe(), pipeline=PIPELINE)
    other = ashcombe("minutes/register.txt", extra="Register.\n")
    store.save(other, pipeline=PIPELINE)
    entries = correct(store, AREA_ID, "kind", "refuse", author=ME)
    assert {entry.record_id for entry in entries} == {AREA_ID, other.decisions[1].id}
    undo(store, entries[1].number, author=ME)
    rows = find_decisions(store, DecisionFilter(query="potholes"))
    assert [row.kind for row in rows] == [Kind.APPROVE, Kind.APPROVE]


def test_a_copy_keeps_the_trail(shire: Store, tmp_path: Path) -> None:
    correct(shire, AREA_ID, "kind", "note", author=ME)
    with open_store(f"sqlite:///{tmp_path / 'copy.db'}", clock=at(9)) as copy:
        copy_store(shire, copy)
        assert find_corrections(copy) == find_corrections(shire) != []
        entry = correct(copy, BAND_ID, "mover", "Cllr Reed", author=ME)[0]
        assert entry.number == 2
        undo(copy, 1, author=ME)
        assert get_record(copy, AREA_ID).record.kind is Kind.APPROVE  # type: ignore[union-attr]


def test_owners_come_back_as_the_document_names_them(shire: Store) -> None:
    (entry,) = correct(shire, AREA_ID, "owners", "none", author=ME)
    assert (entry.old, entry.new) == ("Town Surveyor", None)
    assert get_record(shire, AREA_ID).owners == ()
    undo(shire, entry.number, author=ME)
    assert get_record(shire, AREA_ID).owners == (Party("Town Surveyor", role="Town Surveyor"),)


def test_the_trail_says_where_a_record_is_gone(shire: Store) -> None:
    correct(shire, AREA_ID, "kind", "note", author=ME)
    shire.save(replace(ashcombe(), decisions=(), actions=()), pipeline="rules-2")
    (entry,) = find_corrections(shire)
    assert not entry.is_found
    undo(shire, entry.number, author=ME)


def test_the_numbers_of_a_moved_meeting_stay_free_of_others(shire: Store) -> None:
    correct(shire, AREA_ID, "meeting_date", "2023-09-27", author=ME)
    rows = find_decisions(shire, DecisionFilter(since=date(2023, 9, 27), until=date(2023, 9, 27)))
    assert {row.authority for row in rows} == {"Ashcombe Town Council", "Northmere County Council"}
    with shire.write() as connection:
        assert connection.execute(update(decisions).values(tags=decisions.c.tags)).rowcount == 8
