"""One record with its evidence, found by its id."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from council import AREA, PIPELINE, ashcombe, meeting
from sqlalchemy import text

from minutes_miner.domain.record import NamedVote, Party
from minutes_miner.domain.vocabulary import Ballot
from minutes_miner.errors import StoreError
from minutes_miner.store import Store
from minutes_miner.store.papers import find_statements, save_sameness
from minutes_miner.store.search import ActionRow, DecisionRow, Twin, get_record


def test_a_record_comes_with_its_evidence(shire: Store) -> None:
    area = ashcombe().decisions[1]
    detail = get_record(shire, area.id)
    assert isinstance(detail.record, DecisionRow) and detail.record.text == AREA
    (passage,) = detail.passages
    assert passage.text[passage.start : passage.end] == AREA
    assert passage.text.startswith("RESOLVED, by 5 votes") and passage.text.endswith("2024.")
    assert passage.evidence == area.mentions[0]
    assert [(found.amount, found.evidence.quote) for found in detail.sums] == [
        (Decimal("784000.00"), "£784,000.00"),
        (Decimal("12500.00"), "£12,500"),
    ]
    assert detail.owners == area.owners
    assert detail.action_ids == (ashcombe().actions[0].id,)
    assert detail.document.sources == ("minutes/ashcombe.txt",)
    assert detail.document.pipeline == PIPELINE and detail.document.page_count == 1


def test_votes_by_name_come_with_the_record(shire: Store) -> None:
    detail = get_record(shire, ashcombe().decisions[2].id)
    assert detail.votes == (NamedVote("Marrow", Ballot.FOR), NamedVote("Quill", Ballot.AGAINST))


def test_an_action_is_a_record_too(shire: Store) -> None:
    action = ashcombe().actions[0]
    detail = get_record(shire, action.id[:10])
    assert isinstance(detail.record, ActionRow) and detail.record.decision_id == action.decision_id
    assert detail.owners == (Party("the Clerk", role="Clerk"),)
    assert detail.passages[0].text.startswith("It was agreed that")


def test_an_id_may_be_cut_short_while_it_is_unique(store: Store) -> None:
    found = meeting("Bramley Parish", None, "mend the fence", "paint the gate")
    fence, gate = found.decisions
    fence, gate = replace(fence, id="ab12cd34ab12cd34"), replace(gate, id="ab12ef56ab12ef56")
    store.save(replace(found, decisions=(fence, gate)), pipeline=PIPELINE)
    assert get_record(store, "AB12c").record.text == "mend the fence"
    with pytest.raises(StoreError, match="several records .* 'ab12'; write more of it: ab12cd34ab12cd34, ab12ef56"):
        get_record(store, "ab12")
    for unknown in ("ffff", "", "%", "ab12cd34ab12cd340"):
        with pytest.raises(StoreError, match="no record has the id"):
            get_record(store, unknown)


def test_a_long_text_is_cut_at_a_line_around_a_mention(store: Store) -> None:
    lines = [f"Line {number} of the discussion about nothing in particular" for number in range(200)]
    found = meeting("Bramley Parish", None, "\n".join([*lines, "RESOLVED to mend the fence", *lines]))
    text = found.document.text
    start = text.index("to mend")
    whole = found.decisions[0]
    mention = replace(whole.mentions[0], start=start, end=start + 17, quote="to mend the fence")
    store.save(replace(found, decisions=(replace(whole, mentions=(mention,)),)), pipeline=PIPELINE)
    (passage,) = get_record(store, whole.id).passages
    assert passage.text[passage.start : passage.end] == "to mend the fence"
    assert 300 < len(passage.text) < 1300
    assert passage.text.startswith("Line ") and passage.text.endswith("in particular")


def test_what_other_papers_of_the_meeting_say_of_it_is_named_either_way(shire: Store) -> None:
    words = "that the café be let"
    paper = meeting("Ashcombe Town Council", None, words)
    notice = meeting("Ashcombe Town Council", None, f"{words} to tenants", source="register/77.html")
    for extraction in (paper, notice):
        shire.save(extraction, pipeline=PIPELINE)
    sources = [extraction.document.ref.source for extraction in (paper, notice)]
    main, other = find_statements(shire, sources)
    save_sameness(shire, [(other, main.id)])
    assert get_record(shire, main.id).twins == (Twin(other.id, other.source),)
    assert get_record(shire, other.id).twins == (Twin(main.id, main.source),)
    with shire.read() as connection:
        shown = connection.execute(text("SELECT decision_id FROM decisions_overview")).scalars().all()
    assert main.id in shown and other.id not in shown
