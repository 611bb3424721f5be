"""Check that the committed samples are what their marked sources make, and that marks are read strictly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from make_corpus import CORPUS, make_samples
from marked_text import build_gold, read_header, read_marked

SAMPLES = CORPUS / "samples"


def test_committed_samples_equal_what_the_script_makes(tmp_path: Path) -> None:
    made = make_samples(CORPUS / "source", tmp_path)
    committed = sorted(path.name for path in SAMPLES.iterdir())
    assert sorted(path.name for path in made) == committed
    assert len(committed) > 14
    changed = [path.name for path in made if path.read_bytes() != (SAMPLES / path.name).read_bytes()]
    assert changed == []


def test_no_mark_is_left_in_a_sample() -> None:
    for path in SAMPLES.iterdir():
        assert "⟦".encode() not in path.read_bytes(), path.name


def test_marks_become_gold() -> None:
    source = (
        "⟦m1|Cllr A⟧ moved: ⟦d1 approve lost vote=counted:2,3,_|that ⟦£1500|£1.5k⟧ be paid⟧. "
        "⟦a1|⟦o|Clerk⟧ to write by ⟦due 2024-03|the end of ⟦2024-03|March 2024⟧⟧⟧. In ⟦?@|1972⟧."
    )
    text, marks = read_marked(source)
    assert text == "Cllr A moved: that £1.5k be paid. Clerk to write by the end of March 2024. In 1972."
    march = {"from": "2024-03-01", "to": "2024-03-31"}
    vote = {"manner": "counted", "for": 2, "against": 3, "abstain": None}
    quotes = ["that £1.5k be paid", "Cllr A moved: that £1.5k be paid."]
    decision = {"quotes": quotes, "kind": "approve", "outcome": "lost", "procedural": False}
    words = "Clerk to write by the end of March 2024"
    assert build_gold(text, marks) == {
        "decisions": [decision | {"vote": vote, "mover": "Cllr A"}],
        "actions": [{"quotes": [words], "owners": ["Clerk"], "due": {"quote": "the end of March 2024", **march}}],
        "money": [{"quote": "£1.5k", "amount": "1500", "currency": "GBP"}],
        "dates": [{"quote": "March 2024", **march}],
        "optional": {"decisions": [], "actions": [], "money": [], "dates": ["1972"]},
    }


@pytest.mark.parametrize("source", ["⟦d1 note|open", "closed⟧", "⟦d1 note⟧", "⟦d1 ⟦£1|x⟧|y⟧"])
def test_malformed_marks_are_refused(source: str) -> None:
    with pytest.raises(ValueError):
        read_marked(source)


@pytest.mark.parametrize("source", ["⟦zz|words⟧", "⟦2024-13x|words⟧", "⟦o|nobody’s⟧"])
def test_unknown_marks_are_refused(source: str) -> None:
    text, marks = read_marked(source)
    with pytest.raises(ValueError):
        build_gold(text, marks)


def test_gold_is_complete() -> None:
    golds = [json.loads(line) for line in (SAMPLES / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    kinds = {decision["kind"] for gold in golds for decision in gold["decisions"]}
    assert len(kinds) == 12
    assert {d["outcome"] for gold in golds for d in gold["decisions"]} == {"carried", "lost", "withdrawn"}
    assert all(quote for gold in golds for d in gold["decisions"] + gold["actions"] for quote in d["quotes"])


def test_header_is_split_from_the_text() -> None:
    assert read_header("%authority: X\n%committee:\nText\n%no") == ({"authority": "X", "committee": None}, "Text\n%no")


def test_the_whole_sentence_stands_for_words_inside_it() -> None:
    said = "The Chair said yes; ⟦a1|⟦o|she⟧ would write⟧, and sat down."
    gold = build_gold(*read_marked(f"It rained. (b) {said} ⟦d1 note|Noted⟧ by all.\n\nNext."))
    whole = "The Chair said yes; she would write, and sat down."
    assert gold["actions"] == [{"quotes": ["she would write", whole], "owners": ["she"], "due": None}]
    assert "'quotes': ['Noted', 'Noted by all.']" in str(gold["decisions"])
