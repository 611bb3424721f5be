"""Words that were removed: gone from every table, the index and the file, and from what is mined later."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from council import PIPELINE, at, dump, meeting, task
from hypothesis import given
from hypothesis import strategies as st

from minutes_miner.domain.record import Extraction, NamedVote, Party, VoteEvent
from minutes_miner.domain.vocabulary import Ballot, Kind, Manner
from minutes_miner.errors import StoreError
from minutes_miner.store import Store, open_store
from minutes_miner.store.corrections import Author, correct, find_corrections, undo
from minutes_miner.store.redacting import redact, redact_record
from minutes_miner.store.redaction import MARK, cover, find_spans, phrase_of
from minutes_miner.store.search import DecisionFilter, find_decisions, get_record

ME = Author("a private person asked for it", "A. Clerk")
NAME = "Perdita Quillfeather"
GRANT = f"that Mrs {NAME} of 12 Mill Lane be given £250 for her hedge"


def sedge(extra: str = "", source: str = "sedge.txt") -> Extraction:
    """Build a meeting that names a private person in every way in which it can."""
    words = f"Write to PERDITA\nQUILLFEATHER by May. {extra}"
    vote = VoteEvent(Manner.NAMED, named=(NamedVote(NAME, Ballot.FOR), NamedVote("Reed", Ballot.FOR)))
    facts = {"owners": (Party(f"Mrs {NAME}", name=NAME),), "vote": vote, "reason": f"asked by {NAME}"}
    found = meeting(
        "Sedge Parish Council",
        date(2024, 5, 1),
        (GRANT, {**facts, "sums": [("£250", "250")], "item_title": f"Hedge of {NAME}"}),
        words,
        committee="Hedges",
        title=f"Minutes: {NAME}'s hedge",
        source=source,
    )
    return task(found, words.splitlines()[0] + "\n" + words.splitlines()[1], None, f"{NAME}, the Clerk")


def held(store: Store) -> str:
    return repr(dump(store)).casefold().replace("\\n", " ")


def test_the_words_are_in_no_table_and_in_no_index(store: Store) -> None:
    found = sedge()
    store.save(found, pipeline=PIPELINE)
    correct(store, found.decisions[1].id, "mover", NAME, author=Author(f"{NAME} wrote in"))
    assert "quillfeather" in held(store)
    removed = redact(store, "perdita quillfeather", author=ME)
    assert (removed.documents, removed.records, removed.is_scrubbed) == (1, 3, True)
    assert removed.places == 2
    assert "quillfeather" not in held(store) and "perdita" not in held(store)
    assert find_decisions(store, DecisionFilter(query="quillfeather")) == []
    assert find_decisions(store, DecisionFilter(owner="quillfeather")) == []
    rows = find_decisions(store, DecisionFilter(query="hedge"))
    assert [row.text for row in rows] == [GRANT.replace(NAME, MARK * len(NAME))]
    assert rows[0].owners == f"Mrs {MARK * len(NAME)}"
    passage = get_record(store, rows[0].id).passages[0]
    assert passage.text[passage.start : passage.end] == rows[0].text
    assert store.check() == []
    (entry,) = find_corrections(store, limit=1)
    assert (entry.act, entry.old, entry.new, entry.made_by) == ("redact", None, None, "A. Clerk")


def test_they_are_in_no_byte_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "minutes.db"
    with open_store(f"sqlite:///{path}", clock=at(9)) as store:
        store.save(sedge(), pipeline=PIPELINE)
        store.save(sedge("Again."), pipeline="rules-2", replace=True)

        def everything() -> bytes:
            return b"".join(part.read_bytes() for part in sorted(tmp_path.iterdir())).lower()

        assert b"quillfeather" in everything()
        redact(store, NAME, author=ME)
        assert b"quillfeather" not in everything() and b"hedge" in everything()
    assert b"quillfeather" not in everything()


def test_a_word_that_the_program_uses_too_leaves_its_own_in_place(store: Store) -> None:
    found = sedge()
    store.save(found, pipeline=PIPELINE)
    before = [(row.kind, row.outcome) for row in find_decisions(store, DecisionFilter(include_procedural=True))]
    kind, outcome = before[0]
    store.save(sedge(f"They {kind} and it was {outcome}.", source="other.txt"), pipeline=PIPELINE)
    for word in (kind, outcome):
        assert redact(store, word, author=ME).is_scrubbed
    rows = find_decisions(store, DecisionFilter(include_procedural=True, kind=Kind(kind)))
    assert {(row.kind, row.outcome) for row in rows} >= {(kind, outcome)}
    assert f" {kind} " not in held(store).replace(f"'{kind}'", "")


def test_they_stay_away_when_the_document_is_mined_again_or_anew(store: Store) -> None:
    store.save(sedge(), pipeline=PIPELINE)
    redact(store, NAME, author=ME)
    before = dump(store)
    assert store.save(sedge(), pipeline=PIPELINE, replace=True).change == "replaced"
    after = dump(store)
    for name in ("documents", "decisions", "owners", "named_votes", "mentions"):
        assert after[name] == before[name], name
    assert [row[1:] for row in after["actions"]] == [row[1:] for row in before["actions"]]
    store.save(sedge("Approved."), pipeline=PIPELINE)
    store.save(sedge(source="elsewhere.txt", extra="Copy."), pipeline=PIPELINE)
    assert "quillfeather" not in held(store) and store.check() == []


def test_within_one_document_others_keep_their_words(store: Store) -> None:
    found = sedge()
    other = meeting("Reed Council", date(2024, 6, 1), (f"that Cllr {NAME} be chairman", {"owners": (Party(NAME),)}))
    for one in (found, other):
        store.save(one, pipeline=PIPELINE)
    redact(store, NAME, author=ME, within=found.decisions[0].id)
    rows = find_decisions(store, DecisionFilter(query="quillfeather"))
    assert [row.id for row in rows] == [other.decisions[0].id]
    assert [row.id for row in find_decisions(store, DecisionFilter(owner="quillfeather"))] == [rows[0].id]
    store.save(sedge("Second version."), pipeline=PIPELINE)
    assert len(find_decisions(store, DecisionFilter(query="quillfeather"))) == 1


def test_a_whole_record_is_removed(store: Store) -> None:
    found = sedge()
    store.save(found, pipeline=PIPELINE)
    redact_record(store, found.decisions[0].id, author=ME)
    assert get_record(store, found.decisions[0].id).record.text == MARK * len(GRANT)
    assert "her hedge" not in held(store) and store.check() == []
    store.save(found, pipeline=PIPELINE, replace=True)
    assert get_record(store, found.decisions[0].id).record.text == MARK * len(GRANT)


def test_a_trial_changes_nothing(store: Store) -> None:
    store.save(sedge(), pipeline=PIPELINE)
    before = dump(store)
    told = redact(store, NAME, author=ME, is_trial=True)
    assert (told.number, told.documents, told.places, told.records) == (None, 1, 2, 3)
    assert dump(store) == before


def test_undone_the_words_come_back_when_the_document_is_mined_again(store: Store) -> None:
    store.save(sedge(), pipeline=PIPELINE)
    number = redact(store, NAME, author=ME).number
    assert number
    undo(store, number, author=Author("the wrong name"))
    assert "quillfeather" not in held(store)
    store.save(sedge(), pipeline=PIPELINE, replace=True)
    assert "quillfeather" in held(store) and store.check() == []


REFUSED = [
    ("a!", "why", "'a!' is too little to remove; give at least 3 letters"),
    ("Nobody Whatever", "why", "the words stand nowhere in the store"),
    (NAME, "  ", "no reason is given"),
    (NAME, "perdita QUILLFEATHER asked", "the reason holds the words"),
]


def test_what_can_not_be_removed_is_told(sqlite_url: str) -> None:
    with open_store(sqlite_url) as store:
        store.save(sedge(), pipeline=PIPELINE)
        for words, reason, said in REFUSED:
            with pytest.raises(StoreError, match=said):
                redact(store, words, author=Author(reason))
        assert find_corrections(store) == [] and "quillfeather" in held(store)


def test_corrections_and_removals_hold_side_by_side_in_a_new_version(store: Store) -> None:
    found = sedge()
    store.save(found, pipeline=PIPELINE)
    correct(store, found.decisions[0].id, "kind", "refuse", author=ME)
    redact(store, NAME, author=ME)
    correct(store, found.decisions[0].id, "mover", "Cllr Reed", author=ME)
    store.save(sedge("Signed."), pipeline=PIPELINE)
    (row,) = find_decisions(store, DecisionFilter(query="hedge"))
    assert (row.kind.value, row.mover) == ("refuse", "Cllr Reed") and row.id != found.decisions[0].id
    assert "quillfeather" not in held(store)


@given(st.text(), st.text(alphabet="abÉé \n-"))
def test_covered_text_keeps_its_length_and_lines_and_loses_the_words(text: str, words: str) -> None:
    phrase = phrase_of(words)
    mixed = f"{text} {words} {text}"
    covered = cover(mixed, [phrase])
    assert len(covered) == len(mixed)
    assert [sign for sign in covered if sign in "\r\n"] == [sign for sign in mixed if sign in "\r\n"]
    assert find_spans(covered, [phrase]) == []
    if phrase:
        assert MARK in covered


def test_words_are_whole_and_signs_between_them_do_not_matter() -> None:
    phrase = phrase_of("Ó Dálaigh")
    assert cover("o  DALAIGH, O'Dalaigh’s and Ó\nDálaighs", [phrase]) == (
        f"{MARK * 10}, {MARK * 9}’s and Ó\nDálaighs"
    )
