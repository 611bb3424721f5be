"""Test that the model is large, the same for the same seed, and worded so that the extractor finds its decisions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from spacy.language import Language

from minutes_miner.annotate import annotate
from minutes_miner.extract import extract
from minutes_miner.parse import identify, parse

from .council import Council
from .matching import compare
from .model import Stage
from .moderngov import answer_moderngov
from .names import make_councils
from .quirks import Quirks
from .site import State

COUNCIL = Council("TST", "Testbeck Council", years=2)


def test_five_councils_of_six_years_have_two_thousand_meetings_and_no_decision_twice() -> None:
    councils = make_councils(5, 6)
    assert sum(len(council.meetings) for council in councils) >= 2_000
    for council in councils:
        texts = [truth.text for truth in council.truth()]
        assert len(texts) > 2_500
        assert len(set(texts)) == len(texts)


def test_no_decision_of_a_meeting_holds_the_words_of_another() -> None:
    for meeting in COUNCIL.meetings:
        texts = [decision.text for item in COUNCIL.items(meeting) for decision in item.decisions]
        assert texts
        assert not [one for one in texts for other in texts if one is not other and one in other]


def test_another_seed_makes_another_council() -> None:
    other = Council("TST", "Testbeck Council", years=2, seed=1)
    ours, theirs = ({one.text for one in council.truth() if not one.procedural} for council in (COUNCIL, other))
    assert len(ours) > 500
    assert not ours & theirs


def test_every_stage_and_form_occurs() -> None:
    stages = {COUNCIL.stage(meeting, COUNCIL.today) for meeting in COUNCIL.meetings}
    items = [item for meeting in COUNCIL.meetings for item in COUNCIL.items(meeting)]
    assert stages == set(Stage)
    assert any(meeting.is_cancelled for meeting in COUNCIL.meetings)
    assert any(meeting.agenda != meeting.id for meeting in COUNCIL.meetings)
    assert {item.blocks for item in items} == {"minutes", "decision", "both"}
    assert {item.vote.is_named for item in items if item.vote} == {True, False}
    assert {decision.procedural for item in items for decision in item.decisions} == {True, False}
    numbers = [[item.number for item in COUNCIL.items(meeting) if item.number] for meeting in COUNCIL.meetings]
    assert any(listed != sorted(listed) for listed in numbers)


def test_truth_grows_as_days_go_by() -> None:
    now = set(COUNCIL.truth())
    later = set(COUNCIL.truth(COUNCIL.today + timedelta(days=30)))
    assert now < later


@pytest.mark.parametrize("kind", ["page", "printed"])
def test_the_extractor_finds_exactly_the_decisions_of_the_model(nlp: Language, kind: str) -> None:
    state = State(COUNCIL, Quirks(), "http://127.0.0.1")
    meetings = [meeting for meeting in COUNCIL.meetings if state.has_minutes(meeting)][::25]
    assert len(meetings) > 5
    keys = {meeting.key for meeting in meetings}
    truths = [truth for truth in COUNCIL.truth() if truth.occasion in keys]
    found: list[tuple[str, str]] = []
    for meeting in meetings:
        if kind == "page":
            answer = answer_moderngov(state, "ieListDocuments.aspx", {"mid": str(meeting.id)})
        else:
            answer = answer_moderngov(state, f"documents/g{meeting.agenda}/Printed minutes.pdf", {"t": "1"})
        document = parse(answer.body, identify(answer.body, f"http://127.0.0.1/{meeting.id}"))
        found += [(meeting.key, one.text) for one in extract(document, annotate(nlp, document)).decisions]
    comparison = compare(truths, found)
    assert not comparison.missing
    assert not comparison.besides
    assert len(comparison.found) == len(truths) > 30
