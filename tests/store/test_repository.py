"""What saving does to the rows: once, twice, with other bytes, with another pipeline, or not to the end."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from council import PIPELINE, ashcombe, at, decide, dump, meeting, money
from sqlalchemy import func, select, update

from minutes_miner.domain.source import Document
from minutes_miner.errors import StoreError
from minutes_miner.store import Store, Told, open_store
from minutes_miner.store.migrations import HEAD
from minutes_miner.store.saving import Change
from minutes_miner.store.tables import decision_sums, decisions, documents, mentions, owners, sources, sums

SOURCE = "minutes/ashcombe.txt"


def test_every_fact_becomes_a_row(store: Store) -> None:
    store.save(ashcombe(), pipeline=PIPELINE)
    rows = {name: len(found) for name, found in dump(store).items() if found}
    assert rows == {
        "documents": 1,
        "sources": 1,
        "source_versions": 1,
        "decisions": 3,
        "actions": 1,
        "mentions": 4,
        "owners": 2,
        "named_votes": 2,
        "sums": 3,
        "decision_sums": 3,
        "dates": 2,
        "interests": 1,
        "attendance": 2,
        "warnings": 1,
        "facet_values": 6,
        "decided_sums": 3,
        "party_queue": 1,
    }
    assert store.check() == []


def test_the_columns_of_a_decision_hold_its_facts(store: Store) -> None:
    store.save(ashcombe(), pipeline=PIPELINE)
    with store.read() as connection:
        row = connection.execute(select(decisions).where(decisions.c.item_number == "5")).one()
    assert (row.vote_manner, row.votes_for, row.votes_against, row.abstentions) == ("counted", 5, 2, 1)
    assert (row.mover, row.seconder, row.owners) == ("Cllr Marrow", "Cllr Quill", "Town Surveyor")
    assert (row.due_text, row.due_from, row.due_to) == ("30 June 2024", date(2024, 6, 30), date(2024, 6, 30))
    assert (row.sums, row.largest_amount, row.currency) == ("784000.00 GBP; 12500.00 GBP", Decimal("784000.00"), "GBP")
    assert (row.kind, row.outcome, row.procedural, row.confidence) == ("approve", "carried", False, 0.95)


def test_saving_twice_leaves_identical_rows(store: Store) -> None:
    first = store.save(ashcombe(), pipeline=PIPELINE)
    before = dump(store)
    second = store.save(ashcombe(), pipeline=PIPELINE)
    assert (first.change, second.change) == (Change.ADDED, Change.UNCHANGED)
    assert dump(store) == before


def test_saving_twice_leaves_an_identical_file(sqlite_url: str) -> None:
    import sqlite3

    dumps = []
    for _ in range(2):
        with open_store(sqlite_url, clock=at(9)) as store:
            store.save(ashcombe(), pipeline=PIPELINE)
        with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
            dumps.append("\n".join(connection.iterdump()))
    assert "Linden Band" in dumps[0]
    assert dumps[0] == dumps[1]


def test_a_later_run_changes_only_when_the_source_was_last_seen(url: str) -> None:
    with open_store(url, clock=at(9)) as store:
        store.save(ashcombe(), pipeline=PIPELINE)
        before = dump(store)
    with open_store(url, clock=at(17)) as store:
        store.save(ashcombe(), pipeline=PIPELINE)
        after = dump(store)
    assert before.pop("sources") != after.pop("sources")
    assert before == after


def test_a_changed_file_keeps_its_earlier_version(store: Store) -> None:
    old = store.save(ashcombe(), pipeline=PIPELINE)
    new = store.save(ashcombe(extra="Corrected.\n"), pipeline=PIPELINE)
    assert (new.change, new.superseded) == (Change.ADDED, old.document_id)
    with store.read() as connection:
        state = {row.id: row.is_current for row in connection.execute(select(documents))}
        kept = connection.scalar(select(func.count()).where(decisions.c.document_id == old.document_id))
    assert state == {old.document_id: False, new.document_id: True}
    assert kept == 3
    assert [row[:3] for row in dump(store)["source_versions"]] == [
        (SOURCE, 1, old.document_id),
        (SOURCE, 2, new.document_id),
    ]
    assert store.check() == []


def test_a_file_that_changes_back_is_current_again(store: Store) -> None:
    old = store.save(ashcombe(), pipeline=PIPELINE)
    store.save(ashcombe(extra="Corrected.\n"), pipeline=PIPELINE)
    assert store.save(ashcombe(), pipeline=PIPELINE).change is Change.UNCHANGED
    with store.read() as connection:
        assert connection.scalars(select(documents.c.id).where(documents.c.is_current)).all() == [old.document_id]
    assert len(dump(store)["source_versions"]) == 3


def test_a_copy_keeps_a_document_current(store: Store) -> None:
    old = store.save(ashcombe(), pipeline=PIPELINE)
    assert store.save(ashcombe("copy.txt"), pipeline=PIPELINE).change is Change.UNCHANGED
    assert store.save(ashcombe(extra="Corrected.\n"), pipeline=PIPELINE).superseded is None
    with store.read() as connection:
        assert connection.scalar(select(documents.c.is_current).where(documents.c.id == old.document_id))
    assert store.check() == []


def test_another_pipeline_replaces_the_records(store: Store) -> None:
    store.save(ashcombe(), pipeline=PIPELINE)
    better = replace(ashcombe(), decisions=ashcombe().decisions[1:2], actions=(), money=())
    assert store.save(better, pipeline="rules-2").change is Change.REPLACED
    rows = dump(store)
    assert len(rows["decisions"]) == 1 and rows["actions"] == [] and len(rows["sums"]) == 2
    assert len(rows["documents"]) == 1 and len(rows["source_versions"]) == 1
    assert store.check() == []
    assert not store.is_current(SOURCE, better.document.ref.sha256, PIPELINE)


def test_another_authority_given_by_the_user_replaces_the_records(store: Store) -> None:
    store.save(ashcombe(), pipeline=PIPELINE)
    sha256 = ashcombe().document.ref.sha256
    assert store.is_current(SOURCE, sha256, PIPELINE)
    assert not store.is_current(SOURCE, sha256, PIPELINE, authority="Ashcombe Parish")
    assert store.save(ashcombe(authority="Ashcombe Parish"), pipeline=PIPELINE).change is Change.REPLACED
    assert store.is_current(SOURCE, sha256, PIPELINE, authority="Ashcombe Parish")


def test_other_facts_told_by_the_user_replace_the_records(store: Store) -> None:
    url, day = "https://ashcombe.example/minutes.txt", date(2023, 12, 1)
    store.save(ashcombe(), pipeline=PIPELINE)
    document = ashcombe().document
    told = Told("Lido Panel", day, url)
    for one in (Told(committee="Lido Panel"), Told(meeting_date=day), Told(url=url), told):
        assert not store.is_current(SOURCE, document.ref.sha256, PIPELINE, told=one)
    assert store.is_current(SOURCE, document.ref.sha256, PIPELINE, told=Told(document.committee, document.meeting_date))
    ref = replace(document.ref, url=url)
    other = replace(ashcombe(), document=replace(document, ref=ref, committee="Lido Panel", meeting_date=day))
    assert store.save(other, pipeline=PIPELINE).change is Change.REPLACED
    assert store.is_current(SOURCE, document.ref.sha256, PIPELINE, told=told)
    assert store.save(other, pipeline=PIPELINE).change is Change.UNCHANGED
    with store.read() as connection:
        assert connection.scalars(select(sources.c.url)).all() == [url]
        assert [tuple(row) for row in connection.execute(select(documents.c.committee, documents.c.meeting_date))] == [
            ("Lido Panel", day)
        ]


def test_a_copy_is_not_told_apart_by_facts(store: Store) -> None:
    store.save(ashcombe(), pipeline=PIPELINE)
    copy = ashcombe("copy.txt")
    told = replace(copy, document=replace(copy.document, committee="Lido Panel"))
    assert store.save(told, pipeline=PIPELINE).change is Change.UNCHANGED
    assert store.is_current("copy.txt", copy.document.ref.sha256, PIPELINE, told=Told("Lido Panel"))
    assert store.check() == []


def test_is_current_asks_for_source_bytes_and_pipeline(store: Store) -> None:
    store.save(ashcombe(), pipeline=PIPELINE)
    sha256 = ashcombe().document.ref.sha256
    assert store.is_current(SOURCE, sha256, PIPELINE)
    assert not store.is_current("elsewhere.txt", sha256, PIPELINE)
    assert not store.is_current(SOURCE, "0" * 64, PIPELINE)
    assert not store.is_current(SOURCE, sha256, "rules-2")


def test_a_failure_is_kept_beside_what_was_mined_before(store: Store) -> None:
    store.save(ashcombe(), pipeline=PIPELINE)
    store.record_failure(SOURCE, "the file is empty", size=0, sha256="e" * 64)
    store.record_failure("scan.pdf", "needs OCR", size=10)
    with store.read() as connection:
        found = connection.execute(select(sources.c.source, sources.c.failure).order_by(sources.c.source)).all()
    assert [tuple(row) for row in found] == [(SOURCE, "the file is empty"), ("scan.pdf", "needs OCR")]
    assert not store.is_current(SOURCE, ashcombe().document.ref.sha256, PIPELINE)
    assert store.check() == []
    store.save(ashcombe(), pipeline=PIPELINE)
    assert [row[2:5] for row in dump(store)["sources"]] == [("mined", None, None), ("failed", "needs OCR", None)]


def test_a_document_that_contradicts_itself_is_not_stored_at_all(store: Store) -> None:
    store.save(ashcombe(), pipeline=PIPELINE)
    before = dump(store)
    twin = meeting("Bramley Parish", date(2024, 5, 1), "the hall be let")
    twin = replace(twin, decisions=twin.decisions * 2)
    with pytest.raises(StoreError, match="contradict each other"):
        store.save(twin, pipeline=PIPELINE)
    assert dump(store) == before


def test_a_sum_that_is_no_number_is_refused(store: Store) -> None:
    found = ashcombe()
    odd = replace(found, money=(replace(found.money[0], amount=Decimal("NaN")),))
    with pytest.raises(StoreError, match="is no sum"):
        store.save(odd, pipeline=PIPELINE)
    assert dump(store)["documents"] == []


def test_a_sum_named_by_two_decisions_belongs_to_both(store: Store) -> None:
    text = "RESOLVED, at £5,000 in all, that (a) the roof be mended; (b) the wall be painted."
    cost = money(text, "£5,000", "5000")
    both = tuple(decide(text, words, money=(cost,)) for words in ("the roof be mended", "the wall be painted"))
    found = meeting("Bramley Parish", date(2024, 5, 1))
    document = replace(found.document, text=text)
    store.save(replace(found, document=document, decisions=both), pipeline=PIPELINE)
    assert len(dump(store)["sums"]) == 1
    assert len(dump(store)["decision_sums"]) == 2


@pytest.mark.parametrize("amount", ["0.10", "0.30", "19.99", "784000.10", "9999999999999.99", "0.455", "1E+3"])
def test_sums_come_back_exactly(store: Store, amount: str) -> None:
    found = meeting("Bramley Parish", None, ("pay £5", {"sums": [("£5", amount)]}))
    store.save(found, pipeline=PIPELINE)
    with store.read() as connection:
        stored = connection.scalars(select(sums.c.amount)).all()
        assert connection.scalar(select(func.count()).where(sums.c.amount == Decimal(amount))) == 1
    assert stored == [Decimal(amount)]
    assert isinstance(stored[0], Decimal) and stored[0].as_tuple().exponent in {-2, -3}


def test_signs_that_databases_refuse_keep_every_offset(store: Store) -> None:
    found = meeting("Bramley\x00Parish", None, "the \ud800 roof be mended", source="caf\udce9.txt")
    store.save(found, pipeline=PIPELINE)
    assert store.check() == []
    assert store.is_current("caf\udce9.txt", found.document.ref.sha256, PIPELINE)
    assert not store.is_current("caf\udcea.txt", found.document.ref.sha256, PIPELINE)
    assert dump(store)["decisions"][0][6] == "the \ufffd roof be mended"


def test_names_too_long_to_index_are_cut(store: Store) -> None:
    found = meeting("Bramley " * 2000, None, "the roof be mended")
    assert store.save(found, pipeline=PIPELINE).change is Change.ADDED
    assert store.save(found, pipeline=PIPELINE).change is Change.UNCHANGED
    with store.read() as connection:
        assert len(connection.scalars(select(documents.c.authority)).one()) == 300


def test_a_document_without_records_is_stored(store: Store) -> None:
    found = meeting("Bramley Parish", None)
    assert isinstance(found.document, Document)
    store.save(found, pipeline=PIPELINE)
    assert len(dump(store)["documents"]) == 1
    assert store.is_current(found.document.ref.source, found.document.ref.sha256, PIPELINE)


def test_info_counts_rows_and_hides_the_password(store: Store) -> None:
    store.save(ashcombe(), pipeline=PIPELINE)
    info = store.info()
    assert info.rows["decisions"] == 3 and info.rows["documents"] == 1
    assert info.revision == HEAD and info.size > 0
    assert info.server.startswith(("sqlite 3", "postgresql 1"))


def test_check_names_a_quote_that_is_not_in_the_text(store: Store) -> None:
    saved = store.save(ashcombe(), pipeline=PIPELINE)
    with store.write() as connection:
        connection.execute(update(mentions).where(mentions.c.position == 1).values(quote="something else"))
        connection.execute(update(documents).values(is_current=False))
    problems = store.check()
    assert len(problems) == 2
    assert f"documents {saved.document_id}: marked as superseded" in problems[0]
    assert f"mentions {saved.document_id}/1: quote is not what the text says" in problems[1]


def test_check_sees_an_index_out_of_step(sqlite_url: str) -> None:
    with open_store(sqlite_url) as store:
        store.save(ashcombe(), pipeline=PIPELINE)
        with store.write() as connection:
            connection.exec_driver_sql("DROP TRIGGER decisions_fts_update")
            connection.execute(update(decisions).values(item_title="Bandstand"))
        assert store.check() == ["decisions_fts: the full-text index is out of step with the table decisions"]


def test_check_sees_a_row_whose_parent_is_gone(sqlite_url: str) -> None:
    import sqlite3

    with open_store(sqlite_url) as store:
        store.save(ashcombe(), pipeline=PIPELINE)
        with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
            connection.execute("DELETE FROM actions")
        problems = store.check()
    assert problems and all("names a row of actions" in problem for problem in problems)


KILLED = """
import os, signal, sys
from sqlalchemy import event
sys.path.insert(0, sys.argv[2])
from council import PIPELINE, ashcombe
from minutes_miner.store import open_store

store = open_store(sys.argv[1])

def kill(connection, cursor, statement, *rest):
    if statement.startswith("INSERT INTO owners"):
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(store._engine, "after_cursor_execute", kill)
store.save(ashcombe(), pipeline=PIPELINE)
"""


def test_a_killed_process_leaves_nothing_half_done(url: str) -> None:
    open_store(url).close()
    process = subprocess.run(
        [sys.executable, "-c", KILLED, url, str(Path(__file__).parent)], capture_output=True, check=False
    )
    assert process.returncode == -9, process.stderr.decode()
    with open_store(url) as store:
        assert all(rows == [] for rows in dump(store).values())
        assert store.save(ashcombe(), pipeline=PIPELINE).change is Change.ADDED
        assert store.check() == []
        with store.read() as connection:
            assert connection.scalar(select(func.count()).select_from(owners)) == 2
            assert connection.scalar(select(func.count()).select_from(decision_sums)) == 3


WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from datetime import date
from council import PIPELINE, ashcombe, meeting
from minutes_miner.store import open_store

with open_store(sys.argv[1]) as store:
    for number in range(40):
        store.save(ashcombe(), pipeline=PIPELINE)
        found = meeting(f"Council {sys.argv[3]} {number}", date(2024, 1, 1), "the roof be mended")
        store.save(found, pipeline=PIPELINE)
        store.record_failure(f"{sys.argv[3]}-{number}.pdf", "the file is empty", size=0)
"""


def test_two_processes_write_to_a_new_database_at_once(url: str) -> None:
    command = [sys.executable, "-c", WRITER, url, str(Path(__file__).parent)]
    writers = [subprocess.Popen([*command, name], stderr=subprocess.PIPE) for name in ("east", "west")]
    complaints = [writer.communicate(timeout=120)[1].decode() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], complaints
    with open_store(url) as store:
        rows = store.info().rows
        assert (rows["documents"], rows["sources"], rows["decisions"]) == (81, 161, 83)
        assert rows["source_versions"] == 81
        assert store.check() == []
