"""Gold files are read strictly: what is missing is told by file, line and place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from gold_cases import action, day, decision, gold_line, sum_of, write_gold

from minutes_miner.errors import EvaluateError, ReadError
from minutes_miner.evaluate import read_answer, read_answers, read_gold


def test_a_document_is_looked_for_beside_the_gold_file(tmp_path: Path) -> None:
    line = gold_line(file="files/may.pdf", authority="Upper", layout="columns", decisions=[decision("noted", "note")])
    (document,) = read_gold(write_gold(tmp_path, line))
    assert document.path == tmp_path / "files" / "may.pdf"
    assert (document.authority, document.layout, document.committee) == ("Upper", "columns", None)
    assert [(found.kind, found.texts) for found in document.wanted.decisions] == [("note", ("noted",))]


def test_keys_that_are_not_known_are_let_be(tmp_path: Path) -> None:
    assert read_gold(write_gold(tmp_path, gold_line(split="test", decisions=[decision("x", mover="Cllr A")])))


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"id": None}, "id is wrong: it must be a text"),
    ({"file": ""}, "file is wrong: it must be a text"),
    ({"meeting_date": "6 May"}, "meeting_date is wrong: it must be a day such as 2024-03-31"),
    ({"meeting_date": "20240506"}, "meeting_date is wrong: it must be a day such as 2024-03-31"),
    ({"decisions": {}}, "decisions is wrong: it must be a list"),
    ({"decisions": ["x"]}, "decisions[0] is wrong: it must be an object in braces"),
    ({"decisions": [{"kind": "note"}]}, "decisions[0].quotes is missing: it must be a list of one text or more"),
    ({"decisions": [decision("x"), decision(" ")]}, "decisions[1].quotes is wrong: it must be a list of one"),
    ({"decisions": [decision("x", "resolve")]}, "decisions[0].kind is wrong: it must be one of approve, agree, "),
    ({"decisions": [{"quotes": ["x"], "kind": "note"}]}, "decisions[0].outcome is missing: it must be one of carried"),
    ({"decisions": [decision("x", vote={"manner": "shouted"})]}, "decisions[0].vote.manner is wrong: it must be one"),
    ({"decisions": [decision("x", vote={"for": "5"})]}, "decisions[0].vote.for is wrong: it must be a whole number"),
    ({"actions": [action("x", owners="Clerk")]}, "actions[0].owners is wrong: it must be a list"),
    ({"actions": [action("x", due={"from": "2024-03-01"})]}, "actions[0].due.quote is missing: it must be a text"),
    ({"money": [sum_of("five")]}, "money[0].amount is wrong: it must be a number such as 1250.00"),
    ({"money": [sum_of("NaN")]}, "money[0].amount is wrong: it must be a number such as 1250.00"),
    ({"money": [{"quote": "£5"}]}, "money[0].amount is missing: it must be a number such as 1250.00"),
    ({"dates": [day("2024-02-30")]}, "dates[0].from is wrong: it must be a day such as 2024-03-31"),
    ({"dates": [{"quote": "May", "from": "2024-05-01"}]}, "dates[0].to is missing: it must be a day such as"),
    ({"optional": {"money": [5]}}, "optional.money is wrong: it must be a list of texts"),
]


@pytest.mark.parametrize(("part", "message"), WRONG, ids=[message for _, message in WRONG])
def test_what_is_wrong_is_told_by_line_and_place(tmp_path: Path, part: dict[str, Any], message: str) -> None:
    path = write_gold(tmp_path, gold_line(id="fine"), gold_line(**part))
    with pytest.raises(EvaluateError) as caught:
        read_gold(path)
    assert str(caught.value).startswith(f"{path}, line 2: {message}")


@pytest.mark.parametrize("label", ["decisions", "actions", "money", "dates"])
def test_a_missing_list_is_no_empty_one(tmp_path: Path, label: str) -> None:
    line = gold_line()
    del line[label]
    with pytest.raises(EvaluateError, match=f"line 1: {label} is missing: it must be a list, empty where"):
        read_gold(write_gold(tmp_path, line))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}\n{", "line 1: id is missing"),
        ("\n\n{nonsense}\n", "line 3: the line is no JSON: "),
        ("[1]\n", "line 1: the line is wrong: it must be an object in braces"),
        ("\n", "the file names no document; write one JSON object a line"),
    ],
)
def test_a_file_that_is_no_gold_file(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "gold.jsonl").write_text(text, "utf-8")
    with pytest.raises(EvaluateError) as caught:
        read_gold(tmp_path / "gold.jsonl")
    assert message in str(caught.value)


def test_an_id_stands_once(tmp_path: Path) -> None:
    with pytest.raises(EvaluateError, match="line 3: the id 'may' stands already in .*gold.jsonl, line 1"):
        read_gold(write_gold(tmp_path, gold_line(), gold_line(id="june"), gold_line()))


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="none.jsonl: no such file or directory; check the path"):
        read_gold(tmp_path / "none.jsonl")
    (tmp_path / "gold.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EvaluateError, match="byte 0 is no UTF-8"):
        read_gold(tmp_path / "gold.jsonl")


def test_an_answer_may_leave_out_everything() -> None:
    answer = read_answer({}, "x")
    assert (answer.found.decisions, answer.found.dates, answer.error) == ((), (), None)


@pytest.mark.parametrize(
    "found", [{"decisions": 5}, {"money": [5]}, {"actions": [{"confidence": 5}]}, {"dates": [{"from": 5}]}]
)
def test_an_answer_of_the_wrong_kind_is_refused(found: dict[str, Any]) -> None:
    with pytest.raises(EvaluateError, match="^x: .* is wrong: it must be "):
        read_answer(found, "x")


def test_answers_are_read_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "found.jsonl").write_text('{"meeting_date": "2024-05-06"}\n\n{"error": "broken"}\n', "utf-8")
    first, second = read_answers(tmp_path / "found.jsonl")
    assert (first.found.meeting_date, first.error, second.error) == ("2024-05-06", None, "broken")
