"""Reading alone: what a reader may not do, and whole documents, meetings and suggestions."""

from __future__ import annotations

import pytest
from council import ASHCOMBE
from sqlalchemy import text

from minutes_miner.errors import StoreError
from minutes_miner.store import Store
from minutes_miner.store.migrations import VERSION_TABLE
from minutes_miner.store.search import (
    DecisionFilter,
    SlowQueryError,
    UnknownRecordError,
    check_shown,
    find_contents,
    find_decisions,
    find_history,
    find_kept,
    find_mentions,
    get_document,
    get_meeting,
    open_reader,
    read_text,
)
from minutes_miner.store.suggesting import find_suggestions

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def document_of(store: Store, query: str) -> str:
    return find_decisions(store, DecisionFilter(query=query, include_procedural=True))[0].document_id


def test_a_reader_reads_and_can_write_nothing(shire: Store) -> None:
    with open_reader(shire.url, max_seconds=30) as reader:
        assert find_decisions(reader, DecisionFilter()) == find_decisions(shire, DecisionFilter()) != []
        with pytest.raises(StoreError, match="can't be written"), reader.read() as connection:
            connection.execute(text("DELETE FROM owners"))


def test_a_question_that_takes_too_long_is_given_up_and_the_next_is_answered(shire: Store) -> None:
    with open_reader(shire.url, max_seconds=0.5) as reader:
        with pytest.raises(SlowQueryError, match="too long"), reader.read() as connection:
            connection.execute(text(ENDLESS))
        assert find_decisions(reader, DecisionFilter(query="grant"))


def test_tables_of_another_version_are_not_touched(shire: Store) -> None:
    with shire.write() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '0001'"))
    with pytest.raises(StoreError, match="db upgrade"):
        open_reader(shire.url, max_seconds=30)


def test_a_document_has_its_text_and_each_place_of_its_records(shire: Store) -> None:
    found = get_document(shire, document_of(shire, "Linden"))
    assert found.text == ASHCOMBE
    contents = find_contents(shire, found.facts.id)
    assert len(contents.decisions) >= 3
    assert len(contents.actions) >= 1
    mentions = find_mentions(shire, found.facts.id)
    assert {mention.record_id for mention in mentions} == {row.id for row in (*contents.decisions, *contents.actions)}
    for mention in mentions:
        evidence = mention.evidence
        assert read_text(shire, found.facts.id, evidence.start, evidence.end) == evidence.quote
    assert find_history(shire, found.facts.id) == found.history
    assert find_kept(shire, found.facts.id).sources == found.facts.sources


def test_a_withdrawn_record_is_in_no_contents_and_no_meeting(shire: Store) -> None:
    document = document_of(shire, "Linden")
    gone = find_contents(shire, document).decisions[0].id
    check_shown(shire, gone)
    with shire.write() as connection:
        connection.execute(text("UPDATE decisions SET is_suppressed = :yes WHERE id = :id"), {"yes": True, "id": gone})
    contents = find_contents(shire, document)
    assert contents.decisions
    assert gone not in {row.id for row in contents.decisions}
    assert gone not in {mention.record_id for mention in find_mentions(shire, document)}
    assert gone not in {row.id for row in get_meeting(shire, document).decisions}
    with pytest.raises(UnknownRecordError, match="withdrawn"):
        check_shown(shire, gone)


def test_a_meeting_gathers_what_its_papers_tell(shire: Store) -> None:
    found = get_meeting(shire, document_of(shire, "Linden"))
    assert (found.authority, found.committee) == ("Ashcombe Town Council", "Amenities Committee")
    assert len(found.papers) == 1
    numbers = [row.item_number for row in found.decisions if row.item_number]
    assert numbers == sorted(numbers) == ["5", "6"]
    assert [one.person for one in found.interests] == ["Councillor P. Quill"]


@pytest.mark.parametrize("read", [get_document, get_meeting])
def test_an_id_that_no_document_has_is_told(shire: Store, read: object) -> None:
    with pytest.raises(UnknownRecordError, match="0000"):
        read(shire, "0000000000000000")


def test_names_are_suggested_by_the_beginning_of_a_word(shire: Store) -> None:
    assert [(one.field, one.value) for one in find_suggestions(shire, "NORTH")] == [
        ("authority", "Northmere County Council")
    ]
    assert [one.value for one in find_suggestions(shire, "alaigh")] == []
    assert "Ó Dálaigh" in {one.value for one in find_suggestions(shire, "dal")}
    assert find_suggestions(shire, "%") == find_suggestions(shire, "  ") == []
