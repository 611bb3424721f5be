"""Scores by council, layout and kind, and how far confidence can be trusted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gold_cases import compared, decision, gold_line, record

from minutes_miner.evaluate import Accuracy, Grouping, Tally, group_scores, measure_reliability, score_kinds, summarise

GRANT, LIDO, TREES = "that a grant be awarded", "to sell the old lido", "six trees should be planted"


def test_documents_are_grouped_by_council(tmp_path: Path) -> None:
    gold = gold_line(decisions=[decision(GRANT)])
    right, wrong = {"decisions": [record(GRANT)]}, {"decisions": [record(LIDO)]}
    documents = [
        compared(tmp_path, {**gold, "authority": "Upper"}, right),
        compared(tmp_path, {**gold, "authority": "Lower"}, wrong),
        compared(tmp_path, gold, {}),
        compared(tmp_path, {**gold, "authority": "Upper"}, wrong),
    ]
    tallies = {name: s.tallies["decisions"] for name, s in group_scores(documents, Grouping.AUTHORITY).items()}
    assert tallies == {"Lower": Tally(0, 1, 1), "Upper": Tally(1, 1, 1), "not told": Tally(0, 0, 1)}


def test_the_layout_is_what_gold_says_else_the_format_else_the_suffix(tmp_path: Path) -> None:
    page = {"document": {"media_type": "text/html"}}
    documents = [
        compared(tmp_path, gold_line(file="a.pdf", layout="two columns"), page),
        compared(tmp_path, gold_line(file="a.aspx"), page),
        compared(tmp_path, gold_line(file="a.HTM"), {"error": "broken"}),
        compared(tmp_path, gold_line(file="a.docx"), {}),
    ]
    groups = group_scores(documents, Grouping.LAYOUT)
    assert {name: scores.documents for name, scores in groups.items()} == {"two columns": 1, "html": 2, "docx": 1}


def test_a_kind_is_golds_where_gold_has_one_and_the_programs_where_it_is_spurious(tmp_path: Path) -> None:
    gold = gold_line(decisions=[decision(GRANT, "approve"), decision(LIDO, "refuse")])
    found = {"decisions": [record(GRANT, kind="agree"), record(TREES, kind="note")]}
    kinds = score_kinds([compared(tmp_path, gold, found)])
    assert list(kinds) == ["approve", "note", "refuse"]
    assert {kind: entry.tally for kind, entry in kinds.items()} == {
        "approve": Tally(1, 0, 0),
        "refuse": Tally(0, 0, 1),
        "note": Tally(0, 1, 0),
    }
    assert kinds["approve"].accuracy == Accuracy(0, 1)


def test_records_fall_into_bins_of_confidence(tmp_path: Path) -> None:
    gold = gold_line(decisions=[decision(GRANT), decision(LIDO)], optional={"decisions": ["it rained all day"]})
    found = [
        record(GRANT, confidence=0.95),
        record(LIDO, confidence=1.0),
        record(TREES, confidence=0.96),
        record("nothing of that sort", confidence=0.3),
        record("it rained all day", confidence=0.3),
        record("a record of another program", confidence=None),
    ]
    bins = measure_reliability([compared(tmp_path, gold, {"decisions": found})])
    assert [entry.name for entry in bins["decisions"]] == [
        "0–0.5", "0.5–0.6", "0.6–0.7", "0.7–0.8", "0.8–0.9", "0.9–0.95", "0.95–1"
    ]  # fmt: skip
    filled = {b.name: (b.records, b.right, round(b.confidence or 0, 4)) for b in bins["decisions"] if b.records}
    assert filled == {"0–0.5": (1, 0, 0.3), "0.95–1": (3, 2, 0.97)}
    assert sum(entry.records for entry in bins["actions"]) == 0


def test_the_summary_holds_every_figure(tmp_path: Path) -> None:
    gold = gold_line(decisions=[decision(GRANT)], authority="Upper", meeting_date="2024-05-06")
    answers = [{"error": "broken"}, {"decisions": [record(GRANT)]}]
    documents = [compared(tmp_path, gold, answer) for answer in answers]
    told: Any = summarise(documents, ["authority", "kind"])
    row = {"p": 1.0, "r": 0.5, "f1": 0.6667, "tp": 1, "fp": 0, "fn": 1}
    assert told["documents"] == 2 and told["failed"] == [{"id": "may", "reason": "broken"}]
    assert told["scores"]["decisions"] == row
    assert told["scores"]["meeting_date"] == {"accuracy": 0.0, "right": 0, "of": 2}
    assert told["by"]["authority"]["Upper"]["scores"]["decisions"] == row
    assert told["by"]["kind"] == {"agree": {**row, "kind": {"accuracy": 1.0, "right": 1, "of": 1}}}
    assert told["reliability"]["decisions"][5] == {
        "from": 0.9, "to": 0.95, "records": 1, "right": 1, "share": 1.0, "confidence": 0.9
    }  # fmt: skip
