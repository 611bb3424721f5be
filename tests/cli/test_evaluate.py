"""The command that compares what is found with gold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from test_terminal import run_in_terminal

from minutes_miner.cli import main

MINUTES = """Foxhollow Parish Council

RESOLVED: that a grant of £75 be awarded to the bell ringers.

The hedge behind the hall was admired.
"""
GRANT = "that a grant of £75 be awarded to the bell ringers"
HEDGE = "The hedge behind the hall was admired"


def document(name: str, *quotes: str) -> dict[str, object]:
    decisions = [{"quotes": [quote], "kind": "agree", "outcome": "carried"} for quote in quotes]
    money = [{"quote": "£75", "amount": "75", "currency": "GBP"}]
    parts = {"decisions": decisions, "actions": [], "money": money, "dates": []}
    return {"id": name.partition(".")[0], "file": name, "authority": "Foxhollow", **parts}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Gold of one document, whose decision is approved, not agreed, and which holds one decision more."""
    (tmp_path / "a.txt").write_text(MINUTES, "utf-8")
    return write(tmp_path / "gold.jsonl", document("a.txt", GRANT, HEDGE))


def write(path: Path, *lines: object) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    answer = CliRunner().invoke(main, ["evaluate", *map(str, arguments)])
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    return answer


def rows(output: str) -> list[list[str]]:
    return [line.split() for line in output.splitlines()]


def test_a_pipe_gets_plain_tables(gold: Path) -> None:
    answer = run(gold, "--jobs", "0", "--by", "authority", "--by", "kind", "--by", "layout")
    assert (answer.exit_code, answer.stderr) == (0, "")
    lines = rows(answer.stdout)
    assert ["decisions", "1.000", "0.500", "0.667", "1", "0", "1"] in lines
    assert ["money", "1.000", "1.000", "1.000", "1", "0", "0"] in lines
    assert ["kind", "0.000", "0", "1"] in lines
    assert ["agree", "1.000", "0.500", "0.667", "1", "0", "1", "0.000"] in lines
    group = ["1", "1.000", "0.500", "0.667", "–", "–", "–", "–", "1.000", "–"]
    assert ["Foxhollow", *group] in lines and ["txt", *group] in lines
    assert sum(int(line[1]) for line in lines if line and line[0].startswith("0") and "–" in line[0]) == 1


def test_errors_are_listed_on_the_standard_error(gold: Path) -> None:
    lines = run(gold, "--jobs", "0", "--errors").stderr.splitlines()
    assert lines == [
        f"a: missed decision; agree; {HEDGE}",
        f"a: kind; approve found, agree in gold; {GRANT}",
    ]


def test_json_holds_all_figures(gold: Path) -> None:
    told = json.loads(run(gold, "--jobs", "0", "--json", "--by", "layout").stdout)
    assert (told["documents"], told["failed"]) == (1, [])
    assert told["scores"]["decisions"] == {"p": 1.0, "r": 0.5, "f1": 0.6667, "tp": 1, "fp": 0, "fn": 1}
    assert told["by"]["layout"]["txt"]["scores"] == told["scores"]
    assert sum(entry["right"] for entry in told["reliability"]["decisions"]) == 1


def test_workers_find_the_same(gold: Path) -> None:
    assert run(gold, "--json").stdout == run(gold, "--json", "--jobs", "0").stdout


def test_the_report_shows_the_paragraph(gold: Path, tmp_path: Path) -> None:
    answer = run(gold, "--jobs", "0", "--report", tmp_path / "errors.html")
    page = (tmp_path / "errors.html").read_text("utf-8")
    assert answer.exit_code == 0 and answer.stdout.startswith("field")
    assert f'<mark class="gold">{HEDGE}</mark>' in page
    assert f'<mark class="both">{GRANT}</mark>' in page


def test_a_document_that_can_not_be_read_counts_as_nothing_found(gold: Path, tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\nbroken")
    more = write(tmp_path / "more.jsonl", document("b.pdf", GRANT), document("none.txt", GRANT))
    answer = run(gold, more, "--jobs", "0", "--json", "--report", tmp_path / "errors.html")
    assert answer.exit_code == 1
    told = json.loads(answer.stdout)
    assert [failed["id"] for failed in told["failed"]] == ["b", "none"]
    assert (told["scores"]["decisions"]["tp"], told["scores"]["decisions"]["fn"]) == (1, 3)
    first, second = answer.stderr.splitlines()
    assert first.startswith(f"{tmp_path / 'b.pdf'}: ")
    assert second == f"{tmp_path / 'none.txt'}: there is no such file; check the path"
    assert "Nothing could be found: there is no such file" in (tmp_path / "errors.html").read_text("utf-8")


def test_answers_of_another_run_or_program_are_scored(gold: Path, tmp_path: Path) -> None:
    found = {"decisions": [{"text": GRANT, "kind": "agree", "outcome": "carried"}, {"text": HEDGE, "kind": "note"}]}
    path = write(tmp_path / "found.jsonl", found)
    told = json.loads(run(gold, "--predicted", path, "--json").stdout)["scores"]
    assert (told["decisions"]["tp"], told["kind"]["right"], told["money"]["fn"]) == (2, 1, 1)
    answer = run(gold, "--predicted", path, "--report", tmp_path / "errors.html", "--jobs", "0")
    assert answer.exit_code == 0
    assert f'<mark class="both">{HEDGE}</mark>' in (tmp_path / "errors.html").read_text("utf-8")


def test_answers_that_say_failed_are_failures(gold: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "found.jsonl", {"document": {"source": "a.txt"}, "error": "broken"})
    answer = run(gold, "--predicted", path)
    assert (answer.exit_code, answer.stderr) == (1, f"{tmp_path / 'a.txt'}: broken\n")


def test_answers_must_be_as_many_as_the_documents(gold: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "found.jsonl", {}, {})
    answer = run(gold, "--predicted", path)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.startswith(f"Error: {path}: 2 documents are answered, but gold has 1; ")


def test_bad_gold_is_one_line(tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", {"id": "a", "file": "a.txt"})
    answer = run(path)
    assert (answer.exit_code, answer.stdout) == (1, "")
    reason = "decisions is missing: it must be a list, empty where there is nothing"
    assert answer.stderr == f"Error: {path}, line 1: {reason}\n"


@pytest.mark.parametrize(
    "arguments", [[], ["x", "--by=colour"], ["x", "--report=none/x.html"], ["x", "--report=."], ["x", "--jobs=-1"]]
)
def test_misuse(arguments: list[str]) -> None:
    answer = run(*arguments)
    assert (answer.exit_code, answer.stdout) == (2, "")


def test_a_terminal_sees_progress_and_colours(gold: Path) -> None:
    status, shown = run_in_terminal("evaluate", str(gold), "--jobs", "0", "--by", "authority")
    assert status == 0
    assert "documents/s" in shown and "1/1" in shown
    assert "\x1b[32m" in shown and "───" in shown and "Foxhollow" in shown
